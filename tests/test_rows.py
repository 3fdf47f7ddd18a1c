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
