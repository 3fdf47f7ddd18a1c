"""The brochures that have to look right: described once, for the gallery, the golden files
and the tests.  All of them follow from the shipped data and the texts in this folder."""

import dataclasses
import functools
import itertools
import pathlib
import re
import unicodedata

from PIL import Image, ImageDraw

from helpers import EDITION, brochure, cities

HERE = pathlib.Path(__file__).resolve().parent

COUNTS = [1, 2, 3, 5, 7, 13, 30, 100, 308]
TEXTS = ["short", "shipped", "long"]
PAGES = ["A4", "A4 landscape", "A5", "A5 landscape", "Letter", "Letter landscape"]
MOST = 10000

RED = "#9b2335"
GREEN, CREAM = "#22543d", "#fbf4e6"

LONG_NAME = "'s-Gravenvoeren en omstreken, deelgemeente van Voeren"
LONG_NAMES = {
    "Antwerpen": "Antwerpen, Berchem, Borgerhout en Deurne",
    "Brugge": "Brugge en Zeebrugge (havengebied)",
    "Hasselt": LONG_NAME,
    "Kortrijk": "Kortrijk/Courtrai",
    "Mechelen": "Scherpenheuvel-Zichem-Averbode",
    "Oostende": "Llanfairpwllgwyngyll",
}
CARDS = ["", "accent", "#fbe7a1", "#1d252c", "#a50034"]
SHORT = "stad.be/cijfers"
CLOSING = """  closing:
    heading: De cijfers van je gemeente?
    text: De Stadsmonitor van alle gemeenten staat op één website, met een rapport per gemeente.
    link: https://www.voorbeeld.be/cijfers/
"""
SENDER = """publisher:
  name: Agentschap Binnenlands Bestuur
  lines:
    - Havenlaan 88 bus 70, 1000 Brussel
    - "V.U.: Jan Janssens, administrateur-generaal"
  mail: binnenland@voorbeeld.be
  phone: +32 2 553 39 00
  site: https://www.voorbeeld.be/binnenland/
  logo: genk.png
"""
LONG_TITLE = (
    "Gemeente-Stadsmonitor 2023: wat 135.000 Vlamingen vinden van hun stad, hun gemeente, "
    "hun wijk en hun buurt"
)
LONG_LABELS = [
    ("1.234.567 €", "gemiddeld per gemeente uitgegeven aan de verwerking van de vragenlijsten"),
    ("14", "verantwoordelijkheidsgebieden"),
    ("99,8 %", "van de gemeenten deed mee, en van de deelnemers gaf negen op de tien een antwoord"),
    ("3", "jaar"),
    ("135.000", "Vlamingen"),
]


# --- inputs -------------------------------------------------------------------------------


def sort_key(name):
    """As the program sorts, so that it has nothing to say about the order."""
    plain = unicodedata.normalize("NFD", re.sub(r"^['’]s[- ]", "", name).lower())
    return re.sub(r"[^a-z0-9 ]", "", re.sub(r"[-/]", " ", plain))


