"""Rows that are mixed up are told; long lists of real names are not doubted."""

import itertools
import re

import pytest

from helpers import TESTS, brochure, cities
from looks.cases import slug

NAMES = [n for n in (TESTS / "looks/municipalities.txt").read_text().split("\n") if n]


def told(tmp_path, rows):
    """The rows that are said to be mixed up; ROWS are names, links and logos."""
    lines = ["city,url,logo,alt"] + [f'"{name}",{url},{logo},' for name, url, logo in rows]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    (tmp_path / "logos").mkdir(exist_ok=True)
    done = brochure("--check", "-c", "t.csv", TESTS / "edition/data/announcement.md", cwd=tmp_path)
    return [int(n) for n in re.findall(r": row (\d+): .* \[row-mixed\]", done.stderr)]


def joined(name):
    return slug(name).replace("-", "")


TEMPLATES = {
    "own-website": lambda i, n: f"https://www.{joined(n)}.be/",
    "own-website-with-hyphens": lambda i, n: f"https://{slug(n)}.be/cijfers",
    "one-platform": lambda i, n: f"https://{joined(n)}.incijfers.be/dashboard",
    "path": lambda i, n: f"https://provincies.incijfers.be/gemeenten/{slug(n)}/as/data",
    "postcode-in-the-path": lambda i, n: f"https://stadsmonitor.be/{1000 + 7 * i}-{slug(n)}",
    "id": lambda i, n: f"https://www.stadsmonitor.be/gemeente?id={11000 + 3 * i}",
    "id-on-a-city-s-host": lambda i, n: f"https://in-cijfers.antwerpen.be/mol/id={71 * i}",
}
LOGOS = {
    "own": lambda i, n: f"{slug(n)}.png",
    "own-below-a-folder": lambda i, n: f"vlaanderen/Logo_{joined(n)}_RGB.png",
    "stand-in": lambda i, n: "aalst.png",
}


@pytest.mark.parametrize("link", TEMPLATES)
@pytest.mark.parametrize("logo", LOGOS)
def test_a_list_of_real_names_is_not_doubted(tmp_path, link, logo):
    rows = [(n, TEMPLATES[link](i, n), LOGOS[logo](i, n)) for i, n in enumerate(NAMES)]
    assert len(rows) >= 295
    assert told(tmp_path, rows) == []


def shipped():
    return [[city["city"], city["url"], city["logo"]] for city in cities()]


def test_the_list_of_the_tests_is_not_doubted(tmp_path):
    assert told(tmp_path, shipped()) == []


def test_only_the_names_are_sorted(tmp_path):
    """As by a spreadsheet in which one column was selected."""
    rows = shipped()
    names = sorted((row[0] for row in rows), reverse=True)
    mixed = [[name, *row[1:]] for name, row in zip(names, rows, strict=True)]
    right = {i for i, (a, b) in enumerate(zip(mixed, rows, strict=True), 2) if a == b}
    assert set(told(tmp_path, mixed)) == set(range(2, len(rows) + 2)) - right


@pytest.mark.parametrize("column", [1, 2])
def test_two_cells_have_changed_places(tmp_path, column):
    for i, j in itertools.combinations(range(len(shipped())), 2):
        rows = shipped()
        rows[i][column], rows[j][column] = rows[j][column], rows[i][column]
        assert told(tmp_path, rows) == [i + 2, j + 2]


@pytest.mark.parametrize("start", ["https://www.stad.be/cijfers{}", "https://www.stad.be/{}/data"])
@pytest.mark.parametrize("first", [1, 8, 99, 2023])
def test_links_are_counted_up(tmp_path, start, first):
    for length, count in ((2, []), (3, [5]), (9, [5])):
        rows = shipped()
        for i in range(length):
            rows[3 + i][1] = start.format(first + i)
        assert told(tmp_path, rows) == count


def test_what_rises_otherwise_is_not_counting(tmp_path):
    for numbers in ([1, 3, 5, 7], [5, 4, 3, 2], [1, 2, 4, 5, 7, 8], [11, 12, 22, 23]):
        rows = shipped()
        for i, number in enumerate(numbers):
            rows[3 + i][1] = f"https://www.stad.be/{number}"
        assert told(tmp_path, rows) == []


