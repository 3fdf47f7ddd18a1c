"""The pages of logos as they are in the PDF: where cards are painted (pdfium), what stands on
them, and what their links say (pikepdf)."""

import itertools
import re

import numpy
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image, ImageDraw

from helpers import brochure, run
from looks.cases import CLOSING, Look
from looks.layout import Rect
from test_layout import contrast

PAGES = {"A4": (3, 3), "A4 landscape": (5, 3), "A5": (2, 7), "Letter": (3, 3)}
COUNTS = [1, 2, 3, 4, 5, 7, 13, 14, 17, 30, 60, 100, 308]
# of logos, for that many cities
MOST_PAGES = {"A4": {30: 2, 60: 3, 100: 5, 308: 13}, "A4 landscape": {30: 2, 60: 3, 100: 5, 308: 16},
    "A5": {13: 2, 14: 2, 17: 2, 30: 3, 60: 6, 100: 10, 308: 29}, "Letter": {30: 2, 60: 3, 100: 5, 308: 16}}
FIRST_ROW = {"A4": {1: 1, 2: 2, 3: 3, 4: 2, 13: 3, 308: 4}, "A4 landscape": {2: 2, 3: 3, 308: 6},
    "A5": {2: 2, 3: 3, 308: 3}, "Letter": {3: 3, 13: 3, 308: 4}}


class Card(Rect):
    """A card as it is painted, and the page that it is on."""

    def __init__(self, page, bounds, page_number=0):
        left, bottom, right, top = bounds
        super().__init__(left, bottom, right - left, top - bottom)
        self.page, self.page_number = page, page_number


def objects(page, kind):
    for item in page.get_objects(filter=[kind], max_depth=3):
        yield item, item.get_bounds()


def is_stroked(item):
    fill, stroke = raw.ctypes.c_int(), raw.ctypes.c_int()
    assert raw.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(stroke.value)


def cards_of(pdf):
    """Row by row."""
    for number, page in enumerate(pdf):
        for item, bounds in objects(page, raw.FPDF_PAGEOBJ_PATH):
            if is_stroked(item):
                yield Card(page, bounds, number)


def lines_on(card):
    text = card.page.get_textpage().get_text_bounded(card.x, card.y, card.right, card.top)
    # a hyphen at the end of a line is U+0002 here, and the line goes on
    return [line.strip() for line in text.replace("\x02", "-\r\n").split("\r\n") if line]


def lowest_text(card):
    """Where the lowest letter on a card begins, descenders not counted."""
    text = card.page.get_textpage()
    found = [text.get_charbox(i) for i in range(text.count_chars())]
    return min(b + (t - b) / 2 for l, b, r, t in found if r > l and card.x < (l + r) / 2 < card.right and card.y < (b + t) / 2 < card.top)


