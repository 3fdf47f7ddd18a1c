"""What the first page owes its readers, asked of the PDF by programs that we did not write:
titles, text that is a little too long, the colophon, the call to action."""

import itertools
import re
import xml.etree.ElementTree as tree

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from helpers import EDITION, ROOT, brochure, run, words
from looks.cases import PAGES

HEIGHT = 1.424  # of a word's box in Source Sans 3, of its size
THIRD = 1 / 3
INSET = 16.5  # from the text of a panel to its edge
ACCENT, PAPER = (11, 79, 108), (255, 255, 255)
SENTENCE = "Zin {} van een tekst die langer en langer wordt, tot hij niet meer past."
END = "> Op de volgende pagina staan de steden.\n>\n> **Klik op een logo in [het overzicht](#grid).**\n"
PUBLISHER = """publisher:
  name: Agentschap Binnenlands Bestuur
  lines:
    - Havenlaan 88 bus 70, 1000 Brussel
    - "V.U.: Jan Janssens"
  mail: binnenland@vlaanderen.be
  phone: +32 2 553 39 00
  site: https://www.vlaanderen.be/binnenland/
"""
TITLES = {
    "nl-BE": "Gemeente-Stadsmonitor 2023: wat 135.000 Vlamingen vinden van hun stad, hun gemeente, "
    "hun wijk en hun buurt",
    "fr-BE": "Moniteur des villes et communes 2023 : ce que 135 000 Flamands pensent de leur ville, "
    "de leur commune et de leur quartier",
    "de-BE": "Gemeinde- und Stadtmonitor 2023: was 135.000 Flamen von ihrer Stadt, ihrer Gemeinde, "
    "ihrem Viertel und ihrer Gegend halten",
}
LENGTHS = [10, 18, 26, 34, 42, 50, 58, 61, 66, 74, 82, 90, 98, 106, 120]


# --- helpers ------------------------------------------------------------------------------


def with_keys(text, **keys):
    """An announcement with some keys of its front matter replaced; None removes one."""
    for key, value in keys.items():
        text = re.sub(rf"(?m)^{key}:.*\n(?:[ -]+.*\n)*", "", text)
        line = value if value is None or "\n" in value else f"{key}: {value}\n"
        text = text.replace("---\n", f"---\n{line or ''}", 1)
    return text


def make(place, body=None, said=(), **keys):
    """The PDF of the tests' edition with another body or other keys."""
    file = place / "data/announcement.md"
    text = with_keys((EDITION / "data/announcement.md").read_text(), **keys)
    if body is not None:
        text = "---\n" + text.split("---\n")[1] + "---\n" + body
    file.write_text(text)
    done = brochure(cwd=place)
    rules = re.findall(r"\[([a-z-]+)\]$", done.stderr, re.M)
    assert (done.returncode, rules) == (0, list(said)), done.stderr
    return place / "out/brochure.pdf"


def pages(path, *which):
    """Each page: its size, and its words as (text, left, top, right, bottom), points from the
    top left."""
    done = run("pdftotext", "-bbox", *which, path, "-", text=True)
    root = tree.fromstring(re.sub(r"<!DOCTYPE.*?>| xmlns=\S+?(?=>)", "", done.stdout))
    for page in root.iter("page"):
        box = [[float(w.get(k)) for k in ("xMin", "yMin", "xMax", "yMax")] for w in page.iter("word")]
        found = [(w.text, *b) for w, b in zip(page.iter("word"), box)]
        yield float(page.get("width")), float(page.get("height")), found


def first_page(path):
    """The words of page 1."""
    ((_, _, found),) = pages(path, "-l", 1)
    return found


def line_of(found, text):
    """The bottom of the line in which a word stands, and the words of it from there on."""
    (start,) = [w for w in found if w[0] == text][:1]
    return start[4], [w[0] for w in found if abs(w[4] - start[4]) < 0.1 and w[1] >= start[1]]


def size(word):
    return round((word[4] - word[2]) / HEIGHT, 1)


