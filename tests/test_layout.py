"""Where boxes stand, for every kind of brochure: what has to be true of each, and the dumps
that are kept in golden/ (see looks/cases.py, looks/golden.py)."""

import difflib
import functools
import itertools
import re

import pytest

from looks import golden
from looks.cases import CASES, MOST, SHORT, TEXTS, Look, by_name, matrix
from looks.layout import Document, Rect

TARGET = 33  # points, 44 CSS pixels (WCAG 2.5.5)
SMALLEST = 11  # points, of any type
ADDRESS = 9  # but for what a card's link says again
BODY = 11.5
CARD_W = 226.78  # 80 mm

pytestmark = pytest.mark.xdist_group("layout")  # each case is read once
every = pytest.mark.parametrize("case", CASES, ids=str)


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("looks")


@pytest.fixture(scope="session")
def documents(place):
    """The dumps of a case, read once."""
    read = {}

    def document(case):
        if case not in read:
            read[case] = Document(case, place)
        return read[case]

    return document


@pytest.fixture
def document(documents, case):
    return documents(case)


# --- what is true of every document ---------------------------------------------------------


def check_on_the_page(document):
    for page in document.pages:
        for box in page.boxes:
            assert page.rect.holds(box.rect), (page.number, box)
        for link in page.links:
            assert page.rect.holds(link.rect), (page.number, link)


def check_nothing_overlaps(document):
    """No two links; no two texts or pictures; nothing tagged stands in the footer."""
    for page in document.pages:
        for group in (page.links, [b for b in page.boxes if b.kind != "area"]):
            ordered = sorted(group, key=lambda item: -item.rect.top)
            for i, one in enumerate(ordered):
                for other in itertools.islice(ordered, i + 1, None):
                    if other.rect.top <= one.rect.y:
                        break
                    if getattr(one, "y", 0) == getattr(other, "y", 1):
                        # pieces of one line: kerning may move them together
                        assert not one.rect.overlaps(other.rect, 0.5), (page.number, one, other)
                    else:
                        assert not ink(one).overlaps(ink(other), 0.3), (page.number, one, other)


def ink(item):
    """Of a text the height of its small letters: ascenders may reach into the line above."""
    if getattr(item, "kind", "") != "text":
        return item.rect
    return Rect(item.rect.x, item.y, item.rect.w, 0.5 * item.size)


def check_order(document):
    """Tags are read in the order of drawing, which goes down the page, page by page."""
    read = list(document.root.marks())
    drawn = []
    for page in document.pages:
        for box in page.boxes:
            if box.mark >= 0 and (not drawn or drawn[-1] != (page.number, box.mark)):
                drawn.append((page.number, box.mark))
    assert drawn == sorted(set(drawn))
    # the colophon ends the first page, but waits for a block that goes on after it
    cover = [mark for mark in read if mark[0] == 1]
    assert cover + [mark for mark in read if mark[0] > 1] == drawn
    early = {mark for mark in read[: read.index(cover[-1])] if mark[0] > 1}
    for block in document.root.kids[0].elements():
        marks = set(block.marks())
        if marks & early:
            assert min(marks)[0] == 1
            early -= marks
    assert not early
    numbers = [link.number for page in document.pages for link in page.links]
    assert numbers == list(range(len(numbers)))


REACH = 2  # of a link, to the right of its card


def card_of(page, link):
    """What a city's link stands on: its upper left corner is the link's."""
    cards = [b for b in page.boxes if b.kind == "area" and b.layer == "layout"
             and b.rect.x == link.rect.x and abs(b.rect.top - link.rect.top) < 0.01]
    assert len(cards) == 1, link
    return cards[0]


