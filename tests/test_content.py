"""What editors do to data/ and logos/ leaves "make content" green, and what they do wrong is
told with its line.  The edits are made in copies of the tests' edition."""

import csv
import os
import re
import shutil
import sys

import pytest

from helpers import EDITION, ENVIRONMENT, PROFILES, ROOT, TESTS, VERSIONS, cities, environment, load_tool, run
from looks import cases

pytestmark = pytest.mark.long

CONTENT = ROOT / "tools/content"
content = load_tool("content")


def judge(*arguments, **env):
    return run(sys.executable, CONTENT, *arguments, env=environment(env), text=True, timeout=600)


def replace(folder, file, old, new):
    path = folder / "data" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def text(old, new):
    return lambda folder: replace(folder, "announcement.md", old, new)


def rows(old, new):
    return lambda folder: replace(folder, "cities.csv", old, new)


# --- edits that are right -----------------------------------------------------------------------


def one_city(folder):
    path = folder / "data/cities.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))


def fourteenth_city(folder):
    replace(folder, "cities.csv", "Turnhout,", "Tienen,https://www.tienen.be/cijfers,tienen.png,\nTurnhout,")
    cases.draw_odd_logo("round", folder / "logos/tienen.png")


def one_logo_for_two(folder):
    shutil.copy(folder / "logos/gent.png", folder / "logos/province.png")
    for own in ("gent.png", "genk.png"):
        replace(folder, "cities.csv", own, "province.png")


def another_order(folder):
    replace(folder, "cities.csv", "logo,alt\n", "logo,alt\nZwalm,https://zwalm.be/,zwalm.png,\n")
    cases.draw_odd_logo("tall", folder / "logos/zwalm.png")


def every_logo(folder):
    """All different, with transparency and margins, one of them used twice."""
    names = [city["logo"] for city in cities()]
    for name, kind in zip(names, 2 * list(cases.ODD_LOGOS)):
        cases.draw_odd_logo(kind, folder / "logos" / name)
    for name in names[len(cases.ODD_LOGOS):]:
        with content.Image.open(folder / "logos" / name) as logo:
            logo.transpose(content.Image.Transpose.ROTATE_180).save(folder / "logos" / name)


