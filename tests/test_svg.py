"""SVG logos: what stays paths and what becomes pixels, against librsvg's own pictures; files
that are told, and the commands that cure them."""

import base64
import csv
import functools
import io
import itertools
import pathlib
import re
import shlex
import subprocess

import numpy
import pikepdf
import pytest
from PIL import Image, ImageChops

from helpers import ENVIRONMENT, ROOT, brochure, run

SAMPLE = 400
DPI = 200
MEAN, FAR, FAR_SHARE, SHAPE = 9, 64, 0.05, 0.02
CITIES = ["Aalst", "Brugge", "Genk", "Gent"]
START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
PATHS = {
    "fill": '<path d="M0 0h200v100z" fill="#123"/>',
    "gradients": '<linearGradient id="a"><stop stop-color="red"/><stop offset="1" stop-opacity=".2"/>'
    '</linearGradient><radialGradient id="b" href="#a"/><path d="M0 0h90v90z" fill="url(#a)"/>'
    '<circle cx="150" cy="50" r="40" stroke="url(#b)" stroke-width="9" fill="url(#b)"/>',
    "clips": '<clipPath id="a"><circle cx="50" cy="50" r="40"/></clipPath><clipPath id="b" clip-path='
    '"url(#a)"><rect width="60" height="90"/></clipPath><g clip-path="url(#b)"><path d="M0 0h99v99"/></g>',
    "opacity": '<g opacity=".5"><path d="M0 0h90v90z"/><circle cx="50" cy="50" r="40" fill="red" '
    'fill-opacity=".3"/></g>',
    "strokes": '<path d="M9 9h180l-50 80" fill="none" stroke="#080" stroke-width="5" stroke-dasharray="9 2 4"/>',
    "uses": '<symbol id="a" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></symbol><use href="#a" width="50" '
    'height="50"/><use href="#a" transform="rotate(20) scale(2 1)" width="50" height="50"/>',
    "blending": '<path d="M0 0h90v90z" fill="red"/><path d="M0 0h90v90z" fill="blue" '
    'style="mix-blend-mode:multiply"/>',
}


