"""veraPDF's verdict on the shipped brochure and on every case that makes one."""

import os

import pikepdf
import pytest

from case import Case
from helpers import PROFILES, TESTS, VERSIONS, verapdf

pytestmark = pytest.mark.long


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


def test_conforms(brochures):
    found = list(verapdf(brochures))
    assert len(found) == sum(map(len, brochures.values())) > 60
    assert [(os.path.basename(name), wrong) for name, wrong in found if wrong] == []


def test_the_judge_says_no(shipped, tmp_path):
    """Each profile of a PDF without its tags or its claims fails: the judge is awake."""
    without = {"tags": lambda root: root.__delitem__("/StructTreeRoot"), "claims": lambda root: root.__delitem__("/Metadata")}
    for version in VERSIONS:
        for name, remove in without.items():
            with pikepdf.open(shipped[version]) as pdf:
                remove(pdf.Root)
                pdf.save(tmp_path / f"{name}-{version}.pdf")
    found = dict(verapdf({v: [tmp_path / f"{name}-{v}.pdf" for name in without] for v in VERSIONS}))
    for path, wrong in found.items():
        version = path[-7:-4]
        failed = {line.split(": ")[0] for line in wrong}
        assert failed >= set(PROFILES[version]) - ({"PDF/A-4"} if "tags-2.0" in path else set()), (path, wrong)