def links_of(path):
    """(page number, rectangle, name, address) of all links to websites."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for item in page.get("/Annots", []):
                if "/A" in item and "/URI" in item.A:
                    x, y, right, top = (float(v) for v in item.Rect)
                    yield number, Rect(x, y, right - x, top - y), str(item.Contents), str(item.A.URI)


def rows_of(cards):
    return [list(row) for _, row in itertools.groupby(cards, key=lambda c: (c.page_number, round(c.top, 1)))]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("grid")


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("page", PAGES)
def test_one_strict_grid(page, count, place):
    path = Look(f"{count}-{page.lower().replace(' ', '-')}", count, "short", page).make(place)
    with pdfium.PdfDocument(path) as pdf:
        cards = list(cards_of(pdf))
        assert len(cards) == count
        columns = sorted({round(card.x, 1) for card in cards})
        rows = rows_of(cards)
        for row in rows:
            assert [round(card.x, 1) for card in row] == columns[: len(row)]
            assert len(row) == len(columns) or row is rows[-1]
            assert all(a.right < b.x for a, b in itertools.pairwise(row))
        assert len(columns) == FIRST_ROW[page].get(count, len(columns))
        used = [list(group) for _, group in itertools.groupby(rows, key=lambda row: row[0].page_number)]
        assert len(used) <= MOST_PAGES[page].get(count, 1)
        for i, on_page in enumerate(used):
            width, height = on_page[0][0].page.get_size()
            assert all(a[0].y > b[0].top for a, b in itertools.pairwise(on_page))
            assert on_page[0][0].top < height and on_page[-1][0].y > 0 and columns[-1] + cards[0].w < width
            assert i + 1 == len(used) or on_page[0][0].top - on_page[-1][0].y > height / 3
        check_cards(cards, list(links_of(path)))


def check_cards(cards, links):
    """On each card a picture, the name, and below it where its link leads; nothing else there."""
    assert len(links) == len(cards)
    for card, (_, rect, name, uri) in zip(cards, links):
        # as wide as the card, and from its top to below its own text: a neighbour's may be longer
        assert abs(rect.x - card.x) < 1 and abs(rect.x + rect.w - card.right) < 1.5, name
        assert abs(rect.y + rect.h - card.top) < 1 and rect.y > card.y - 1, name
        assert rect.y - card.y < 1 or rect.y < lowest_text(card), name
        pictures = [b for _, b in objects(card.page, raw.FPDF_PAGEOBJ_IMAGE) if card.overlaps(Card(None, b))]
        assert len(pictures) == 1 and card.holds(Card(None, pictures[0])), name
        lines = lines_on(card)
        shown = uri.split("://")[1].removeprefix("www.")
        joined = "".join(lines)
        at = next((i for i in range(len(lines)) if shown.startswith("".join(lines[i:]))), None)
        assert at is not None, (lines, shown)
        assert "".join(lines[at:]) in (shown.rstrip("/"), re.split("[/?#]", shown)[0]), joined
        # at a hyphen only where what stands before the first dot fits on no line
        ends = "./-" if len(shown.split(".")[0]) > 20 else "./"
        assert len(lines) - at <= 2 and all(line[-1] in ends for line in lines[at:-1]), lines
        words = re.sub(r"\W", "", "".join(lines[:at]))
        assert re.sub(r"\W", "", name).startswith(words) and words, joined


def edited(name, count, place, front="", page="A4", columns="", cells=(), options=()):
    """A PDF of COUNT cities, with lines added to "grid" and columns to the list."""
    case = Look(name, count, "short", page)
    arguments = case.lay(place)
    text, table = place / f"{name}.md", place / f"{name}.csv"
    text.write_text(text.read_text().replace("grid:\n", f"grid:\n{front}", 1))
    head, *rows = table.read_text().splitlines()
    rows = [f"{row},{cell}" for row, cell in zip(rows, itertools.chain(cells, itertools.repeat("," * columns.count(","))))]
    table.write_text("\n".join([f"{head},{columns}" if columns else head, *rows]) + "\n")
    done = brochure(*arguments, *options, "-o", f"{name}.pdf", cwd=place)
    assert (done.returncode, [line for line in done.stderr.splitlines() if not case.expects(line)]) == (0, [])
    return place / f"{name}.pdf"


def texts_on(card):
    """(size, colour) of each line that is painted on a card."""
    for item, bounds in objects(card.page, raw.FPDF_PAGEOBJ_TEXT):
        if card.holds(Card(None, bounds)):
            yield round(item.get_font_size(), 1), color_of(item)


def color_of(item, get=raw.FPDFPageObj_GetFillColor):
    values = [raw.ctypes.c_uint() for _ in range(4)]
    assert get(item, *values)
    return "#%02x%02x%02x" % tuple(v.value for v in values[:3])


@pytest.fixture
def opened():
    """Opens a PDF for its cards."""
    documents = []

    def cards(path):
        documents.append(pdfium.PdfDocument(path))
        return list(cards_of(documents[-1]))

    yield cards
    for document in documents:
        document.close()


def test_an_address_of_the_list_comes_before_that_of_the_link(place, opened):
    path = edited("short", 4, place, columns="kort", cells=["aalst.be/cijfers", "", "WWW.brugge.be"])
    shown = [lines_on(card)[1:] for card in opened(path)]
    assert shown == [["aalst.be/cijfers"], ["antwerpen.be"], ["WWW.brugge.be"], ["genk.incijfers.be/dashboard"]]


def test_addresses_may_be_left_out(place, opened):
    shown = [lines_on(card) for card in opened(edited("plain", 4, place, front="  address: no\n"))]
    assert shown == [["Aalst"], ["Antwerpen"], ["Brugge"], ["Genk"]]


@pytest.mark.parametrize("count, name", [(13, "Genk"), (308, "Lier")])
def test_a_long_name_costs_its_own_row_only(count, name, place, opened):
    """A name with slash and hyphens: the other rows, the columns and the pages stay."""
    plain = opened(edited("names-plain", count, place))
    case = Look("names-one", count, "short")
    arguments = case.lay(place)
    table = place / "names-one.csv"
    table.write_text(table.read_text().replace(f'"{name}"', f'"{name}/Scherpenheuvel-Zichem"'))
    brochure(*arguments, "-o", "names-one.pdf", cwd=place)
    long = opened(place / "names-one.pdf")
    assert [c.x for c in plain] == [c.x for c in long]
    assert plain[-1].page_number == long[-1].page_number
    heights = [[row[0].h for row in rows_of(cards)] for cards in (plain, long)]
    usual = [min(h) for h in heights]
    taller = [[i for i, h in enumerate(h) if h > least + 1] for h, least in zip(heights, usual)]
    assert len(set(taller[1]) - set(taller[0])) == 1
    # what it takes is shared by the logos of a full page: no row loses more than its part
    extra = max(heights[1]) - usual[1]
    assert 0 <= usual[0] - usual[1] <= extra / 5 + 0.25


def test_a_card_has_its_colour_and_text_that_can_be_read_on_it(place, opened):
    colors = ["accent", "#0B4F6C", "#ffcc00", "#777", "", "#000000"]
    cards = opened(edited("card", 6, place, columns="card", cells=colors))
    grounds = [color_of(item) for page in {c.page_number: c.page for c in cards}.values()
        for item, _ in objects(page, raw.FPDF_PAGEOBJ_PATH) if is_stroked(item)]
    assert grounds == ["#0b4f6c", "#0b4f6c", "#ffcc00", "#777777", "#ffffff", "#000000"]
    for card, ground in zip(cards, grounds):
        texts = list(texts_on(card))
        assert texts[-1][0] == 9
        assert all(contrast(color, ground) >= 4.5 for _, color in texts), (texts, ground)


def test_names_can_be_read_on_the_white_cards_of_a_dark_paper(place, opened):
    case = Look("dark", 3, "short", accent="#9fd3e8", paper="#10161c")
    arguments = case.lay(place)
    text = place / "dark.md"
    text.write_text(text.read_text().replace("colors:\n", 'colors:\n  text: "#e8eef2"\n'))
    done = brochure(*arguments, "-o", "dark.pdf", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    for card in opened(place / "dark.pdf"):
        texts = list(texts_on(card))
        assert len(texts) == 2 and all(contrast(color, "#ffffff") >= 4.5 for _, color in texts)


def panel_of(cards):
    """The closing panel: what is painted, without a frame, on the last card's page below its head."""
    page = cards[-1].page
    width, height = page.get_size()
    found = [Rect(b[0], b[1], b[2] - b[0], b[3] - b[1])
        for item, b in objects(page, raw.FPDF_PAGEOBJ_PATH) if not is_stroked(item)]
    return max((r for r in found if 100 < r.w < width - 1 and r.h > 20 and r.top < height - 60), key=lambda r: r.w * r.h)


