#!/usr/bin/env python3
"""inputs.py FOLDER KIND-COUNT... - make the inputs of the benchmark below FOLDER.

For each KIND of logo and each COUNT a list of cities, FOLDER/KIND-COUNT.csv; the logos of
a kind are in FOLDER/KIND, and FOLDER/text.tsv has the text of tests/edition for
the programs that read no Markdown.  No two logos have the same pixels.  The same numbers
give the same files.

opaque: a wordmark beside an emblem, of 31 colours on white, like the shipped stand-ins.
rgba: 600 x 300 pixels with transparency, edges antialiased, filled with gradients.
svg: an emblem with gradients and a clip, beside letters drawn as paths.
jpeg: the same as rgba on a ground of colours that run into each other, every third on white.
"""

import argparse
import csv
import math
import multiprocessing
import pathlib
import random
import re

import numpy
from PIL import Image, ImageDraw, ImageFont

ROOT = pathlib.Path(__file__).resolve().parent.parent
LEVELS = 10  # of coverage between white and a colour, in an opaque logo


# --- coverage: how much of each pixel a shape covers, from 0 to 1 -----------------------------


def covered(distance):
    """Coverage by a shape from the distance of each pixel to its edge, negative inside."""
    return numpy.clip(0.5 - distance, 0, 1)


def disc(x, y, cx, cy, radius):
    return covered(numpy.hypot(x - cx, y - cy) - radius)


def ring(x, y, cx, cy, radius):
    return covered(abs(numpy.hypot(x - cx, y - cy) - radius * 0.75) - radius * 0.25)


def polygon(x, y, cx, cy, radius, corners, turn):
    angles = turn + 2 * math.pi * numpy.arange(corners) / corners
    sides = [(x - cx) * math.cos(a) + (y - cy) * math.sin(a) for a in angles]
    return covered(numpy.max(sides, axis=0) - radius * math.cos(math.pi / corners))


def bar(x, y, left, top, right, bottom, round_by):
    dx = abs(x - (left + right) / 2) - (right - left) / 2 + round_by
    dy = abs(y - (top + bottom) / 2) - (bottom - top) / 2 + round_by
    outside = numpy.hypot(numpy.maximum(dx, 0), numpy.maximum(dy, 0))
    return covered(outside + numpy.minimum(numpy.maximum(dx, dy), 0) - round_by)


def emblem(r, x, y, cx, cy, radius):
    """Two parts of an emblem."""
    kind = r.randrange(4)
    if kind == 0:
        return ring(x, y, cx, cy, radius), disc(x, y, cx, cy, radius * r.uniform(0.2, 0.4))
    if kind == 1:
        return (
            disc(x, y, cx - radius * 0.35, cy, radius * r.uniform(0.5, 0.65)),
            disc(x, y, cx + radius * 0.35, cy, radius * r.uniform(0.4, 0.65)),
        )
    if kind == 2:
        corners, turn = r.randint(3, 8), r.uniform(0, 6)
        return (
            polygon(x, y, cx, cy, radius, corners, turn),
            polygon(x, y, cx, cy, radius * 0.5, corners, turn + r.uniform(0, 1)),
        )
    bars = [numpy.zeros_like(x), numpy.zeros_like(x)]
    for i in range(4):
        left = cx - radius + i * radius / 2
        top = cy + radius - r.uniform(0.4, 2) * radius
        bars[i % 2] += bar(x, y, left, top, left + radius * 0.4, cy + radius, radius * 0.1)
    return tuple(bars)


def wordmark(word, size, width, height, left):
    """Coverage by WORD, its middle at half the height."""
    font = ImageFont.truetype(ROOT / "fonts/SourceSans3-Bold.ttf", size)
    mask = Image.new("L", (width, height))
    ImageDraw.Draw(mask).text((left, height / 2), word, 255, font, anchor="lm")
    return numpy.asarray(mask) / 255


def grid(width, height):
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.float32)
    return x + 0.5, y + 0.5


def color(r, low=20, high=200):
    return numpy.array([r.randint(low, high) for _ in range(3)])


