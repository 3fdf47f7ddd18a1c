"""Where the PDF goes, what is left when it cannot go there, and the same bytes always."""

import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unicodedata

import pytest

from helpers import ENVIRONMENT, PROGRAM, ROOT, SLOW, VERSIONS, brochure, environment, run, workplace

OLDER = b"%PDF-1.7\nan older brochure\n"

# root may write anywhere, so these tests make a folder read-only in ways that hold for root
unprivileged = os.geteuid() != 0


def left(folder):
    """The files below out/."""
    return sorted(f.name for f in (folder / "out").iterdir())


# --- the same bytes --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = workplace(tmp_path_factory.mktemp("plain"))
    made = {}
    for version in VERSIONS:
        assert brochure(f"--pdf={version}", cwd=folder).returncode == 0
        made[version] = (folder / "out/brochure.pdf").read_bytes()
    return made


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "env",
    [
        {"TZ": "Asia/Tokyo"},
        {"TZ": "America/St_Johns", "LC_ALL": "nl_BE.UTF-8", "LANG": "nl_BE.UTF-8"},
        {"LC_ALL": "fr_BE.UTF-8"},
        {"LC_ALL": "C"},
        {"SOURCE_DATE_EPOCH": "86400"},
    ],
    ids=lambda env: "-".join(env),
)
def test_environment_changes_nothing(place, plain, version, env):
    if "nl_BE" in env.get("LC_ALL", ""):
        found = run("locale", "decimal_point", env=environment(env), text=True)
        assert found.stdout == ",\n", 'no Belgian locale; "make test" makes it'
    done = brochure(f"--pdf={version}", cwd=place, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "out/brochure.pdf").read_bytes() == plain[version]


@pytest.mark.parametrize("version", VERSIONS)
def test_another_day_changes_nothing(place, plain, version):
    # The sanitizers' runtime and faketime both have to be loaded first.
    if "asan" in PROGRAM.parts:
        later = time.time() + 400 * 86400
        for file in place.rglob("*"):
            os.utime(file, (later, later))
        done = brochure(f"--pdf={version}", cwd=place)
    else:
        done = run("faketime", "2031-07-05 03:04:05", PROGRAM, f"--pdf={version}",
            cwd=place, env=ENVIRONMENT, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "out/brochure.pdf").read_bytes() == plain[version]


@pytest.mark.parametrize("jobs", [1, 2, 3, 16])
def test_processors_change_nothing(place, plain, jobs):
    cpus = ",".join(map(str, sorted(os.sched_getaffinity(0))[:jobs]))
    done = run("taskset", "-c", cpus, PROGRAM, cwd=place, env=ENVIRONMENT, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "out/brochure.pdf").read_bytes() == plain["1.7"]