def structure(path):
    """What a screen reader gets: (type, text) in order."""
    done = run("pdfinfo", "-struct-text", path, text=True)
    said, kind = [], None
    for line in done.stdout.splitlines():
        if found := re.match(r' *"(.*)"$', line):
            said.append((kind, found[1]))
        elif found := re.match(r" *([A-Z]\w*) \((?:block|inline)\)", line):
            kind = found[1]
    return said


def pixels(path, page=1, dpi=72):
    run("pdftoppm", "-r", dpi, "-f", page, "-l", page, "-singlefile", path, path.with_suffix(""))
    return Image.open(path.with_suffix(".ppm"))


# --- titles -------------------------------------------------------------------------------


def title_of(path, title):
    """Its size, its lines, and how wide it is in points to the point of size."""
    found = first_page(path)
    plain = title.replace(" ", "")
    ends = ((i, k) for i in range(len(found)) for k in range(i + 1, i + 40))
    first, last = next((i, k) for i, k in ends if "".join(w[0] for w in found[i:k]) == plain)
    mine = found[first:last]
    sizes = {size(w) for w in mine}
    assert len(sizes) == 1, sizes
    (points,) = sizes
    return points, len({w[4] for w in mine}), sum(w[3] - w[1] for w in mine) / points + 0.2 * (len(mine) - 1)


def shortened(title, length):
    """About LENGTH characters of TITLE, whole words."""
    ends = [i for i, c in enumerate(title) if c == " "] + [len(title)]
    return title[: min(ends, key=lambda end: abs(end - length))].rstrip(":, ")


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("body, publisher", [("Een lead.\n\nEen tekst.\n", None), (None, PUBLISHER)])
def test_a_title_is_never_larger_for_being_wider(place, page, body, publisher):
    """Whether the text fits easily, or closely and with some titles not at all."""
    measured = []
    for lang, title in TITLES.items():
        for length in LENGTHS:
            text = shortened(title, length)
            keys = {"title": f'"{text}"', "lang": lang, "page": page, "publisher": publisher}
            path = make(place, body, allow="[link-page]", **keys)
            points, lines, width = title_of(path, text)
            assert lines < 3 or points <= 30, (text, points, lines)
            measured.append((width, points, text))
    measured.sort()
    for (_, before, one), (_, points, other) in itertools.pairwise(measured):
        assert points <= before, (one, before, other, points)
    assert len({points for _, points, _ in measured}) <= 4  # steps


@pytest.mark.parametrize("page, large", [("A4", 34), ("A5", 28), ("Letter", 34), ("A4 landscape", 28)])
def test_a_long_word_makes_its_title_smaller_unless_it_may_be_broken(place, page, large):
    word = "Gemeindeverwaltungsvorschriften"
    soft = word.replace("verw", "&shy;verw").replace("vorsch", "&shy;vorsch")
    path = make(place, "Een lead.\n\nEen tekst.\n", title=soft, page=page)
    found = first_page(path)
    parts = [w for w in found if size(w) == large and w[0].rstrip("-").lower() in word.lower()]
    assert "".join(w[0].rstrip("-") for w in parts) == word and len(parts) > 1
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == str(pdf.Root.Outlines.First.Title) == word
    path = make(place, "Een lead.\n\nEen tekst.\n", title=word, page=page, said=["title-word"])
    found = first_page(path)
    whole, text = (next(w for w in found if w[0] == one) for one in (word, "tekst."))
    if page == "A4 landscape":  # there the band beside the text is too narrow in any size
        assert whole[4] < text[2] and whole[1] < text[1]
    else:
        assert size(whole) < large


@pytest.mark.parametrize("page", PAGES)
def test_the_titles_of_one_brochure_are_alike_in_all_languages(place, page):
    found = set()
    for lang, title in TITLES.items():
        text = re.split(" ?:", title)[0]
        path = make(place, "Een lead.\n\nEen tekst.\n", title=f'"{text}"', lang=lang, page=page)
        found.add(title_of(path, text)[0])
    assert len(found) == 1, found