@functools.cache
def names(count):
    """COUNT cities: the shipped ones first, then others from all over the list."""
    shipped = [city["city"] for city in cities()]
    if count <= len(shipped):
        return shipped[:count]
    others = (HERE / "municipalities.txt").read_text().split("\n")
    others = [name for name in others if name and name not in shipped]
    more = count - len(shipped)
    if more > len(others):
        groups = -(-more // len(others))
        others = [f"{name} {group:02}" for name in others for group in range(groups)]
    chosen = [others[i * len(others) // more] for i in range(more)]
    return sorted(shipped + chosen, key=sort_key)


def slug(name):
    plain = unicodedata.normalize("NFD", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


@functools.cache
def shipped_cities():
    return {city["city"]: city for city in cities()}


def csv_row(index, name, logo=None):
    shipped = shipped_cities()
    artwork = [city["logo"] for city in shipped.values()]
    if logo is None and name in shipped:
        url, logo = shipped[name]["url"], shipped[name]["logo"]
    else:
        url = f"https://{slug(name)[:40].rstrip('-')}.incijfers.be/dashboard"
        logo = logo or artwork[index % len(artwork)]
    return f'"{name}",{url},{logo},\n'


# Width and height in pixels, and what is drawn: shapes at which fitting goes wrong first.
ODD_LOGOS = {
    "wide": (1600, 110, "wordmark"),
    "tall": (220, 900, "emblem"),
    "round": (600, 600, "disc"),
    "padded": (900, 900, "padded"),
    "solid": (500, 500, "solid"),
    "pale": (700, 300, "pale"),
    "thin": (900, 300, "thin"),
}


def draw_odd_logo(kind, path):
    """A logo of no one: plain geometry, transparent where it is empty."""
    width, height, what = ODD_LOGOS[kind]
    image = Image.new("RGBA", (width, height), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    blue, red = (16, 72, 140, 255), (190, 40, 60, 255)
    if what == "wordmark":
        for i in range(20):
            pen.rectangle((i * 80, 0 if i % 3 else 30, i * 80 + 55, height - 1), fill=blue)
    elif what == "emblem":
        pen.polygon([(0, 0), (width, 0), (width, 600), (width / 2, height), (0, 600)], fill=red)
        pen.rectangle((60, 120, 160, 420), fill=(255, 255, 255, 255))
    elif what == "disc":
        pen.ellipse((0, 0, width - 1, height - 1), fill=blue)
        pen.ellipse((150, 150, 450, 450), fill=(255, 200, 0, 255))
    elif what == "padded":
        pen.rectangle((330, 380, 570, 520), fill=red)
    elif what == "solid":
        pen.rectangle((0, 0, width, height), fill=(20, 20, 20, 255))
        pen.polygon([(100, 400), (250, 100), (400, 400)], fill=(255, 255, 255, 255))
    elif what == "pale":
        pen.rounded_rectangle((0, 0, width - 1, height - 1), 60, fill=(236, 240, 226, 255))
        pen.rectangle((100, 130, 600, 170), fill=(120, 150, 90, 255))
    else:
        pen.rectangle((4, 4, width - 5, height - 5), outline=blue, width=8)
    image.save(path, optimize=True)


# --- a case -------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Look:
    name: str
    count: int = 13
    text: str = "shipped"  # short, shipped, long, or a file of this folder
    page: str = "A4"
    accent: str = ""
    text_color: str = ""
    paper: str = ""
    title: str = ""
    figures: tuple = None  # in place of the text's own
    rename: bool = False  # some of the cities have very long names
    odd_logos: bool = False
    heading: str = ""  # of the grid
    closing: bool = False  # a panel after the logos
    sender: bool = False  # a whole publisher, and a code in that panel
    cards: bool = False  # cards of several colours, and short addresses

    def __str__(self):
        return self.name

    def announcement(self):
        """The Markdown file."""
        file = HERE / f"{self.text}.md"
        source = file if file.exists() else EDITION / "data/announcement.md"
        whole = source.read_text()
        if not whole.startswith("---\n"):
            front = (EDITION / "data/announcement.md").read_text().split("---\n")[1]
            body = whole
        else:
            _, front, body = whole.split("---\n", 2)
        if self.text == "short":
            body = "\n" + body.strip().split("\n\n")[0] + "\n"
            front = replace_key(front, "figures", "")
        if self.title:
            front = replace_key(front, "title", f'title: "{self.title}"\n')
        if self.heading:
            front = re.sub("(  heading: .*)", rf"\1 – {self.heading}", front)
        if self.closing:
            code = "    code: yes\n" if self.sender else ""
            front = front.replace("grid:\n", "grid:\n" + CLOSING + code)
        if self.sender:
            front = replace_key(front, "publisher", SENDER)
        if self.figures is not None:
            lines = [f'  - value: "{v}"\n    label: "{l}"\n' for v, l in self.figures]
            front = replace_key(front, "figures", "figures:\n" + "".join(lines) if lines else "")
        if self.accent:
            paper = f'  paper: "{self.paper}"\n' if self.paper else ""
            words = f'  text: "{self.text_color}"\n' if self.text_color else ""
            colors = f'colors:\n  accent: "{self.accent}"\n{paper}{words}'
            front = replace_key(front, "colors", colors)
        return f"---\n{front}page: {self.page}\n---\n{body}"

    def cities(self):
        """The CSV file."""
        chosen = names(self.count)
        logos = [None] * self.count
        if self.odd_logos:
            kinds = list(ODD_LOGOS)
            logos = [f"{kinds[i % len(kinds)]}.png" for i in range(self.count)]
        rows = []
        for i, name in enumerate(chosen):
            shown = LONG_NAMES.get(name, name) if self.rename else name
            rows.append(csv_row(i, shown, logos[i]))
        if not self.cards:
            return "city,url,logo,alt\n" + "".join(rows)
        more = (f"{CARDS[i % len(CARDS)]},{SHORT if i % 3 == 2 else ''}" for i in range(self.count))
        rows = [f"{row.rstrip()},{cells}\n" for row, cells in zip(rows, more)]
        return "city,url,logo,alt,card,short\n" + "".join(rows)

    def lay(self, folder):
        """Writes the inputs to FOLDER: the arguments for the program."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.name}.md").write_text(self.announcement())
        (folder / f"{self.name}.csv").write_text(self.cities())
        logos = EDITION / "logos"
        if self.odd_logos:
            logos = folder / "odd-logos"
            for kind in () if logos.exists() else ODD_LOGOS:
                logos.mkdir(exist_ok=True)
                draw_odd_logo(kind, logos / f"{kind}.png")
        return [f"--cities={self.name}.csv", f"--logos={logos}", f"{self.name}.md"]

    def run(self, folder, *more, text=True):
        """What a run prints.  Only what is known to be worth a word is said."""
        done = brochure(*self.lay(folder), *more, cwd=folder, timeout=300)
        said = [line for line in done.stderr.splitlines() if not self.expects(line)]
        assert (done.returncode, said) == (0, []), (self.name, done.stderr)
        return done.stdout.decode() if text else done.stdout

    def dump(self, what, folder):
        return self.run(folder, f"--dump={what}")

    def make(self, folder, version="1.7"):
        path = folder / f"{self.name}-{version}.pdf"
        self.run(folder, f"--pdf={version}", "-o", path)
        return path

    def expects(self, line):
        """A text that says "page 2" is told so where the grid begins on another page, and
        an order that a new name upsets is noted, and so are logos that are handed out again."""
        page = self.text in ("shipped", "fr", "de", "en") and "warning" in line
        order = self.rename and "alphabetical order" in line
        coarse = self.odd_logos and ".png" in line and "error" not in line
        again = "[row-mixed]" in line and ".png" in line
        return page and "page" in line or order or coarse or again


def replace_key(front, key, text):
    """FRONT with the block of a top-level key, if it is there, replaced by TEXT."""
    pattern = rf"^{key}:.*\n(?:[ \t]+.*\n)*"
    without, n = re.subn(pattern, lambda _: text, front, flags=re.M)
    return without if n else without + text


def page_name(page):
    return page.lower().replace(" ", "-")


def matrix():
    """Every number of cities with every text on every page."""
    for count, text, page in itertools.product(COUNTS, TEXTS, PAGES):
        yield Look(f"{count:03}-{text}-{page_name(page)}", count, text, page)


def chosen():
    """The cases that are looked at, kept as golden files and judged."""
    yield Look("shipped")
    for count in COUNTS:
        if count != 13:
            yield Look(f"cities-{count:03}", count)
    for text, page in itertools.product(TEXTS, PAGES):
        if (text, page) != ("shipped", "A4"):
            yield Look(f"text-{text}-{page_name(page)}", text=text, page=page)
    for count, page in [
        (1, "A4 landscape"), (5, "A4 landscape"), (30, "A4 landscape"),
        (100, "Letter landscape"), (2, "A5"), (30, "A5"), (308, "A5"),
        (7, "A5 landscape"), (30, "A5 landscape"), (100, "Letter"),
    ]:
        yield Look(f"cities-{count:03}-{page_name(page)}", count, page=page)
    yield Look("red", accent=RED)
    yield Look("red-landscape", 7, accent=RED, page="A4 landscape")
    yield Look("cream", accent=GREEN, paper=CREAM)
    yield Look("cream-long-a5", 30, "long", "A5", accent=GREEN, paper=CREAM)
    for lang in ("fr", "de", "en"):
        yield Look(f"lang-{lang}", text=lang)
    yield Look("lang-fr-100-landscape", 100, "fr", "A4 landscape")
    yield Look("names-long", rename=True)
    yield Look("names-long-a5", rename=True, page="A5")
    yield Look("names-long-landscape", 30, rename=True, page="A4 landscape")
    yield Look("title-long", title=LONG_TITLE, heading=LONG_NAME)
    yield Look("title-long-a5", title=LONG_TITLE, heading=LONG_NAME, page="A5")
    yield Look("title-long-a5-landscape", title=LONG_TITLE[:61], page="A5 landscape")
    yield Look("figures-short-landscape", text="short", figures=tuple(LONG_LABELS[1:4]), page="A4 landscape")
    yield Look("figures-none", figures=())
    yield Look("figures-1", text="short", figures=(("135.000", "Vlamingen"),))
    yield Look("figures-5-long", figures=tuple(LONG_LABELS))
    yield Look("figures-5-long-landscape", figures=tuple(LONG_LABELS), page="A4 landscape")
    yield Look("closing", closing=True)
    yield Look("closing-below-a5", 5, closing=True, page="A5")
    yield Look("cards", cards=True, closing=True)
    yield Look("dark", accent="#8fd0ea", paper="#10161c", text_color="#e8eef2", cards=True, closing=True)
    yield Look("logos-odd", odd_logos=True)
    yield Look("logos-odd-a5-landscape", 7, odd_logos=True, page="A5 landscape")


CASES = list(chosen())


def by_name(name):
    return next(case for case in CASES if case.name == name)
