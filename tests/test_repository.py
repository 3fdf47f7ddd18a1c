"""What the repository says about itself is true."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers import EDITION, LINKS, ROOT, brochure, run

MAKEFILE = (ROOT / "Makefile").read_text()
README = (ROOT / "README.md").read_text()
REFERENCE = (ROOT / "docs/reference.md").read_text()
VERSION = re.search(r"^VERSION *:= *(\S+)", MAKEFILE, re.M)[1]


def test_changelog_is_at_the_version_of_the_program():
    assert brochure("--version").stdout.decode() == f"brochure {VERSION}\n"
    log = (ROOT / "CHANGELOG.md").read_text()
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", log, re.M)
    assert versions[0] == VERSION
    assert versions == sorted(versions, key=lambda v: [int(n) for n in v.split(".")], reverse=True)


def test_readme_shows_the_two_commands_first():
    first = re.search(r"(^ {4}\S.*\n)+", README, re.M)[0]
    assert first.split("\n") == ["    make setup", "    make test", ""]
    assert README.index(first) < README.index("\n## ")


def test_reference_names_every_option_and_help_every_target():
    options = re.findall(r"--[a-z]+", brochure("--help").stdout.decode())
    assert options
    missing = [o for o in dict.fromkeys(options) if o not in REFERENCE]
    assert missing == []
    done = run("make", "--no-print-directory", "help", cwd=ROOT, text=True)
    targets = [line.split()[0] for line in done.stdout.splitlines()]
    assert {"all", "setup", "test", "check", "help"} <= set(targets)
    phony = set(re.findall(r"^\.PHONY: (.*)", MAKEFILE, re.M))
    unsaid = phony - set(targets) - {"programs", "print-flags", "beside"}
    assert unsaid == set()


def test_documentation_of_links_names_every_option_and_class():
    page = (ROOT / "docs/links.md").read_text()
    options = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", run(LINKS, "--help", text=True).stdout))
    assert len(options) > 10 and {o for o in options if o not in page} <= {"--quiet", "--help", "--version"}
    names = re.search(r"class_names\[CLASS_COUNT\] = \{(.*?)\}", (ROOT / "src/links/judge.c").read_text(), re.S)[1]
    classes = re.findall(r'"(.*?)"', names)[1:]
    assert sorted(classes) == sorted(re.findall(r"^\| `([a-z0-9 ]+)` \|", page.split("## Classes")[1].split("\n## ")[0], re.M))


def test_reference_names_every_front_matter_key():
    text = (EDITION / "data/announcement.md").read_text().split("---\n")[1]
    for key in re.findall(r"^ *-? ?([a-z]+):", text, re.M):
        assert f"`{key}`" in REFERENCE or f".{key}`" in REFERENCE or f"`{key}." in REFERENCE, key


def test_no_test_reads_what_belongs_to_the_editors():
    """data/ and logos/ change at any time; tests have tests/edition."""
    sources = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("tests/**/*.[ch]"), *ROOT.glob("bench/**/*.py"),
        *ROOT.glob("bench/**/*.[ch]"), ROOT / "tools/golden", ROOT / "tools/gallery"]
    theirs = re.compile(r"""ROOT / "(data|logos)\b""")
    assert len(sources) > 60 and theirs.search('ROOT ' + '/ "data/x"')
    found = [f"{s.relative_to(ROOT)}: {m[0]}" for s in sources for m in theirs.finditer(s.read_text())]
    assert found == []


