"""veraPDF's verdict on the shipped brochure and on every case that makes one."""

import itertools
import os

import pikepdf
import pytest

from case import Case
from helpers import PROFILES, TESTS, VERSIONS, verapdf

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("conformance")]  # veraPDF starts once
WITHOUT = {"tags": lambda root: root.__delitem__("/StructTreeRoot"), "claims": lambda root: root.__delitem__("/Metadata")}


@pytest.fixture(scope="session")
def judged(shipped, tmp_path_factory):
    """What veraPDF finds, by the name of the PDF: those that have to be right, and wrong ones."""
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
    folder = tmp_path_factory.mktemp("wrong")
    for version, (name, remove) in itertools.product(VERSIONS, WITHOUT.items()):
        made[version].append(folder / f"without {name} {version}.pdf")
        with pikepdf.open(shipped[version]) as pdf:
            remove(pdf.Root)
            pdf.save(made[version][-1])
    found = {os.path.basename(path): wrong for path, wrong in verapdf(made)}
    assert len(found) == sum(map(len, made.values()))
    return found


def test_conforms(judged):
    found = {name: wrong for name, wrong in judged.items() if not name.startswith("without")}
    assert len(found) > 60
    assert [(name, wrong) for name, wrong in found.items() if wrong] == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", WITHOUT)
def test_the_judge_says_no(name, version, judged):
    """Each profile of a PDF without its tags or its claims fails: the judge is awake."""
    wrong = judged[f"without {name} {version}.pdf"]
    failed = {line.split(": ")[0] for line in wrong}
    assert failed >= set(PROFILES[version]) - ({"PDF/A-4"} if (name, version) == ("tags", "2.0") else set()), wrong