# --- logos ------------------------------------------------------------------------------------


def draw_opaque(r, word):
    size = r.randint(55, 88)
    height = round(size * r.uniform(1.5, 1.9))
    width = height + round(ImageFont.truetype(
        ROOT / "fonts/SourceSans3-Bold.ttf", size).getlength(word)) + 12
    x, y = grid(width, height)
    parts = emblem(r, x, y, height / 2, height / 2, height * 0.48)
    layers = [*parts, wordmark(word, size, width, height, height + 10)]
    palette = [numpy.array([255, 255, 255])]
    indexes = numpy.zeros((height, width), numpy.uint8)
    for i, layer in enumerate(layers):
        level = numpy.rint(layer * LEVELS).astype(numpy.uint8)
        on_top = (level > LEVELS // 2) | ((level > 0) & (indexes == 0))
        indexes = numpy.where(on_top, i * LEVELS + level, indexes)
        full = color(r)
        for step in range(1, LEVELS + 1):
            palette.append(255 + (full - 255) * step // LEVELS)
    image = Image.fromarray(indexes.astype(numpy.uint8), "P")
    image.putpalette(bytes(numpy.array(palette, numpy.uint8).flatten()))
    return image


def gradient(r, x, y, width, height):
    turn = r.uniform(0, 2 * math.pi)
    along = (x / width - 0.5) * math.cos(turn) + (y / height - 0.5) * math.sin(turn) + 0.5
    along = numpy.clip(along, 0, 1)[..., None]
    return color(r) * (1 - along) + color(r, 60, 255) * along


def draw_rgba(r, word):
    width, height = 600, 300
    x, y = grid(width, height)
    parts = emblem(r, x, y, 140, 150, 130)
    opacities = [1, r.uniform(0.5, 0.95), 1]
    layers = [*parts, wordmark(word, 62, width, height, 290)]
    rgb, alpha = numpy.zeros((height, width, 3)), numpy.zeros((height, width))
    for layer, opacity in zip(layers, opacities):
        over = numpy.clip(layer, 0, 1) * opacity
        total = over + alpha * (1 - over)
        share = numpy.divide(over, total, out=numpy.zeros_like(over), where=total > 0)
        rgb += (gradient(r, x, y, width, height) - rgb) * share[..., None]
        alpha = total
    pixels = numpy.dstack([rgb, alpha * 255])
    return Image.fromarray(numpy.rint(pixels).astype(numpy.uint8), "RGBA")


def draw_jpeg(r, word):
    logo = draw_rgba(r, word)
    width, height = logo.size
    x, y = grid(width, height)
    ground = numpy.full((height, width, 3), 255.0)
    if r.randrange(3):
        ground = 255 - gradient(r, x, y, width, height) * 0.6
    image = Image.fromarray(ground.astype(numpy.uint8), "RGB")
    image.paste(logo, mask=logo.getchannel("A"))
    return image


def hex_color(r):
    return "#" + "".join(f"{c:02x}" for c in color(r))


def curve(r, x, y, size, corners):
    """A closed path of curves around X, Y."""
    turn = r.uniform(0, 2 * math.pi)
    at = lambda i, far: (x + size * far * math.cos(turn + i), y + size * far * math.sin(turn + i))
    path = "M{:.2f} {:.2f}".format(*at(0, 1))
    for i in range(1, corners + 1):
        step = 2 * math.pi / corners
        points = [*at((i - 0.7) * step, r.uniform(0.6, 1.4)), *at((i - 0.3) * step, r.uniform(0.6, 1.4)), *at(i * step, 1)]
        path += "C" + " ".join(f"{v:.2f}" for v in points)
    return path + "Z"


def draw_svg(r, word):
    stops = "".join(f'<linearGradient id="g{i}" x2="{r.random():.2f}" y2="1"><stop stop-color="{hex_color(r)}"/>'
        f'<stop offset="1" stop-color="{hex_color(r)}"/></linearGradient>' for i in range(3))
    emblem = "".join(f'<path d="{curve(r, 75, 75, r.uniform(20, 70), r.randint(4, 9))}" fill="url(#g{i % 3})" '
        f'opacity="{r.uniform(0.5, 1):.2f}"/>' for i in range(6))
    letters = "".join(f'<path d="{curve(r, 190 + 45 * i, 75, 20, 8)}{curve(r, 190 + 45 * i, 75, 9, 6)}"/>'
        for i, letter in enumerate(word) if letter != " ")
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {190 + 45 * len(word)} 150"><defs>{stops}'
        f'<clipPath id="c"><circle cx="75" cy="75" r="70"/></clipPath></defs><g clip-path="url(#c)">{emblem}</g>'
        f'<g fill="{hex_color(r)}" fill-rule="evenodd">{letters}</g></svg>\n')


DRAW = {"opaque": draw_opaque, "rgba": draw_rgba, "jpeg": draw_jpeg, "svg": draw_svg}
ENDINGS = {"jpeg": "jpg", "svg": "svg"}


def city(number):
    return f"Stad {number:05}"


def logo_name(kind, number):
    return f"stad-{number:05}.{ENDINGS.get(kind, 'png')}"


def save_logo(path, drawing):
    kind, number = drawing
    if not path.exists():
        image = DRAW[kind](random.Random(f"{kind} {number}"), city(number))
        unfinished = path.with_suffix(".part")
        if kind == "svg":
            unfinished.write_text(image)
        else:
            image.save(unfinished, "JPEG" if kind == "jpeg" else "PNG", optimize=True, quality=85)
        unfinished.rename(path)


# --- the text and the lists -------------------------------------------------------------------


def save_cities(path, kind, count):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["city", "url", "logo", "alt"])
        for number in range(1, count + 1):
            url = f"https://stad-{number:05}.example.org/dashboard"
            rows.writerow([city(number), url, logo_name(kind, number), ""])


