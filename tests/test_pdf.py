"""The shipped brochure, judged by programs that we did not write: both standards."""

import functools
import io
import re
import xml.etree.ElementTree as tree

import numpy
import pikepdf
import pytest
from PIL import Image

from helpers import EDITION, TESTS, VERSIONS, cities, idat, run, words
from looks.cases import by_name

DPI = 200
LINK_NAME = "{} – website Stad in Cijfers"
FONT_BYTES = 12 * 1024
OVERHEAD_BYTES = 26 * 1024
TARGET = 33  # points, 44 CSS pixels (WCAG 2.5.5)

both = pytest.mark.parametrize("version", VERSIONS)


@pytest.fixture
def path(shipped, version):
    return shipped[version]


@pytest.fixture
def pdf(path):
    with pikepdf.open(path) as opened:
        yield opened


# Debian builds mupdf without colour management, of which it warns at any PDF with a
# profile; -N is "no colour management, please".
MUTOOL = ["mutool", "draw", "-N", "-q"]

# --- helpers -----------------------------------------------------------------------------


def outer_links(pdf):
    """(page number, annotation) of each link to a website, in the order of the file."""
    return [
        (number, annotation)
        for number, page in enumerate(pdf.pages)
        for annotation in page.get("/Annots", [])
        if "/A" in annotation and annotation.A.get("/S") == "/URI"
    ]


def elements(node):
    """All structure elements below NODE, in order."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(node):
    """What the children of an element are: roles, "MCID" or "OBJR"."""
    kids = node.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found.append("OBJR" if kid.get("/Type") == "/OBJR" else str(kid.get("/S", "/MCID"))[1:])
        else:
            found.append("MCID")
    return found


def link_elements(pdf):
    """By the annotation's object number: its Link element."""
    found = {}
    for element in elements(pdf.Root.StructTreeRoot):
        if element.S == "/Link":
            for kid in element.K:
                if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                    found[kid.Obj.objgen] = element
    return found


def rect(values):
    x0, y0, x1, y1 = [float(v) for v in values]
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def inside(inner, outer, slack=0.5):
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


@functools.cache
def picture(path, page, renderer):
    """A page as a program of others draws it."""
    if renderer == "poppler":
        done = run("pdftoppm", "-r", DPI, "-f", page, "-l", page, path)
    else:
        done = run(*MUTOOL, "-r", DPI, "-F", "ppm", "-o", "-", path, page)
    assert done.returncode == 0 and done.stderr == b"", done.stderr
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def crop(image, box, height):
    """What stands in BOX (points, y up) of a rendered page HEIGHT points tall."""
    k = DPI / 72
    return image.crop(
        (
            round(box[0] * k),
            round((height - box[3]) * k),
            round(box[2] * k),
            round((height - box[1]) * k),
        )
    )


@functools.cache
def drawn_images(path, page):
    """Where mupdf puts the pictures of a page: rectangles in points, y up."""
    done = run("mutool", "trace", path, page, text=True)
    assert done.returncode == 0, done.stderr
    root = tree.fromstring(re.sub(r"<\?xml.*?\?>", "", done.stdout))
    height = float(root.find(".//page").get("mediabox").split()[3])
    found = []
    for image in root.findall(".//fill_image"):
        a, _, _, d, e, f = [float(v) for v in image.get("transform").split()]
        x0, x1 = sorted((e, e + a))
        y0, y1 = sorted((height - f, height - f - d))
        found.append((x0, y0, x1, y1))
    return found


# --- the judges --------------------------------------------------------------------------