def fine_patterns(folder):
    """Hatches and dots, which come out in other greys when they are reduced in levels."""
    from PIL import Image, ImageDraw

    for number, city in enumerate(cities()):
        picture = Image.new("RGB", (1200 + 100 * number, 600), "white")
        pen = ImageDraw.Draw(picture)
        for x in range(4, picture.width - 4, 6 + number % 3 * 3):
            pen.rectangle([x, 4, x + 2 + number % 2, 595 - 20 * number], fill=(20 * number, 0, 90))
        if number % 4 == 3:
            picture = picture.resize((picture.width // 4, 150)).convert("1")
        picture.save(folder / "logos" / city["logo"])


def photographs(folder):
    """JPEG on grounds of all kinds, turned, in ink, and on cards of their own."""
    from PIL import Image, ImageDraw

    path = folder / "data/cities.csv"
    rows = path.read_text().splitlines()
    for number, city in enumerate(cities()):
        ground = ["white", (250, 249, 251), (11, 79, 108), (200, 190, 40)][number % 4]
        picture = Image.new("RGB", (900, 500 - 20 * number), ground)
        pen = ImageDraw.Draw(picture)
        pen.rectangle([60, 60, 300 + 30 * number, 200], fill=(15 * number, 30, 120))
        pen.ellipse([500, 90, 700, 90 + 8 * number + 60], fill=(200, 20 * number, 60))
        exif = Image.Exif()
        exif[274] = number % 8 + 1
        name = city["logo"].replace(".png", ".jpg")
        picture.convert("CMYK" if number == 9 else "RGB").save(folder / "logos" / name, quality=85, exif=exif)
        card = ["", "accent", "#ffe08a"][number % 3]
        rows[number + 1] = rows[number + 1].replace(city["logo"], name) + f",{card}"
    path.write_text("\n".join([rows[0] + ",card", *rows[1:]]) + "\n")


def white_on_dark(folder):
    """White logos with an emblem, on cards that show them."""
    from PIL import Image, ImageDraw

    path = folder / "data/cities.csv"
    rows = path.read_text().splitlines()
    for number, city in enumerate(cities()):
        picture = Image.new("RGBA", (700, 300), (0, 0, 0, 0))
        pen = ImageDraw.Draw(picture)
        pen.rectangle([40, 60, 300 + 20 * number, 200], fill="white")
        pen.ellipse([580, 60, 660, 120 + 10 * number], fill=(230, 200, 20 * number % 256))
        picture.save(folder / "logos" / city["logo"])
        rows[number + 1] += "," + ["accent", "#222", "#7a1f2b"][number % 3]
    path.write_text("\n".join([rows[0] + ",card", *rows[1:]]) + "\n")


def narrow_margins(folder):
    """Opaque logos with margins of a few pixels, which are not worth a clip."""
    from PIL import Image, ImageDraw

    for number, city in enumerate(cities()):
        picture = Image.new("RGB", (300, 800 - 40 * number), "white")
        ImageDraw.Draw(picture).ellipse([9 + number, 7, 290, picture.height - 8 - number], fill=(9 * number, 60, 99))
        picture.save(folder / "logos" / city["logo"])


def as_they_are(folder):
    narrow_margins(folder)
    replace(folder, "announcement.md", "lang: nl-BE\n", "lang: nl-BE\nmax_ppi: 0\n")


def french(folder):
    shutil.copy(cases.HERE / "fr.md", folder / "data/announcement.md")


def a5(folder):
    replace(folder, "announcement.md", "\ncolors:", "\npage: A5\n\ncolors:")
    replace(folder, "announcement.md", "pagina 2", "pagina 3")


def hundred_cities(folder):
    look = next(case for case in cases.CASES if case.name == "cities-100")
    (folder / "data/cities.csv").write_text(look.cities())


def no_panel(folder):
    path = folder / "data/announcement.md"
    path.write_text(re.sub(r"^>.*\n", "", path.read_text(), flags=re.M))


def fonts(folder):
    shutil.copy(ROOT / "fonts/SourceSans3-Italic.ttf", folder / "data/other.ttf")
    faces = "".join(f"  {face}: other.ttf\n" for face in ("regular", "italic", "bold", "bold_italic"))
    replace(folder, "announcement.md", "colors:", f"fonts:\n{faces}\ncolors:")


def excel(folder):
    """As Excel saves "CSV" in Dutch: semicolons, Windows-1252, CRLF."""
    found = [["stad", "website", "logo"], *([c["city"], c["url"], c["logo"]] for c in cities())]
    found[6][0] = "Hasselt-Zürich, België"
    with open(folder / "data/cities.csv", "w", newline="", encoding="cp1252") as file:
        csv.writer(file, delimiter=";").writerows(found)


def utf16(folder):
    path = folder / "data/cities.csv"
    path.write_bytes(path.read_text().replace(",", "\t").encode("utf-16"))


def drawings(folder):
    """SVG logos, with filters, masks and gradients."""
    for city, name in {"genk": "filter", "gent": "gradients", "leuven": "mask", "hasselt": "picture"}.items():
        shutil.copy(TESTS / f"cases/logos-in-svg/logos/{name}.svg", folder / "logos" / f"{city}.svg")
        replace(folder, "cities.csv", f"{city}.png", f"{city}.svg")


VALID = {
    "a link": rows("https://leuven.be/cijfers", "https://cijfers.leuven.be/?jaar=2024#wijken"),
    "a city less": rows("Kortrijk,https://www.kortrijk.be/kortrijk-cijfers,kortrijk.png,\n", ""),
    "one city": one_city,
    "a city more": fourteenth_city,
    "many cities": hundred_cities,
    "every logo": every_logo,
    "drawings": drawings,
    "fine patterns": fine_patterns,
    "photographs": photographs,
    "white on dark": white_on_dark,
    "narrow margins": narrow_margins,
    "narrow margins as they are": as_they_are,
    "one logo for two": one_logo_for_two,
    "another order": another_order,
    "a word": text("uitgebreide vragenlijst", "lange vragenlijst"),
    "links in the text": text("Deze data", "[Deze data](https://example.org/a), ook [onze rapporten](https://example.org/b),"),
    "French": french,
    "the title": text("title: Gemeente-Stadsmonitor 2023", "title: Été à Liège & Łódź – œuvre nº 1"),
    "colours": text("#0b4f6c", "#7a1f2b"),
    "paper": a5,
    "the date": text("date: 2024-01-24", "date: 2026-10-01"),
    "no panel": no_panel,
    "fonts": fonts,
    "a list by Excel": excel,
    "a list in UTF-16": utf16,
}
FACTS = {
    "a link": "link    Leuven: https://cijfers.leuven.be/?jaar=2024#wijken",
    "a city less": "cities  12",
    "one city": "cities  1",
    "a city more": "link    Tienen: https://www.tienen.be/cijfers",
    "many cities": "cities  100",
    "links in the text": "link    in the text: https://example.org/b",
    "the title": "title   Été à Liège & Łódź – œuvre nº 1",
    "paper": "of 148 x 210 mm",
    "a list by Excel": "link    Hasselt-Zürich, België: https://www.hasselt.be/nl/hasselt-cijfers",
    "a list in UTF-16": "cities  13",
}


def edited(folder, edit):
    shutil.copytree(EDITION, folder)
    edit(folder)
    return folder


def test_content_that_is_right_is_green(tmp_path):
    """Judged in one go, since veraPDF takes seconds to start."""
    folders = [edited(tmp_path / name, edit) for name, edit in VALID.items()]
    done = judge("--out", tmp_path / "out", *folders)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr and "warning" not in done.stderr, done.stderr
    for name in VALID:
        made = tmp_path / "out" / name
        assert FACTS.get(name, "cities  ") in (made / "facts.txt").read_text()
        assert len(list(made.glob("*.pdf"))) == len(VERSIONS) and list(made.glob("page-*.png"))
    assert (tmp_path / "out/the title/ete-a-liege-lodz-oeuvre-no-1.pdf").exists()


# --- edits that are wrong -----------------------------------------------------------------------

INVALID = {
    "a scheme that browsers forgot": (rows("https://leuven.be", "gopher://leuven.be"), "cities.csv:9"),
    "a logo that is not there": (rows("hasselt.png", "haselt.png"), "cities.csv:7"),
    "a link twice": (rows("https://leuven.be/cijfers", "https://www.mechelen.be/data"), "cities.csv:10"),
    "colours that are too close": (text("#1d252c", "#f0f0f0"), "announcement.md:28"),
    "a key misspelt": (text("author:", "auteur:"), "announcement.md:5"),
    "a page that is not the grid's": (text("pagina 2", "pagina 3"), "announcement.md:44"),
}


@pytest.mark.parametrize("name", INVALID)
def test_content_that_is_wrong_is_red_at_its_line(name, tmp_path):
    edit, place = INVALID[name]
    folder = edited(tmp_path / "edition", edit)
    done = judge("--out", tmp_path / "out", folder)
    assert done.returncode == 1 and done.stdout == ""
    assert re.search(rf"^data/{place}:\d+: error: ", done.stderr, re.M), done.stderr
    assert re.search(r"^\d errors?$", done.stderr, re.M) and "brochure.pdf" not in done.stderr
    dutch = {"LC_ALL": "", "LC_MESSAGES": "nl_BE.UTF-8", "LANG": "C.UTF-8"}
    done = judge("--out", tmp_path / "out", folder, GITHUB_ACTIONS="true", **dutch)
    assert done.returncode == 1 and re.search(r"^\d (fout|fouten)$", done.stderr, re.M), done.stderr
    assert f"::error file=data/{place.replace(':', ',line=')},col=" in done.stderr, done.stderr


@pytest.mark.parametrize("user, said", [
    ({"LC_ALL": "", "LANG": "nl_BE.UTF-8"}, "fout"), ({"LC_ALL": "fr_BE.UTF-8", "LANG": "nl_BE.UTF-8"}, "erreur"),
    ({"LC_ALL": "", "LANG": "fr_BE.UTF-8", "LANGUAGE": "nl"}, "fout"), ({"LC_ALL": ""}, "error"),
])
def test_content_that_is_wrong_is_told_in_the_language_of_the_user(user, said, tmp_path):
    folder = edited(tmp_path / "edition", INVALID["a key misspelt"][0])
    done = judge("--out", tmp_path / "out", folder, **user)
    assert done.returncode == 1 and f"\n1 {said}\n" in done.stderr, done.stderr


def test_nothing_older_stays_beside_what_is_red(tmp_path):
    made = content.Edition(edited(tmp_path / "edition", VALID["one city"]), tmp_path / "out")
    made.out.mkdir()
    own = ["older.pdf", "page-1.png", "page-12.png", "facts.txt"]
    for name in [*own, "notes.txt"]:
        (made.out / name).write_text("older")
    INVALID["a key misspelt"][0](made.folder)
    assert not made.make()
    assert [path.name for path in made.out.iterdir()] == ["notes.txt"]


# --- the judge is awake -------------------------------------------------------------------------


@pytest.fixture
def edition(tmp_path):
    """An edition whose PDFs are made, and not yet judged."""
    made = content.Edition(edited(tmp_path / "edition", lambda folder: None), tmp_path / "out")
    assert made.make()
    return made


def swap(folder):
    for old, new in (("genk.png", "?"), ("leuven.png", "genk.png"), ("?", "leuven.png")):
        replace(folder, "cities.csv", old, new)


LINK, PICTURE = "link-address", "link-picture"


@pytest.mark.parametrize("edit, places, rule, said", [
    (swap, ["5:42", "9:34"], PICTURE, r"lies over the picture of (genk|leuven).png; expected that of (leuven|genk).png"),
    (rows("genk.png", "gent.png"), ["5:42"], PICTURE, "lies over another picture than that of gent.png"),
    (rows("genk.png", '" gent.png "'), ["5:42"], PICTURE, "lies over another picture than that of gent.png"),
    (rows("//genk.", "//gank."), ["5:6"], LINK, "leads to https://genk.incijfers.be/dashboard; expected https://gank"),
    (lambda folder: [edit(folder) for edit in (rows("Genk,", '"Genk\n",'), rows("genk.png", "gent.png"))],
        ["5"], PICTURE, "lies over another picture than that of gent.png"),
    (rows("Genk,", "Geel,https://geel.be/,genk.png,\nGenk,"), [], "link-count",
        "13 links have a picture; expected one for each of 14"),
], ids=["logos swapped", "another logo", "in quotes", "another link", "on two lines", "another city"])
def test_judge_compares_links_and_pictures_with_the_list(edit, places, rule, said, edition, capfd):
    """The list changes after the PDFs were made, and what is so in both is told once."""
    edit(edition.folder)
    edition.judge()
    told = capfd.readouterr().err.splitlines()
    names = ", ".join(edition.pdfs[version].name for version in VERSIONS)
    for line in told:
        assert re.search(rf": error: {names}: .*{said}.* \[{rule}\]$", line), told
    assert re.findall(r"^data/cities.csv:([\d:]+): ", "\n".join(told), re.M) == places
    assert edition.faults == len(told) == max(len(places), 1)


def test_judge_sees_another_picture(edition, capfd):
    """Of the only city, so that no other logo is nearer; mirrored, so that it is as dark."""
    path = edition.folder / "logos/genk.png"
    with content.Image.open(path) as logo:
        logo.convert("RGB").transpose(content.Image.Transpose.FLIP_LEFT_RIGHT).save(path)
    edition.judge()
    assert capfd.readouterr().err.count('cities.csv:5:42: error: ') == edition.faults == 1


def test_judge_sees_another_drawing(edition, capfd):
    drawings(edition.folder)
    assert edition.make()
    shutil.copy(TESTS / "cases/logos-in-svg/logos/blend.svg", edition.folder / "logos/gent.svg")
    edition.judge()
    assert capfd.readouterr().err.count("cities.csv:6:110: error: ") == edition.faults == 1


def test_judge_hears_qpdf_and_verapdf(edition, capfd):
    old, new = (edition.pdfs[version] for version in VERSIONS)
    shutil.copy(new, old)
    content.judge_conformance([edition])
    told = capfd.readouterr().err.splitlines()
    assert edition.faults == len(told) > 0
    for line in told:
        where = re.search(r"^content: error: (.*): veraPDF: .* \[pdf-profile\]$", line)[1]
        assert set(where.split(", ")) <= {f"{old.name} ({profile})" for profile in PROFILES["1.7"]}
    new.write_bytes(new.read_bytes()[:-200])
    edition.judge()
    assert re.search(rf"^content: error: {new.name}: qpdf: .*\[pdf-syntax\]", capfd.readouterr().err, re.M | re.S)


def test_documentation_names_what_the_judges_find():
    page = (ROOT / "docs/diagnostics.md").read_text()
    names = set(re.findall(r'"((?:pdf|link)-[a-z]+)"', CONTENT.read_text()))
    assert len(names) == 6 and all(f"`{name}`" in page for name in names)


# --- stand-ins, and what is published -----------------------------------------------------------


@pytest.mark.parametrize("release, severity", [(False, "note"), (True, "error")])
def test_stand_ins_are_told(release, severity, edition, capfd):
    cases.draw_odd_logo("round", edition.folder / "logos/gent.png")
    assert edition.make()
    edition.judge()
    assert edition.faults == 0
    edition.judge_stand_ins(release)
    told = capfd.readouterr().err.splitlines()
    assert [re.sub(r":\d+: ", ": ", line.partition(" logos/")[0]) for line in told] == [
        f"data/cities.csv:{line}: {severity}:" for line in range(2, 15) if line != 6]
    assert all(line.endswith("[logo-stand-in]") for line in told)
    assert edition.faults == release * 12


def test_stand_ins_may_be_allowed(edition, capfd):
    text("colors:", "allow: [logo-stand-in]\n\ncolors:")(edition.folder)
    assert edition.make()
    edition.judge()
    edition.judge_stand_ins(release=True)
    assert (edition.faults, capfd.readouterr().err) == (0, "")


@pytest.mark.parametrize("title, name", [
    ("Gemeente-Stadsmonitor 2023", "gemeente-stadsmonitor-2023"),
    ("  Été: l’année « 2024 » ", "ete-l-annee-2024"),
    ("Straße, Øresund, Łódź, cœur, Đà", "strasse-oresund-lodz-coeur-da"),
    ("Αθήνα", "brochure"),
])
def test_files_are_named_after_the_title(title, name):
    assert content.ascii_name(title) == name


def test_edition_writes_what_is_published(tmp_path):
    """Whatever the user's language.  The second program is compiled in another way, which takes less
    time, and makes the same bytes."""
    folder = edited(tmp_path / "edition", every_logo)
    VALID["the title"](folder)
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}  # no test asks the cities
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "MAKEFLAGS": "", **nowhere}
    quick = ["OPTFLAGS=-O0", "HARDEN="]
    done = run("make", "edition", f"CONTENT={folder}", f"OUT={tmp_path}/out", *quick, cwd=ROOT, env=env, text=True, timeout=600)
    assert done.returncode == 0 and "the links were not checked" in done.stderr, done.stderr
    made, name = tmp_path / "out/edition", "ete-a-liege-lodz-oeuvre-no-1"
    assert sorted(f.name for f in made.iterdir()) == ["SHA256SUMS", f"{name}-pdf2.0.pdf", f"{name}-print.pdf", f"{name}.pdf"]
    assert run("sha256sum", "--strict", "-c", "SHA256SUMS", cwd=made).returncode == 0
    assert (made / f"{name}.pdf").read_bytes()[:8] == b"%PDF-1.7"
    assert (made / f"{name}-pdf2.0.pdf").read_bytes()[:8] == b"%PDF-2.0"
    assert b"/TrimBox" in run("qpdf", "--qdf", made / f"{name}-print.pdf", "-").stdout


