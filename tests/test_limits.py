"""Where too much begins: each limit is reached without a word, and passed with an error."""

import json
import os
import re
import sys

import pikepdf
import pytest
from PIL import Image, ImageDraw

from helpers import ENVIRONMENT, PROGRAM, brochure, run

pytestmark = pytest.mark.long

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
    """A text of SIZE bytes: START, blank lines, END."""
    room = size - len((start + end).encode())
    return start + (" " * 63 + "\n") * (room // 64) + "\n" * (room % 64) + end


@pytest.mark.parametrize("more", [0, 1])
def test_announcement_of_one_megabyte(place, more):
    text = padded(FRONT + "Een alinea.\n", "Nog een.\n", 1024 * 1024 + more)
    (place / "data/announcement.md").write_text(text)
    expected = ["data/announcement.md: error: the file is larger than 1 MB; make it smaller [file-size]"]
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_list_of_sixteen_megabytes(place, more):
    (place / "data/cities.csv").write_text(padded(HEADER, ROW + "\n", 16 * 1024 * 1024 + more))
    expected = ["data/cities.csv: error: the file is larger than 16 MB; make it smaller [file-size]"]
    assert check(place) == (expected if more else [])


def test_endless_input(place):
    for arguments in (["-c", "/dev/zero"], ["/dev/zero"]):
        (error,) = check(place, *arguments)
        assert error.startswith("/dev/zero: error: the file is larger than 1")


@pytest.mark.parametrize("more", [0, 1])
def test_ten_thousand_cities(place, more):
    (place / "data/cities.csv").write_text(HEADER + "".join(map(row, range(10000 + more))))
    expected = ["data/cities.csv:10002:1: error: row 10002: more than 10000 cities; "
                "make two brochures of them [csv-limit]"]
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_cell_of_sixty_four_kilobytes(place, more):
    """In a column that is not used: what it holds does not matter."""
    cell = "x" * (64 * 1024 + more)
    (place / "data/cities.csv").write_text(f"city,url,logo,alt,notes\n{ROW},{cell}\n")
    expected = ['data/cities.csv:2:37: error: row 2: this cell is longer than 64 KB; '
                'is a quote (") missing at its end? [csv-limit]']
    assert check(place) == (expected if more else [])


@pytest.mark.parametrize("more", [0, 1])
def test_link_of_two_thousand_characters(place, more):
    start = "https://www.gent.be/"
    link = start + "x" * (2000 + more - len(start))
    (place / "data/cities.csv").write_text(f"{HEADER}Gent,{link},gent.png,\n")
    expected = ['data/cities.csv:2:6: error: row 2, column "url": the link has 2001 characters; '
                "expected at most 2000 [url-too-long]"]
    assert check(place) == (expected if more else [])


def test_link_of_two_thousand_characters_in_the_text(place):
    for length, count in ((2000, 0), (2001, 1)):
        link = "https://www.gent.be/".ljust(length, "x")
        (place / "data/announcement.md").write_text(f"{FRONT}Zie [Gent]({link}).\n")
        assert len(check(place)) == count


@pytest.mark.parametrize(
    "line, column",
    [("## {}", 1), ("Zie [{}](https://www.gent.be/)", 5), ("- [x *{}* y](#grid)", 3)],
)
def test_text_of_a_bookmark_or_link_has_four_thousand_characters(place, line, column):
    """In PDF/A-2 a string has 32,767 bytes at most (ISO 19005-2, 6.1.13)."""
    room = 4000 - (4 if "*" in line else 0)
    for more in (0, 1):
        text = line.format(("woord " * 700)[:room - 1] + "d" * (1 + more))
        (place / "data/announcement.md").write_text(f"{FRONT}Tekst.\n\n{text}\n")
        expected = [f"data/announcement.md:12:{column}: error: the text has 4001 characters; "
                    "expected at most 4000 [text-length]"]
        assert check(place) == (expected if more else [])


def test_name_of_a_link_with_its_city(place):
    """The fault is told once, at the pattern that grows too long."""
    for holes, count in ((100, 0), (650, 1)):
        text = FRONT.replace("{city} – website", "{city}" * holes)
        (place / "data/announcement.md").write_text(f"{text}Tekst.\n")
        errors = check(place)
        assert len(errors) == count
        assert all(e.startswith("data/announcement.md:7:9: error: the name of the link of "
                                '"Antwerpen" would have 5850 characters; ') for e in errors)


def test_line_of_more_glyphs_than_a_string_holds(place):
    """Marks take no room on the line."""
    text = FRONT + "Tekst.\n\n" + ("a" + "\N{COMBINING ACUTE ACCENT}" * 2000) * 10 + "\n"
    (place / "data/announcement.md").write_text(text)
    done = brochure(cwd=place)
    assert done.returncode == 0, done.stderr
    with pikepdf.open(place / "out/brochure.pdf") as pdf:
        shown = [operand
                 for instruction in pikepdf.parse_content_stream(pdf.pages[0], "TJ")
                 for operand in instruction.operands[0] if isinstance(operand, pikepdf.String)]
    lengths = [len(bytes(s)) for s in shown]
    assert sum(lengths) >= 40000 and max(lengths) <= 32767


def test_more_mistakes_than_anyone_reads(place):
    """Ten thousand of them: all told, in a moment."""
    rows = "".join(f"Stad {i},onzin {i},gent.png,\n" for i in range(10000))
    (place / "data/cities.csv").write_text(HEADER + rows)
    assert len(check(place)) == 10000
    done = brochure("--diagnostics=sarif", cwd=place, timeout=60)
    assert done.returncode == 1
    levels = [r["level"] for r in json.loads(done.stderr)["runs"][0]["results"]]
    assert levels.count("error") == 10000


def white_lettering(side):
    """What has to be seen on two cards."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((side // 9, side // 9, side - side // 9, side // 2), fill="white")
    draw.ellipse((side // 4, side // 2, side // 4 * 3, side - side // 9), fill="#0b4f6c")
    return picture


@pytest.mark.parametrize("name, draw, options", [
    ("opaque.png", lambda side: Image.new("RGB", (side, side), "#0b4f6c"), {"compress_level": 1}),
    ("hidden.png", white_lettering, {"compress_level": 1}),
    ("palette.png", lambda side: white_lettering(side).quantize(8), {"compress_level": 1}),
    ("passes.jpg", lambda side: Image.new("RGB", (side, side), "#0b4f6c"), {"progressive": True}),
], ids=lambda value: value if isinstance(value, str) else "")
def test_pixels_of_all_threads_take_512_megabytes(name, draw, options, place):
    """9 logos of 75 MB and more, for 9 threads: as many at once as there is room for."""
    count = 9
    draw(5000).save(place / "logos" / name, **options)
    for i in range(count):
        os.link(place / "logos" / name, place / f"logos/{i}-{name}")
    rows = (f"Stad {i},https://www.stad{i}.be/,{i}-{name},\n" for i in range(count))
    (place / "data/cities.csv").write_text(HEADER + "".join(rows))
    # by a small program, as a child begins with the memory of its parent
    measure = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    done = run(sys.executable, "-c", measure, PROGRAM, "-q", f"--jobs={count}", cwd=place,
        env=ENVIRONMENT, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) / 1024 < 512 + 100


def test_time_grows_as_the_text_does(place):
    """Headings keep with what follows: 160,000 of them in a row took 33 s."""
    counts = []
    for headings in (4000, 8000):
        (place / "data/announcement.md").write_text(f"{FRONT}Tekst.\n\n" + "## Kop\n" * headings)
        done = run("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
            PROGRAM, "--dump=layout", cwd=place, env=ENVIRONMENT, text=True, timeout=600)
        assert done.returncode == 0, done.stderr
        counts.append(int(re.search(r"I +refs: +([\d,]+)", done.stderr)[1].replace(",", "")))
    assert counts[1] < 2.1 * counts[0], counts
