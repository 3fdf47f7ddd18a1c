"""What the tests share: where things are, and how the program and its judges are run."""

import csv
import importlib.machinery
import importlib.util
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
EDITION = TESTS / "edition"  # the brochure that the tests know; data/ and logos/ are the editors'
PROGRAM = pathlib.Path(os.environ.get("BROCHURE", ROOT / "build/brochure"))
if not PROGRAM.is_absolute():
    PROGRAM = ROOT / PROGRAM
LINKS = PROGRAM.with_name("brochure-links")
PROFILES = {  # veraPDF's, by PDF version
    "1.7": ["PDF/UA-1", "PDF/A-2A"],
    "2.0": ["PDF/UA-2 + Tagged PDF", "PDF/A-4", "WTPDF 1.0 Accessibility", "WTPDF 1.0 Reuse"],
}
VERSIONS = list(PROFILES)
SLOW = 120  # seconds after which a program hangs

# A run has to be the same whatever the user's environment says.
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "ASAN_OPTIONS": "detect_leaks=1:abort_on_error=0:exitcode=99",
    "LSAN_OPTIONS": f"suppressions='{TESTS / 'lsan.supp'}':print_suppressions=0",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1:exitcode=99",
}
LOCALES = {"LOCPATH": str(ROOT / "build/judges/locale")}  # of Belgium, beside those of the system


def environment(env=None):
    """ENVIRONMENT with ENV, and with the locales of Belgium where it names one: they make a
    library leak in brochure-links, whose sanitizer then asks another program for its name."""
    env = env or {}
    return {**ENVIRONMENT, **(LOCALES if any("_BE" in value for value in env.values()) else {}), **env}


def run(*command, **options):
    """Runs a command to its end; its output as bytes, or as text with text=True."""
    options.setdefault("timeout", SLOW)
    options.setdefault("stdin", subprocess.DEVNULL if "input" not in options else None)
    if options["stdin"] is None:
        del options["stdin"]
    return subprocess.run(
        [str(c) for c in command], capture_output=True, check=False, **options
    )


def brochure(*arguments, cwd=EDITION, env=None, **options):
    """Runs the program; its messages as text."""
    done = run(PROGRAM, *arguments, cwd=cwd, env=environment(env), **options)
    if isinstance(done.stderr, bytes):
        done.stderr = done.stderr.decode()
    return done


def workplace(folder):
    """Lays the tests' edition and an empty out/ in FOLDER."""
    shutil.copytree(EDITION, folder, dirs_exist_ok=True)
    (folder / "out").mkdir(exist_ok=True)
    return folder


def decode(path):
    """What an editor wrote, in any encoding that the program reads."""
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def cities():
    with open(EDITION / "data/cities.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def idat(path):
    """The compressed pixels of a PNG."""
    data = path.read_bytes()
    at, found = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if kind == b"IDAT":
            found += data[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def words(text):
    """The words of a text, whatever the white space between them."""
    return re.sub(r"\s+", " ", text).strip()


def load_tool(name):
    """The module that the program tools/NAME is."""
    loader = importlib.machinery.SourceFileLoader(name, str(ROOT / "tools" / name))
    sys.dont_write_bytecode, kept = True, sys.dont_write_bytecode  # none beside the tool
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


# A short run is over before an optimizing compiler and several collectors pay.
JAVA = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]


def verapdf(pdfs, bears=None):
    """Yields what veraPDF finds: for each path of the PDFS, by version, its name and what is
    wrong with it, each after the profile.  One run for all, since it takes seconds to start,
    in which the same bytes are judged once; it tries the profiles that a PDF says it conforms
    to, which have to be all of its version.  It may say nothing else, save a warning that
    BEARS is."""
    import xml.etree.ElementTree as tree

    version_of = {str(path): version for version, paths in pdfs.items() for path in paths}
    same = {}
    for path, version in version_of.items():
        same.setdefault((version, pathlib.Path(path).read_bytes()), []).append(path)
    names = {first: [first, *others] for first, *others in same.values()}
    done = run(
        "java",
        *JAVA,
        "-cp",
        str(ROOT / "build/verapdf/*"),
        "org.verapdf.apps.GreenfieldCliWrapper",
        "--format",
        "xml",
        "--flavour",
        "0",
        *names,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # else Java finds no file with accents
        encoding="utf-8",
        timeout=600,
    )
    lines = done.stderr.splitlines()
    warned = [i for i, line in enumerate(lines) if bears and line == f"WARNING: {bears}"]
    assert len(lines) == 2 * len(warned), done.stderr  # each after a line with the time
    jobs = tree.fromstring(done.stdout).findall(".//job")
    assert len(jobs) == len(names), done.stdout
    for job in jobs:
        name, found, tried = job.findtext("item/name"), [], set()
        for report in job.findall("validationReport"):
            profile = report.get("profileName").removesuffix(" validation profile")
            tried.add(profile)
            assert int(report.find("details").get("passedChecks")) > 0
            rules = report.findall(".//rule[@status='failed']")
            assert (report.get("isCompliant") == "true") == (not rules)
            found += [
                f"{profile}: {r.get('specification')} {r.get('clause')}-{r.get('testNumber')}: "
                f"{r.findtext('description')}"
                for r in rules
            ]
        missing = [p for p in PROFILES[version_of[name]] if p not in tried]
        found += [f"{p}: the PDF does not say that it conforms" for p in missing]
        yield from ((name, found) for name in names.pop(name))