def check_cells(document):
    """Each city's link holds its logo and its caption and nothing else."""
    widths, has_cards = set(), getattr(document.case, "cards", False)
    found = list(document.city_links())
    assert len(found) == document.case.count
    for page, link, element in found:
        assert link.rect.w >= TARGET and link.rect.h >= TARGET
        assert link.name == element.alt and link.uri
        widths.add(link.rect.w)
        figure, span, address, own_link = element.elements()
        assert [e.role for e in element.elements()] == ["Figure", "Span", "Span", "Span"] and figure.alt
        assert [(e.role, e.alt) for e in own_link.elements()] == [("Link", link.name)]
        shown = "".join(document.shown(address))
        known = shown in link.uri or (has_cards and shown == SHORT)
        assert shown and known and not shown.startswith("www."), link
        name, below = document.lines(span)[-1][1][0], document.lines(address)[0][1][0]
        assert (below.size, name.y - 20 < below.y < name.y - 10) == (ADDRESS, True), link
        own = [b for mark in element.marks() for b in document.by_mark[mark]]
        assert [b.kind for b in own][0] == "image" and len(own) >= 2
        for box in own:
            assert link.rect.holds(box.rect, -0.5), (link, box)
        assert link.name.startswith("".join(document.shown(span)))
        # a little wider than the card, for pdf.js, and as tall, or down to the end of its text
        # where another's is longer
        card = card_of(page, link)
        assert abs(card.rect.w + REACH - link.rect.w) < 0.01 and card.rect.w <= CARD_W
        image = own[0]
        assert abs(image.rect.x + image.rect.w / 2 - card.rect.x - card.rect.w / 2) < 0.6
        ends = document.lines(address)[-1][1][0].y
        assert card.rect.y <= link.rect.y < ends and (link.rect.y == card.rect.y or ends - link.rect.y < 4)
        assert card.fill == "#ffffff" or has_cards, link
    assert len(widths) == 1, widths
    for page in document.pages:
        cells = [link.rect for p, link, _ in found if p is page]
        ours = {m for p, _, e in found if p is page for m in e.marks()}
        for box in page.boxes:
            if box.kind != "area" and (page.number, box.mark) not in ours:
                assert not any(cell.overlaps(box.rect) for cell in cells), box


def rows_of(cells):
    return [list(row) for _, row in itertools.groupby(cells, key=lambda cell: cell.y)]


def check_rows(document):
    """One strict grid: the same columns on every row and page, filled from the left, where the
    heading begins, and down the page; only the last row has room left."""
    pages, captions = {}, {}
    for page, link, element in document.city_links():
        card = card_of(page, link).rect
        pages.setdefault(page.number, []).append(card)
        span = element.elements()[1]
        first = document.lines(span)[0][1][0]
        captions.setdefault((page.number, card.y), set()).add(round(first.y, 2))
    assert list(pages) == list(range(min(pages), max(pages) + 1))
    columns = sorted({cell.x for cells in pages.values() for cell in cells})
    heading = next(e for e in document.root.kids[1].all() if e.role == "H2")
    assert abs(columns[0] - document.lines(heading)[0][1][0].rect.x) < 0.01
    rows = [row for cells in pages.values() for row in rows_of(cells)]
    for row in rows:
        assert [cell.x for cell in row] == columns[: len(row)]
        assert len({cell.h for cell in row}) == 1
        assert len(row) == len(columns) or row is rows[-1]
        assert all(a.right < b.x for a, b in itertools.pairwise(row))
    for cells in pages.values():
        assert all(a[0].y > b[0].top for a, b in itertools.pairwise(rows_of(cells)))
    assert all(len(baselines) == 1 for baselines in captions.values())


def check_type(document):
    addresses = {m for _, _, e in document.city_links() for m in e.elements()[2].marks()}
    for page in document.pages:
        for box in page.texts():
            least = ADDRESS if (page.number, box.mark) in addresses else SMALLEST
            assert box.size >= least, (page.number, box)


def running_text(document):
    """Elements of running text: everything in the first Sect that has lines of its own."""
    first = document.root.kids[0]
    parts = ("Linked", "Span")  # of a line that holds a link
    for element in first.all():
        beside = any(e.role in parts for e in element.elements())
        if (element.has_content() or beside) and element.role not in (*parts, "Lbl"):
            yield element


def check_columns(document):
    """No line is wider than its column.  A column ends as far from the right edge of the page
    as footers do, or three quarters of that beside the band of a landscape page 1; on that
    band, and in a panel, as far inside as the text stands from its left edge."""
    first, second = document.pages[0].rect, document.pages[1]
    margin = second.rect.w - max(b.rect.right for b in second.boxes if b.layer == "footer")
    for page in document.pages:
        beside = page.number == 1 and first.w > first.h
        right = page.rect.w - margin * (0.75 if beside else 1)
        areas = [b.rect for b in page.boxes if b.layer == "background"]
        for box in page.texts():
            assert box.rect.right <= right + 0.5, (page.number, box)
            for area in areas:
                inside = area.x <= box.rect.x < area.right and area.y <= box.y < area.top
                if inside and 100 < area.w < page.rect.w - 1:
                    inset = min(box.rect.x - area.x, 16.5)
                    assert box.rect.right <= area.right - inset + 0.5, (page.number, box)


