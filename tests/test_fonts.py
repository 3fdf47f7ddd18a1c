"""Fonts that a house style brings: of every kind, variable, and wrong ones (see fontmaker.py).
What a kind has to look like is known from a TrueType font with the same outlines."""

import functools
import io
import os
import threading
import unicodedata

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib.CFFToCFF2 import convertCFFToCFF2
from fontTools.colorLib.builder import buildCOLR, buildCPAL
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from PIL import Image

import fontmaker
from fontmaker import EVERY_FACE, saved, write
from helpers import VERSIONS, brochure, run, verapdf, words
from looks import golden

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("fonts")]  # fonts are made once

FACES = list(fontmaker.FACES)


def line_of(folder, key):
    lines = (folder / "data/announcement.md").read_text().splitlines()
    return 1 + next(i for i, line in enumerate(lines) if line.startswith(f"  {key}:"))


def instances(**other):
    """The variable font's four faces, as fontTools cuts them; OTHER: at another place."""
    places = {
        face: {"wght": 700 if "bold" in face else 400, "slnt": -fontmaker.SLANT if "italic" in face else 0}
        for face in FACES
    }
    return {
        face: fontmaker.instance(fontmaker.variable("wght", "slnt"), **place)
        for face, place in {**places, **other}.items()
    }


