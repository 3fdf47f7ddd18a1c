"""What people hear, click and copy: fourteen editions in Firefox and Chromium, and the words as
five programs extract them.  docs/accessibility.md says what each browser does.

Each browser starts once: its tests are a group of their own for pytest-xdist.  The trees are
kept in build/readers/ for people to look at."""

import difflib
import itertools
import re
import shutil

import pypdfium2
import pytest

from case import Case
from helpers import JAVA, ROOT, TESTS, cities, run
from looks.cases import Look, by_name
from readers import chromium, firefox
from readers.chromium import Chromium
from readers.firefox import Firefox
from readers.speech import expected, heard, is_code, read_speech, solid
from test_pdf import drawn_images

pytestmark = pytest.mark.long

EDITIONS = [
    ("shipped", "1.7"), ("shipped", "2.0"), ("text-with-everything", "1.7"), ("text-with-everything", "2.0"),
    ("language-of-parts", "2.0"), ("cities-030", "2.0"), ("text-long-a4", "1.7"), ("names-long-a5", "1.7"),
    ("lang-fr", "2.0"), ("figures-5-long", "1.7"),
]
# A panel in the cells that are free, and a whole publisher.
BESIDE = [("beside-13", "1.7"), ("beside-05", "2.0"), ("beside-07-names", "1.7"), ("beside-14-names", "2.0")]
EDITIONS += BESIDE
BROKEN = {"text-long-a4", "names-long-a5"}  # addresses at their hyphens
KEPT = ROOT / "build/readers"

every = pytest.mark.parametrize("edition", EDITIONS, ids="-".join)


def look_of(name):
    if name not in dict(BESIDE):
        return by_name(name)
    return Look(name, int(name.split("-")[1]), rename="names" in name, closing=True, sender=True)


class Edition:
    """A brochure, what is said of it and what stands on its pages beside that."""

    def __init__(self, name, version, folder):
        self.version = version
        self.path = folder / f"{name}-{version}.pdf"
        dumps = {what: folder / f"{name}.{what}" for what in ("speech", "layout")}
        if (TESTS / "cases" / name).is_dir():
            place = folder / name
            place.mkdir(exist_ok=True)
            case = Case(TESTS / "cases" / name)
            case.lay(place)
            make = lambda *more: case.run(place, *more).stdout.decode()
        else:
            make = lambda *more: look_of(name).run(folder, *more)
        make(f"--pdf={version}", "-o", self.path)
        self.speech, self.layout = make("--dump=speech"), make("--dump=layout")

    def last_texts(self):
        """By page: what is drawn after the text and belongs to none of it."""
        return [
            solid("".join(re.findall(r'^  footer text .*? color \S+ "(.*)"$', page, re.M)))
            for page in re.split(r"^page ", self.layout, flags=re.M)[1:]
        ]

    def first_texts(self):
        """By page: the heading once more, which belongs to none of the text either."""
        return [
            solid("".join(re.findall(r'^  header text .*? color \S+ "(.*)"$', page, re.M)))
            for page in re.split(r"^page ", self.layout, flags=re.M)[1:]
        ]

    def hyphens(self):
        """What stands for a part of a word in the file, by what is shown of it."""
        found = re.findall(r'^  mark .*? "(.*)" actual "(.*)"$', self.layout, re.M)
        return [(solid(shown), solid(actual)) for shown, actual in found]