def test_links_between_documents_lead_somewhere():
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("tests/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text()):
            assert (document.parent / target).exists(), (document.name, target)


def test_actions_are_pinned_by_commit():
    for workflow in (ROOT / ".github/workflows").glob("*.yml"):
        text = workflow.read_text()
        assert re.search(r"^permissions:", text, re.M)
        for use in re.findall(r"uses: *(.*)", text):
            assert re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use


@pytest.mark.parametrize("paths, program", [
    (["data/cities.csv", "logos/gent.png"], "false"),
    (["data/cities.csv", "src/a.c"], "true"),
    (["docs/data/a.md"], "true"),
    ([], "true"),
])
def test_ci_tests_the_program_when_more_than_the_content_changed(paths, program, tmp_path):
    git = ["git", "-C", tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "Begin"]):
        assert run(*git, *command).returncode == 0
    before = run(*git, "rev-parse", "HEAD", text=True).stdout.strip()
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert run(*git, "add", ".").returncode == 0
    assert run(*git, "commit", "-q", "--allow-empty", "-m", "Change").returncode == 0
    changed = ["sh", ROOT / ".ci/changed"]
    assert run(*changed, before, cwd=tmp_path, text=True).stdout == f"program={program}\n"
    assert run(*changed, "0" * 40, cwd=tmp_path, text=True).stdout == "program=true\n"


def test_setup_without_apt_lists_the_packages(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "id"):
        (tools / name).symlink_to(shutil.which(name))
    done = run("sh", "tools/install", "build", cwd=ROOT, env={"PATH": str(tools)}, text=True)
    assert done.returncode == 1
    for package in ("gcc", "libhpdf-dev", "libharfbuzz-dev"):
        assert package in done.stderr


@pytest.mark.long
@pytest.mark.parametrize("fails, calls, status, said", [
    ({}, (1, 1), 0, ""),
    ({"update": ["lock"] * 3, "install": ["lock"] * 2}, (4, 3), 0, ""),
    ({"update": ["source"]}, (1, 1), 0, "install: not all package sources could be read; going on"),
    ({"install": ["lock", "source"]}, (1, 2), 1, "install: apt-get failed"),
    ({"update": ["lock"] * 700}, (601, 1), 0, "install: not all package sources could be read; going on"),
], ids=["well", "locked", "source", "install", "locked for good"])
def test_setup_waits_for_locks_and_goes_on_without_a_source(fails, calls, status, said, tmp_path):
    """By an apt-get that fails as the real one does."""
    messages = {
        "lock": "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 1 (apt)\n",
        "source": "E: The repository 'http://example.org x Release' does not have a Release file.\n",
    }
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "env", "grep", "mktemp", "rm", "tr"):
        (tools / name).symlink_to(shutil.which(name))
    for name, script in {
        "id": "echo 0",
        "sleep": ":",
        "apt-cache": ":",
        "apt-get": f"""cd {tmp_path}; echo "$1" >>called; n=0; [ ! -e "$1" ] || read -r n <"$1"
            echo $((n + 1)) >"$1"; [ -e "$1-$n" ] || exit 0; read -r said <"$1-$n"; echo "$said"; exit 100""",
    }.items():
        (tools / name).write_text(f"#!{tools}/sh\n{script}\n")
        (tools / name).chmod(0o755)
    for command, kinds in fails.items():
        for i, kind in enumerate(kinds):
            (tmp_path / f"{command}-{i}").write_text(messages[kind])
    done = run("sh", "tools/install", "build", cwd=ROOT, env={"PATH": str(tools)}, text=True)
    called = (tmp_path / "called").read_text().split()
    assert (done.returncode, (called.count("update"), called.count("install"))) == (status, calls), done.stderr
    waits = [kinds for kinds in fails.values() if kinds[0] == "lock"]
    assert done.stdout.count("waiting for another package manager to end:\nE: Could not get lock") == len(waits)
    assert said in done.stderr and (done.stderr == "") == (said == "")


