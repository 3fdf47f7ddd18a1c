"""The examples work, and give the same bytes however many run at once."""

import os
import shutil

import pytest

from helpers import ENVIRONMENT, PROGRAM, ROOT, run


def make(folder, more, *command):
    shutil.copytree(ROOT / "examples/many", folder)
    with open(folder / "places.csv", "a", newline="") as places:
        places.write(more)
    return run(*command, cwd=folder, env={**ENVIRONMENT, "BROCHURE": str(PROGRAM)}, text=True)


def make_all(folder, *command):
    made = make(folder, "Gent & Co-2,https://stad.gent/\n", *command)
    assert (made.returncode, made.stderr) == (0, "")
    return {f.name: f.read_bytes() for f in (folder / "out").iterdir()}


def test_many_brochures_are_the_same_one_by_one_and_together(tmp_path):
    alone = make_all(tmp_path / "a", "make", "-j1")
    assert sorted(alone) == ["Gent & Co-2.pdf", "Gent.pdf", "Scherpenheuvel-Zichem.pdf", "Sint-Genesius-Rode.pdf"]
    assert len(set(alone.values())) == 4
    assert make_all(tmp_path / "b", "make", f"-j{os.cpu_count() + 2}") == alone
    words = run("pdftotext", tmp_path / "a/out/Gent & Co-2.pdf", "-", text=True).stdout
    assert "Cijfers over Gent & Co-2" in words and "{place}" not in words


@pytest.mark.parametrize("more, name", [
    ("Aalst,https://www.aalst.be/", "Aalst"),  # the last line does not end
    ("Aalst,https://www.aalst.be/\r\n\r\n", "Aalst"),
    ("../x,https://www.aalst.be/", "..-x"),
    ("Aalst/Alost \\1,https://www.aalst.be/\n", "Aalst-Alost \\1"),
])
def test_places_as_people_write_them(more, name, tmp_path):
    made = make(tmp_path / "a", more, "make")
    assert (made.returncode, made.stderr) == (0, "")
    assert sorted(f.name for f in tmp_path.rglob("*.pdf")) == sorted(
        f"{n}.pdf" for n in (name, "Gent", "Scherpenheuvel-Zichem", "Sint-Genesius-Rode"))
    place = more.split(",")[0]
    assert f"Cijfers over {place}" in run("pdftotext", tmp_path / f"a/out/{name}.pdf", "-", text=True).stdout


@pytest.mark.parametrize("more, line, said", [
    ('"Aalst, Alost",https://www.aalst.be/\n', 5, "quotation mark"),
    ("Gent,https://www.gent.be/\r\n", 2, "2 rows"),
    ("A/B,https://www.gent.be/\nA-B,https://www.gent.be/\n", 5, "2 rows"),
    (",https://www.gent.be/", 5, "missing"),
])
def test_places_that_cannot_be_made_are_told(more, line, said, tmp_path):
    made = make(tmp_path / "a", more, "make")
    assert made.returncode == 2 and made.stderr.startswith(f"places.csv:{line}: ") and said in made.stderr.splitlines()[0]