def text_rows(markdown):
    """The kind and the words of each piece of data/announcement.md.  A link in a call is
    between bars: "(|page 2|)"."""
    _, front, body = markdown.split("---\n", 2)
    for key in ("title", "kicker", "heading", "intro", "link"):
        yield key, re.search(rf'^ *{key}: *"?(.*?)"?$', front, re.M)[1]
    for value, label in re.findall(r'value: "(.*)"\n *label: (.*)', front):
        yield "figure", f"{value}|{label}"
    kinds = iter(["lead"])
    for block in body.strip().split("\n\n"):
        for line in block.split("\n>\n"):
            plain = re.sub(r"\[(.*?)\]\(#grid\)", r"|\1|", line.removeprefix("> "))
            if plain.startswith("**"):
                yield "call", plain.strip("*")
            elif line.startswith("> "):
                yield "panel", plain
            else:
                yield next(kinds, "paragraph"), plain


def save_text(path):
    markdown = (ROOT / "tests/edition/data/announcement.md").read_text(encoding="utf-8")
    rows = [f"{kind}\t{words}\n" for kind, words in text_rows(markdown)]
    path.write_text("".join(rows), encoding="utf-8")


def make(folder, sets):
    """Makes the SETS, pairs of kind and count; logos that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    save_text(folder / "text.tsv")
    jobs = {}
    for kind, count in sets:
        (folder / kind).mkdir(exist_ok=True)
        save_cities(folder / f"{kind}-{count}.csv", kind, count)
        for number in range(1, count + 1):
            jobs[folder / kind / logo_name(kind, number)] = kind, number
    with multiprocessing.Pool() as pool:
        pool.starmap(save_logo, jobs.items(), chunksize=16)


def set_name(name):
    kind, _, count = name.partition("-")
    if kind not in DRAW or not count.isdecimal():
        raise argparse.ArgumentTypeError(f"{name} is not KIND-COUNT, with {' or '.join(DRAW)}")
    return kind, int(count)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("sets", type=set_name, nargs="+", metavar="KIND-COUNT")
    options = parser.parse_args()
    make(options.folder, options.sets)


if __name__ == "__main__":
    main()
