"""What LibreOffice Calc saves is read like the plain file that it opened."""

import pytest

from helpers import TESTS, brochure

FOLDER = TESTS / "data/spreadsheets"
SAVED = sorted(f for f in FOLDER.glob("*/*.csv") if f.name != "plain.csv")


def test_there_are_files_of_every_kind():
    starts = {f.read_bytes()[:2] for f in SAVED}
    assert {b"\xff\xfe", b"\xef\xbb", b"ci", b'"c'} <= starts and len(SAVED) >= 12


@pytest.mark.parametrize("file", SAVED, ids=lambda f: f"{f.parent.name}-{f.stem}")
@pytest.mark.parametrize("version", ["1.7", "2.0"])
def test_same_pdf_as_from_the_plain_file(place, file, version):
    made = []
    for cities in (file.with_name("plain.csv"), file):
        done = brochure("-c", cities, "-o", "-", f"--pdf={version}", cwd=place)
        assert done.returncode == 0, done.stderr
        assert ": error: " not in done.stderr and ": warning: " not in done.stderr
        made.append(done.stdout)
    assert made[0] == made[1] and made[0].startswith(b"%PDF-")
