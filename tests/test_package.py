"""What is installed, packed and laid out: the manuals, the packages, a folder of one's own."""

import contextlib
import os
import re
import select
import shutil
import signal
import subprocess
import tarfile
import time

import pytest
import yaml

from helpers import EDITION, ENVIRONMENT, LINKS, PROGRAM, ROOT, SLOW, run

OPTION = r"--[a-z]+(?:-[a-z]+)*"
VERSION = re.search(r"^VERSION *:= *(\S+)", (ROOT / "Makefile").read_text(), re.M)[1]
PROGRAMS = {"brochure": PROGRAM, "brochure-links": LINKS}
BUILD = os.environ.get("BUILD", "build")
MANUALS = ROOT / "man"


def options_of(program):
    return set(re.findall(OPTION, run(PROGRAMS[program], "--help", text=True).stdout))


@pytest.mark.parametrize("program", PROGRAMS)
def test_manual_and_completions_name_the_options_of_help(program):
    options = options_of(program)
    assert len(options) > 10
    manual = (ROOT / f"man/{program}.1").read_text()
    named = re.findall(r"\bFl -([a-z]+(?:-[a-z]+)*)", manual.split(".Sh DESCRIPTION")[1])
    assert {f"--{name}" for name in named} == options
    zsh = (ROOT / "completions/_brochure").read_text()
    common, mine = zsh.split("case $service in")
    mine = mine.split(f"\n{program})")[1].split(";;")[0]
    assert set(re.findall(OPTION, common + mine)) == options
    # bash asks the program
    script = f"""source completions/brochure.bash; COMP_WORDS=({program} --); COMP_CWORD=1
        _brochure {PROGRAMS[program]} -- {program}; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = run("bash", "-c", script, cwd=ROOT, text=True)
    assert set(done.stdout.split()) == options, done.stderr


@pytest.mark.parametrize("words, offered", [
    ("brochure --dump =", "dumps"), ("brochure --pdf = 2", "2.0"), ("brochure-links --fix =", "any"),
    ("brochure --diagnostics = sa", "sarif"), ("brochure-links --fix = a", "any"), ("brochure-links --fix a", None),
    ("brochure --pdf 2", "2.0"), ("brochure --help a", None),
])
def test_bash_completes_values(words, offered):
    script = f"""source completions/brochure.bash; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _brochure $PWD/build/${{COMP_WORDS[0]}} "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}" """
    found = run("bash", "-c", script, cwd=ROOT, text=True).stdout.split()
    if offered == "dumps":
        words = re.search(r"\*const dumps\[\] = \{(.*?), NULL\}", (ROOT / "src/brochure/options.c").read_text(), re.S)[1]
        assert found == re.findall(r'"(.*?)"', words)
    else:
        assert found == ([offered] if offered else [])


@pytest.mark.parametrize("manual", sorted(MANUALS.iterdir()), ids=lambda manual: manual.name)
def test_manual_quotes_no_more_than_a_word(manual):
    """A quotation lasts to the end of its line, over the macros that follow on it."""
    assert re.findall(r"^\..*\b[DQS]q .*\b[A-Z][a-z] .*|^\..*\bQl .*\b[A-Z][a-z] .*", manual.read_text(), re.M) == []


def test_manual_of_formats_names_every_key_and_column():
    manual = (ROOT / "man/brochure.5").read_text()
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"^\.(?:It )?Cm (.*)", manual, re.M))))
    keys = re.findall(r'^    \{"([a-z_]+)", KEY_', (ROOT / "src/announcement/keys.c").read_text(), re.M)
    assert len(keys) > 20 and [k for k in keys if k not in named] == []
    table = (ROOT / "src/cities/header.c").read_text().split("clear[COLUMN_COUNT][NAMES_MAX] = {")[1].split("};")[0]
    columns = re.findall(r'^    \{"([a-z]+)"', table, re.M)
    assert len(columns) > 3 and [c for c in columns if c not in named] == []


def test_uninstall_removes_what_install_installed(tmp_path):
    where = [f"DESTDIR={tmp_path}/a b", "PREFIX=/usr", f"BUILD={BUILD}"]
    assert run("make", "install", *where, cwd=ROOT).returncode == 0
    installed = {str(f.relative_to(tmp_path / "a b/usr")) for f in (tmp_path / "a b").rglob("*") if f.is_file()}
    assert installed == {
        "bin/brochure", "bin/brochure-links",
        "share/man/man1/brochure.1", "share/man/man1/brochure-links.1", "share/man/man5/brochure.5",
        "share/locale/nl/LC_MESSAGES/brochure.mo", "share/locale/fr/LC_MESSAGES/brochure.mo",
        "share/bash-completion/completions/brochure", "share/bash-completion/completions/brochure-links",
        "share/zsh/site-functions/_brochure",
    }
    assert run("make", "uninstall", *where, cwd=ROOT).returncode == 0
    assert [f for f in (tmp_path / "a b").rglob("*") if f.is_file()] == []


# --- packages --------------------------------------------------------------------------------


def test_debian_package_agrees_with_the_rest():
    assert (ROOT / "debian/changelog").read_text().startswith(f"brochure ({VERSION}) ")
    needed = {line.split()[0] for line in (ROOT / "tools/packages-build.txt").read_text().splitlines()
        if line and not line.startswith("#")}
    control = (ROOT / "debian/control").read_text().split("Build-Depends:\n")[1].split("\nStandards")[0]
    named = {line.strip(" ,").replace(" | ", "|").split()[0] for line in control.splitlines()}
    # what every Debian package is built with, and what is loaded when it runs; librsvg is loaded, not linked
    assert named - {"debhelper-compat"} == needed - {"gcc", "g++", "libc6-dev", "make", "librsvg2-2"}
    assert "\nRecommends: librsvg2-2\n" in (ROOT / "debian/control").read_text()



def built_once(test):
    """A test of what a release publishes, which one of the processes makes."""
    return pytest.mark.long(pytest.mark.xdist_group("release")(test))



@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """What a release publishes."""
    if not (ROOT / ".git").exists():
        pytest.skip("a source archive is not released again")
    out = tmp_path_factory.mktemp("release")
    quick = "OPTFLAGS=-O1 -g0"  # of the package; the other programs are those that the tests run
    done = run("make", "release", f"OUT={out}", quick, cwd=ROOT, text=True, timeout=10 * SLOW)
    assert done.returncode == 0, done.stderr
    return out / "release"


@built_once
def test_release_has_source_program_package_and_checksums(release):
    names = {f.name for f in release.iterdir()}
    machine, debian = os.uname().machine, run("dpkg", "--print-architecture", text=True).stdout.strip()
    assert names == {f"brochure-{VERSION}.tar.gz", f"brochure-{VERSION}-linux-{machine}.tar.gz",
        f"brochure_{VERSION}_{debian}.deb", "SHA256SUMS"}
    assert run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=release).returncode == 0
    assert len((release / "SHA256SUMS").read_text().splitlines()) == 3
    name = f"brochure-{VERSION}"
    listed = run("tar", "-tzf", release / f"{name}.tar.gz", text=True).stdout.splitlines()
    assert f"{name}/Makefile" in listed and all(f.startswith(f"{name}/") for f in listed)


def test_release_refuses_the_tag_of_another_version(tmp_path):
    done = run("make", "release", f"OUT={tmp_path}", "TAG=v0.0.0", cwd=ROOT, text=True)
    assert done.returncode != 0 and VERSION in done.stderr


@built_once
def test_lintian_finds_nothing_in_the_package(release):
    (package,) = release.glob("*.deb")
    done = run("lintian", "--tag-display-limit", "0", "--pedantic", "--allow-root", package, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@built_once
def test_portable_program_needs_nothing_but_glibc(release, tmp_path):
    (packed,) = release.glob("*-linux-*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    for program in PROGRAMS:
        needed = run("ldd", folder / program, text=True).stdout
        outside = {line.split()[0] for line in needed.splitlines() if "=>" in line and str(folder) not in line}
        assert outside <= {"libc.so.6", "libm.so.6", "libresolv.so.2", "libpthread.so.0", "libdl.so.2"}
        assert run(folder / program, "--version").returncode == 0
    for library in (folder / "lib").iterdir():
        assert "not found" not in run("ldd", library, text=True).stdout, library
    for program, pdf in ((folder / "brochure", "a.pdf"), (PROGRAM, "b.pdf")):
        assert run(program, "-o", tmp_path / pdf, cwd=EDITION).returncode == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert (folder / "lib/librsvg-2.so.2").exists()  # for SVG logos
    assert {"source-sans.txt", "libhpdf-2.3.0.txt", "libzimg.txt"} <= {f.name for f in (folder / "licences").iterdir()}


def test_pages_as_they_were_before_a_change_are_drawn(place):
    """On a pull request both are looked at."""
    shutil.copytree(ROOT / "tools", place / "tools")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "data", "logos"], ["commit", "-q", "-m", "Begin"]):
        assert run(*git, *command, cwd=place).returncode == 0
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().splitlines()[0] + "\n")
    env = {**os.environ, "BUILD": str(PROGRAM.parent)}
    done = run("sh", "tools/before", "HEAD", cwd=place, env=env, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(f.name for f in (place / "out/content").iterdir()) == ["before-1.png", "before-2.png"]
    assert run(*git, "commit", "-qam", "Break", cwd=place).returncode == 0
    done = run("sh", "tools/before", "HEAD", cwd=place, env=env, text=True)
    assert done.returncode == 0 and "nothing to compare with" in done.stderr
    assert list((place / "out/content").iterdir()) == []


# --- a folder of one's own -------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    made = run(PROGRAM, f"--new={tmp_path}/onze cijfers", text=True)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(f"{tmp_path}/onze cijfers is ready.")
    return tmp_path / "onze cijfers"


def make_there(folder):
    path = f"{PROGRAM.parent}:{os.environ['PATH']}"
    return run("make", cwd=folder, env=os.environ | {"PATH": path, "LC_ALL": "C"}, text=True)


def test_new_folder_makes_a_pdf_of_each_text(folder):
    made = make_there(folder)
    assert (made.returncode, made.stdout + made.stderr) == (0, "")
    text = (folder / "data/announcement.md").read_text()
    (folder / "data/annonce.md").write_text(text.replace("nl-BE", "fr-BE"))
    (folder / "data/l'an $1.md").write_text(text)
    (folder / "data/cities.csv").write_text("city,url,logo\nGent,https://stad.gent/,voorbeeldstad.png\n")
    assert make_there(folder).returncode == 0
    assert sorted(f.name for f in (folder / "out").iterdir()) == ["annonce.pdf", "announcement.pdf", "l'an $1.pdf"]
    assert "Gent" in run("pdftotext", folder / "out/annonce.pdf", "-", text=True).stdout
    (folder / "data/cities.csv").write_text("city,url,logo\nGent,stad gent,voorbeeldstad.png\n")
    made = make_there(folder)
    assert made.returncode != 0 and "data/cities.csv:2:6: error: " in made.stderr


def test_new_folder_says_what_to_run_there(folder, tmp_path):
    """Also where the program is not found by its name."""
    said = run(PROGRAM, f"--new={tmp_path}/named", text=True).stdout.splitlines()[-1].strip()
    assert run("sh", "-c", said, cwd=folder, text=True).stderr == ""
    assert (folder / "out/announcement.pdf").exists()
    found = run("sh", "-c", 'PATH=$0:$PATH; brochure --new="$1"', PROGRAM.parent, tmp_path / "found", text=True)
    assert found.stdout.endswith("\n    make\n")


def test_new_folder_replaces_nothing(folder):
    (folder / "data/cities.csv").write_text("mine\n")
    (folder / "Makefile").unlink()
    again = run(PROGRAM, f"--new={folder}", text=True)
    assert again.returncode == 1 and again.stdout == ""
    assert f"{folder}: error: data/announcement.md is there already" in again.stderr and again.stderr.endswith("1 error\n")
    assert (folder / "data/cities.csv").read_text() == "mine\n" and not (folder / "Makefile").exists()


def test_new_folder_that_is_not_whole_keeps_no_file(tmp_path):
    (tmp_path / "own/.github").mkdir(parents=True)
    (tmp_path / "own/.github/workflows").symlink_to("nowhere")
    done = run(PROGRAM, f"--new={tmp_path}/own", text=True)
    assert done.returncode == 1 and f"{tmp_path}/own/.github/workflows: error: " in done.stderr
    assert [f for f in (tmp_path / "own").rglob("*") if f.is_file()] == []
    (tmp_path / "own/.github/workflows").unlink()
    assert run(PROGRAM, f"--new={tmp_path}/own", text=True).returncode == 0


def test_new_folder_has_a_sound_workflow(folder):
    workflow = folder / ".github/workflows/brochure.yml"
    done = run(ROOT / "build/judges/actionlint", "-shellcheck=shellcheck", workflow, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    uses = re.findall(r"uses: *(.*)", workflow.read_text())
    assert uses and all(re.fullmatch(r"[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use) for use in uses)


@pytest.mark.parametrize("there, verb", [(True, "upload"), (False, "create")])
@pytest.mark.parametrize("workflow", [".github/workflows/edition.yml", "src/brochure/new/workflow.yml"])
def test_edition_is_published_with_a_release_or_into_it(workflow, there, verb, tmp_path):
    """A tag that is made on GitHub comes with its release; one that is pushed has none."""
    steps = [s for job in yaml.safe_load((ROOT / workflow).read_text())["jobs"].values() for s in job["steps"]]
    (publish,) = [s["run"] for s in steps if "gh release create" in s.get("run", "")]
    (tmp_path / "gh").write_text(f'#!/bin/sh\nif [ "$2" = view ]; then exit {int(not there)}; fi\necho "$@"\n')
    (tmp_path / "gh").chmod(0o755)
    for name in ("out/content/facts.txt", "out/edition/a.pdf", "a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("title   Cijfers\n")
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_REF_NAME": "edition-1", "GITHUB_REPOSITORY": "a/b"}
    done = run("sh", "-ec", publish, cwd=tmp_path, env=env, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"release {verb} edition-1 --repo a/b ") and done.stdout.endswith("a.pdf\n")


@pytest.mark.parametrize("name", ['a "b', "$(touch x)", "a $HOME's"])
def test_make_lays_out_a_folder_of_any_name(name, tmp_path):
    done = run("make", "new", f"BUILD={PROGRAM.parent}", f"DIR={tmp_path / name}".replace("$", "$$"), cwd=ROOT, text=True)
    assert (done.returncode, done.stderr) == (0, "") and (tmp_path / name / "data").is_dir()
    assert [f.name for f in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("given", [[], ["DIR="]])
def test_make_asks_for_the_name_of_a_folder(given):
    done = run("make", "new", f"BUILD={PROGRAM.parent}", *given, cwd=ROOT, text=True)
    assert done.returncode == 2 and done.stderr.splitlines()[0] == "which folder? make new DIR=my-brochure"


@pytest.mark.parametrize("place, said", [("/proc/x", "cannot be made"), ("", "--new needs a value")])
def test_new_folder_that_cannot_be_made_is_told(place, said):
    done = run(PROGRAM, f"--new={place}", text=True)
    assert done.returncode in (1, 2) and said in done.stderr


# --- while one edits -------------------------------------------------------------------------


@contextlib.contextmanager
def watching(place):
    """Watches; what waits for a line of its standard output, and at the end what it told."""
    def say(expected, edit=lambda: None, stream="stdout"):
        """Waits for a line; entr does not see what is edited while it runs a program, and tells
        twice what is edited again."""
        said, end = "", time.monotonic() + SLOW
        while time.monotonic() < end:
            edit()
            if select.select([getattr(watch, stream)], [], [], 1)[0]:
                said += os.read(getattr(watch, stream).fileno(), 1000).decode()
            if re.search(rf"^(\d\d:\d\d:\d\d )?{expected}\n", said, re.M):
                return
        raise AssertionError(f"{expected}: not in {said!r}")

    watch = subprocess.Popen(["sh", ROOT / "tools/watch", PROGRAM, "out/brochure.pdf"], cwd=place, env=ENVIRONMENT,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    told = []
    try:
        yield say, told
    finally:
        os.killpg(watch.pid, signal.SIGTERM)  # what is started in the background ignores SIGINT
        told += watch.communicate(timeout=SLOW)[1].decode().splitlines()


@pytest.mark.parametrize("links", [False, True])
def test_watch_makes_the_brochure_anew_and_says_so(links, place):
    cities = place / "data/cities.csv"
    if links:
        for name in ("data", "logos"):
            (place / name).rename(place / f"the {name}")
            (place / name).symlink_to(f"the {name}")
        (place / "logos/nowhere.png").symlink_to("gone.png")
    with watching(place) as (say, told):
        say("watching data/ and logos/; Ctrl-C ends it")
        say("out/brochure.pdf is new")
        rows = cities.read_text().replace("gent.png", "gendt.png")
        say("out/brochure.pdf stays as it was", lambda: cities.write_text(rows))
        say("out/brochure.pdf is new", lambda: shutil.copy(place / "logos/gent.png", place / "logos/gendt.png"))
        assert (place / "out/brochure.pdf").read_bytes()[:4] == b"%PDF"
        http = rows.replace("https://stad.gent", "http://stad.gent")
        assert http != rows
        say("out/brochure.pdf is new", lambda: cities.write_text(http))
    assert any(line.startswith("data/cities.csv:6:110: error: logos/gendt.png not found") for line in told)
    assert any(line.endswith("[url-unencrypted]") for line in told)


def test_watch_says_once_that_there_is_nothing(tmp_path):
    (tmp_path / "data").mkdir()
    said = "watch: data/ and logos/: entr: No regular files to watch"
    with watching(tmp_path) as (say, told):
        say(said, stream="stderr")
        time.sleep(2.5)  # it looks every second
        shutil.copytree(EDITION, tmp_path, dirs_exist_ok=True)
        (tmp_path / "out").mkdir()
        say("out/brochure.pdf is new")
    assert told == []
    shutil.rmtree(tmp_path / "data")
    done = run("sh", ROOT / "tools/watch", PROGRAM, "out/brochure.pdf", cwd=tmp_path, text=True)
    assert (done.returncode, done.stderr) == (1, "watch: there is no folder data/ here\n")


def test_preview_draws_the_pages(place):
    for name in ("Makefile", "po", "src", "fonts", "tools"):
        (place / name).symlink_to(ROOT / name)
    done = run("make", "preview", f"BUILD={PROGRAM.parent}", cwd=place, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("out/brochure-1.png\nout/brochure-2.png\n")
    assert all((place / f"out/brochure-{n}.png").read_bytes()[1:4] == b"PNG" for n in (1, 2))