def test_names_may_count_along(tmp_path):
    rows = [(f"District {i}", f"https://stad.be/district-{i}", f"d{i}.png") for i in range(1, 9)]
    assert told(tmp_path, rows) == []


def test_short_names_within_words_are_nobody(tmp_path):
    rows = [("As", "https://www.as.be/", "as.png"), ("Ham", "https://www.ham.be/", "ham.png"),
            ("Hamme", "https://www.hamme.be/", "hamme.png"), ("Lo", "https://lo.be/", "lo.png"),
            ("Hasselt", "https://www.hasselt.be/as-lokaal", "hasselt.png"),
            ("Lokeren", "https://www.lokeren.be/molens", "lokeren.png"),
            ("Mol", "https://www.gemeentemol.be/", "logo-mol.png")]
    assert told(tmp_path, rows) == []


def test_an_own_name_may_be_spelt_in_other_ways(tmp_path):
    """An apostrophe of either kind, and letters that Unicode does not take apart."""
    rows = [("Enghien", "https://www.enghien.be/", "enghien.png"),
            ("Écaussinnes-d’Enghien", "https://x.be/ecaussinnes-d-enghien", "ecaussinnes-d-enghien.png"),
            ("Aurillac", "https://aurillac.fr/", "aurillac.png"),
            ("Saint-Pierre-d'Aurillac", "https://x.fr/st-pierre-d-aurillac", "saint-pierre-daurillac.png"),
            ("Pilawa", "https://pilawa.com.pl/", "pilawa.png"),
            ("Piława Górna", "https://www.pilawa-gorna.pl/", "pilawa-gorna.png"),
            ("Sæby", "https://www.saeby.dk/", "saeby.png"),
            ("Å", "https://www.a-i-lofoten.no/", "a.png")]
    assert told(tmp_path, rows) == []
    for column, (i, j) in itertools.product((1, 2), ((1, 5), (3, 6))):
        mixed = [list(row) for row in rows]
        mixed[i][column], mixed[j][column] = mixed[j][column], mixed[i][column]
        assert told(tmp_path, mixed) == [i + 2, j + 2]


@pytest.mark.parametrize("word", ["Gemeente", "Ville de", "Sint"])
def test_words_that_all_names_begin_with_tell_none_apart(tmp_path, word):
    rows = [[f"{word} {n}", TEMPLATES["own-website"](i, n), LOGOS["own"](i, n)] for i, n in enumerate(NAMES)]
    assert told(tmp_path, rows) == []
    rows[3][1], rows[200][1] = rows[200][1], rows[3][1]
    assert told(tmp_path, rows) == [5, 202]


@pytest.mark.parametrize("link", ["own-website", "own-website-with-hyphens", "path"])
@pytest.mark.parametrize("column", [1, 2])
def test_a_cell_was_inserted(tmp_path, link, column):
    """All cells below it belong to the row above."""
    rows = [[n, TEMPLATES[link](i, n), LOGOS["own"](i, n)] for i, n in enumerate(NAMES)]
    start = NAMES.index("Turnhout")
    shifted = [row[column] for row in rows]
    shifted.insert(start, "https://x.be/" if column == 1 else "x.png")
    mixed = [[*r[:column], cell, *r[column + 1 :]] for r, cell in zip(rows, shifted, strict=False)]
    assert told(tmp_path, mixed) == list(range(start + 3, len(rows) + 2))


def test_codes_in_their_own_order_are_not_counted_up(tmp_path):
    codes = [11001, 11002, 11004, 11005, 11007, 11008, 11009, 11013, 12002, 12005, 12007, 12009]
    rows = [(n, f"https://stadsmonitor.be/?id={c}", "x.png") for n, c in zip(NAMES, codes)]
    assert told(tmp_path, rows) == []
    rows[2] = (rows[2][0], "https://stadsmonitor.be/?id=72001", "x.png")
    assert told(tmp_path, rows) == [6]