# --- the drawings -------------------------------------------------------------------------------


@pytest.fixture
def draw(tmp_path):
    """Draws logos with stand-ins for the programs that draw: each picture becomes "drawn"."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, does in {
        "rsvg-convert": "printf drawn",
        "pngquant": 'while [ "$1" != --output ]; do shift; done; cp "$4" "$2"',
        "zopflipng": 'cp "$2" "$3"',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    path = f"{tools}:{os.environ['PATH']}"
    return lambda *files, **env: run(
        "sh", ROOT / "tools/draw-logos", *files, text=True, env={**ENVIRONMENT, "PATH": path, **env})


def test_drawings_replace_drawings_only(tmp_path, draw):
    files = [tmp_path / f"{name}.svg" for name in ("drawing", "own", "new")]
    drawing, own, new = pictures = [file.with_suffix(".png") for file in files]
    shutil.copy(EDITION / "logos/gent.png", drawing)
    own.write_bytes((EDITION / "logos/gent.png").read_bytes() + b"\0")
    done = draw(*files)
    assert done.returncode == 1
    assert re.findall(r"^draw-logos: (\S+) was kept: .*FORCE=1", done.stderr, re.M) == [str(own)]
    assert drawing.read_text() == new.read_text() == "drawn" and own.stat().st_size > 100
    done = draw(*files, FORCE="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert {picture.read_text() for picture in pictures} == {"drawn"}