@pytest.mark.parametrize("missing", ["gcc", "pkg-config", "msgfmt", "library"])
def test_make_before_setup_says_what_to_do(missing, tmp_path):
    """As on a fresh machine: one line, and nothing of what a compiler or a shell says."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "make", "mkdir", "uname", "gcc", "as", "ld", "pkg-config", "msgfmt"):
        if name != missing:
            (tools / name).symlink_to(shutil.which(name))
    more = ["LDFLAGS=-lno-such-library"] if missing == "library" else []
    done = run("make", "--no-print-directory", f"BUILD={tmp_path}/build", *more, cwd=ROOT,
        env={"PATH": str(tools)}, text=True)
    assert done.returncode == 2
    said, *rest = [line for line in done.stderr.splitlines() if not line.startswith("make: *** ")]
    assert said == 'something that building needs is missing: run "make setup"' and rest == []
    assert "CC" not in done.stdout


# --- the linter is awake ---------------------------------------------------------------------

GOOD = "#include <stdio.h>\n\nint\nmain(void)\n{\n\treturn puts(\"good\") < 0;\n}\n"


@pytest.mark.parametrize(
    "check, name, text, said",
    [
        ("format", "src/cities/a.c", GOOD.replace("\treturn", "  return"), "clang-format"),
        ("includes", "src/cities/a.c", '#include "compose/grid.h"\n', "may not include"),
        ("includes", "src/cities/a.c", '#include "logo/logo.h"\n', "may not include"),
        ("includes", "src/base/a.h", '#include "cities/cities.h"\n', "may not include"),
        ("includes", "src/cities/a.c", '#include "announcement/keys.h"\n', "may not include"),
        ("includes", "src/links/a.c", '#include "pdf/pdf.h"\n', "may not include"),
        ("includes", "src/compose/a.c", "#include <hpdf.h>\n", "only pdf may include"),
        ("includes", "src/cities/a.c", "#include <png.h>\n", "only logo may include"),
        ("includes", "src/cities/a.c", "#include <unheard_of.h>\n", "belongs to no folder"),
        ("sizes", "src/cities/a.c", "int x;\n" * 601, "601 lines; at most 600"),
        ("sizes", "src/cities/a.c", "int\nf(void)\n{\n" + "\t;\n" * 61 + "}\n", "function of 61 lines"),
        ("cppcheck", "src/cities/a.c", "int\nf(void)\n{\n\tint a[2];\n\ta[2] = 1;\n\treturn a[2];\n}\n", "arrayIndexOutOfBounds"),
        ("tidy", "src/cities/a.c", "int f(int a, int b, int c, int d, int e, int g, int h);\nint\nf(int a, int b, int c, int d, int e, int g, int h)\n{\n\treturn a + b + c + d + e + g + h;\n}\n", "readability-function-size"),
        ("shell", "tools/a", "#!/bin/sh\nrm $1\n", "SC2086"),
        ("shell", "completions/a.bash", "rm $1\n", "SC2086"),
        ("workflows", ".github/workflows/a.yml", "on: push\npermissions: {}\njobs: {a: {runs-on: b}}\n", "steps"),
        ("workflows", ".github/workflows/a.yml", "name: a\non: push\npermissions: {}\njobs:\n  a:\n    name: a\n"
            "    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@main\n", "unpinned-uses"),
        ("manuals", "man/a.1", ".Xx y\n", "unknown macro"),
    ],
    ids=lambda value: value.replace("\n", " ")[:20],
)
def test_linter_finds(check, name, text, said, tmp_path):
    for file in ("Makefile", ".clang-format", ".clang-tidy"):
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "src/base").mkdir(parents=True)
    (tmp_path / "src/base/good.c").write_text(GOOD)
    command = [sys.executable, ROOT / "tools/lint", "--root", tmp_path, check]
    done = run(*command, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    done = run(*command, text=True)
    assert done.returncode == 1 and said in done.stdout, done.stdout + done.stderr


def test_linter_finds_a_circle(tmp_path):
    """Of three modules, whether a header or a source file includes the next."""
    cities = tmp_path / "src/cities"
    cities.mkdir(parents=True)
    files = {
        "a.h": "", "a.c": '#include "cities/a.h"\n#include "cities/b.h"\n',
        "b.h": '#include "cities/c.h"\n', "c.h": "", "c.c": '#include "cities/c.h"\n',
    }
    for name, text in files.items():
        (cities / name).write_text(text)
    command = [sys.executable, ROOT / "tools/lint", "--root", tmp_path, "includes"]
    done = run(*command, text=True)
    assert done.returncode == 0, done.stdout
    (cities / "c.c").write_text('#include "cities/c.h"\n\n#include "cities/a.h"\n')
    done = run(*command, text=True)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "src/cities/a.c:2, src/cities/b.h:1, src/cities/c.c:3: "
        "a circle: cities/a -> cities/b -> cities/c -> cities/a"
    )


@pytest.fixture(scope="module")
def windows_checkout(tmp_path_factory):
    """What Git for Windows lays out, in a folder of many homes; without run bits.  None in a
    source archive."""
    if not (ROOT / ".git").exists():
        return None
    folder = tmp_path_factory.mktemp("été met spaties") / "brochure"
    done = run("git", "-c", "core.autocrlf=true", "-c", "core.eol=crlf", "-c", "core.fileMode=false",
        "checkout-index", "--all", f"--prefix={folder}/", cwd=ROOT, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    for file in folder.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
    return folder


def test_git_for_windows_changes_no_byte(windows_checkout):
    if windows_checkout is None:
        return
    listed = run("git", "ls-files", "-s", "-z", cwd=ROOT, text=True).stdout.split("\0")[:-1]
    names = {line.split("\t")[1]: line.split()[1] for line in listed}
    assert len(names) > 500
    hashes = run("git", "hash-object", "--no-filters", "--stdin-paths", cwd=windows_checkout,
        input="\n".join(names), text=True).stdout.split()
    assert [n for n, h in zip(names, hashes, strict=True) if names[n] != h] == []


def test_lost_run_bits_do_no_harm(windows_checkout):
    """All that the Makefile and scripts run is named to its interpreter."""
    if windows_checkout is None:
        return
    scripts = [f.relative_to(windows_checkout) for folder in ("tools", "bench", ".ci")
               for f in (windows_checkout / folder).iterdir()
               if f.is_file() and f.read_bytes()[:2] == b"#!"]
    assert len(scripts) > 15
    places = [windows_checkout / "Makefile", *windows_checkout.glob(".github/workflows/*.yml"),
        *(windows_checkout / s for s in scripts)]
    run_bare = re.compile(r"(?:^\s*(?:@|- run: |run: )?|[;&|(]\s*|\w=[^\s(]* )"
        rf"((?:\./)?(?:{'|'.join(map(re.escape, map(str, scripts)))}))(?= |$)", re.M)
    assert run_bare.search("\t@tools/install build") and not run_bare.search("\tsh tools/install")
    found = [f"{p.name}: {m[1]}" for p in places for m in run_bare.finditer(p.read_text())]
    assert found == []
    for command in (["sh", "tools/update-po", "--check"], [sys.executable, "tools/lint", "includes"],
            ["sh", "tools/install", "build", "--list"], ["make", "-s", "help"]):
        done = run(*command, cwd=windows_checkout, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_object_is_hardened():
    """By what compilers note of their options, and by what the linker wrote."""
    objects = [ROOT / f"build/{s.relative_to(ROOT)}.o" for s in (ROOT / "src").rglob("*.c")]
    assert len(objects) > 60
    wanted = [b"-fstack-protector-strong", b"-fstack-clash-protection", b"-fPIE"]
    if os.uname().machine == "x86_64":
        wanted.append(b"-fcf-protection")
    bare = [(o.name, w) for o in objects for w in wanted if w not in o.read_bytes()]
    assert bare == []
    said = run("readelf", "-lWd", "--dyn-syms", ROOT / "build/brochure", text=True).stdout
    for word in ("GNU_RELRO", "BIND_NOW", "NOW PIE", "__stack_chk_fail", "__snprintf_chk"):
        assert word in said, word
    assert re.search(r"GNU_STACK .* RW +0x", said)


def test_nothing_built_is_in_git():
    if not (ROOT / ".git").exists():  # a source archive has no history to look at
        return
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split("\n"):
        assert not name.startswith("build/") and (not name.startswith("out/") or name == "out/.gitignore")
        assert not name.endswith((".o", ".pdf")) or name.startswith("tests/"), name
    mode = run("git", "ls-files", "-s", ".ci/run", cwd=ROOT, text=True).stdout
    assert mode.startswith("100755"), mode
