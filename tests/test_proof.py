"""Tests of the tests: what is wrong makes them fail, and "make check" and "make check-all"
with them."""

import os
import shutil

import pytest

from helpers import ROOT, TESTS, run

PYTEST = [ROOT / "build/venv/bin/python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]


def false_case(folder, **files):
    """The case that is true, with some of its FILES made false."""
    shutil.copytree(TESTS / "cases/shipped", folder / "false", dirs_exist_ok=True)
    for name, text in files.items():
        (folder / "false" / name).write_text(text)


@pytest.mark.long
@pytest.mark.parametrize(
    "files",
    [
        {"status": "1\n"},
        {"stderr": "a message that never comes\n"},
        {"stderr": "~ a message that [nm]ever comes\n"},
        {"facts": '{"pages": 3}\n'},
        {"facts": '{"text": ["words that stand nowhere"]}\n'},
        {"facts": '{"no such fact": 1}\n'},
        {"misspelt": ""},
        {"cmd": "--no-such-option\n"},
    ],
    ids=lambda files: "-".join(files),
)
def test_a_false_case_fails(files, tmp_path):
    false_case(tmp_path, **files)
    done = run(
        *PYTEST,
        TESTS / "test_cases.py",
        cwd=ROOT,
        env={**os.environ, "CASES": str(tmp_path)},
        text=True,
    )
    assert done.returncode == 1, done.stdout
    assert "1 failed" in done.stdout


@pytest.mark.long
def test_the_case_that_these_falsify_is_true(tmp_path):
    false_case(tmp_path)
    done = run(
        *PYTEST,
        TESTS / "test_cases.py",
        cwd=ROOT,
        env={**os.environ, "CASES": str(tmp_path)},
        text=True,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.long
@pytest.mark.parametrize("target", ["check", "check-all"])
def test_a_failing_case_makes_make_check_fail(target, tmp_path):
    """The target itself, with its lesser steps left out and one false case in place."""
    false_case(tmp_path / "bad", status="1\n")
    false_case(tmp_path / "good")
    command = [
        "make",
        "--no-print-directory",
        target,
        "TESTS=tests/test_cases.py",
        f"PYTEST={PYTEST[0]} -m pytest -q",
        "ASAN_TESTS=--version",
        "ASAN=true",
        "LINT=true",
        "UNIT=",
    ]
    environment = {
        k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    }
    good, bad = ({**environment, "CASES": str(tmp_path / name)} for name in ("good", "bad"))
    done = run(*command, cwd=ROOT, env=bad, text=True, timeout=600)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "1 failed" in done.stdout
    done = run(*command, cwd=ROOT, env=good, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(*command, "LINT=false", cwd=ROOT, env=good, text=True, timeout=600)
    assert done.returncode == 2, done.stdout + done.stderr