def make(place, logos, *arguments, **options):
    """A brochure in PLACE of LOGOS: names, and what is in them."""
    names = list(logos)
    for name, text in logos.items():
        (place / "logos" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with open(place / "data/cities.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["city", "url", "logo"])
        for city, name in zip(CITIES, names, strict=False):
            writer.writerow([city, f"https://{city.lower()}.be/", name])
    return brochure("-o", "o.pdf", *arguments, cwd=place, **options)


def images(node, seen=None):
    """All images below the resources of NODE."""
    seen = set() if seen is None else seen
    for kind in ["/XObject", "/Pattern", "/ExtGState"]:
        for _, item in node.get("/Resources", {}).get(kind, {}).items():
            if item.is_indirect and item.objgen in seen:
                continue
            seen.add(item.objgen)
            if item.get("/Subtype") == "/Image":
                yield item
            mask = item.get("/SMask")
            yield from images(item, seen)
            if isinstance(mask, pikepdf.Dictionary) and "/G" in mask:
                yield from images(mask.G, seen)


@pytest.mark.parametrize("what", PATHS)
def test_stays_paths(place, what):
    done = make(place, {"a.svg": START + PATHS[what] + "</svg>"})
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(place / "o.pdf") as pdf:
        forms = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]
        assert forms
        assert [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"] == []


@pytest.mark.parametrize("limit, ppi", [(450, 300), (0, 300), (150, 150)])
def test_what_becomes_pixels_is_as_fine_as_it_is_printed(place, limit, ppi):
    text = (place / "data/announcement.md").read_text()
    (place / "data/announcement.md").write_text(text.replace("\n---\n", f"\nmax_ppi: {limit}\n---\n", 1))
    blur = '<filter id="f"><feGaussianBlur stdDeviation="4"/></filter><path d="M0 0h200v100z" filter="url(#f)"/></svg>'
    done = make(place, {"a.svg": START + blur})
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(place / "o.pdf") as pdf:
        page = pdf.pages[-1]
        image, = images(page)
        widths = []
        for step in pikepdf.parse_content_stream(page):
            if str(step.operator) == "cm":
                matrix = [float(x) for x in step.operands]
            if str(step.operator) == "Do":
                box = page.Resources.XObject[step.operands[0]].BBox
                widths.append(float(box[2]) * matrix[0])
    assert len(widths) == 1
    assert abs(int(image.Width) / (widths[0] / 72) - ppi) < ppi * 0.03
    assert "/Interpolate" not in image


def test_the_same_drawing_is_in_the_file_once(place):
    a, b = (START + PATHS[k] + "</svg>" for k in ["gradients", "clips"])
    done = make(place, {"a.svg": a, "b.svg": a, "c.svg": b, "d.svg": a})
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(place / "o.pdf") as pdf:
        assert sorted(pdf.pages[-1].Resources.XObject.keys()) == ["/I0", "/I1"]


@pytest.mark.parametrize("version", ["1.7", "2.0"])
def test_same_bytes_at_any_time_and_by_any_number_of_threads(place, version):
    logos = {f"{k}.svg": START + PATHS[k] + "</svg>" for k in list(PATHS)[:4]}
    seen = set()
    for jobs, lang in [(1, "C"), (1, "nl_BE.UTF-8"), (2, "C"), (8, "C")]:
        done = make(place, logos, f"--jobs={jobs}", f"--pdf={version}", "-q", env={"LC_ALL": lang})
        assert done.returncode == 0
        seen.add((place / "o.pdf").read_bytes())
    assert len(seen) == 1 and b"CreationDate" not in seen.pop()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("named", ["image/png", "image/jpeg", "image/jpg", "image/x-png", "application/octet-stream", ""])
def test_picture_in_it_is_printed_whatever_its_type_is_called(place, kind, named):
    picture = io.BytesIO()
    Image.linear_gradient("L").save(picture, kind)
    data = base64.b64encode(picture.getvalue()).decode()
    logo = f'{START}<path d="M0 0h9v9z"/><image width="200" height="100" href="data:{named};base64,{data}"/></svg>'
    done = make(place, {"a.svg": logo})
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(place / "o.pdf") as pdf:
        found = [image.Width for page in pdf.pages for image in images(page)]
    assert len(found) == 1 and found[0] > 100


def test_only_what_is_drawn_is_fitted_and_centred(place):
    """Whatever the canvas around it: the same box, to half a point."""
    shape = '<path d="M{0} {0}h{1}v{2}h-{1}z" fill="#135"/></svg>'
    frames = []
    for box, at, w, h in [("0 0 200 100", 0, 200, 100), ("0 0 2000 2000", 900, 200, 100),
            ("-5 -5 300 100000", 7, 200, 100), ("0 0 2e7 2e7", 3e6, 2e6, 1e6), (".1 .1 .1 .1", 0.15, 0.002, 0.001)]:
        done = make(place, {"a.svg": START.replace("0 0 200 100", box) + shape.format(at, w, h)})
        assert (done.returncode, done.stderr) == (0, "")
        dump = brochure("--dump=layout", cwd=place).stdout.decode()
        box, = re.findall(r" image (\S+ \S+ \S+ \S+)", dump)
        frames.append([float(x) for x in box.split()])
    assert all(abs(x - y) < 0.6 for frame in frames for x, y in zip(frame, frames[0])), frames


def colors(place):
    """How many pixels page 2 has of which colour."""
    done = run("pdftoppm", "-r", 100, "-f", 2, "-l", 2, place / "o.pdf")
    return {color: n for n, color in Image.open(io.BytesIO(done.stdout)).getcolors(1 << 24)}


PALE = (246, 246, 246)
BARS = '<path d="M10 10h20v80H10zM170 10h20v80h-20z" fill="#136"/>'
MARK = '<path d="M20 20h100v60H20z" fill="#136"/>'


@pytest.mark.parametrize("drawn", [
    f'<rect width="200" height="100" fill="#f6f6f6"/>{MARK}',
    f'<defs><rect width="9" height="9"/></defs><g><rect width="100%" height="100%" fill="#f6f6f6"></rect></g>{MARK}',
    f'<style>.a{{fill:#f6f6f6}}</style><polygon points="0 0 200 0 200 100 0 100" class="a"></polygon >{MARK}',
])
def test_ground_that_is_nearly_white_leaves_no_tile(place, drawn):
    """On a white card; on another one it is what was drawn."""
    done = make(place, {"a.svg": f"{START}{drawn}</svg>"})
    assert (done.returncode, done.stderr) == (0, "")
    found = colors(place)
    assert found.get(PALE, 0) < 20 and found[0x11, 0x33, 0x66] > 1000
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().replace("logo\n", "logo,card\n").replace(".svg\n", ".svg,accent\n"))
    done = brochure("-o", "o.pdf", cwd=place)
    assert done.returncode == 0 and not done.stderr
    assert colors(place)[PALE] > 1000


@pytest.mark.parametrize("lettering", ["M60 5h130v30H60z", "M5 60h30v35H5z", "M60 60h130v35H60z"], ids=["beside", "below", "across"])
@pytest.mark.parametrize("ink, card", [("#fff", ""), ("#f4f4f4", "#ffffff"), ("#0b4f6c", "accent"), ("#fff", "#ffd200")])
def test_lettering_that_cannot_be_seen_beside_a_small_mark_is_told(place, lettering, ink, card):
    """What is seen is a small part of the drawing, and what is not lies outside that."""
    make(place, {"a.svg": f'{START}<path d="M5 5h30v30H5z" fill="#f60"/><path d="{lettering}" fill="{ink}"/></svg>'})
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().replace("logo\n", "logo,card\n").replace(".svg\n", f".svg,{card}\n"))
    done = brochure("-o", "o.pdf", cwd=place)
    assert done.returncode == 0 and done.stderr.count("[logo-unseen]") == 1 == done.stderr.count("\n"), done.stderr