def check_breaks(document):
    """At the break of a page no line of a paragraph stands alone, and a heading keeps with
    two lines of what follows."""
    elements = list(running_text(document))
    for element in elements:
        pages = [page for page, _ in document.lines(element)]
        parts = [len(list(group)) for _, group in itertools.groupby(pages)]
        assert len(parts) == 1 or min(parts) >= 2, document.shown(element)
    lines = [
        (page, element) for element in elements for page, _ in document.lines(element)
    ]
    for i, (page, element) in enumerate(lines):
        if element.role not in ("H2", "H3", "H4", "H5", "H6"):
            continue
        below = lines[i + 1 : i + 3]
        if [e for _, e in below if e.role.startswith("H")]:
            below = below[:1]
        assert all(p == page for p, _ in below), document.shown(element)


def luminance(color):
    """Relative luminance (WCAG 2.1) of "#rrggbb"."""
    encoded = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in encoded]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@functools.cache
def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_contrast(document):
    """Every text against what is painted below it: 4.5:1, large text 3:1 (WCAG 2.1, 1.4.3)."""
    for page in document.pages:
        painted = []
        for box in page.boxes:
            if box.kind == "area" and box.fill:
                painted.append(box)
            if box.kind != "text":
                continue
            large = box.size >= 18 or (box.size >= 14 and "Bold" in box.font)
            for x in (box.rect.x + 0.1, box.rect.x + box.rect.w / 2, box.rect.right - 0.1):
                for y in (box.y, box.y + 0.5 * box.size):
                    point = Rect(x, y, 0, 0)
                    below = (a.fill for a in reversed(painted) if a.rect.holds(point, 0))
                    ratio = contrast(box.color, next(below, "#ffffff"))
                    assert ratio >= (3 if large else 4.5), (page.number, ratio, box)


CHECKS = [
    check_on_the_page,
    check_nothing_overlaps,
    check_order,
    check_cells,
    check_rows,
    check_type,
    check_columns,
    check_breaks,
    check_contrast,
]


@every
def test_every_case_is_sound(document):
    for check in CHECKS:
        check(document)


@pytest.mark.long
@pytest.mark.parametrize("text", TEXTS)
def test_any_number_of_cities_on_any_page_is_sound(text, place):
    for case in matrix():
        if case.text == text:
            document = Document(case, place)
            for check in CHECKS:
                check(document)


@pytest.mark.long
def test_as_many_cities_as_there_may_be_are_sound(place):
    document = Document(Look("most", MOST), place)
    for check in (check_on_the_page, check_order, check_rows):
        check(document)


# --- the checks are awake ----------------------------------------------------------------------


class Doctored:
    """A case whose dumps say something else."""

    def __init__(self, case, folder, **changes):
        self.count = case.count
        self.dumps = {what: case.dump(what, folder) for what in ("layout", "tags")}
        for what, (pattern, text) in changes.items():
            self.dumps[what], n = re.subn(pattern, text, self.dumps[what], count=1, flags=re.M)
            assert n == 1, pattern

    def dump(self, what, _):
        return self.dumps[what]


