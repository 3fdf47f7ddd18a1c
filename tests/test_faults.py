"""What fails below the program: memory, the disk, the power.  An older brochure survives.

A preloaded library (tests/faults/faults.c) makes one call of a run fail, another one each
run: of the allocations the first on each path of calls that leads to one, in whichever scene;
of the calls of the system the first on each path in each scene; or all of them with FAULTS=all.
"""

import base64
import concurrent.futures
import io
import json
import os
import re
import shutil
import signal
import subprocess

import pytest
from PIL import Image

import fontmaker
from case import Case
from helpers import ENVIRONMENT, PROGRAM, ROOT, SLOW, TESTS, run, workplace

pytestmark = pytest.mark.long

LIBRARY = ROOT / "build/faults.so"
PRELOAD = {"LD_PRELOAD": LIBRARY.name, "LD_LIBRARY_PATH": str(LIBRARY.parent)}  # the first splits at spaces
OLDER = b"%PDF-1.7\nan older brochure\n"
ALL = os.environ.get("FAULTS") == "all"

# Inputs that take the program down many of its ways, and how mistakes are told.
SCENES = {
    "shipped": (None, []),
    "everything": ("text-with-everything", ["--pdf=2.0"]),
    "notes": ("csv-tabs-utf16", ["--diagnostics=sarif"]),
    "mistakes": ("three-kinds-of-mistakes-at-once", ["--diagnostics=json"]),
    "logos": ("logos-of-many-kinds", []),
    "damaged": ("logos-that-are-damaged", ["--diagnostics=github"]),
    "fonts": (None, []),
}

# HarfBuzz 6 dies of memory that runs out while it cuts a variable font or one with CIDs.
CRASHES = [-signal.SIGSEGV, -signal.SIGABRT]


class Run:
    """What a run left."""

    def __init__(self, scene, fault):
        self.out = scene.folder / f"out-{fault.get('FAULT_AT', 0)}"
        self.out.mkdir()
        target = self.out / "brochure.pdf"
        target.write_bytes(OLDER)
        command = [PROGRAM, f"--jobs={fault.pop('jobs', 1)}", "-o", target, *scene.arguments]
        environment = {**ENVIRONMENT, **fault, **PRELOAD}
        done = subprocess.run(command, cwd=scene.folder, env=environment, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, timeout=SLOW)
        self.status = done.returncode
        self.messages = done.stderr.decode().replace(str(self.out), "out")
        self.files = sorted(f.name for f in self.out.iterdir())
        self.content = target.read_bytes() if target.exists() else None
        shutil.rmtree(self.out)