KINDS = {
    "truetype": lambda: {face: fontmaker.static(face) for face in FACES},
    "cff": lambda: {face: fontmaker.cff(face) for face in FACES},
    "cid": lambda: {face: fontmaker.cid(face) for face in FACES},
    "variable": lambda: {"regular": fontmaker.variable("wght", "slnt")},
    "italic": lambda: {"regular": fontmaker.variable("wdth", "ital", "wght")},
    "instances": instances,
}
SAME_LOOKS = {"cff": "truetype", "cid": "truetype", "variable": "instances", "italic": "instances"}
WRONG = {
    "thin": lambda: instances(regular={"wght": 100, "slnt": 0}),
    "upright": lambda: instances(italic={"wght": 400, "slnt": 0}),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The brochure in fonts of a kind, made once."""
    done = {}

    def make(kind, version="1.7"):
        if kind not in done:
            done[kind] = write(tmp_path_factory.mktemp(kind), **{**KINDS, **WRONG}[kind]())
            for v in VERSIONS:
                run_ = brochure(f"--pdf={v}", "-o", f"out/{kind}-{v}.pdf", cwd=done[kind])
                assert (run_.returncode, run_.stderr) == (0, "")
        return done[kind] / f"out/{kind}-{version}.pdf"

    return make


# --- every kind looks and reads as it has to ----------------------------------------------


@functools.lru_cache(maxsize=24)  # of what a kind has to look like, until the next kind
def draw(renderer, path, page):
    """Fine enough that no renderer fits outlines of one kind to pixels otherwise than another."""
    dpi = 144
    if renderer == "pdfium":
        return pypdfium2.PdfDocument(path)[page - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    command = {
        "poppler": ["pdftoppm", "-r", dpi, "-f", page, "-l", page, path],
        "mupdf": ["mutool", "draw", "-N", "-q", "-r", dpi, "-F", "ppm", "-o", "-", path, page],
        "ghostscript": [
            "gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=ppmraw", f"-r{dpi}", "-sOutputFile=-",
            "-dTextAlphaBits=4", "-dGraphicsAlphaBits=4", f"-dFirstPage={page}", f"-dLastPage={page}",
            path,
        ],
    }[renderer]
    done = run(*command)
    assert (done.returncode, done.stderr) == (0, b"")
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def text_of(reader, path):
    if reader == "pdfium":
        pages = pypdfium2.PdfDocument(path)
        return words(" ".join(page.get_textpage().get_text_range() for page in pages))
    command = {
        "poppler": ["pdftotext", "-enc", "UTF-8", path, "-"],
        "mupdf": ["mutool", "draw", "-q", "-N", "-F", "text", path],
        "ghostscript": ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-o", "-", path],
    }[reader]
    return words(run(*command, text=True).stdout)


READERS = ["poppler", "mupdf", "ghostscript", "pdfium"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", SAME_LOOKS)
def test_kind_looks_and_reads_as_it_has_to(kind, reader, made):
    found, expected = made(kind), made(SAME_LOOKS[kind])
    for page in 1, 2:
        images = [draw(reader, path, page) for path in (expected, found)]
        assert golden.alike(*images), f"page {page}"
    text = text_of(reader, found)
    assert text == text_of(reader, expected)
    assert words(EVERY_FACE.replace("*", "")) in text or reader == "ghostscript"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("kind", WRONG)
def test_another_weight_or_slant_is_noticed(kind, reader, made):
    """The pictures above would not do for all."""
    assert not golden.alike(*[draw(reader, made(k), 1) for k in ("instances", kind)])


def test_every_kind_conforms(made):
    # hb-subset writes the numbers of strings in three bytes: veraPDF then finds ROS a little
    # later, and says that it does not come first, which it does
    late = "The Top DICT does not begin with ROS operator"
    found = list(verapdf({v: [made(kind, v) for kind in KINDS] for v in VERSIONS}, bears=late))
    assert [(name, wrong) for name, wrong in found if wrong] == []


def descendants(path):
    """The fonts of a PDF, by name: their kind, the bytes of their file, and /W."""
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/W" in item:
                about = item.FontDescriptor
                file = about.get("/FontFile2") or about.FontFile3
                kinds = str(item.Subtype), str(file.get("/Subtype"))
                yield str(item.BaseFont)[8:], kinds, file.read_bytes(), [int(w) for w in item.W[1]]


@pytest.mark.parametrize("kind", ["cff", "cid"])
def test_cff_is_embedded_bare(kind, made):
    fonts = list(descendants(made(kind)))
    assert len(fonts) == 4
    for _, kinds, file, _ in fonts:
        assert kinds == ("/CIDFontType0", "/CIDFontType0C") and file[:2] == b"\x01\x00"


@pytest.mark.parametrize("kind", ["variable", "italic"])
def test_variable_font_is_embedded_as_four_static_ones(kind, made):
    fonts = {name: (file, widths) for name, _, file, widths in descendants(made(kind))}
    assert set(fonts) == {f"SourceSans3-{style}" for style in fontmaker.FACES.values()}
    statics = [widths for _, _, _, widths in descendants(made("instances"))]
    for file, widths in fonts.values():
        font = TTFont(io.BytesIO(file))
        assert set(font.keys()) == {"GlyphOrder", "glyf", "head", "hhea", "hmtx", "loca", "maxp"}
        assert [font["hmtx"][glyph][0] for glyph in font.getGlyphOrder()] == widths  # 1000 an em
        same = [s for s in statics if len(s) == len(widths)]
        assert any(abs(a - b) <= 1 for s in same for a, b in zip(s, widths))


# --- faces without a file -----------------------------------------------------------------


def told(stderr):
    """The faces that are said to be set in Source Sans."""
    lines = [line for line in stderr.splitlines() if "[font-mixed]" in line]
    return [line.split('file for "')[1].split('"')[0] for line in lines]


HEAVY = (600, 700, 900)


@pytest.mark.parametrize(
    "fonts, missing",
    [
        ({"regular": ()}, ["italic", "bold", "bold_italic"]),
        ({"regular": ("wght",)}, ["italic", "bold_italic"]),
        ({"regular": ("wght", "slnt")}, []),
        ({"regular": ("wght", "ital")}, []),
        ({"regular": ("slnt",)}, ["bold", "bold_italic"]),
        ({"regular": ("wdth",)}, ["italic", "bold", "bold_italic"]),
        ({"regular": HEAVY}, ["italic", "bold", "bold_italic"]),
        ({"regular": ("wght",), "italic": ("wght",)}, []),
        ({"regular": ("wght",), "italic": ()}, ["bold_italic"]),
        ({"regular": (), "bold": ()}, ["italic", "bold_italic"]),
        ({"bold": ()}, ["regular", "italic", "bold_italic"]),
        ({face: () for face in FACES}, []),
    ],
    ids=lambda value: " ".join(value) or "none",
)
def test_face_without_a_file_is_told_or_served(fonts, missing, tmp_path):
    def font(face, axes):
        if axes == HEAVY:
            return fontmaker.variable("wght", wght=HEAVY)
        return fontmaker.variable(*axes) if axes else fontmaker.static(face)

    folder = write(tmp_path, **{face: font(face, axes) for face, axes in fonts.items()})
    done = brochure(cwd=folder)
    assert (done.returncode, told(done.stderr)) == (0, missing)
    assert len(done.stderr.splitlines()) == len(missing), done.stderr
    place = f"data/announcement.md:{line_of(folder, next(iter(fonts)))}:"
    assert all(line.startswith(place) for line in done.stderr.splitlines())
    assert len(list(descendants(folder / "out/brochure.pdf"))) == 4
    # what it says, done word for word
    text = (folder / "data/announcement.md").read_text()
    for face in missing:
        fontmaker.static(face).save(folder / f"data/own-{face}.ttf")
        text = text.replace("fonts:\n", f"fonts:\n  {face}: own-{face}.ttf\n")
    (folder / "data/announcement.md").write_text(text)
    assert brochure(cwd=folder).stderr == ""


def test_only_faces_in_use_are_told(tmp_path):
    """The edition's own text has no italics."""
    folder = write(tmp_path, regular=fontmaker.static())
    text = folder / "data/announcement.md"
    text.write_text(text.read_text().replace(EVERY_FACE, ""))
    assert told(brochure(cwd=folder).stderr) == ["bold"]
    assert brochure("--allow=font-mixed", cwd=folder).stderr == ""
    done = brochure("--werror", cwd=folder)
    assert done.returncode == 1 and "error: \"fonts\" names no file for \"bold\"" in done.stderr


# --- fonts that are refused ---------------------------------------------------------------


def refused(folder, rule, key="regular"):
    done = brochure(cwd=folder)
    assert done.returncode == 1, done.stderr
    *lines, summary = done.stderr.splitlines()
    errors = [line for line in lines if " error: " in line]
    assert all(line.endswith(f"[{rule}]") for line in errors) and errors, done.stderr
    assert not (folder / "out/brochure.pdf").exists()
    if rule != "font-glyph":
        assert len(errors) == 1
        assert errors[0].startswith(f"data/announcement.md:{line_of(folder, key)}:")
    return errors


def edited(folder, data, key="regular", name="own.ttf"):
    write(folder, **{key: name})
    (folder / "data" / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("kind", ["static", "cff", "cid", "variable"])
def test_font_cut_off_anywhere_is_refused(kind, tmp_path):
    font = fontmaker.variable("wght", "slnt") if kind == "variable" else getattr(fontmaker, kind)()
    data = saved(font)
    for i, part in enumerate([0.0005, 0.003, 0.1, 0.5, 0.9, 0.999]):
        refused(edited(tmp_path / str(i), data[: int(len(data) * part)]), "font-damaged")
    refused(edited(tmp_path / "last", data[:-4]), "font-damaged")
    refused(edited(tmp_path / "none", b""), "font-format")
    done = brochure(cwd=edited(tmp_path / "more", data + b"\0" * 100))
    assert done.returncode == 0, done.stderr


def with_units(units):
    font = fontmaker.static()
    font["head"].unitsPerEm = units
    return font


@pytest.mark.parametrize("units", [0, 1, 15, 16385, 32768, 65535])
def test_units_of_the_em_outside_the_standard_are_refused(units, tmp_path):
    refused(write(tmp_path, bold=with_units(units)), "font-damaged", "bold")


def test_units_of_the_em_may_be_as_many_as_the_standard_lets(tmp_path):
    done = brochure("--allow=font-mixed", cwd=write(tmp_path, regular=with_units(16384)))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("kind", ["static", "cff", "variable"])
def test_visible_character_without_outline_is_refused(kind, tmp_path):
    font = fontmaker.variable("wght", "slnt") if kind == "variable" else getattr(fontmaker, kind)()
    errors = refused(write(tmp_path, regular=fontmaker.blank(font, "2", "ë")), "font-glyph")
    assert {line.split('no character "')[1][0] for line in errors} <= {"2", "ë"}
    assert any("(U+0032)" in line for line in errors)
    # a space is to be blank, and a character that is not in the text may be
    other = getattr(fontmaker, "cff" if kind == "cff" else "static")()
    done = brochure(cwd=write(tmp_path / "other", regular=fontmaker.blank(other, "\u00a0", "ÿ")))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("kind", ["static", "cff"])
def test_letter_without_width_is_refused(kind, tmp_path):
    """As where the widths of a file were lost: the next letter would lie on it."""
    font = getattr(fontmaker, kind)()
    name = font.getBestCmap()[ord("2")]
    font["hmtx"].metrics[name] = (0, font["hmtx"].metrics[name][1])
    errors = refused(write(tmp_path, regular=font), "font-glyph")
    assert {line.split('no character "')[1][0] for line in errors} == {"2"}


def test_letter_that_is_only_a_picture_is_refused(tmp_path):
    """Layers of colour are not outlines of a PDF's font."""
    font = fontmaker.blank(fontmaker.static(), "2")
    font["COLR"] = buildCOLR({"two": [("three", 0)]})
    font["CPAL"] = buildCPAL([[(1, 0, 0, 1)]])
    refused(write(tmp_path, regular=font), "font-glyph")


def test_font_with_more_than_32767_widths(tmp_path):
    font = fontmaker.static()
    names = font.getGlyphOrder() + [f"more{i}" for i in range(40000)]
    for name in names[len(font.getGlyphOrder()) :]:
        font["glyf"].glyphs[name] = Glyph()
        font["hmtx"].metrics[name] = (500 + int(name[4:]) % 7, 0)
    font.setGlyphOrder(names)
    font["glyf"].glyphOrder = names
    font["post"].formatType = 3.0
    data = saved(font)
    assert TTFont(io.BytesIO(data))["hhea"].numberOfHMetrics > 32767
    done = brochure("--allow=font-mixed", cwd=edited(tmp_path, data))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "fstype, may",
    [(0, True), (4, True), (8, True), (2, False), (0x100, False), (0x108, False), (0x200, False),
     (0x204, False), (6, True)],
)
def test_licence(fstype, may, tmp_path):
    """The least strict of the four lowest bits counts; the two high ones restrict it."""
    font = fontmaker.static()
    font["OS/2"].fsType = fstype
    folder = write(tmp_path, regular=font)
    if may:
        assert brochure(cwd=folder).returncode == 0
    else:
        refused(folder, "font-licence")


def collection():
    both = TTCollection()
    both.fonts = [fontmaker.static("regular"), fontmaker.static("bold")]
    return saved(both)


def web_font():
    font = fontmaker.static()
    font.flavor = "woff"
    return saved(font)


def cff2():
    font = fontmaker.cff()
    convertCFFToCFF2(font)
    return saved(font)


def pictures():
    font = fontmaker.static()
    for name in font.getGlyphOrder():
        font["glyf"][name] = Glyph()
    return saved(font)


@pytest.mark.parametrize(
    "make, rule, words_",
    [
        (collection, "font-format", "is a collection of fonts"),
        (web_font, "font-format", "is not a TrueType or OpenType font"),
        (cff2, "font-format", "CFF2 outlines"),
        (pictures, "font-damaged", "has no outlines"),
        (lambda: b"\0\1\0\0" + b"\0" * 200, "font-damaged", "is damaged"),
        (lambda: b"%!PS-AdobeFont-1.0: Own" + b"\n" * 200, "font-format", "is not a TrueType"),
    ],
    ids=["collection", "web font", "CFF2", "no outlines", "nothing in it", "Type 1"],
)
def test_other_files_are_refused(make, rule, words_, tmp_path):
    line, = refused(edited(tmp_path, make()), rule)
    assert words_ in line


# --- files --------------------------------------------------------------------------------


def test_font_that_is_rewritten_during_the_run(tmp_path):
    """It is read once: the run sees the old file, a new one or half of one, and never dies."""
    whole = saved(fontmaker.static())
    folder = edited(tmp_path, whole)
    path, stop = folder / "data/own.ttf", threading.Event()

    def rewrite():
        while not stop.is_set():
            os.truncate(path, 0)
            path.write_bytes(whole)

    thread = threading.Thread(target=rewrite)
    thread.start()
    try:
        done = [brochure("--check", cwd=folder) for _ in range(60)]
    finally:
        stop.set()
        thread.join()
    assert {d.returncode for d in done} <= {0, 1}, [d.stderr for d in done if d.returncode < 0]


@pytest.mark.parametrize(
    "variable",
    ["HB_SHAPER_LIST=fallback", "HB_OPTIONS=uniscribe-bug-compatible", "HB_FONT_FUNCS=ft"],
)
def test_environment_changes_no_byte(variable, tmp_path):
    folder = write(tmp_path, regular=fontmaker.static())
    plain = brochure("-o", "-", cwd=folder)
    steered = brochure("-o", "-", cwd=folder, env=dict([variable.split("=")]))
    assert plain.returncode == 0 and steered.stdout == plain.stdout


def test_names_are_compared_in_nfc(tmp_path):
    """A Mac stores names in NFD; folders too."""
    folder = write(tmp_path, regular="huisstijl-é/Première.ttf", bold="œuvre-ï.ttf")
    for name, face in {"huisstijl-é/Première.ttf": "regular", "œuvre-ï.ttf": "bold"}.items():
        path = folder / "data" / unicodedata.normalize("NFD", name)
        path.parent.mkdir(exist_ok=True)
        fontmaker.static(face).save(path)
    assert told(brochure(cwd=folder).stderr) == ["italic", "bold_italic"]
    name = unicodedata.normalize("NFD", "data/œuvre-ï.ttf")
    before = (folder / name).read_bytes()
    done = brochure("-o", name, cwd=folder)
    assert done.returncode == 1 and "would replace this input file" in done.stderr
    assert (folder / name).read_bytes() == before
    (folder / name).unlink()
    done = brochure(cwd=folder)
    assert done.returncode == 1 and "data/œuvre-ï.ttf\" cannot be read" in done.stderr
