"""veraPDF's verdict on the shipped brochure and on every case that makes one."""

import os

import pytest

from case import Case
from helpers import FLAVOURS, TESTS, VERSIONS, verapdf


@pytest.fixture(scope="session")
def brochures(shipped, tmp_path_factory):
    """By version: all PDFs to be judged."""
    made = {version: [shipped[version]] for version in VERSIONS}
    for folder in sorted((TESTS / "cases").iterdir()):
        case = Case(folder)
        if not case.makes_default_output():
            continue
        place = case.lay(tmp_path_factory.mktemp("case"))
        for version in VERSIONS:
            path = place / f"{folder.name}-{version}.pdf"
            done = case.run(place, f"--pdf={version}", "-o", path)
            assert done.returncode == 0, done.stderr
            made[version].append(path)
    return made


@pytest.mark.parametrize(
    "version, flavour", [(v, f) for v in VERSIONS for f in FLAVOURS[v]]
)
def test_conforms(brochures, version, flavour):
    verdicts = list(verapdf(flavour, brochures[version]))
    failed = [(os.path.basename(n), rules) for n, passed, rules in verdicts if not passed or rules]
    assert failed == []


def test_the_judge_says_no(shipped):
    """A PDF of one standard does not pass for the other: the judge is awake."""
    (_, passed, rules), = verapdf("ua2", [shipped["1.7"]])
    assert not passed and rules