@both
def test_judges_are_silent(path, version):
    # poppler knows no structure type of PDF 2.0
    bears = rb"Syntax Error: StructElem object is wrong type \((Aside|Strong)\)\n" if version == "2.0" else b"^$"
    for command in (
        [*MUTOOL, "-o", "/dev/null", path],
        ["pdftoppm", "-r", "20", path],
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING",
         "-sDEVICE=nullpage", path],
        ["pdfinfo", "-struct-text", path],
    ):
        done = run(*command)
        told = re.sub(bears, b"", done.stderr) if command[0] == "pdfinfo" else done.stderr
        assert (done.returncode, told) == (0, b""), (command[0], done.stderr)
        if command[0] in ("mutool", "gs"):
            assert done.stdout == b"", done.stdout
    done = run("qpdf", "--check", path, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "No syntax or stream encoding errors found" in done.stdout


# --- the text ----------------------------------------------------------------------------


@both
@pytest.mark.parametrize("reader", ["pdftotext", "mutool"])
def test_page_1_has_the_announcement_word_for_word(path, reader):
    if reader == "pdftotext":
        done = run("pdftotext", "-enc", "UTF-8", "-l", "1", path, "-", text=True)
    else:
        done = run(*MUTOOL, "-F", "txt", "-o", "-", path, "1", text=True)
    assert done.stderr == ""
    page = words(done.stdout)
    at = 0
    for paragraph in (TESTS / "data/announcement.txt").read_text().split("\n\n"):
        found = page.find(words(paragraph), at)
        assert found >= 0, (words(paragraph), page)
        at = found + len(words(paragraph))


@pytest.mark.parametrize("version", ["1.7"])  # see above; test_readers.py has both
def test_the_tags_give_the_announcement_in_order(path):
    done = run("pdfinfo", "-struct-text", path, text=True)
    said = words(" ".join(re.findall(r'"(.*)"', done.stdout)))
    said = re.sub(r"\s", "", said)
    at = 0
    for paragraph in (TESTS / "data/announcement.txt").read_text().split("\n\n"):
        found = said.find(re.sub(r"\s", "", paragraph), at)
        assert found >= 0, (paragraph, done.stdout)
        at = found + 1


# --- the links ---------------------------------------------------------------------------


@both
def test_links_are_the_published_ones(pdf):
    found = [str(link.A.URI) for _, link in outer_links(pdf)]
    published = set((TESTS / "data/links.txt").read_text().split())
    assert found == [city["url"] for city in cities()]
    assert len(found) == 13 and set(found) == published


@both
def test_link_is_named_the_same_for_every_reader(pdf):
    by_annotation = link_elements(pdf)
    for (_, link), city in zip(outer_links(pdf), cities(), strict=True):
        name = str(link.Contents)
        assert name == LINK_NAME.format(city["city"])
        assert str(by_annotation[link.objgen].Alt) == name
        assert int(link.F) & 4  # printed, as PDF/A wants it


@both
def test_link_covers_its_logo_its_name_and_its_address_and_no_other(path, pdf):
    done = run("pdftotext", "-bbox", "-f", "2", "-l", "2", path, "-", text=True)
    height = float(pdf.pages[1].MediaBox[3])
    found = [
        ((float(x0), height - float(y1), float(x1), height - float(y0)), word)
        for x0, y0, x1, y1, word in re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>',
            done.stdout,
        )
    ]
    images = drawn_images(path, 2)
    assert len(images) == 13
    links = [(rect(link.Rect), city) for (_, link), city in zip(outer_links(pdf), cities())]
    for place, city in links:
        caption = [word for box, word in found if overlap(box, place)]
        name, address = city["city"].split(), caption[-1]
        assert caption == [*name, address]
        assert city["url"].split("://")[1].removeprefix("www.").startswith(address)
        assert [word for box, word in found if inside(box, place)] == caption
        assert sum(overlap(image, place) for image in images) == 1
        assert sum(inside(image, place) for image in images) == 1
        assert place[2] - place[0] >= TARGET and place[3] - place[1] >= TARGET
        media = rect(pdf.pages[1].MediaBox)
        assert inside(place, media, 0)
    for i, (one, _) in enumerate(links):
        assert not any(overlap(one, other) for other, _ in links[i + 1 :])


@both
@pytest.mark.parametrize("renderer", ["poppler", "mupdf"])
def test_picture_under_each_link_is_that_citys_logo(path, pdf, renderer):
    page = picture(path, 2, renderer)
    height = float(pdf.pages[1].MediaBox[3])
    logos = [Image.open(EDITION / "logos" / c["logo"]).convert("RGB") for c in cities()]
    images = drawn_images(path, 2)
    for number, (_, link) in enumerate(outer_links(pdf)):
        place = rect(link.Rect)
        box = next(image for image in images if overlap(image, place))
        seen = crop(page, box, height)
        pixels = numpy.asarray(seen, dtype=float)
        assert (pixels < 128).any(axis=2).mean() > 0.02, "blank"
        far = [
            numpy.abs(
                numpy.asarray(logo.resize(seen.size, Image.Resampling.BOX), dtype=float)
                - pixels
            ).mean()
            for logo in logos
        ]
        second = min(d for i, d in enumerate(far) if i != number)
        assert far[number] < 12 and far[number] < second / 2, (cities()[number]["city"], far)


@both
def test_inner_link_leads_to_the_page_of_the_grid(pdf):
    inner = [
        link
        for page in pdf.pages
        for link in page.get("/Annots", [])
        if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"
    ]
    assert len(inner) == 1
    assert target_page(pdf, inner[0]) == 1


def target_page(pdf, item):
    """The page number that a link or bookmark leads to, through /SD where there is one."""
    action = item.get("/A")
    where = item.Dest if action is None else action.get("/D")
    pages = [page.objgen for page in pdf.pages]
    if action is not None and "/SD" in action:
        element = action.SD[0]
        assert element.S in ("/H1", "/H2", "/Sect", "/LI", "/Link", "/Linked", "/P")
        assert pages.index(element.Pg.objgen) == pages.index(where[0].objgen)
    return pages.index(where[0].objgen)


# --- what the reader's program shows --------------------------------------------------------


