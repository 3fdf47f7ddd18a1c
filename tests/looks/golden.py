"""What is kept in tests/golden: dumps of every case, and pictures of some pages."""

import hashlib
import io
import subprocess

import numpy
from PIL import Image, ImageFilter

from helpers import TESTS

from looks.cases import CASES, by_name

GOLDEN = TESTS / "golden"
PICTURES = GOLDEN / "pictures"

# --- dumps --------------------------------------------------------------------------------

WHOLE_PAGES = 3  # of a long document; further ones are kept as facts about them
TAGS = ["shipped", "text-long-a4", "lang-fr", "figures-5-long", "cities-030"]


def page_facts(number, lines):
    """A page of a dump in one line: what stands where, first and last."""
    links = [line.split(" <")[0].strip() for line in lines if line.startswith("  link ")]
    facts = [f"{len(lines) - 1} lines"]
    if links:
        facts += [f"{len(links)} links", f"first {links[0]}", f"last {links[-1]}"]
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    return f"{lines[0]}: {', '.join(facts)}, digest {digest}\n"


def abridged(layout):
    """A layout dump with its later pages cut down to facts."""
    pages = []
    for line in layout.splitlines():
        if line.startswith("page "):
            pages.append([])
        pages[-1].append(line)
    whole = ["\n".join(page) + "\n" for page in pages[:WHOLE_PAGES]]
    return "".join(whole + [page_facts(i, p) for i, p in enumerate(pages[WHOLE_PAGES:])])


def dump(case, what, folder):
    """What is kept of a dump of CASE."""
    text = case.dump(what, folder)
    return abridged(text) if what == "layout" else text


def kept_dumps():
    """(case, "layout" or "tags", path) of every dump in tests/golden."""
    for case in CASES:
        yield case, "layout", GOLDEN / f"{case.name}.layout"
    for name in TAGS:
        yield by_name(name), "tags", GOLDEN / f"{name}.tags"


# --- pictures -----------------------------------------------------------------------------

DPI = 72
RENDERERS = ["poppler", "mupdf"]
PAGES = [
    ("shipped", 1), ("shipped", 2), ("text-shipped-a4-landscape", 1), ("text-shipped-a5", 1),
    ("text-long-a4", 2), ("cities-100", 2), ("cream", 1),
]

# Two pictures are alike when every pixel of one lies, in each colour, between the darkest and
# the lightest of the nine pixels around its place in the other, or beyond them by no more
# than LEVELS and SOFTNESS of their range, save for SPECKS of them.  So an edge may be softer
# or harder and fall a part of a pixel further, as renderers round; what moves by 1 mm (2.8
# pixels), is missing or has another colour may not.
LEVELS = 8
SOFTNESS = 0.5
SPECKS = 25


def render(renderer, path, page):
    """A page as a program of others draws it."""
    if renderer == "poppler":
        command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), path]
    else:
        command = ["mutool", "draw", "-N", "-q", "-r", str(DPI), "-F", "ppm", "-o", "-", path, str(page)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b"", done.stderr
    return Image.open(io.BytesIO(done.stdout)).convert("RGB")


def kept_pictures():
    """(case, page, renderer, path) of every picture in tests/golden."""
    for name, page in PAGES:
        for renderer in RENDERERS:
            path = PICTURES / f"{name}-{page}-{renderer}.png"
            yield by_name(name), page, renderer, path


def around(pixels, pick):
    """The darkest or the lightest of the nine pixels around each."""
    wide = numpy.pad(pixels, ((1, 1), (1, 1), (0, 0)), mode="edge")
    rows = pick(pick(wide[:-2], wide[1:-1]), wide[2:])
    return pick(pick(rows[:, :-2], rows[:, 1:-1]), rows[:, 2:])


def outside(image, other):
    """Where IMAGE is out of the range of OTHER's pixels around the same place."""
    pixels, around_it = numpy.asarray(image), numpy.asarray(other)
    low, high = around(around_it, numpy.minimum), around(around_it, numpy.maximum)
    out = (pixels < low) | (pixels > high)
    level, low, high = (of[out].astype(float) for of in (pixels, low, high))
    slack = LEVELS + SOFTNESS * (high - low)
    out[out] = (level < low - slack) | (level > high + slack)
    return out[..., 0] | out[..., 1] | out[..., 2]  # any(axis=2) takes ten times as long


def differing(approved, found):
    """Where two pictures differ beyond the tolerance: a mask, or None where their sizes do."""
    if approved.size != found.size:
        return None
    return outside(found, approved) | outside(approved, found)


def alike(approved, found):
    mask = differing(approved, found)
    return mask is not None and mask.sum() <= SPECKS


def save(image, path):
    """With a palette where that changes nothing that the tolerance would notice."""
    path.parent.mkdir(parents=True, exist_ok=True)
    small = image.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    if differing(small.convert("RGB"), image).any():
        small = image
    small.save(path, optimize=True)


def side_by_side(approved, found):
    """The approved picture, the one found, and where they differ, in red."""
    images = [approved, found]
    mask = differing(approved, found)
    if mask is not None:
        red = Image.new("RGB", found.size, (230, 0, 0))
        spots = Image.fromarray((mask * 255).astype("uint8")).filter(ImageFilter.MaxFilter(5))
        pale = Image.blend(found, Image.new("RGB", found.size, "white"), 0.7)
        images.append(Image.composite(red, pale, spots))
    gap = 12
    whole = Image.new(
        "RGB",
        (sum(i.width + gap for i in images) - gap, max(i.height for i in images)),
        (150, 154, 158),
    )
    x = 0
    for image in images:
        whole.paste(image, (x, 0))
        x += image.width + gap
    return whole