@pytest.mark.parametrize("ink, card, told", [("#fff", "#ffd200", True), ("#008", "#000", True), ("#444", "accent", True),
    ("#fff", "#f39200", False), ("#c8102e", "accent", False), ("#fff", "accent", False), ("#ffd200", "", False)])
def test_faint_drawing_on_a_chosen_card_is_told_and_the_card_named_cures_it(place, ink, card, told):
    seen = "#f60" if card in ("#000", "accent") else "#600"
    make(place, {"a.svg": f'{START}<circle cx="50" cy="50" r="40" fill="{ink}"/>'
        f'<path d="M110 10h80l-40 80z" fill="{seen}"/></svg>'})
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().replace("logo\n", "logo,card\n").replace(".svg\n", f".svg,{card}\n"))
    done = brochure("-o", "o.pdf", cwd=place)
    assert done.returncode == 0 and ("[logo-unseen]" in done.stderr) == told and bool(done.stderr) == told
    if told:
        cure = re.search(r"such as (#\w{6}) ", done.stderr)[1]
        cities.write_text(cities.read_text().replace(f".svg,{card}\n", f".svg,{cure}\n"))
        done = brochure("-o", "o.pdf", cwd=place)
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("drawn", [
    f'<path d="M0 0h100v100H0z" fill="#f6f6f6"/>{BARS}',
    f'{BARS}<path d="M40 0h120v100H40z M60 20v60h80v-60z" fill="#f6f6f6"/>',
    f'<path d="M0 0h200v100H0z" fill="#f6f6f6"/>{BARS}<circle cx="100" cy="50" r="30" fill="#f6f6f6"/>',
    f'<path d="M0 0h200v100H0z" fill="#f6f6f6"/><path d="M0 0h200v100H0z" fill="#f6f6f6"/>{BARS}',
])
def test_pale_shape_that_is_no_ground_is_printed(place, drawn):
    done = make(place, {"a.svg": f"{START}{drawn}</svg>"})
    assert done.returncode == 0
    assert colors(place)[PALE] > 100