@pytest.fixture(scope="session")
def editions(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    return {key: Edition(*key, folder) for key in EDITIONS}


def program(names):
    """The first browser of NAMES that there is."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.fail(f'none of {", ".join(names)} is there; "make test" installs it')


def keep(tree, browser, edition):
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{'-'.join(edition)}.{browser}.txt").write_text("\n".join(tree.show()) + "\n")


def compare(said, found):
    """Step by step; what differs, as a difference."""
    lines = ["\t".join(step) for step in said], ["\t".join(step) for step in found]
    assert said == found, "\n".join(difflib.unified_diff(*lines, "--dump=speech", "heard", lineterm="", n=2))


# --- Firefox --------------------------------------------------------------------------------

in_firefox = pytest.mark.xdist_group("firefox")


@pytest.fixture(scope="session")
def fox(tmp_path_factory):
    browser = Firefox(program(firefox.PROGRAMS), tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.close()


def firefox_link(link):
    """All the annotations in a link have its name, and one address."""
    real = [node for node in link.find("link") if node.focusable]
    if not real:
        return None
    assert {node.name for node in real} == {link.name}
    address, = {node.address for node in real}
    return link.name, "" if address.startswith("file:") else address


@in_firefox
@every
def test_firefox_hears_each_line_of_the_speech(edition, editions, fox):
    tree = fox.hear(editions[edition].path).tree
    keep(tree, "firefox", edition)
    said = expected(editions[edition].speech, panels=edition[1] == "2.0", langs=False)
    for shown, actual in editions[edition].hyphens():  # which pdf.js reads too
        said = [step._replace(words=step.words.replace(actual, shown)) for step in said]
    compare(said, heard(firefox.pages_of(tree), firefox_link))


@in_firefox
@every
def test_firefox_finds_each_link_beside_its_own_text(edition, editions, fox):
    """pdf.js ties a link to its tag and to the text that stands before it: which of them comes
    first differs from run to run, so that both have to be of one link."""
    found = fox.hear(editions[edition].path)
    assert found.strays == [] and found.linked >= len(re.findall(r"^ *link\b", editions[edition].speech, re.M))


# --- Chromium -------------------------------------------------------------------------------


def start_chromium(tmp_path_factory, *flags):
    return Chromium(program(chromium.PROGRAMS), tmp_path_factory.mktemp("chromium"), *flags)


in_tagged = pytest.mark.xdist_group("chromium-tagged")


@pytest.fixture(scope="session")
def tagged(tmp_path_factory):
    """Chromium, whose trees are made of tags."""
    browser = start_chromium(tmp_path_factory, "--enable-features=PdfTags")
    yield browser
    browser.close()


def tagged_link(link):
    return link.described, ""


@in_tagged
@every
def test_chromium_hears_each_line_of_the_speech_in_tags(edition, editions, tagged):
    tree = tagged.tree(editions[edition].path)
    keep(tree, "chromium-tagged", edition)
    pages = tree.find("page")
    ends = editions[edition].first_texts(), editions[edition].last_texts()
    for page, first, last in zip(pages, *ends, strict=True):
        texts = page.find("text")  # what belongs to nothing is heard where the page begins or ends
        assert solid(texts[0].name).startswith(first) and solid(texts[-1].name).endswith(last)
        texts[0].name = solid(texts[0].name).removeprefix(first)
        texts[-1].name = solid(texts[-1].name).removesuffix(last)
    said = expected(editions[edition].speech, panels=False, levels=False, addresses=False, whole=False, langs=False,
        codes=False)
    compare(said, heard(pages, tagged_link))


in_chromium = pytest.mark.xdist_group("chromium")


@pytest.fixture(scope="session")
def chrome(tmp_path_factory):
    """Chromium as people have it."""
    browser = start_chromium(tmp_path_factory)
    yield browser
    browser.close()


def once(items):
    """Without repetitions: a link on two lines is two here."""
    return [item for item, _ in itertools.groupby(items)]


def said_once(page):
    """Without the links that it makes of written addresses, where we have made some too."""
    for own, made in itertools.pairwise(page.find("link")):
        if own.address == made.address and made.text().startswith(own.text()):
            own.kids = []
    return page


@in_chromium
@every
def test_chromium_hears_words_links_and_pictures_in_order(edition, editions, chrome):
    """It follows the drawing, not the tags, and tells headings by their size.  A written mail
    address, or one that is broken, is a link of its own too, and heard twice."""
    path = editions[edition].path
    tree = chrome.tree(path)
    keep(tree, "chromium", edition)
    pages = tree.find("page")
    for number, page in enumerate([] if edition[0] in BROKEN else pages, 1):
        drawn = run("pdftotext", "-raw", "-enc", "UTF-8", "-f", number, "-l", number, path, "-", text=True)
        assert solid(said_once(page).text()) == solid(drawn.stdout), number
    said = [step for _, step in read_speech(editions[edition].speech)]
    addresses = [step.number for step in said if step.role == "link" and ":" in step.number]
    found = [node.address for page in pages for node in page.find("link") if node.address]
    if edition[0] in BROKEN:
        found = [address for address in found if address in addresses]
    assert once(found) == once(addresses)
    pictures = [solid(node.name) for page in pages for node in page.find("picture")]
    assert pictures == [step.words for step in said if step.role == "picture" and not is_code(step)]


# --- hands ----------------------------------------------------------------------------------

SHIPPED = ("shipped", "1.7")
PAGE_H = 841.89


def middles(path):
    """City, x and y (points, y down) of the middle of each logo and of each name on page 2."""
    boxes = run("pdftotext", "-f", "2", "-l", "2", "-bbox", path, "-", text=True).stdout
    words = {}
    for *edges, word in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', boxes):
        words.setdefault(word, [float(edge) for edge in edges])
    for city, (x0, y0, x1, y1) in zip(cities(), drawn_images(path, 2), strict=True):
        yield city, (x0 + x1) / 2, PAGE_H - (y0 + y1) / 2
        left, top, right, bottom = words[city["city"]]
        yield city, (left + right) / 2, (top + bottom) / 2


@in_chromium
def test_a_click_on_logo_or_name_opens_the_city_in_chromium(editions, chrome):
    path = editions[SHIPPED].path
    session, (left, top, width, height) = chrome.show(path, 2)
    for city, x, y in middles(path):
        scale = height / PAGE_H
        chrome.click(session, left + x * scale, top + y * scale)
        assert chrome.asked(session) == city["url"]


@in_chromium
def test_tab_walks_the_links_in_order_in_chromium(editions, chrome):
    session, (left, top, width, height) = chrome.show(editions[SHIPPED].path, 2)
    chrome.click(session, left + width / 2, top + 3)
    for city in cities():
        chrome.press(session, "Tab", 9)
        chrome.press(session, "Enter", 13)
        assert chrome.asked(session) == city["url"]


@in_chromium
def test_the_link_to_the_grid_jumps_in_chromium(editions, chrome):
    path = editions[SHIPPED].path
    session, (left, top, _, height) = chrome.show(path, 1)
    x, y = link_to_grid(path)
    chrome.click(session, left + x * height / PAGE_H, top + y * height / PAGE_H)
    assert chrome.place(path, 1, 2, lambda place: abs(place[1] - top) < height / 4)


def link_to_grid(path):
    """The middle of the words "pagina 2" (points, y down) on page 1."""
    boxes = run("pdftotext", "-l", "1", "-bbox", path, "-", text=True).stdout
    left, top, right, bottom = re.search(
        r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">\(pagina</word>', boxes).groups()
    return (float(left) + 2 * float(right)) / 3, (float(top) + float(bottom)) / 2


@in_firefox
def test_a_click_on_logo_or_name_opens_the_city_in_firefox(editions, fox):
    path = editions[SHIPPED].path
    left, top, _, height = fox.show(path, 2)
    for city, x, y in middles(path):
        fox.click(left + x * height / PAGE_H, top + y * height / PAGE_H)
        assert fox.asked() == city["url"]


@in_firefox
def test_tab_walks_the_links_in_order_in_firefox(editions, fox):
    fox.show(editions[SHIPPED].path, 1)
    walked = []
    while len(walked) < 1 + len(cities()):
        fox.press("\ue004")
        if address := fox.focused():
            walked.append(address)
    assert walked[0].startswith("file:") and walked[1:] == [city["url"] for city in cities()]


@in_firefox
def test_the_link_to_the_grid_jumps_in_firefox(editions, fox):
    path = editions[SHIPPED].path
    left, top, _, height = fox.show(path, 1)
    x, y = link_to_grid(path)
    fox.click(left + x * height / PAGE_H, top + y * height / PAGE_H)
    assert fox.page() == 2


# --- words ----------------------------------------------------------------------------------


def with_poppler(path):
    return run("pdftotext", "-raw", "-enc", "UTF-8", path, "-", text=True).stdout


def with_mupdf(path):
    return run("mutool", "draw", "-N", "-q", "-F", "txt", "-o", "-", path, text=True).stdout


def with_pdfium(path):
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.fixture(scope="session")
def with_pdfbox(editions):
    """It starts once, and leaves the words of each edition beside it."""
    texts = {edition.path: edition.path.with_suffix(".txt") for edition in editions.values()}
    asked = [["export:text", "-encoding=UTF-8", "-i", path, "-o", text] for path, text in texts.items()]
    done = run("java", *JAVA, "-cp", ROOT / "build/pdfbox/*", "org.apache.pdfbox.tools.PDFBox",
               *itertools.chain(*asked), text=True)
    assert done.returncode == 0, done.stderr
    return texts


@in_firefox
@every
def test_the_words_are_the_same_for_five_programs(edition, editions, fox, with_pdfbox):
    """And in the same order.  Only where a word had to be cut some read the hyphen that is
    shown there; for all else its letters have to be the same."""
    path = editions[edition].path
    texts = {read.__name__: read(path) for read in (with_poppler, with_mupdf, with_pdfium)}
    texts["with_pdfbox"] = with_pdfbox[path].read_text()
    texts["with_pdfjs"] = "\n".join(fox.hear(path).words)
    cut = editions[edition].hyphens()
    words = {name: [solid(text.replace("-", ""))] if cut else text.split() for name, text in texts.items()}
    assert words["with_poppler"]
    for name, found in words.items():
        assert found == words["with_poppler"], name
