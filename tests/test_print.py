"""The edition for print: boxes, marks, codes that telephones read, judged from the PDF."""

import io
import re

import pikepdf
import pytest
from PIL import Image

from helpers import VERSIONS, brochure, cities, run, verapdf

pytestmark = pytest.mark.long

MM = 72 / 25.4
DPI = 150
CLOSING = """  closing:
    heading: De cijfers van je gemeente?
    text: De Stadsmonitor van alle gemeenten staat op één website.
    link: https://www.voorbeeld.be/cijfers/
    code: yes
"""


def made(place, *arguments, name="print.pdf"):
    done = brochure("--for=print", "-o", place / name, *arguments, cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    return place / name


def many(place, n):
    """A list of N cities, some with cards of their own colour and longer addresses."""
    known = cities()
    rows = ["city,url,logo,card"]
    for i in range(n):
        city = known[i % len(known)]
        card = ["", "accent", "#fbe7a1"][i % 3]
        rows.append(f"Stad {i:02},https://stad{i:02}.be/{'cijfers-' * (i % 7)}{i},{city['logo']},{card}")
    (place / "data/cities.csv").write_text("\n".join(rows) + "\n")


def with_closing(place):
    path = place / "data/announcement.md"
    path.write_text(path.read_text().replace("\n\ncolors:", "\n" + CLOSING + "\ncolors:", 1))


def drawn(path, number, dpi=DPI):
    """The page, and how many pixels are a point; its origin is the MediaBox's corner."""
    done = run("pdftoppm", "-r", dpi, "-f", number, "-l", number, path)
    assert done.returncode == 0 and done.stderr == b""
    return Image.open(io.BytesIO(done.stdout)).convert("RGB"), dpi / 72


def cards(path):
    """The cities' links: the address, the page from 1, and the rectangle."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for link in page.get("/Annots", []):
                if "/A" in link and "/URI" in link.A:
                    yield str(link.A.URI), number, [float(v) for v in link.Rect], [float(v) for v in page.MediaBox]


def crop(image, scale, rect, media):
    x0, y0, x1, y1 = rect
    return image.crop([int(v) for v in ((x0 - media[0]) * scale, (media[3] - y1) * scale,
        (x1 - media[0]) * scale, (media[3] - y0) * scale)])


def read_codes(image, folder):
    image.save(folder / "code.ppm")
    done = run("zbarimg", "-q", "--raw", folder / "code.ppm", text=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("version", VERSIONS)
def test_page_has_bleed_and_marks_around_it(place, version):
    path = made(place, f"--pdf={version}")
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            media, bleed, trim = ([float(v) for v in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
            assert "/CropBox" not in page
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([210 * MM, 297 * MM], abs=0.1)
            for trimmed, bled, outer, sign in zip(trim, bleed, media, (-1, -1, 1, 1)):
                assert sign * (bled - trimmed) == pytest.approx(3 * MM, abs=0.01)
                assert sign * (outer - bled) > 4 * MM
    image, scale = drawn(path, 1)
    width, height = image.size
    out = [(v - media[0]) * scale for v in (bleed[0], trim[0])]
    # the band reaches the end of the bleed, and nothing goes further but the marks
    assert image.getpixel((int(out[0]) + 2, height // 6)) == image.getpixel((int(out[1]) + 2, height // 6)) != (255,) * 3
    edge = image.crop((0, 0, int(out[0]) - 1, height)).convert("L").point(lambda v: 255 * (v < 200)).getbbox()
    assert edge is not None
    rows = {y for y in range(height) for x in range(int(out[0]) - 1) if sum(image.getpixel((x, y))) < 600}
    wanted = [(media[3] - trim[3]) * scale, (media[3] - trim[1]) * scale]
    assert rows and all(min(abs(y - w) for w in wanted) < 2 for y in rows)


@pytest.mark.parametrize("edit, n", [(lambda place: None, 13), (lambda place: many(place, 30), 30)], ids=["13", "30"])
def test_code_of_each_card_is_read_back(place, edit, n):
    edit(place)
    path = made(place)
    found, pages = [], {}
    for uri, number, rect, media in cards(path):
        if number not in pages:
            pages[number] = drawn(path, number)
        if number > 1:
            rect[3] = rect[1] + 0.75 * (rect[2] - rect[0])  # the part of the card that one aims at
            found.append((uri, read_codes(crop(*pages[number], rect, media), place)))
    assert len(found) == n
    assert [uri for uri, codes in found if codes != [uri]] == []


def test_modules_and_quiet_zones_are_wide_enough(place):
    path = made(place)
    dump = brochure("--for=print", "--dump=layout", cwd=place).stdout.decode()
    sides = [line.split()[2:] for line in dump.splitlines() if line.startswith("  layout code ")]
    assert len(sides) == 13
    for width, x, y, module in (map(float, side) for side in sides):
        assert module >= 0.4 * MM
        assert 10 <= width * module / MM and (width + 8) * module / MM <= 21
    # a dark line at each code's lower left finder pattern, four white modules beside it
    _, number, _, media = list(cards(path))[-1]
    image, scale = drawn(path, number, 600)
    for width, x, y, module in (map(float, side) for side in sides):
        left, bottom = (x - media[0]) * scale, (media[3] - y) * scale
        row = int(bottom - 0.5 * module * scale)
        assert image.getpixel((int(left + 0.5 * module * scale), row)) == (0, 0, 0)
        quiet = image.crop((int(left - 4 * module * scale) + 1, row - 2, int(left) - 1, row + 2))
        assert quiet.getextrema() == ((255, 255),) * 3


def codes_of(dump):
    """Where each card's code stands in a layout dump: page, y, and its side with the quiet zone."""
    page = 0
    for line in dump.splitlines():
        page += line.startswith("page ")
        if line.startswith("  layout code "):
            width, _, y, module = (float(v) for v in line.split()[2:])
            yield page, y, (width + 8) * module


def test_codes_of_a_row_are_equally_large(place):
    many(place, 30)
    dump = brochure("--for=print", "--dump=layout", cwd=place).stdout.decode()
    rows = {}
    for page, y, side in codes_of(dump):
        rows.setdefault((page, round(y)), set()).add(round(side, 1))
    # with the shortest link of a row and its longest they would differ by 15 points
    assert len(rows) >= 6 and [row for row in rows.values() if len(row) > 1] == []


def test_columns_are_chosen_for_cards_with_their_codes(place):
    with_closing(place)
    path = place / "data/announcement.md"
    path.write_text(path.read_text().replace("\ncolors:", "\npage: A4 landscape\n\ncolors:", 1))
    many(place, 13)
    found = list(cards(made(place)))
    rows = {round(rect[3]) for uri, page, rect, _ in found if page == 2 and "//stad" in uri}
    # three columns of one row and of two rows would take three pages
    assert len(rows) == 2 and max(page for _, page, _, _ in found) == 3


def test_print_says_what_one_does_on_paper(place):
    path = place / "data/announcement.md"
    before = path.read_text()
    path.write_text(before.replace("\n  link:", "\n  intro_print: Scan de code bij een stad om haar website te openen.\n  link:", 1))
    text = run("pdftotext", made(place), "-", text=True).stdout
    assert "Scan de code bij een stad om haar website" in text
    assert "Klik op het logo van een stad om haar website" not in text
    path.write_text(before)
    assert "Klik op het logo van een stad om haar website" in run("pdftotext", made(place), "-", text=True).stdout


def test_a_paragraph_may_be_for_one_edition_only(place):
    path = place / "data/announcement.md"
    path.write_text("---\n" + path.read_text().split("---\n")[1] + """---
Een lead.

Klik op een logo in [het overzicht](#grid). {screen}

Scan een code. {print}

- Klik hier {screen}
- Allebei

- Klik daar {screen}

> Klik op de kaart. {screen}

> ## Roep
>
> **Klik op de pijl.** {screen}
>
> *Scan de
> pijl.*
> {print}
""")
    done = brochure("-o", place / "screen.pdf", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    text = {"print": run("pdftotext", "-l", "1", made(place), "-", text=True).stdout,
            "screen": run("pdftotext", "-l", "1", place / "screen.pdf", "-", text=True).stdout}
    assert "Klik" not in text["print"] and "{" not in text["print"] + text["screen"]
    for words in ("Scan een code.", "Scan de pijl.", "Allebei", "Roep"):
        assert words in text["print"].replace("\n", " "), words
        assert (words in text["screen"]) == ("Scan" not in words), words
    for words in ("Klik op een logo in het overzicht.", "Klik hier", "Klik daar", "Klik op de kaart.", "Klik op de pijl."):
        assert words in text["screen"], words
    tags = brochure("--dump=tags", "--for=print", cwd=place).stdout.decode()
    assert tags.count("Aside") == 1  # no empty panel


@pytest.mark.parametrize("text, told", [
    ("Een tekst. {scren}", "{scren}"), ("Een {screen} tekst.", "{screen}"), ("## Kop {print}\n\nTekst.", "{print}"),
    ("Een tekst. {#id}", "{#id}"),
])
def test_a_mark_of_an_edition_that_is_none_is_told(place, text, told):
    path = place / "data/announcement.md"
    front = "---\n" + path.read_text().split("---\n")[1] + "---\n"
    path.write_text(front + text + "\n")
    done = brochure("-o", place / "screen.pdf", cwd=place)
    line = front.count("\n") + 1
    assert done.returncode == 0 and done.stderr.count("warning:") == 1
    assert f'announcement.md:{line}:' in done.stderr and f'"{told}" is printed as it is; ' in done.stderr
    assert "[markdown-dialect]" in done.stderr


def test_text_is_black_in_print_alone(place):
    def darkest(path):
        return min(pixel for _, pixel in drawn(path, 1, 200)[0].crop((300, 1100, 1200, 1400)).convert("L").getcolors())

    path = made(place)
    assert brochure("-o", place / "screen.pdf", cwd=place).returncode == 0
    assert darkest(path) == 0 and darkest(place / "screen.pdf") > 20


def test_logos_are_not_reduced(place):
    Image.effect_noise((3000, 1500), 90).convert("RGB").save(place / "logos/gent.png", compress_level=1)

    def widest(path):
        with pikepdf.open(path) as pdf:
            return max(int(o.Width) for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image")

    path = made(place)
    assert brochure("-o", place / "screen.pdf", cwd=place).returncode == 0
    assert widest(path) == 3000 > widest(place / "screen.pdf")


def test_edition_for_the_screen_has_no_codes_and_boxes(shipped):
    with pikepdf.open(shipped["1.7"]) as pdf:
        assert all("/TrimBox" not in page and "/BleedBox" not in page for page in pdf.pages)
    assert read_codes(drawn(shipped["1.7"], 2)[0], shipped["1.7"].parent) == []


def test_closing_panel_has_a_code_in_both_editions(place):
    with_closing(place)
    assert brochure("-o", place / "screen.pdf", cwd=place).returncode == 0
    for path in (place / "screen.pdf", made(place)):
        uri, number, rect, media = list(cards(path))[-1]
        assert uri == "https://www.voorbeeld.be/cijfers/"
        with pikepdf.open(path) as pdf:
            (figure,) = (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
                and o.get("/S") == "/Figure" and str(o.Alt) == "QR: voorbeeld.be/cijfers")
            (box,) = ([float(v) for v in a.BBox] for a in ([figure.A] if isinstance(figure.A, pikepdf.Dictionary) else figure.A)
                if "/BBox" in a)
        assert read_codes(crop(*drawn(path, number), box, media), place) == [uri]


def test_text_keeps_a_distance_from_the_code_beside_it(place):
    with_closing(place)
    text = place / "data/announcement.md"
    text.write_text(text.read_text().replace("De Stadsmonitor van alle gemeenten staat op", "l " * 100, 1))
    assert brochure("-o", place / "screen.pdf", cwd=place).returncode == 0
    with pikepdf.open(place / "screen.pdf") as pdf:
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and str(o.get("/Alt", "")).startswith("QR:")]
        (box,) = ([float(v) for v in a.BBox] for f in figures for a in (f.A if isinstance(f.A, pikepdf.Array) else [f.A]) if "/BBox" in a)
    found = run("pdftotext", "-f", "2", "-bbox", place / "screen.pdf", "-", text=True).stdout
    right = [float(v) for v in re.findall(r'xMax="([\d.]+)".*>l<', found)]
    assert len(right) == 100 and box[0] - 30 < max(right) <= box[0] - 8, (max(right), box)


def test_print_goes_to_a_file_of_its_own(place):
    done = brochure("--for=print", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert [f.name for f in (place / "out").iterdir()] == ["brochure-print.pdf"]
    again = made(place)
    assert again.read_bytes() == (place / "out/brochure-print.pdf").read_bytes()


def test_print_conforms(place):
    with_closing(place)
    many(place, 14)
    paths = {version: [made(place, f"--pdf={version}").rename(place / f"{version}.pdf")] for version in VERSIONS}
    assert [wrong for _, wrong in verapdf(paths)] == [[], []]
    for [path] in paths.values():
        done = run("qpdf", "--check", path, text=True)
        assert done.returncode == 0, done.stdout