WRONG = [
    ("shipped", check_on_the_page, {"layout": (r"(mark 7 text) \S+", r"\1 540")}),
    ("shipped", check_on_the_page, {"layout": (r"(link 13) (\S+) (\S+)", r"\1 \2 -1")}),
    ("shipped", check_nothing_overlaps, {"layout": (r"(link 2) \S+", r"\1 210")}),
    ("shipped", check_nothing_overlaps, {"layout": (r"(mark 8 text \S+) \S+", r"\g<1> 395")}),
    ("shipped", check_order, {"tags": (r"(mark 1\.8 .*)(\n *P\n *)(mark 1\.9 .*)", r"\3\2\1")}),
    ("shipped", check_order, {"layout": (r"(link) 5 ", r"\1 6 ")}),
    ("shipped", check_cells, {"layout": (r"(link 3 \S+ \S+ \S+) \S+", r"\1 90")}),
    ("shipped", check_cells, {"layout": (r"(page 2 (?:.*\n)*?  mark 6 text \S+) \S+", r"\1 560")}),
    ("shipped", check_cells, {"layout": (r'(page 2 (?:.*\n)*?  mark 7 text .*)"antw', r'\1"ghent')}),
    ("shipped", check_cells, {"layout": (r"^  link 4 .*\n", "")}),
    ("shipped", check_cells, {"layout": (r'(link 4 .*)"Genk', r'\1"Gent')}),
    ("shipped", check_rows, {"layout": (r"(link 10) \S+", r"\1 140")}),
    ("shipped", check_rows, {"layout": (r"(page 2 (?:.*\n)*?  mark 6 text \S+) \S+", r"\1 606")}),
    ("shipped", check_rows, {"layout": (r"(link 13) \S+", r"\1 226.5")}),
    ("cities-100", check_rows, {"layout": (r"(  link 60 .*\n)(page 5 .*\n)", r"\2\1")}),
    ("shipped", check_type, {"layout": (r"(Bold) 11.5 ", r"\1 10.5 ")}),
    ("shipped", check_columns, {"layout": (r"(mark 7 text \S+ \S+) \S+", r"\1 460")}),
    ("shipped", check_columns, {"layout": (r"(mark 11 text \S+ \S+) \S+", r"\1 425")}),
    ("shipped", check_contrast, {"layout": (r"(mark 7 .* color) \S+", r"\1 #8a9096")}),
    ("shipped", check_contrast, {"layout": (r"(mark 1 .* color) \S+", r"\1 #0b4f6c")}),
    ("text-shipped-a5-landscape", check_breaks, {"layout": (r"(page 2 (?:.*\n)*?  mark 0 text .*\n)  mark 0 text .*\n", r"\1")}),
]


@pytest.mark.parametrize("name, check, changes", WRONG, ids=lambda v: getattr(v, "__name__", None))
def test_what_is_wrong_is_found(name, check, changes, place):
    case = by_name(name)
    check(Document(Doctored(case, place), place))
    wrong = Document(Doctored(case, place, **changes), place)
    with pytest.raises((AssertionError, KeyError)):
        check(wrong)


# --- what is true of text on a page of its size -----------------------------------------------


def body_lines(document):
    """The lines of running text at the left edge of the column, the last of each paragraph left out."""
    column = None
    for element in running_text(document):
        if element.role != "P" or element.parent is not document.root.kids[0]:
            continue
        lines = document.lines(element)
        if lines[0][1][0].size != BODY:
            continue
        for page, boxes in lines[:-1]:
            column = column or boxes[0].rect.x
            if page == 1 and abs(boxes[0].rect.x - column) < 0.1:
                yield "".join(box.text for box in boxes).rstrip()


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.text != "short" and "A5" not in c.page],
    ids=str,
)
def test_a_line_of_text_has_60_to_75_characters(document):
    lengths = [len(line) for line in body_lines(document)]
    assert len(lengths) >= 3
    assert 60 <= sum(lengths) / len(lengths) <= 75


@pytest.mark.parametrize("case", [c for c in CASES if c.text == "shipped" and c.figures is None], ids=str)
def test_no_word_of_the_shipped_text_stands_alone_on_a_last_line(document):
    for element in running_text(document):
        if element.role in ("P", "LBody"):
            lines = document.shown(element)
            value = element.role == "LBody"  # a large number above its label
            if len(lines) > 1 + value:
                assert len(lines[-1].split()) > 1, lines


# --- golden files -----------------------------------------------------------------------------


@pytest.mark.parametrize("case, what, path", golden.kept_dumps(), ids=lambda v: getattr(v, "name", v))
def test_dump_is_the_approved_one(case, what, path, place):
    """A box that moved, a tag that changed: look at it, then approve it with "make golden"."""
    found = golden.dump(case, what, place)
    approved = path.read_text() if path.exists() else ""
    difference = difflib.unified_diff(
        approved.splitlines(), found.splitlines(), f"golden/{path.name}", "found", lineterm=""
    )
    assert found == approved, "\n".join(itertools.islice(difference, 60))