@pytest.mark.parametrize("why, told", [
    ("librsvg-2.so.2: cannot open shared object file: No such file or directory", "sudo apt install librsvg2-2"),
    ("libicudata.so.72: failed to map segment", "cannot be loaded (libicudata.so.72: failed to map segment)"),
])
def test_runs_without_librsvg_and_says_what_to_do(place, tmp_path, why, told):
    (tmp_path / "none.c").write_text("#include <stddef.h>\nvoid *dlopen(const char *n, int f) { (void)n, (void)f; return NULL; }\n"
        f'char *dlerror(void) {{ return "{why}"; }}\n')
    assert run("gcc", "-shared", "-fPIC", "-o", tmp_path / "none.so", tmp_path / "none.c").returncode == 0
    env = {"LD_PRELOAD": str(tmp_path / "none.so"), "ASAN_OPTIONS": ENVIRONMENT["ASAN_OPTIONS"] + ":verify_asan_link_order=0"}
    assert brochure("-o", "o.pdf", cwd=place, env=env).returncode == 0
    done = make(place, {"a.svg": START + PATHS["fill"] + "</svg>"}, env=env)
    assert done.returncode == 1
    assert told in done.stderr and "[logo-library]" in done.stderr


# --- files of other kinds ------------------------------------------------------------------


def test_command_that_makes_an_svg_does(place):
    """Of PDF, Illustrator's PDF, EPS and .svgz: the command of the message, letter for letter."""
    svg = START + PATHS["gradients"] + "</svg>"
    kinds = {"pdf": ["-f", "pdf"], "ai": ["-f", "pdf"], "eps": ["-f", "eps"], "svgz": None}
    for kind, how in kinds.items():
        drawn = run("rsvg-convert", *how, input=svg.encode()).stdout if how else run("gzip", "-c", input=svg.encode()).stdout
        done = make(place, {f"a {kind}.{kind}": drawn})
        assert done.returncode == 1
        command = re.search(r'(?:an SVG|of it|unpack it): (.*) \[logo-format\]', done.stderr)[1]
        cured = subprocess.run(command, shell=True, cwd=place, capture_output=True, timeout=120, check=False)
        assert (cured.returncode, cured.stderr) == (0, b""), command
        name = shlex.split(command)[-1].removeprefix("logos/").removeprefix(">logos/")
        done = make(place, {name: (place / "logos" / name).read_bytes()})
        assert (done.returncode, done.stderr) == (0, ""), kind


# --- right -----------------------------------------------------------------------------------


def pictures(path, side=600):
    """librsvg's own picture of PATH on white: all of it, what is not transparent, and what is
    darker than a level.  Which of them is fitted, other tests judge."""
    done = run("rsvg-convert", "-w", side, "-h", side, "--keep-aspect-ratio", path)
    assert done.returncode == 0, done.stderr
    drawn = Image.open(io.BytesIO(done.stdout)).convert("RGBA")
    page = Image.new("RGBA", drawn.size, "white")
    page.alpha_composite(drawn)
    page = page.convert("RGB")
    yield page
    seen, darkest = {(0, 0, *page.size)}, functools.reduce(ImageChops.darker, page.split())
    masks = itertools.chain([drawn.getchannel("A").point(lambda alpha: alpha > 2)],
        (darkest.point(lambda value, level=level: value < level) for level in range(253, 200, -3)))
    for ink in masks:
        box = ink.getbbox()
        if box and box not in seen:
            seen.add(box)
            yield page.crop(box)


def rendered(path, height, box):
    """The BOX on page 2 as poppler shows it at DPI, and where it lies in that picture.  Poppler
    widens what is thinner than a pixel, so it draws twice as fine."""
    k, (x, y, w, h) = DPI / 72, box
    edges = x * k, (height - y - h) * k, (x + w) * k, (height - y) * k
    left, top, right, bottom = int(edges[0]), int(edges[1]), int(edges[2]) + 1, int(edges[3]) + 1
    done = run("pdftoppm", "-r", 2 * DPI, "-f", 2, "-l", 2, "-x", 2 * left, "-y", 2 * top,
        "-W", 2 * (right - left), "-H", 2 * (bottom - top), path)
    shown = Image.open(io.BytesIO(done.stdout)).convert("RGB").reduce(2)
    return shown, [edges[i] - (left, top)[i % 2] for i in range(4)]


def at_place(drawn, size, box):
    """DRAWN in BOX of a white picture of SIZE, to a quarter of a pixel."""
    fine = Image.new("RGB", (size[0] * 4, size[1] * 4), "white")
    x0, y0, x1, y1 = (round(4 * v) for v in box)
    fine.paste(drawn.resize((x1 - x0, y1 - y0), Image.Resampling.BOX), (x0, y0))
    return numpy.asarray(fine.reduce(4)).astype(int)