class Scene:
    def __init__(self, folder, name):
        case, self.arguments = SCENES[name]
        self.name = name
        self.folder = folder
        if name == "fonts":
            variable = fontmaker.variable("wght", "slnt")
            fontmaker.write(folder, regular=variable, bold=fontmaker.cid("bold"))
        elif case is None:
            workplace(folder)
        else:
            Case(TESTS / "cases" / case).lay(folder)

    def calls(self, kind):
        """The calls that KIND can strike: lists of name, file descriptor, path of calls."""
        log = self.folder / "log"
        self.plain = Run(self, {"FAULT": kind, "FAULT_LOG": str(log)})
        calls = [line.split() for line in log.read_text().splitlines()]
        assert len(calls) > 10, "the program calls nothing that the library knows"
        return calls

    def strike(self, kind, numbers, **more):
        """Runs with the fault at each of the calls NUMBERS, from 1; the number and the run."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            once = lambda n: (n, Run(self, {"FAULT": kind, "FAULT_AT": str(n), **more}))
            yield from pool.map(once, numbers)

    def wrong(self, done, silent=False):
        """What is wrong with a run that a fault struck, or None."""
        if self.name == "fonts" and done.status in CRASHES and done.content == OLDER:
            return None
        if done.files != ["brochure.pdf"]:
            return f"left {done.files}"
        if done.status == 0 and self.plain.status == 0:
            return None if done.content == self.plain.content else "another PDF"
        if done.status != 1:
            return f"status {done.status}"
        if done.content != OLDER:
            return "the older output is gone"
        if silent:
            return None
        if done.messages == "brochure: error: out of memory\n":
            return None  # before the command line was read
        if re.search(r"--diagnostics=(json|sarif)", " ".join(self.arguments)):
            try:
                json.loads(done.messages)
            except ValueError:
                return "messages that are no JSON"
        return None if "error" in done.messages else "no message"


@pytest.fixture(params=SCENES)
def scene(request, tmp_path):
    if not LIBRARY.exists():
        pytest.fail(f'{LIBRARY} is not there; "make check-all" builds it')
    return Scene(tmp_path, request.param)


def told(found):
    return "\n".join(f"call {n}: {why}\n{done.messages}" for n, why, done in found)


def firsts(calls):
    """The number of the first of the CALLS on each path, by that."""
    return {path: n for n, (_, _, path) in reversed(list(enumerate(calls, 1)))}


def to_strike(calls, struck=()):
    """The numbers of the CALLS to strike: the first on each path that was not STRUCK, or all."""
    first = sorted(n for path, n in firsts(calls).items() if path not in struck)
    return range(1, len(calls) + 1) if ALL else first


STRUCK = set()  # paths on which an allocation has failed


@pytest.mark.xdist_group("allocations")  # in one process, which knows what was struck
def test_every_allocation_that_fails_is_told(scene):
    calls = scene.calls("alloc")
    numbers = to_strike(calls, STRUCK)
    STRUCK.update(firsts(calls))
    assert scene.name != "shipped" or len(numbers) > 1000
    found = [
        (n, why, done)
        for n, done in scene.strike("alloc", numbers)
        if (why := scene.wrong(done)) is not None
    ]
    assert not found, told(found)


@pytest.mark.parametrize("more", [{}, {"FAULT_ON": "1"}], ids=["one", "and-all-after"])
def test_every_call_of_the_system_that_fails_is_told(scene, more):
    calls = scene.calls("io")
    found = []
    for n, done in scene.strike("io", to_strike(calls), **more):
        # where the messages cannot be written, the status says all that can be said
        silent = bool(more) or calls[n - 1][:2] == ["write", "2"]
        if (why := scene.wrong(done, silent)) is not None:
            found.append((n, f"{calls[n - 1][0]}: {why}", done))
    assert not found, told(found)


@pytest.mark.parametrize("kind", ["short", "interrupt"])
def test_transfers_in_pieces_and_interrupted_ones_change_nothing(scene, kind):
    calls = scene.calls(kind)
    for more in ({}, {"FAULT_ON": "1"} if kind == "short" else {}):
        numbers = [1] if more else to_strike(calls)
        for n, done in scene.strike(kind, numbers, **more):
            state = (done.status, done.content, done.messages)
            plain = scene.plain
            assert state == (plain.status, plain.content, plain.messages), (n, calls[n - 1])


def takes_unnamed_files(folder):
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY))
    except OSError:
        return False
    return True


def test_killed_before_any_call_of_the_system(scene):
    calls = scene.calls("kill")
    for n, done in scene.strike("kill", to_strike(calls)):
        assert done.status == -signal.SIGKILL
        assert done.content in (OLDER, scene.plain.content), (n, calls[n - 1])
        # what is written has a name only between linkat and rename
        if calls[n - 1][0] != "rename" and takes_unnamed_files(scene.folder):
            assert done.files == ["brochure.pdf"], (n, calls[n - 1])


def test_memory_that_runs_out_in_a_thread(tmp_path):
    scene = Scene(tmp_path, "shipped")
    count = len(scene.calls("alloc"))
    for n, done in scene.strike("alloc", range(1, count, count // 60), FAULT_ON="1", jobs=4):
        assert scene.wrong(done) is None and done.status == 1, (n, done.messages)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_memory_that_runs_out_for_a_picture_in_an_svg(tmp_path, kind):
    """It is never left out in silence.  GLib and Rust end the program, before anything is written."""
    scene = Scene(tmp_path, "shipped")
    (tmp_path / "data/cities.csv").write_text("city,url,logo\nGent,https://gent.be/,a.svg\n")
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "#136").save(data, kind)
    url = f"data:image/{kind.lower()};base64,{base64.b64encode(data.getvalue()).decode()}"

    def first(drawn):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 50"><path d="M0 0h9v50z"/>{drawn}</svg>'
        (tmp_path / "logos/a.svg").write_text(svg)
        return firsts(scene.calls("alloc"))

    known = first('<path d="M20 0h60v40z" fill="#136"/>')
    numbers = [n for path, n in first(f'<image x="20" width="60" height="40" href="{url}"/>').items() if path not in known]
    assert len(numbers) > 50  # Debian 12 has 260, Debian 13 has 85
    for n, done in scene.strike("alloc", numbers):
        ended = done.status in [*CRASHES, -signal.SIGTRAP, 127] and (done.files, done.content) == (["brochure.pdf"], OLDER)
        assert ended or scene.wrong(done) is None, (n, done.status, scene.wrong(done), done.messages)


def test_streams_that_are_closed(place):
    """Started without standard streams: nothing of them ends up in the PDF."""
    (place / "out/brochure.pdf").write_bytes(OLDER)
    for closed in ("0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"):
        done = run("sh", "-c", f'exec "$0" {closed}', PROGRAM, cwd=place, env=ENVIRONMENT)
        assert done.returncode == 0, done
        assert (place / "out/brochure.pdf").read_bytes()[:5] == b"%PDF-"
        made = (place / "out/brochure.pdf").read_bytes()
        done = run("sh", "-c", f'exec "$0" -c nowhere.csv {closed}', PROGRAM, cwd=place,
            env=ENVIRONMENT)
        assert done.returncode == 1
        assert (place / "out/brochure.pdf").read_bytes() == made


def test_the_folder_of_the_logos_is_read_once(place):
    """Whatever is missing of it: 10,000 missing of 10,000 took four minutes."""
    log = place / "log"
    for logo in (place / "logos").glob("[a-h]*.png"):
        logo.rename(logo.with_name(f"x{logo.name}"))
    done = run(PROGRAM, cwd=place, env={**ENVIRONMENT, **PRELOAD, "FAULT": "io",
        "FAULT_LOG": str(log)}, text=True)
    assert done.stderr.count("did you mean x") >= 5
    assert [line.split()[0] for line in log.read_text().splitlines()].count("opendir") == 1