def test_other_paths_change_nothing(place, plain, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = brochure("-c", place / "data/cities.csv", f"--logos={place}/logos", "-o",
        "made.pdf", place / "data/announcement.md", cwd=elsewhere)
    assert (done.returncode, done.stderr) == (0, "")
    assert (elsewhere / "made.pdf").read_bytes() == plain["1.7"]


# --- where it goes ---------------------------------------------------------------------------


def test_dash_writes_standard_output(place, plain):
    done = brochure("-o", "-", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == plain["1.7"]
    assert left(place) == []


@pytest.mark.parametrize("name", ["announcement.md", "cities.csv"])
def test_dash_reads_standard_input(place, plain, name):
    content = (place / "data" / name).read_bytes()
    (place / "data" / name).unlink()
    arguments = ["-c", "-"] if name == "cities.csv" else ["-"]
    done = brochure(*arguments, cwd=place, input=content)
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "out/brochure.pdf").read_bytes() == plain["1.7"]


def test_output_is_as_readable_as_any_new_file(place):
    brochure(cwd=place)
    (place / "other").touch()
    made = (place / "out/brochure.pdf").stat().st_mode
    assert made == (place / "other").stat().st_mode


def test_symbolic_link_stays_and_its_file_is_replaced(place, plain):
    (place / "there").mkdir()
    (place / "there/real.pdf").write_bytes(OLDER)
    (place / "out/brochure.pdf").symlink_to("../there/real.pdf")
    assert brochure(cwd=place).returncode == 0
    assert (place / "out/brochure.pdf").is_symlink()
    assert (place / "there/real.pdf").read_bytes() == plain["1.7"]
    assert sorted(f.name for f in (place / "there").iterdir()) == ["real.pdf"]


def test_check_writes_nothing(place):
    done = brochure("--check", cwd=place)
    assert (done.returncode, done.stderr, done.stdout) == (0, "", b"")
    assert left(place) == []


@pytest.mark.parametrize("what", ["layout", "tags"])
def test_dump_is_the_golden_one(place, what):
    done = brochure(f"--dump={what}", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    golden = ROOT / f"tests/golden/shipped.{what}"
    assert done.stdout.decode() == golden.read_text(), 'meant? then "make golden"'
    assert left(place) == []


# --- where it cannot go ----------------------------------------------------------------------


def refused(done, *words):
    """An error of the program that says WORDS: no crash, no sanitizer."""
    assert done.returncode == 1, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


def test_full_disk_is_noticed(place):
    refused(brochure("-o", "/dev/full", cwd=place), "/dev/full", "disk is full")
    assert pathlib.Path("/dev/full").is_char_device()


def test_full_standard_output_is_noticed(place):
    with open("/dev/full", "wb") as full:
        for arguments in (["-o", "-"], ["--dump=layout"], ["--dump=tags"]):
            done = subprocess.run([PROGRAM, *arguments], cwd=place, env=ENVIRONMENT,
                stdout=full, stderr=subprocess.PIPE, text=True, check=False)
            refused(done, "disk is full")


def test_full_disk_keeps_the_older_file(place):
    """A limit on the size of files stands for a disk that fills up half-way."""
    (place / "out/brochure.pdf").write_bytes(OLDER)
    done = run("sh", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$0"', PROGRAM, cwd=place,
        env=ENVIRONMENT, text=True)
    refused(done, "out/brochure.pdf")
    assert (place / "out/brochure.pdf").read_bytes() == OLDER
    assert left(place) == ["brochure.pdf"]


def test_closed_pipe_is_an_error_not_a_death(place):
    """As in brochure -o - | head -c 10."""
    reader, writer = os.pipe()
    os.close(reader)
    child = subprocess.Popen([PROGRAM, "-o", "-"], cwd=place, env=ENVIRONMENT,
        stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    _, messages = child.communicate(timeout=SLOW)
    assert child.returncode == 1 and messages, (child.returncode, messages)


def test_folder_that_is_not_there(place):
    refused(brochure("-o", "nowhere/made.pdf", cwd=place), "nowhere/made.pdf")
    assert not (place / "nowhere").exists()


def test_folder_in_place_of_the_file(place):
    refused(brochure("-o", "out", cwd=place), "out", "folder")
    assert left(place) == []


@pytest.mark.parametrize(
    "name",
    ["data/announcement.md", "data/cities.csv", "logos/gent.png", "fonts/bold.ttf", "link"],
)
def test_output_never_replaces_an_input(place, name):
    """A slip such as "-o data/announcement.md" costs nobody the text."""
    (place / "fonts").mkdir()
    shutil.copy(ROOT / "fonts/SourceSans3-Bold.ttf", place / "fonts/bold.ttf")
    (place / "link").symlink_to("data/../logos/gent.png")
    text = place / "data/announcement.md"
    fonts = "fonts: {bold: ../fonts/bold.ttf}\n"
    text.write_text(text.read_text().replace("colors:", fonts + "colors:"))
    before = (place / name).read_bytes()
    for arguments in [], ["--check"], ["--force"]:
        done = brochure("-o", name, *arguments, cwd=place)
        assert done.returncode == 1
        assert f"{name}: error: the PDF would replace this input file" in done.stderr
        assert (place / name).read_bytes() == before


@pytest.mark.parametrize("name", ["data/cités.csv", "logos/liège.png"])
def test_output_never_replaces_an_input_that_a_mac_named(place, name):
    """The list says "liège" in NFC, the disk in NFD; so does the command line, or not."""
    asked, there = (place / unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    arguments = ["--force"]
    if name.startswith("data"):
        (place / "data/cities.csv").rename(there)
        arguments += ["-c", asked]
    else:
        (place / "logos/gent.png").rename(there)
        cities = place / "data/cities.csv"
        cities.write_text(cities.read_text().replace("gent.png", asked.name))
    assert brochure(*arguments, cwd=place).returncode == 0
    before = there.read_bytes()
    refused(brochure(*arguments, "-o", there, cwd=place), "the PDF would replace this input file")
    assert there.read_bytes() == before


@pytest.mark.parametrize("name", ["announcement.md", "cities.csv"])
def test_standard_input_is_an_input_too(place, name):
    """brochure -c - -o data/cities.csv < data/cities.csv"""
    path = place / "data" / name
    before = path.read_bytes()
    (place / "link").symlink_to(path)
    arguments = ["-c", "-"] if name == "cities.csv" else ["-"]
    for target in path, place / "link":
        with open(path, "rb") as stdin:
            done = brochure(*arguments, "--force", "-o", target, cwd=place, stdin=stdin)
        refused(done, "the PDF would replace this input file")
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content, replaced",
    [
        (b"", True),
        (b"%PDF-1.4\n", True),
        (b"%PDF", False),
        (b"a,b\n1,2\n", False),
        (b"\x89PNG\r\n\x1a\n", False),
        (b"\n%PDF-1.4\n", False),
    ],
    ids=repr,
)
def test_a_file_that_is_not_a_pdf_is_replaced_by_force_only(place, plain, content, replaced):
    target = place / "out/brochure.pdf"
    target.write_bytes(content)
    for arguments in [], ["--check"]:
        done = brochure(*arguments, cwd=place)
        assert done.returncode == (0 if replaced else 1), done.stderr
        assert replaced or "out/brochure.pdf: error: the PDF would replace this file" in done.stderr
        assert replaced or target.read_bytes() == content
    assert brochure("--force", cwd=place).returncode == 0
    assert target.read_bytes() == plain["1.7"]


def test_read_only_folder(place):
    """/proc/self takes no file from anyone, root included."""
    refused(brochure("-o", "/proc/self/made.pdf", cwd=place), "/proc/self/made.pdf")
    if unprivileged:
        (place / "out").chmod(0o555)
        refused(brochure(cwd=place), "out/brochure.pdf")
        (place / "out").chmod(0o755)
        assert left(place) == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU])
def test_interrupt_leaves_no_temporary_file(place, stop):
    """Interrupted at moments spread over a whole run: the old file, or the new one."""
    start = time.monotonic()
    assert brochure(cwd=place).returncode == 0
    length = time.monotonic() - start
    new = (place / "out/brochure.pdf").read_bytes()
    for step in range(40):
        (place / "out/brochure.pdf").write_bytes(OLDER)
        child = subprocess.Popen([PROGRAM], cwd=place, env=ENVIRONMENT,
            stderr=subprocess.DEVNULL)
        time.sleep(length * step / 36)
        child.send_signal(stop)
        assert child.wait(timeout=SLOW) in (0, -stop)
        assert left(place) == ["brochure.pdf"]
        assert (place / "out/brochure.pdf").read_bytes() in (OLDER, new)


def test_kill_leaves_the_old_file_or_the_new_one(place):
    start = time.monotonic()
    assert brochure(cwd=place).returncode == 0
    length = time.monotonic() - start
    new = (place / "out/brochure.pdf").read_bytes()
    for step in range(40):
        (place / "out/brochure.pdf").write_bytes(OLDER)
        child = subprocess.Popen([PROGRAM], cwd=place, env=ENVIRONMENT)
        time.sleep(length * step / 36)
        child.kill()
        child.wait(timeout=SLOW)
        assert (place / "out/brochure.pdf").read_bytes() in (OLDER, new)


def test_a_later_run_removes_what_an_earlier_one_left(place):
    old, recent = place / "out/.brochure-4711-0.tmp", place / "out/.brochure-4712-0.tmp"
    for file in old, recent:
        file.write_bytes(b"%PDF-1.7\n")
    os.utime(old, (time.time() - 4000,) * 2)
    assert brochure(cwd=place).returncode == 0
    assert left(place) == [recent.name, "brochure.pdf"]


# --- inputs that are no files ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["data/announcement.md", "data/cities.csv", "logos/gent.png"])
@pytest.mark.parametrize("how", ["missing", "folder", "loop", "fifo", "device"])
def test_input_that_is_no_file(place, name, how):
    """One message that names the file; a run that ends; the older output untouched."""
    (place / "out/brochure.pdf").write_bytes(OLDER)
    path = place / name
    path.unlink()
    if how == "folder":
        path.mkdir()
    elif how == "loop":
        path.symlink_to(path.name)
    elif how == "fifo" and name.startswith("logos"):
        os.mkfifo(path)  # a text may come through a pipe, a logo may not
    elif how == "device":
        path.symlink_to("/dev/null")
    refused(brochure(cwd=place, timeout=SLOW), path.name)
    assert (place / "out/brochure.pdf").read_bytes() == OLDER


def test_unreadable_input(place):
    """root reads everything, so this needs a user that is not root."""
    path = place / "data/cities.csv"
    path.chmod(0)
    if unprivileged:
        done = brochure(cwd=place)
    else:
        for folder in [place, *place.parents]:
            if folder == pathlib.Path("/tmp"):
                break
            folder.chmod(0o755)
        program = place / "brochure"
        shutil.copy(PROGRAM, program)
        done = run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program,
            "--check", cwd=place, env=ENVIRONMENT, text=True)
    refused(done, "data/cities.csv", "permission")


# --- usage -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["-x"],
        ["-c"],
        ["-o"],
        ["-o", ""],
        ["--logos="],
        ["--pdf=1.4"],
        ["--pdf="],
        ["--pdf"],
        ["--dump=pixels"],
        ["one.md", "two.md"],
        ["-c", "-", "-"],
    ],
    ids=" ".join,
)
def test_wrong_usage(place, arguments):
    done = brochure(*arguments, cwd=place)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "usage: brochure" in done.stderr
    assert left(place) == []


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["-V"]], ids=" ".join)
def test_asked_for_goes_to_standard_output(place, arguments):
    done = brochure(*arguments, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(b"usage: brochure" if "h" in arguments[0] else b"brochure ")
    assert left(place) == []


def test_needs_nothing_beside_it(place, plain, tmp_path_factory):
    """The binary alone, without fonts/ beside it, makes the same file."""
    alone = tmp_path_factory.mktemp("alone") / "brochure"
    shutil.copy(PROGRAM, alone)
    done = run(alone, cwd=place, env=ENVIRONMENT, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    made = hashlib.sha256((place / "out/brochure.pdf").read_bytes())
    assert made.digest() == hashlib.sha256(plain["1.7"]).digest()