@both
def test_opens_on_page_1_whole_page_with_the_outline_closed(pdf):
    opening = pdf.Root.OpenAction
    where = opening.D if isinstance(opening, pikepdf.Dictionary) else opening
    assert where[0].objgen == pdf.pages[0].objgen and str(where[1]) == "/Fit"
    assert str(pdf.Root.get("/PageMode", "/UseNone")) == "/UseNone"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@both
def test_outline_leads_to_title_grid_and_cities(pdf):
    with pdf.open_outline() as outline:
        top = list(outline.root)
    assert [item.title for item in top] == [
        "Gemeente-Stadsmonitor 2023",
        "De websites van de dertien centrumsteden",
    ]
    assert [item.title for item in top[1].children] == [c["city"] for c in cities()]
    assert target_page(pdf, top[0].obj) == 0
    for item in [top[1], *top[1].children]:
        assert target_page(pdf, item.obj) == 1


@both
def test_metadata(pdf, version):
    assert len(pdf.pages) == 2
    assert str(pdf.Root.Lang) == "nl-BE"
    assert bool(pdf.Root.MarkInfo.Marked)
    meta = pdf.open_metadata()  # "with" would write it back, and an /Info with it
    assert meta["dc:title"] == "Gemeente-Stadsmonitor 2023"
    assert meta["pdfuaid:part"] == ("1" if version == "1.7" else "2")
    assert "2024-01-24" in meta["xmp:CreateDate"]
    assert pdf.pdf_version == version
    assert ("/Info" in pdf.trailer) == (version == "1.7")
    for page in pdf.pages:
        assert str(page.Tabs) == "/S"
        assert [round(float(v)) for v in page.MediaBox] == [0, 0, 595, 842]


# --- the tag tree ------------------------------------------------------------------------


@both
def test_tags_of_a_city(pdf):
    """What a link is about stands together, and in it, alone, the annotation's own Link."""
    own = [e for e in link_elements(pdf).values() if "Figure" in kinds(e.P.P)]
    assert len(own) == 13
    for alone, city in zip(own, cities(), strict=True):
        link = alone.P.P
        assert kinds(alone) == ["OBJR"] and kinds(alone.P) == ["Link"]
        assert kinds(link) == ["Figure", "Span", "Span", "Span"]
        assert str(link.S) == ("/Link" if pdf.pdf_version == "1.7" else "/Linked")
        assert str(link.Alt) == str(alone.Alt)
        figure = next(k for k in link.K if k.get("/S") == "/Figure")
        assert str(figure.Alt) == (city["alt"] or f"Logo {city['city']}")
        chain = []
        node = link.P
        while "/S" in node:
            chain.append(str(node.S))
            node = node.P
        assert chain == ["/LBody", "/LI", "/L", "/Sect", "/Document"]


@both
def test_headings_start_at_1_and_skip_none(pdf):
    levels = [
        int(str(e.S)[2:])
        for e in elements(pdf.Root.StructTreeRoot)
        if re.fullmatch(r"/H[1-6]", str(e.S))
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:]))


# --- the bytes -----------------------------------------------------------------------------


@both
def test_fonts_are_embedded_and_small(path, pdf):
    done = run("pdffonts", path, text=True)
    rows = done.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+SourceSans3-\w+ +CID TrueType +Identity-H +yes yes yes", row), row
    total = sum(
        len(o.read_raw_bytes())
        for o in pdf.objects
        if isinstance(o, pikepdf.Stream) and "/Length1" in o
    )
    assert 0 < total < FONT_BYTES


@both
def test_logos_are_passed_through(pdf):
    found = {
        o.read_raw_bytes()
        for o in pdf.objects
        if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"
    }
    assert found == {idat(EDITION / "logos" / city["logo"]) for city in cities()}


@both
def test_file_is_hardly_larger_than_its_logos(path):
    data = sum(len(idat(EDITION / "logos" / city["logo"])) for city in cities())
    assert path.stat().st_size <= data + OVERHEAD_BYTES


@pytest.mark.parametrize("city", cities(), ids=lambda c: c["city"])
def test_shipped_logo_is_small_and_plain(city):
    path = EDITION / "logos" / city["logo"]
    assert path.stat().st_size <= 8 * 1024
    with Image.open(path) as logo:
        assert logo.mode in ("P", "L", "RGB") and "transparency" not in logo.info
        assert not {"interlace", "gamma", "icc_profile"} & set(logo.info)
        assert logo.convert("RGB").getpixel((0, 0)) == (255, 255, 255)


# --- many cities ---------------------------------------------------------------------------


def test_bookmarks_of_many_cities_in_order_are_by_letter(tmp_path):
    with pikepdf.open(by_name("cities-100").make(tmp_path)) as pdf, pdf.open_outline() as outline:
        letters = list(outline.root[1].children)
        names = [item.title for letter in letters for item in letter.children]
        assert [letter.title for letter in letters] == sorted({name[0] for name in names})
        assert len(names) == 100 and names[0] == "Aalst"
        assert all(item.title[0] == letter.title for letter in letters for item in letter.children)
