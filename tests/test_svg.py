"""SVG logos: what stays paths and what becomes pixels; files that are told, and the commands
that cure them."""

import csv
import re
import shlex
import subprocess

import pikepdf
import pytest

from helpers import ENVIRONMENT, ROOT, brochure, run

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


def test_runs_without_librsvg_and_says_what_to_install(place, tmp_path):
    (tmp_path / "none.c").write_text("#include <stddef.h>\nvoid *dlopen(const char *n, int f) { (void)n, (void)f; return NULL; }\n")
    assert run("gcc", "-shared", "-fPIC", "-o", tmp_path / "none.so", tmp_path / "none.c").returncode == 0
    env = {"LD_PRELOAD": str(tmp_path / "none.so"), "ASAN_OPTIONS": ENVIRONMENT["ASAN_OPTIONS"] + ":verify_asan_link_order=0"}
    assert brochure("-o", "o.pdf", cwd=place, env=env).returncode == 0
    done = make(place, {"a.svg": START + PATHS["fill"] + "</svg>"}, env=env)
    assert done.returncode == 1
    assert "sudo apt install librsvg2-2" in done.stderr and "[logo-library]" in done.stderr


# --- files of other kinds ------------------------------------------------------------------


def test_command_that_makes_an_svg_does(place):
    """Of PDF, Illustrator's PDF, EPS and .svgz: the command of the message, letter for letter."""
    svg = START + PATHS["gradients"] + "</svg>"
    kinds = {"pdf": ["-f", "pdf"], "ai": ["-f", "pdf"], "eps": ["-f", "eps"], "svgz": None}
    for kind, how in kinds.items():
        drawn = run("rsvg-convert", *how, input=svg.encode()).stdout if how else run("gzip", "-c", input=svg.encode()).stdout
        done = make(place, {f"a {kind}.{kind}": drawn})
        assert done.returncode == 1
        command = re.search(r'(?:of it|unpack it): (.*) \[logo-format\]', done.stderr)[1]
        cured = subprocess.run(command, shell=True, cwd=place, capture_output=True, timeout=120, check=False)
        assert (cured.returncode, cured.stderr) == (0, b""), command
        name = shlex.split(command)[-1].removeprefix("logos/").removeprefix(">logos/")
        done = make(place, {name: (place / "logos" / name).read_bytes()})
        assert (done.returncode, done.stderr) == (0, ""), kind