@pytest.mark.parametrize("page, count, beside", [
    ("A4", 13, True), ("A4", 14, True), ("A4", 5, True), ("A4", 7, True), ("A4", 15, False), ("A4", 1, False),
    ("A4", 308, False), ("A5", 7, True),
    ("A5", 8, False), ("A4 landscape", 13, True), ("A4 landscape", 15, True), ("A4 landscape", 3, False), ("Letter", 13, True)])
def test_a_closing_panel_stands_in_the_cells_that_are_free_or_below_them(page, count, beside, place, opened):
    cards = opened(edited(f"closing-{page[-1]}-{count}", count, place, front=CLOSING, page=page))
    assert len(cards) == count
    last, panel = cards[-1], panel_of(cards)
    assert not any(panel.overlaps(card) for card in cards if card.page_number == last.page_number)
    assert abs(panel.right - max(card.right for card in cards)) < 1 and panel.y > 50
    if beside:
        assert abs(panel.top - last.top) < 1 and panel.y < last.y + 1 and panel.x > last.right
        # or pdf.js takes what stands before the panel for the text of the last cards' links
        tops = [max(top for _, (x, y, _, top) in objects(last.page, raw.FPDF_PAGEOBJ_TEXT)
            if place.x < x < place.right and place.y < y < place.top) for place in (panel, last)]
        assert abs(tops[0] - tops[1]) < 4
    else:
        assert panel.top < last.y and abs(panel.x - cards[0].x) < 1
    shown = last.page.get_textpage().get_text_bounded(panel.x, panel.y, panel.right, panel.top).split()
    assert " ".join(shown) == ("De cijfers van je gemeente? De Stadsmonitor van alle gemeenten staat op één website, "
        "met een rapport per gemeente. voorbeeld.be/cijfers")


