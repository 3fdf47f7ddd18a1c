"""valgrind finds no leak and no wrong access on the shipped inputs."""

import pytest

from helpers import ENVIRONMENT, PROGRAM, VERSIONS, run

pytestmark = pytest.mark.long


@pytest.mark.parametrize("arguments", [*([f"--pdf={v}"] for v in VERSIONS), ["--dump=tags"], ["-c", "data/announcement.md"]], ids=" ".join)
def test_valgrind_finds_nothing(place, arguments):
    done = run("valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full",
        "--show-leak-kinds=definite,indirect,possible", "--errors-for-leak-kinds=definite,indirect,possible",
        PROGRAM, *arguments, cwd=place, env=ENVIRONMENT, text=True, timeout=600)
    assert done.returncode == (1 if "-c" in arguments else 0), done.stderr
    assert "==" not in done.stderr, done.stderr
