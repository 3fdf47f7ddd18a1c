"""The benchmark's inputs and programs are what they say.  Nothing here looks at a clock."""

import subprocess
import sys

import numpy
import pikepdf
import pytest
from PIL import Image

from helpers import ROOT, brochure, run

sys.path.insert(0, str(ROOT / "bench"))

import inputs  # noqa: E402
import run as bench  # noqa: E402

pytestmark = pytest.mark.long

COUNT = 5


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    inputs.make(folder / "in", [(kind, COUNT) for kind in inputs.DRAW])
    return folder


def logos(folder, kind):
    found = sorted((folder / "in" / kind).glob("*.png"))
    assert len(found) == COUNT
    return found


@pytest.mark.parametrize("kind, mode", [("opaque", "P"), ("rgba", "RGBA")])
def test_logos_are_of_their_kind_and_all_different(made, kind, mode):
    pictures = [Image.open(path) for path in logos(made, kind)]
    assert {picture.mode for picture in pictures} == {mode}
    pixels = [numpy.asarray(picture.convert("RGBA")) for picture in pictures]
    assert len({p.tobytes() for p in pixels}) == COUNT
    for path, p in zip(logos(made, kind), pixels):
        alpha = p[..., 3]
        assert (alpha == 255).all() == (kind == "opaque")
        if kind == "rgba":
            assert p.shape[:2] == (300, 600) and 10_000 <= path.stat().st_size <= 40_000
            assert len(numpy.unique(alpha)) > 20  # edges are antialiased
            assert len(numpy.unique(p[alpha == 255], axis=0)) > 100  # fillings are gradients


def test_inputs_come_out_the_same_again(made, tmp_path):
    inputs.make(tmp_path / "in", [(kind, COUNT) for kind in inputs.DRAW])
    for path in (made / "in").rglob("*.*"):
        assert (tmp_path / "in" / path.relative_to(made / "in")).read_bytes() == path.read_bytes()


def test_text_has_every_word_of_the_announcement(made):
    rows = (made / "in/text.tsv").read_text().replace("|", "").splitlines()
    ours = " ".join(row.split("\t", 1)[1] for row in rows)
    for paragraph in (ROOT / "tests/data/announcement.txt").read_text().splitlines():
        assert paragraph.strip() in ours


@pytest.mark.parametrize("kind", [kind for kind in inputs.DRAW if kind != "svg"])
def test_both_programs_in_c_draw_every_logo_and_link(made, kind):
    subprocess.run(
        ["cc", "-D_XOPEN_SOURCE=700", "-o", made / "with_libharu",
            ROOT / "bench/peers/with_libharu.c", "-lhpdf"],
        check=True,
    )
    (made / "out").mkdir(exist_ok=True)
    commands = bench.commands(kind, COUNT, made)
    for program in (bench.OURS, "libharu, naive"):
        command, out = commands[program]
        if program == bench.OURS:
            done = brochure(*command[1:])
        else:
            done = run(*command, cwd=ROOT, text=True)
        assert (done.returncode, done.stderr) == (0, ""), program
        with pikepdf.open(out) as pdf:
            images = links = 0
            for page in pdf.pages:
                images += len(page.images)
                links += sum(a.A.S == "/URI" for a in page.get("/Annots", []) if "/A" in a)
            assert (images, links) == (COUNT, COUNT), program


def test_table_compares_with_typst_and_judges_targets():
    results = [
        bench.Result("opaque", 13, "brochure", 0.010, 0.012, 10_000_000, 60_000),
        bench.Result("opaque", 13, "Typst", 0.040, 0.060, 40_000_000, 90_000),
        bench.Result("opaque", 13, "ReportLab", 0.3, 0.3, 30_000_000, 120_000),
        bench.Result("opaque", 13, "WeasyPrint", skipped="left out: about 9 minutes a run"),
    ]
    table = bench.table(results)
    assert "| opaque | 13 | brochure | 10.0 | 12.0 | 10.0 | 60 | 0.25 | 0.25 | 0.67 |" in table
    assert "| opaque | 13 | WeasyPrint | left out: about 9 minutes a run |" in table
    verdicts = bench.verdicts(results)
    assert "| opaque 13: wall time / Typst | 0.25 | 0.20 | **missed** |" in verdicts
    assert "| opaque 13: peak memory / Typst | 0.25 | 0.35 | met |" in verdicts
    assert "| opaque 13: file / smallest of the others | 0.67 | 1.00 | met |" in verdicts


def test_time_is_read_from_what_gnu_time_says():
    report = (
        "\tElapsed (wall clock) time (h:mm:ss or m:ss): 1:02.50\n"
        "\tMaximum resident set size (kbytes): 2048\n"
    )
    assert bench.parse_time(report) == (62.5, 2048 * 1024)
