"""Where too much begins: each limit is reached without a word, and passed with an error."""

import pytest

from helpers import brochure

HEADER = "city,url,logo,alt\n"
FRONT = """---
title: Veel
lang: nl-BE
grid:
  heading: Steden
  intro: Klik op een logo.
  link: "{city} – website"
---

"""
ROW = "Gent,https://www.gent.be/,gent.png,"


def row(number):
    return f"Stad {number:05},https://www.stad{number:05}.be/,gent.png,\n"


def check(place, *arguments):
    """Errors of a run that writes nothing."""
    done = brochure("--check", *arguments, cwd=place, timeout=300)
    errors = [line for line in done.stderr.splitlines() if ": error: " in line]
    assert done.returncode == (1 if errors else 0), done.stderr
    return errors


def padded(start, end, size):
    """A text of SIZE bytes: START, empty lines, END."""
    return start + "\n" * (size - len((start + end).encode())) + end


@pytest.mark.parametrize("more", [0, 1])
def test_announcement_of_one_megabyte(place, more):
    text = padded(FRONT + "Een alinea.\n", "Nog een.\n", 1024 * 1024 + more)
    (place / "data/announcement.md").write_text(text)
    expected = ["data/announcement.md: error: the file is larger than 1 MB; expected a smaller one"]
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_list_of_sixteen_megabytes(place, more):
    (place / "data/cities.csv").write_text(padded(HEADER, ROW + "\n", 16 * 1024 * 1024 + more))
    expected = ["data/cities.csv: error: the file is larger than 16 MB; expected a smaller one"]
    assert check(place) == (expected if more else [])


def test_endless_input(place):
    for arguments in (["-c", "/dev/zero"], ["/dev/zero"]):
        (error,) = check(place, *arguments)
        assert error.startswith("/dev/zero: error: the file is larger than 1")


@pytest.mark.parametrize("more", [0, 1])
def test_ten_thousand_cities(place, more):
    (place / "data/cities.csv").write_text(HEADER + "".join(map(row, range(10000 + more))))
    expected = ["data/cities.csv:10002:1: error: row 10002: more than 10000 cities; "
                "make two brochures of them"]
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_cell_of_sixty_four_kilobytes(place, more):
    """In a column that is not used: what it holds does not matter."""
    cell = "x" * (64 * 1024 + more)
    (place / "data/cities.csv").write_text(f"city,url,logo,alt,notes\n{ROW},{cell}\n")
    expected = ['data/cities.csv:2:37: error: row 2: this cell holds more than 64 KB; '
                'is a quote (") missing at its end?']
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_link_of_two_thousand_characters(place, more):
    start = "https://www.gent.be/"
    link = start + "x" * (2000 + more - len(start))
    (place / "data/cities.csv").write_text(f"{HEADER}Gent,{link},gent.png,\n")
    expected = ['data/cities.csv:2:6: error: row 2, column "url": the link has 2001 characters; '
                "expected 2000 at most"]
    assert check(place) == (expected if more else [])


def test_link_of_two_thousand_characters_in_the_text(place):
    for length, count in ((2000, 0), (2001, 1)):
        link = "https://www.gent.be/".ljust(length, "x")
        (place / "data/announcement.md").write_text(f"{FRONT}Zie [Gent]({link}).\n")
        assert len(check(place)) == count


def test_more_mistakes_than_anyone_reads(place):
    """Ten thousand of them: all told, in a moment."""
    rows = "".join(f"Stad {i},onzin {i},gent.png,\n" for i in range(10000))
    (place / "data/cities.csv").write_text(HEADER + rows)
    assert len(check(place)) == 10000
    done = brochure("--diagnostics=sarif", cwd=place, timeout=60)
    assert done.returncode == 1 and done.stderr.count('"ruleId"') == 0
    assert done.stderr.count('"level": "error"') == 10000