def drawings():
    """SAMPLE real drawings: flags, with gradients, clips, masks and <use>, and icons drawn in
    Inkscape, with nested transforms and gradients; some wrapped as others are."""
    flags = sorted((ROOT / "build/judges/drawings").glob("*.svg"))
    icons = [f for f in sorted(pathlib.Path("/usr/share/icons/Tango/scalable").glob("*/*.svg")) if not f.is_symlink()]
    # text is told, which is another test
    chosen = [f for f in [*flags, *icons] if "<text" not in f.read_text()][:SAMPLE]
    assert len(chosen) == SAMPLE
    return chosen


# Where a soft shadow ends is a matter of taste; where a frame ends is not.
FRAME = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path d="M.25.25h47.5v47.5h-47.5z" fill="none" '
    'stroke="#123" stroke-width=".5"/>{}</svg>')
WRAPS = {
    "percent": '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0 0 640 480">{}</svg>',
    "no box": '<svg xmlns="http://www.w3.org/2000/svg" width="640px" height="480px">{}</svg>',
    "millimetres": '<svg xmlns="http://www.w3.org/2000/svg" width="64mm" height="48mm" viewBox="0 0 640 480">{}</svg>',
    "huge": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 6.4e7 4.8e7">{}</svg>',
    "tiny": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 .0064 .0048">{}</svg>',
    "turned": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-300 -300 1200 1200"><g transform="rotate(20) skewX(9)">{}</g></svg>',
    "mask": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><mask id="zm"><circle cx="300" cy="240" r="230" '
    'fill="#ccc"/></mask><g mask="url(#zm)">{}</g></svg>',
    "pattern": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><pattern id="zp" width="640" height="480" '
    'patternUnits="userSpaceOnUse">{}</pattern><circle cx="300" cy="240" r="230" fill="url(#zp)"/></svg>',
    "class": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><style type="text/css">.z0{{opacity:.6;}}</style>'
    '<g class="z0">{}</g></svg>',
}


def wrapped(path, number):
    """The drawing PATH; icons in a frame, every fourth flag inside another drawing, each in another way."""
    text = re.sub(r"^\s*<\?xml[^>]*>|<!DOCTYPE[^>]*>", "", path.read_text())
    ways = list(WRAPS.values())
    if 'viewBox="0 0 640 480"' not in text:
        return FRAME.format(text)
    return (ways[number // 4 % len(ways)] if number % 4 == 0 else "{}").format(text)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
def test_looks_as_librsvg_draws_it(place, part):
    wrong, chosen = [], list(enumerate(drawings()))[part::10]
    for first in range(0, len(chosen), len(CITIES)):
        group = chosen[first : first + len(CITIES)]
        logos = {f"{i}.svg": wrapped(path, i) for i, path in group}
        done = make(place, logos, "-q")
        assert done.returncode == 0, done.stderr
        dump = brochure("--dump=layout", cwd=place).stdout.decode()
        boxes = [[float(x) for x in box] for box in re.findall(r" image (\S+) (\S+) (\S+) (\S+)", dump)]
        assert len(boxes) == len(group)
        height = run("pdfinfo", "-f", 2, "-l", 2, place / "o.pdf", text=True).stdout
        height = float(re.search(r"size: *[\d.]+ x ([\d.]+)", height)[1])
        for (i, path), (x, y, w, h) in zip(group, boxes):
            shown, box = rendered(place / "o.pdf", height, (x, y, w, h))
            found = []
            for own in pictures(place / f"logos/{i}.svg"):
                far = numpy.abs(numpy.asarray(shown).astype(int) - at_place(own, shown.size, box))
                shape = w / h * own.height / own.width - 1
                found.append((far.mean(), (far.max(axis=2) > FAR).mean(), abs(shape)))
                if all(value < limit for value, limit in zip(found[-1], (MEAN, FAR_SHARE, SHAPE))):
                    break
            else:
                wrong.append((path.name, i, *(round(float(v), 3) for v in min(found))))
    assert wrong == []
