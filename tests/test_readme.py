"""Every command of the README is run, as it stands there, in a copy of the repository."""

import os
import re
import shutil

import pytest

from helpers import PROGRAM, ROOT, run, workplace
from links.server import Answer, Certificates, Server

pytestmark = pytest.mark.long

README = (ROOT / "README.md").read_text()
COMMAND = re.compile(r"(?:^ {4}|`)((?:make|brochure)(?: [^`\n]*)?)(?:`|$)", re.M)
COMMANDS = list(dict.fromkeys(c for c in COMMAND.findall(README) if c != "brochure"))

# What takes too long to be run twice: where it is run.
ELSEWHERE = {
    "make test": (".ci/run", "make test"),
    "make edition": ("tests/test_content.py", '"make", "edition"'),
    "make release": ("tests/test_package.py", '"make", "release"'),
    "make bench": ("tests/test_bench.py", "import run as bench"),
    "make watch": ("tests/test_package.py", '"tools/watch", PROGRAM'),
}

WRITES = {
    "make setup": ["out/brochure.pdf"],
    "make": ["out/brochure.pdf"],
    "make new DIR=mijn-brochure": ["mijn-brochure/data/cities.csv", "mijn-brochure/Makefile"],
    "brochure --new=mijn-brochure": ["mijn-brochure/data/cities.csv", "mijn-brochure/Makefile"],
    "make links": ["out/links.json"],
    "make preview": ["out/brochure-1.png", "out/brochure-2.png"],
    "make content": ["out/content/facts.txt", "out/content/gemeente-stadsmonitor-2023.pdf"],
    "make judges": [],
    "make print": ["out/brochure-print.pdf"],
    "make report": ["out/report.html"],
    "make help": [],
}


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The repository with the tests' edition as its content, built."""
    folder = tmp_path_factory.mktemp("clone") / "brochure"
    listed = run("git", "ls-files", "-z", cwd=ROOT, text=True).stdout.split("\0")[:-1]
    for name in listed:
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for content in ("data", "logos"):
        shutil.rmtree(folder / content)
    workplace(folder)
    (folder / "build").mkdir()
    for judges in ("venv", "judges", "verapdf"):
        (folder / "build" / judges).symlink_to(ROOT / "build" / judges)
    for made in PROGRAM.parent.iterdir():
        if made.name in ("src", "locale"):
            shutil.copytree(made, folder / "build" / made.name, copy_function=shutil.copy2)
        elif made.is_file():
            shutil.copy2(made, folder / "build")
    return folder


def test_every_command_is_known():
    assert set(COMMANDS) == set(WRITES) | set(ELSEWHERE)
    for name, words in ELSEWHERE.values():
        assert words in (ROOT / name).read_text()


@pytest.fixture
def network(clone):
    """Environment in which each link of the list is asked for from a server of our own."""
    server, path = Server(Certificates(clone.parent)), clone / "data/cities.csv"
    server.routes["/"] = Answer()
    before = path.read_text()
    path.write_text("city,url,logo\nGent,http://gent.be/,gent.png\n")
    yield {"http_proxy": server.proxy()}
    path.write_text(before)
    server.close()


@pytest.mark.parametrize("command", [c for c in COMMANDS if c in WRITES])
def test_command_does_what_the_readme_says(command, clone, request):
    for name in WRITES[command]:
        (clone / name).unlink(missing_ok=True)
    shutil.rmtree(clone / "mijn-brochure", ignore_errors=True)
    env = {**os.environ, "PATH": f"{clone / 'build'}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    for name in ("BROCHURE", "BUILD", "MAKEFLAGS"):  # what this run itself was told
        env.pop(name, None)
    if command == "make links":
        env |= request.getfixturevalue("network")
    done = run("sh", "-c", command, cwd=clone, text=True, timeout=600, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [name for name in WRITES[command] if not (clone / name).is_file()] == []