# --- sizes --------------------------------------------------------------------------------


def test_all_type_is_of_one_scale(place):
    body = "Een lead.\n\n## Kop\n\nTekst.\n\n### Kleine kop\n\nTekst.\n\n> ## Roep\n>\n> Tekst.\n"
    path = make(place, body, publisher=PUBLISHER)
    found = {size(w) for _, _, page in pages(path) for w in page}
    assert found <= {9, 11.5, 14, 17, 23, 28, 34}, found


@pytest.mark.parametrize("x_height, scale", [(430, 486 / 430), (486, 1), (540, 11 / 11.5)])
def test_a_font_with_another_x_height_scales_all_sizes(place, x_height, scale):
    lines = ["fonts:\n"]
    for key, face in {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bold_italic": "BoldItalic"}.items():
        font = TTFont(ROOT / f"fonts/SourceSans3-{face}.ttf")
        font["OS/2"].sxHeight = x_height
        font.save(place / f"data/{face}.ttf")
        lines.append(f"  {key}: {face}.ttf\n")
    path = make(place, "Een lead.\n\nEen tekst.\n", fonts="".join(lines))
    found = first_page(path)
    assert abs(size(next(w for w in found if w[0] == "tekst.")) - 11.5 * scale) < 0.11
    assert abs(size(next(w for w in found if w[0] == "lead.")) - 17 * scale) < 0.11


# --- a text that is a little too long ---------------------------------------------------------


def check_pages(path):
    """Pages of text are at least a third full, and the panel that ends the text is not alone."""
    read = list(pages(path))
    grid = next(i for i, (_, _, found) in enumerate(read) if "websites" in [w[0] for w in found])
    panel = next(i for i, (_, _, found) in enumerate(read) if "overzicht." in [w[0] for w in found])
    assert panel == grid - 1  # "op de volgende pagina" is true
    for _, height, found in read[1:grid]:
        foot = max(w[4] for w in found)
        text = [w for w in found if w[4] < foot - 20]
        assert [w for w in text if w[0] == "Zin"]
        assert max(w[4] for w in text) + INSET >= THIRD * height, path
    return grid


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
def test_no_length_of_text_strands_a_panel_or_a_line(place, page):
    counts = []
    for n in range(1, 56, 3):
        text = [" ".join(SENTENCE.format(i) for i in range(k, min(k + 3, n))) for k in range(0, n, 3)]
        path = make(place, "Een lead.\n\n" + "\n\n".join(text) + "\n\n" + END, page=page)
        counts.append(check_pages(path))
    assert counts[0] == 1 and counts[-1] > 1 and counts == sorted(counts)


def nested(n):
    return "\n".join(f"- Zin {i}\n" + "\n".join(f"  - Zin {i} {k}" for k in range(n)) for i in range(n))


def quoted(text):
    return "\n".join(f"> {line}" for line in text.split("\n"))


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("kind", ["list", "panel", "both"])
def test_what_is_kept_together_is_parted_where_a_page_would_be_empty(place, page, kind):
    """No page of text is less than a third full: of its column, where the band is beside that."""
    panel = quoted("\n\n".join(SENTENCE.format(i) for i in range(14)))
    for n in (3, 4, 5):
        body = {"list": nested(n), "panel": panel, "both": nested(n) + "\n\n" + panel}[kind]
        path = make(place, f"Een lead.\n\n{SENTENCE}\n\n{body}\n\n" + "\n\n".join([SENTENCE] * 3) + "\n", page=page)
        read = list(pages(path))
        grid = next(i for i, (_, _, found) in enumerate(read) if "websites" in [w[0] for w in found])
        for width, height, found in read[:grid]:
            beside = width > height and found is read[0][2]
            text = [w for w in found if w[0] == "Zin" and (w[1] > 0.37 * width or not beside)]
            if beside or found is not read[0][2]:
                assert max(w[4] for w in text) + 2 * INSET >= THIRD * height, (n, text)
            assert max(w[4] for w in text) < max(w[4] for w in found) - INSET / 2


def test_a_panel_that_is_parted_has_its_edges_on_both_pages(place):
    panel = quoted("\n\n".join(f"Weetje{i}. " + SENTENCE.format(i) for i in range(30)))
    path = make(place, f"Een lead.\n\n{panel}\n", call="none")
    last = [[w for w in found if w[0].startswith("Weetje")][-1] for _, _, found in pages(path) if "Weetje" in str(found)]
    assert len(last) > 1 and last[0][4] > 700  # the first page is full
    for number, word in enumerate(last, 1):
        image = pixels(path, number)
        x, foot = round(word[1]) - 8, round(word[4])
        assert image.getpixel((x, foot)) not in (PAPER, ACCENT)
        below = next(y for y in range(foot, image.height) if image.getpixel((x, y)) == PAPER)
        assert below - foot > 6, number


@pytest.mark.long
def test_a_little_too_much_is_absorbed(place):
    """Before a page is added, lines get longer, and title and panel smaller."""
    seen = {}
    for n in range(10, 40):
        text = [" ".join(SENTENCE.format(i) for i in range(k, min(k + 3, n))) for k in range(0, n, 3)]
        path = make(place, "Een lead.\n\n" + "\n\n".join(text) + "\n\n" + END, figures=None)
        read = list(pages(path))
        title = size(next(w for w in read[0][2] if w[0] == "2023"))
        right = max(w[3] for w in read[0][2] if size(w) == 11.5 and w[4] < 650)
        seen.setdefault(len(read), []).append((title, round(right)))
    one = seen[2]
    assert one[0][0] == 34 and one[-1][0] == 28
    assert max(right for _, right in one[-2:]) > max(right for _, right in one[:2])
    assert seen[3][0][0] == 34  # what goes on anyway is not squeezed


def test_the_next_page_is_told_where_the_logos_are_not_on_it(place):
    body = "Een lead.\n\n" + END + "\n" + "\n\n".join(SENTENCE.format(i) for i in range(60)) + "\n"
    make(place, body, said=["link-page"])
    for lang, text in [("fr-BE", "La page suivante"), ("de-BE", "Auf der nächsten Seite"), ("en", "On the next page")]:
        make(place, body.replace("Op de volgende pagina", text), said=["link-page"], lang=lang)
        make(place, body.replace("Op de volgende pagina", "Verderop"), lang=lang)


# --- the colophon -------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_colophon_stands_at_the_foot_and_is_read_after_the_text(place, page):
    path = make(place, "Een lead.\n\nEen enkele tekst.\n", publisher=PUBLISHER, page=page)
    read = list(pages(path))
    count = len(read)
    feet = [line_of(found, str(i + 1) if i else "1")[0] for i, (_, _, found) in enumerate(read)]
    for i, (_, height, found) in enumerate(read):
        last = max(w[4] for w in found)
        number = "".join(w[0] for w in found if abs(w[4] - last) < 0.1)
        assert number.endswith(f"{i + 1}/{count}")
        assert abs((height - last) - (read[0][1] - max(w[4] for w in read[0][2]))) < 0.1
    assert feet
    said = structure(path)
    texts = [text for _, text in said]
    # bold: a Strong in the paragraph, which PDF 1.7 maps to Span
    assert [kind for kind, text in said if text == "Agentschap Binnenlands Bestuur"] == ["Span"]
    order = ["Een enkele tekst.", "Agentschap Binnenlands Bestuur", "V.U.: Jan Janssens", "24 januari 2024",
             "+32 2 553 39 00", "vlaanderen.be/binnenland", "binnenland@vlaanderen.be"]
    places = [texts.index(text) for text in order]
    assert places == sorted(places)
    assert places[-1] < next(i for i, (kind, _) in enumerate(said) if kind == "H2")
    with pikepdf.open(path) as pdf:
        uris = list(dict.fromkeys(str(a.A.URI) for a in pdf.pages[0].Annots))
    assert uris == ["tel:+3225533900", "https://www.vlaanderen.be/binnenland/", "mailto:binnenland@vlaanderen.be"]


def test_a_text_that_goes_on_is_read_after_the_colophon(place):
    text = "\n\n".join(f"Alinea {i}. " + " ".join(SENTENCE.format(k) for k in range(4)) for i in range(20))
    path = make(place, "Een lead.\n\n" + text + "\n", publisher=PUBLISHER)
    texts = [t for _, t in structure(path)]
    colophon = texts.index("Agentschap Binnenlands Bestuur")
    before = [t for t in texts[:colophon] if t.startswith("Alinea")]
    after = [t for t in texts[colophon:] if t.startswith("Alinea")]
    first = words(run("pdftotext", "-l", "1", path, "-", text=True).stdout)
    assert before and after
    assert all(t.split(".")[0] + "." in first for t in before)
    assert not any(t.split(".")[0] + "." in first for t in after)


@pytest.mark.parametrize("lang, date", [
    ("nl-BE", "24 januari 2024"), ("fr-BE", "24 janvier 2024"), ("de-BE", "24. Januar 2024"), ("en", "24 January 2024"),
])
def test_the_date_is_printed_in_the_language(place, lang, date):
    texts = [text for _, text in structure(make(place, lang=lang))]
    assert date in texts and "Stad in Cijfers" in texts


def test_without_publisher_and_date_the_foot_has_the_number_alone(place):
    path = make(place, publisher=None, date=None)
    found = first_page(path)
    last = max(w[4] for w in found)
    assert "".join(w[0] for w in found if abs(w[4] - last) < 0.1) == "1/2"
    assert [text for _, text in structure(path)].count("Stad in Cijfers") == 1  # above the title


@pytest.mark.parametrize("key, value", [
    ("mail", "binnenland"), ("phone", "bel ons"), ("site", "vlaanderen"),
])
def test_a_contact_that_leads_nowhere_is_refused(place, key, value):
    file = place / "data/announcement.md"
    keys = f"publisher:\n  name: ABB\n  {key}: {value}\n"
    file.write_text(with_keys(file.read_text(), publisher=keys))
    done = brochure(cwd=place)
    assert f"announcement.md:4:" in done.stderr and f"{key}: " in done.stderr
    assert re.search(r"\[(url|link)-[a-z-]+\]", done.stderr), done.stderr


def test_the_publisher_has_a_logo_of_its_own(place):
    path = make(place, publisher=PUBLISHER + "  logo: genk.png\n")
    listed = run("pdfimages", "-list", "-l", "1", path, text=True).stdout.splitlines()[2:]
    assert len(listed) == 1
    tree_text = run("pdfinfo", "-struct", path, text=True).stdout
    with pikepdf.open(path) as pdf:
        alts = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
    assert tree_text.count("Figure") == 14
    assert sorted(alts)[:2] == ["Logo Aalst", "Logo Agentschap Binnenlands Bestuur"]
    without = make(place, publisher=PUBLISHER)
    assert not run("pdfimages", "-list", "-l", "1", without, text=True).stdout.splitlines()[2:]


@pytest.mark.parametrize("page", PAGES)
def test_both_columns_of_the_colophon_begin_below_the_logo(place, page):
    foot = PUBLISHER.replace("Agentschap Binnenlands Bestuur", "Binnenlands").replace(" bus 70", "")
    one = make(place, "Een lead.\n\nEen tekst.\n", publisher=foot + "  logo: genk.png\n", page=page)
    _, _, found = next(pages(one))
    name, _ = line_of(found, "Binnenlands")
    phone, mail = (line_of(found, word)[0] for word in ("+32", "binnenland@vlaanderen.be"))
    last = max(w[4] for w in found)
    # beside the name, or as far above it as the foot of the page asks for
    assert abs(phone - name) < 0.1 or phone < name and last - mail < 15
    number, link = (next(w for w in found[::-1] if w[0] == word) for word in ("1", "binnenland@vlaanderen.be"))
    assert link[3] < number[1] - 8 or abs(link[4] - number[4]) > 1


@pytest.mark.parametrize("page", PAGES)
def test_lines_of_the_colophon_end_between_its_items(place, page):
    line = "Kaai 8, 1000 Gent · V.U.: Jan Janssens · nr. 0316.380.841 · Dienst Stadsmonitor · Cel Cijfers"
    foot = f'publisher:\n  name: ABB\n  lines: "{line}"\n'
    path = make(place, "Een lead.\n\nEen tekst.\n", publisher=foot, page=page)
    found = first_page(path)
    ends = line_of(found, "Kaai")[0] - 1
    words_of = [w for w in found if w[4] > ends and w[0] in line.split()]
    rows = [[w[0] for w in row] for _, row in itertools.groupby(words_of, key=lambda w: w[4])]
    assert len(rows) > 1 and [w for row in rows for w in row] == line.split()
    assert all(row[-1] == "·" for row in rows[:-1]), rows


def test_a_publishers_logo_that_is_missing_is_told_at_its_line(place):
    file = place / "data/announcement.md"
    file.write_text(with_keys(file.read_text(), publisher="publisher:\n  name: ABB\n  logo: gnk.png\n"))
    done = brochure(cwd=place)
    assert done.returncode == 1
    assert "announcement.md:4:9: error: logos/gnk.png not found; did you mean genk.png? [logo-missing]" in done.stderr


def test_a_publishers_logo_that_cannot_be_seen_is_told_with_another_cure(place):
    """It is on the paper: no row of the list can give it a card."""
    Image.new("LA", (90, 30), (255, 255)).save(place / "logos/white.png")
    file = place / "data/announcement.md"
    file.write_text(with_keys(file.read_text(), publisher="publisher:\n  name: ABB\n  logo: white.png\n"))
    done = brochure(cwd=place)
    assert "announcement.md:4:9: " in done.stderr and "[logo-blank]" in done.stderr
    assert "the colour of the paper; use a version of the logo made for it" in done.stderr and '"card"' not in done.stderr


@pytest.mark.parametrize("height", [8, 20, 60])
def test_the_publishers_logo_stands_on_its_name(place, height):
    """However low it is: no more than a line is between them."""
    Image.new("RGB", (600, 5 * height), "#0b4f6c").save(place / "logos/bar.png")
    path = make(place, publisher=PUBLISHER + "  logo: bar.png\n")
    dump = brochure("--dump=layout", cwd=place).stdout.decode().split("\npage 2")[0]
    y = float(re.search(r" image \S+ (\S+) ", dump)[1])
    name = next(float(m[1]) for m in re.finditer(r'text \S+ (\S+) .*"Agentschap', dump))
    assert 12 < y - name < 30, (y, name)


# --- panels ---------------------------------------------------------------------------------


def panel_color(path, word):
    """The colour below the start of a word on page 1, and how far it reaches to left and right."""
    found = first_page(path)
    left, top, _, bottom = next(w[1:] for w in found if w[0] == word)
    image = pixels(path)
    y = round((top + bottom) / 2)
    color = image.getpixel((round(left) - 4, y))
    row = [image.getpixel((x, round(top) - 2)) == color for x in range(image.width)]
    return color, row.index(True), image.width - row[::-1].index(True)


def arrow_shown(path):
    """Whether an arrow is drawn on page 1: a line from its tail to its tip, and its head."""
    with pikepdf.open(path) as pdf:
        steps = [(str(o.operator), [float(x) for x in o.operands]) for o in pikepdf.parse_content_stream(pdf.pages[0])
                 if str(o.operator) in ("m", "l", "S")]
    for i in range(len(steps) - 5):
        names, (tail, tip, above, middle, below, _) = zip(*steps[i:i + 6])
        if names == ("m", "l", "m", "l", "l", "S"):
            assert tip == middle and tail[1] == tip[1] and tail[0] < above[0] == below[0] < tip[0]
            assert above[1] - tip[1] == pytest.approx(tip[1] - below[1], abs=0.02)
            return True
    return False


CALL = "> ## Bekijk je stad\n>\n> Hieronder.\n\n"
QUIET = "> Weetje over cijfers.\n\n"


def test_the_last_panel_with_a_heading_is_the_call(place):
    path = make(place, "Een lead.\n\nTekst.\n\n" + CALL.replace("Bekijk", "Lees") + CALL + QUIET, call=None)
    assert panel_color(path, "Bekijk")[0] == ACCENT
    for word in ("Lees", "Weetje"):
        assert panel_color(path, word)[0] not in (ACCENT, PAPER)


@pytest.mark.parametrize("call, color", [("last", ACCENT), ("headed", None), ("none", None)])
def test_the_front_matter_chooses_the_call(place, call, color):
    path = make(place, "Een lead.\n\nTekst.\n\n" + QUIET, call=call)
    found, left, right = panel_color(path, "Weetje")
    assert (found == ACCENT) == (color == ACCENT)
    text = run("pdftotext", path, "-", text=True).stdout
    assert "\u2192" not in text  # it is drawn, and neither copied nor heard
    assert arrow_shown(path) == (color == ACCENT)
    if color == ACCENT:
        assert (left, right) == (71, 524)


def test_a_quiet_panel_is_as_wide_as_the_text(place):
    long = " ".join(SENTENCE.format(i) for i in range(8))
    path = make(place, f"Een lead.\n\n{long}\n\n> Weetje. {long}\n", call="none", figures=None)
    found = first_page(path)
    _, left, right = panel_color(path, "Weetje.")
    top = next(w[2] for w in found if w[0] == "Weetje.")
    text = max(w[3] for w in found if size(w) == 11.5 and 300 < w[4] < top)
    inside = max(w[3] for w in found if w[4] > top and w[4] < 760)
    assert 0 <= right - text < 40
    assert right - 16.5 - 40 < inside <= right - 16


# --- lists ----------------------------------------------------------------------------------


def test_two_items_of_a_list_stay_together_at_the_end_of_a_page(place):
    for n in range(12, 30):
        text = "\n\n".join(SENTENCE.format(i) for i in range(n))
        items = "\n".join(f"- Punt {i}" for i in range(8))
        rest = "\n\n".join(SENTENCE.format(i) for i in range(20))
        path = make(place, f"Een lead.\n\n{text}\n\n{items}\n\n{rest}\n")
        for _, _, found in pages(path):
            assert [w[0] for w in found].count("Punt") != 1, n


def test_an_item_stays_with_the_list_in_it(place):
    items = "- een\n- twee\n- drie\n  - vier\n  - vijf\n  - zes\n- zeven\n- acht\n"
    rest = "\n\n".join(SENTENCE.format(i) for i in range(20))
    for n in range(12, 30):
        text = "\n\n".join(SENTENCE.format(i) for i in range(n))
        path = make(place, f"Een lead.\n\n{text}\n\n{items}\n{rest}\n")
        for _, _, found in pages(path):
            on_page = {w[0] for w in found}
            assert ("drie" in on_page) == ("vier" in on_page), n


def test_a_list_within_a_list_opens_with_the_gap_of_its_items(place):
    items = "- een\n- twee\n  - drie\n  - vier\n    - vijf\n    - zes\n- zeven\n"
    path = make(place, f"Een lead.\n\nTekst.\n\n{items}")
    found = first_page(path)
    feet = [next(w[4] for w in found if w[0] == word) for word in "een twee drie vier vijf zes zeven".split()]
    gaps = [b - a for a, b in itertools.pairwise(feet)]
    assert max(gaps) - min(gaps) < 0.05, gaps