@pytest.mark.parametrize("version", ["1.7", "2.0"])
def test_a_closing_panel_is_heard_after_the_list(version, place):
    path = edited(f"closing-{version}", 13, place, CLOSING, options=[f"--pdf={version}"])
    with pikepdf.open(path) as pdf:
        top = pdf.Root.StructTreeRoot.K
        sect = (top[0] if isinstance(top, pikepdf.Array) else top).K[-1]
        kinds = [str(kid.S) for kid in sect.K]
        assert kinds == ["/H2", "/P", "/L", "/Aside" if version == "2.0" else "/NonStruct"]
        assert [str(kid.S) for kid in sect.K[-1].K] == ["/H3", "/P", "/P"]
        with pdf.open_outline() as outline:
            assert outline.root[-1].children[-1].title == "De cijfers van je gemeente?"
    assert [uri for *_, uri in links_of(path)][-1] == "https://www.voorbeeld.be/cijfers/"


# --- edges of pictures -------------------------------------------------------------------------

SHAPES = ["full", "margins", "large", "thin"]


def draw(kind, path):
    """A black frame, so that each of its edges is to be seen: drawn to the very edges of the
    file; with wide margins that are transparent; far too large with such margins; opaque."""
    width, height, margin, line = {"full": (400, 200, 0, 8), "margins": (700, 420, 90, 5),
        "large": (3600, 2000, 500, 24), "thin": (410, 211, 5, 4)}[kind]
    image = Image.new("RGBA", (width, height), (255, 255, 255, 255 if kind in ("full", "thin") else 0))
    ImageDraw.Draw(image).rectangle((margin, margin, width - margin - 1, height - margin - 1), outline="black", width=line)
    image.save(path)


@pytest.fixture(scope="module")
def edges(place):
    """The path of a brochure of such pictures."""
    case = Look("edges", 13, "short")
    arguments = case.lay(place)
    folder = place / "edges"
    folder.mkdir(exist_ok=True)
    table = place / "edges.csv"
    head, *rows = table.read_text().splitlines()
    rows = [re.sub(r"[\w-]+\.png", f"{SHAPES[i % 4]}-{i}.png", row) for i, row in enumerate(rows)]
    table.write_text("\n".join([head, *rows]) + "\n")
    for i in range(len(rows)):
        draw(SHAPES[i % 4], folder / f"{SHAPES[i % 4]}-{i}.png")
    done = brochure(f"--cities={table.name}", f"--logos={folder}", "--allow=logo-coarse", arguments[-1], "-o", "edges.pdf", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    return place / "edges.pdf"


@pytest.mark.long
@pytest.mark.xdist_group("edges")
@pytest.mark.parametrize("renderer", ["poppler", "mupdf"])
@pytest.mark.parametrize("dpi", [80, 110, 150, 203])
def test_renderers_do_not_cut_into_a_logo(dpi, renderer, edges, opened):
    """What is drawn of each side is there, and as strong as on the other side."""
    pixels = rendered(edges, 2, dpi, renderer)
    for i, card in enumerate(opened(edges)):
        (box,) = [b for _, b in objects(card.page, raw.FPDF_PAGEOBJ_IMAGE) if card.overlaps(Card(None, b))]
        scale = dpi / 72
        left, right = int(box[0] * scale) - 2, int(box[2] * scale) + 3
        top, bottom = int(pixels.shape[0] - box[3] * scale) - 2, int(pixels.shape[0] - box[1] * scale) + 3
        part = 255.0 - pixels[top:bottom, left:right]
        across, down = part.mean(axis=0), part.mean(axis=1)
        weights = [across[: len(across) // 4].sum(), across[-(len(across) // 4) :].sum(),
            down[: len(down) // 4].sum(), down[-(len(down) // 4) :].sum()]
        for one, other in (weights[:2], weights[2:]):
            assert min(one, other) > 0.8 * max(one, other), (SHAPES[i % 4], i, weights)


def rendered(path, page, dpi, renderer):
    """A page in levels of gray."""
    target = path.with_name(f"{path.stem}-{renderer}-{dpi}")
    if renderer == "poppler":
        run("pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-singlefile", path, target)
    else:
        run("mutool", "draw", "-q", "-r", str(dpi), "-c", "gray", "-o", f"{target}.pgm", path, str(page))
    return numpy.asarray(Image.open(f"{target}.pgm"))
