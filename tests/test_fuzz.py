"""What the fuzz targets found is right for others too."""

import os
import re

import pytest

from helpers import ENVIRONMENT, ROOT, TESTS, run

CORPUS = TESTS / "fuzz/corpus"
TARGETS = sorted(f.stem.removeprefix("fuzz_") for f in (TESTS / "fuzz").glob("fuzz_*.c"))


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_a_corpus(target):
    assert len(list((CORPUS / target).iterdir())) >= 4


@pytest.mark.long
def test_pdfs_of_the_whole_program_are_sound(tmp_path):
    """Made under both sanitizers, of inputs that take the program down different ways."""
    replay = ROOT / "build/asan/replay/fuzz_program"
    assert replay.exists(), '"make check-all" builds it'
    inputs = sorted((CORPUS / "program").iterdir())
    done = run(replay, *inputs, env={**ENVIRONMENT, "FUZZ_KEEP": str(tmp_path)}, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    made = sorted(tmp_path.glob("*.pdf"))
    assert len(made) >= 10
    assert not [f for f in tmp_path.iterdir() if f.suffix != ".pdf"]
    for pdf in made:
        done = run("qpdf", "--check", pdf, text=True)
        assert done.returncode == 0 and "No syntax or stream encoding errors" in done.stdout
        assert not re.search("WARNING|ERROR", done.stdout + done.stderr), done.stdout
        done = run("mutool", "draw", "-q", "-o", os.devnull, "-r", "20", pdf, text=True)
        noise = {"warning: ICC support is not available"}  # Debian builds it so
        assert done.returncode == 0 and set(done.stderr.splitlines()) <= noise, done.stderr
