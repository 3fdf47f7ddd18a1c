"""Reads what --dump=layout and --dump=tags print."""

import dataclasses
import re

BLANK = 0.2  # of the size: the width of a space in Source Sans 3
ASCENT, DESCENT = 0.75, 0.25  # of the size, about: what a line of text covers


@dataclasses.dataclass
class Rect:
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self):
        return self.x + self.w

    @property
    def top(self):
        return self.y + self.h

    def holds(self, other, slack=0.02):
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def overlaps(self, other, slack=0.02):
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.top - slack
            and other.y < self.top - slack
        )


@dataclasses.dataclass
class Box:
    kind: str  # text, image, area
    layer: str  # mark, layout, background, header, ornament, footer
    mark: int  # -1: an artifact
    rect: Rect
    text: str = ""
    actual: str = None
    font: str = ""
    size: float = 0
    y: float = 0  # of a text's baseline
    color: str = ""
    fill: str = None
    frame: Rect = None  # of a whole image


@dataclasses.dataclass
class Link:
    number: int
    rect: Rect
    uri: str
    target: int  # page, from 1; 0: leads out of the document
    name: str


@dataclasses.dataclass
class Page:
    number: int
    rect: Rect
    boxes: list
    links: list

    def texts(self):
        return [box for box in self.boxes if box.kind == "text"]


@dataclasses.dataclass
class Element:
    role: str
    alt: str
    kids: list  # elements, ("mark", page, mark) and ("link", number)
    parent: object = None

    def all(self):
        """This element and those below it, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.all()

    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def links(self):
        """Numbers of its annotations."""
        return [kid[1] for kid in self.kids if not isinstance(kid, Element) and kid[0] == "link"]

    def has_content(self):
        """Whether marked content is a child of its own."""
        return any(not isinstance(kid, Element) and kid[0] == "mark" for kid in self.kids)

    def marks(self):
        """(page, mark) of all content below it, in order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.marks()
            elif kid[0] == "mark":
                yield kid[1:]


NUMBER = r"(-?[\d.]+)"
RECT = rf"{NUMBER} {NUMBER} {NUMBER} {NUMBER}"
TEXT = re.compile(rf'text {NUMBER} {NUMBER} {NUMBER} (\S+) {NUMBER} color (#\w+) "(.*?)"(?: actual "(.*)")?$')
IMAGE = re.compile(rf"image {RECT} of {RECT}$")
AREA = re.compile(rf"area {RECT}(?: radius {NUMBER})?(?: corners \d+)?(?: arrow)?(?: fill (#\w+))?(?: stroke (#\w+))?$")
LINK = re.compile(rf'link (\d+) {RECT} (?:<(.*?)>|to page (\d+)) "(.*)"$')


def rect(values):
    return Rect(*[float(v) for v in values])


def text_box(layer, mark, found):
    x, y, width, font, size, color, text, actual = found.groups()
    x, y, width, size = float(x), float(y), float(width), float(size)
    width -= (len(text) - len(text.rstrip(" "))) * BLANK * size
    place = Rect(x, y - DESCENT * size, width, (ASCENT + DESCENT) * size)
    return Box("text", layer, mark, place, text, actual, font, size, y, color)


def box(line):
    layer, rest = line.split(" ", 1)
    mark = -1
    if layer == "mark":
        number, rest = rest.split(" ", 1)
        mark = int(number)
    if found := TEXT.match(rest):
        return text_box(layer, mark, found)
    if found := IMAGE.match(rest):
        return Box("image", layer, mark, rect(found.groups()[:4]), frame=rect(found.groups()[4:]))
    found = AREA.match(rest)
    assert found, f"what is this? {line}"
    return Box("area", layer, mark, rect(found.groups()[:4]), fill=found[6])


def read_layout(dump):
    """The pages of a document.  A line break in a text goes on in the next line."""
    pages = []
    for line in re.split(r"\n(?=page \d|  (?:mark|layout|background|header|ornament|footer|link) |$)", dump):
        if line.startswith("page "):
            _, number, width, height = line.split()
            pages.append(Page(int(number), Rect(0, 0, float(width), float(height)), [], []))
        elif line.startswith("  link "):
            found = LINK.match(line.strip())
            assert found, f"what is this? {line}"
            number, x, y, w, h, uri, target, name = found.groups()
            pages[-1].links.append(Link(int(number), rect((x, y, w, h)), uri, int(target or 0), name))
        elif line:
            pages[-1].boxes.append(box(line[2:]))
    return pages


def read_tags(dump):
    """The root of the tag tree."""
    stack = []
    for line in dump.splitlines():
        found = re.match(r'( *)(?:mark (\d+)\.(\d+)\b|link (\d+)$|([A-Z]\w*)(?: alt "(.*)")?$)', line)
        if not found:
            continue  # a text with a line break goes on
        depth = len(found[1]) // 2
        del stack[depth:]
        if found[5]:
            element = Element(found[5], found[6], [], stack[-1] if stack else None)
            if stack:
                stack[-1].kids.append(element)
            stack.append(element)
        elif found[2]:
            stack[-1].kids.append(("mark", int(found[2]), int(found[3])))
        else:
            stack[-1].kids.append(("link", int(found[4])))
    return stack[0]


class Document:
    """Both dumps of a brochure, and what follows from them."""

    def __init__(self, case, folder):
        self.case = case
        self.pages = read_layout(case.dump("layout", folder))
        self.root = read_tags(case.dump("tags", folder))
        self.by_mark = {}
        for page in self.pages:
            for item in page.boxes:
                if item.mark >= 0:
                    self.by_mark.setdefault((page.number, item.mark), []).append(item)

    def elements(self, *roles):
        return [e for e in self.root.all() if e.role in roles]

    def city_links(self):
        """(page, annotation, Linked element) of every city."""
        links = {link.number: (page, link) for page in self.pages for link in page.links}
        for element in self.elements("Linked"):
            if element.parent.role == "LBody":
                (number,) = element.elements()[-1].elements()[0].links()
                yield *links[number], element

    def lines(self, element):
        """The lines of text of an element: (page number, boxes on one baseline), in order."""
        found = []
        for page, mark in element.marks():
            for item in self.by_mark[page, mark]:
                if item.kind != "text":
                    continue
                last = found[-1] if found else None
                if last and last[0] == page and abs(last[1][0].y - item.y) < 0.01:
                    last[1].append(item)
                else:
                    found.append((page, [item]))
        return found

    def shown(self, element):
        """The same as text."""
        return ["".join(b.text for b in boxes) for _, boxes in self.lines(element)]
