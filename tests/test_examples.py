"""The examples work, and give the same bytes however many run at once."""

import os
import shutil

from helpers import ENVIRONMENT, PROGRAM, ROOT, run


def make_all(folder, *command):
    shutil.copytree(ROOT / "examples/many", folder)
    with open(folder / "places.csv", "a") as places:
        places.write("Gent & Co-2,https://stad.gent/\n")
    made = run(*command, cwd=folder, env={**ENVIRONMENT, "BROCHURE": str(PROGRAM)}, text=True)
    assert (made.returncode, made.stderr) == (0, "")
    return {f.name: f.read_bytes() for f in (folder / "out").iterdir()}


def test_many_brochures_are_the_same_one_by_one_and_together(tmp_path):
    alone = make_all(tmp_path / "a", "make", "-j1")
    assert sorted(alone) == ["Gent & Co-2.pdf", "Gent.pdf", "Scherpenheuvel-Zichem.pdf", "Sint-Genesius-Rode.pdf"]
    assert len(set(alone.values())) == 4
    assert make_all(tmp_path / "b", "make", f"-j{os.cpu_count() + 2}") == alone
    words = run("pdftotext", tmp_path / "a/out/Gent & Co-2.pdf", "-", text=True).stdout
    assert "Cijfers over Gent & Co-2" in words and "{place}" not in words
