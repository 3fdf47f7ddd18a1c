"""Logos of pixels: JPEG and PNG as cities hand them over, made here and taken from the tests of
Pillow.  What poppler, mupdf and pdfium draw is compared with what Pillow reads."""

import csv
import functools
import io
import math
import re
import struct
import zlib

import numpy
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageCms, ImageColor, ImageDraw, ImageFilter, ImageFont, ImageOps

from helpers import ROOT, VERSIONS, brochure, run, verapdf, workplace
from looks.layout import read_layout

pytestmark = pytest.mark.long

DPI = 200
PICTURES = ROOT / "build/judges/pictures"
ACCENT, NAVY, RED, WHITE = (11, 79, 108), (0, 0, 128), (200, 32, 60), (255, 255, 255)
FONT = ImageFont.truetype(ROOT / "fonts/SourceSans3-Bold.ttf", 120)


# --- making logos -----------------------------------------------------------------------------


def drawn(ground=WHITE, ink=NAVY, dot=RED, size=(600, 300)):
    """A word and a dot; on no ground at all where GROUND is None."""
    image = Image.new("RGBA" if ground is None else "RGB", size, (0, 0, 0, 0) if ground is None else ground)
    draw = ImageDraw.Draw(image)
    draw.text((60, 60), "Gent", ink, FONT)
    draw.ellipse((420, 80, 560, 220), fill=dot)
    return image


def jpeg(image, **options):
    out = io.BytesIO()
    image.save(out, "JPEG", **{"quality": 90, **options})
    return out.getvalue()


def png(image, *chunks, **options):
    """A PNG, with CHUNKS (pairs of type and data) after its header."""
    out = io.BytesIO()
    image.save(out, "PNG", **options)
    data = out.getvalue()
    for kind, body in chunks:
        chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        data = data[:33] + chunk + data[33:]
    return data


def turned(orientation):
    exif = Image.Exif()
    exif[274] = orientation
    exif[0x010E] = "Maria Peeters, Kerkstraat 1"
    return exif


def profile(xy, gamma):
    """A profile of RGB, from x and y of red, green and blue (white is D65)."""
    def xyz(x, y):
        return numpy.array([x / y, 1, (1 - x - y) / y])
    primaries, white = numpy.array([xyz(x, y) for x, y in xy]).T, xyz(0.3127, 0.3290)
    cone = numpy.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    gain = cone @ numpy.array([0.9642, 1, 0.8249]) / (cone @ white)
    columns = numpy.linalg.inv(cone) @ numpy.diag(gain) @ cone @ (primaries * numpy.linalg.solve(primaries, white))
    def fixed(values):
        return b"".join(struct.pack(">i", round(v * 65536)) for v in values)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    tags = {b"desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"test\0" + bytes(79),
        b"wtpt": b"XYZ " + bytes(4) + fixed([0.9642, 1, 0.8249])}
    for i, name in enumerate(b"rgb"):
        tags[bytes([name]) + b"XYZ"] = b"XYZ " + bytes(4) + fixed(columns[:, i])
        tags[bytes([name]) + b"TRC"] = curve
    body, table = b"", struct.pack(">I", len(tags))
    for name, data in tags.items():
        table += name + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = b"".join([b"lcms", bytes([2, 0x20, 0, 0]), b"mntrRGB XYZ ", bytes(12), b"acsp", bytes(28), fixed([0.9642, 1, 0.8249])])
    return struct.pack(">I", 132 + len(table) - 4 + len(body)) + head.ljust(124, b"\0") + table + body


P3 = profile([(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)], 2.2)
ADOBE = profile([(0.64, 0.33), (0.21, 0.71), (0.15, 0.06)], 2.19921875)


def seen(data, card=WHITE):
    """What Pillow reads: turned, in sRGB, on the card."""
    image = Image.open(io.BytesIO(data))
    alpha = image.convert("RGBA").getchannel("A")
    color = image.convert("RGB")
    if icc := image.info.get("icc_profile"):
        source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
        color = ImageCms.profileToProfile(image if image.mode == "CMYK" else color, source,
            ImageCms.createProfile("sRGB"), renderingIntent=1, outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION)
    on_card = Image.new("RGB", image.size, card)
    on_card.paste(color, mask=alpha)
    if 274 in image.getexif():
        on_card.getexif()[274] = image.getexif()[274]
        return ImageOps.exif_transpose(on_card)
    return on_card


def without_margin(image, card=WHITE, levels=24):
    far = ImageChops.difference(image, Image.new("RGB", image.size, card)).split()
    most = functools.reduce(ImageChops.lighter, far)
    return image.crop(most.point(lambda level: level > levels).getbbox())


# --- what the brochure shows ------------------------------------------------------------------


class Shown:
    """A brochure of one page of logos: NAME -> bytes, or (bytes, card)."""

    def __init__(self, folder, logos, *arguments):
        self.folder = workplace(folder)
        self.logos = {n: v if isinstance(v, tuple) else (v, "") for n, v in logos.items()}
        with open(folder / "data/cities.csv", "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(["city", "url", "logo", "card"])
            for i, (name, (data, card)) in enumerate(self.logos.items()):
                (folder / "logos" / name).write_bytes(data)
                site = re.sub("[^a-z0-9]", "", name.lower())[:60]
                rows.writerow([f"Stad {chr(65 + i // 26)}{chr(97 + i % 26)}", f"https://{site}.be/", name, card])
        done = brochure("--allow=logo-coarse", *arguments, cwd=folder)
        self.status, self.told = done.returncode, done.stderr
        self.pdf = folder / "out/brochure.pdf"

    @functools.cached_property
    def boxes(self):
        """By name: the page (from 1), and the box of what is shown."""
        text = brochure("--dump=layout", cwd=self.folder).stdout.decode()
        found = []
        for number, page in enumerate(read_layout(text), 1):
            self.height = page.rect.h
            found += [(number, box) for box in page.boxes if box.kind == "image"]
        assert len(found) == len(self.logos)
        return dict(zip(self.logos, found))

    def cut(self, renderer, name, around=0):
        """What RENDERER draws of a logo, and AROUND points around it."""
        number, box = self.boxes[name]
        r, scale = box.rect, DPI / 72
        edges = (r.x - around, self.height - r.y - r.h - around, r.x + r.w + around, self.height - r.y + around)
        left, top, right, bottom = (round(v * scale) for v in edges)
        if renderer == "pdfium":
            with pypdfium2.PdfDocument(self.pdf) as pdf:
                w, h = (math.ceil(v * scale) for v in pdf[number - 1].get_size())
                outside = (left, h - bottom, w - right, top)
                page = pdf[number - 1].render(scale=scale, crop=[(v - 0.5) / scale for v in outside])
                return page.to_pil().convert("RGB")
        if renderer == "poppler":
            area = ["-x", left, "-y", top, "-W", right - left, "-H", bottom - top]
            done = run("pdftoppm", "-r", DPI, "-f", number, "-l", number, *area, self.pdf)
        else:
            part = self.folder / "part.pdf"
            with pikepdf.open(self.pdf) as pdf:
                box = [left, self.height * scale - bottom, right, self.height * scale - top]
                pdf.pages[number - 1].CropBox = [v / scale for v in box]
                pdf.save(part)
            done = run("mutool", "draw", "-N", "-q", "-r", DPI, "-F", "ppm", "-o", "-", part, number)
        assert done.stderr == b"", done.stderr
        return Image.open(io.BytesIO(done.stdout))

    def images(self):
        with pikepdf.open(self.pdf) as pdf:
            return [(dict(image), image.read_raw_bytes())
                for page in pdf.pages for image in page.images.values()]


@pytest.fixture
def show(tmp_path):
    return lambda logos, *arguments: Shown(tmp_path / "edition", logos, *arguments)


RENDERERS = ["poppler", "mupdf", "pdfium"]


def difference(found, expected):
    """Levels by which two pictures differ on average, the second brought to the first's size;
    their edges left out, where renderers soften differently."""
    expected = expected.resize(found.size, Image.Resampling.BOX)
    a, b = (numpy.asarray(i).astype(int)[2:-2, 2:-2] for i in (found, expected))
    return numpy.abs(a - b).mean()


def check(shown, name, expected, card=WHITE, most=6, renderers=RENDERERS):
    """Whether all that is drawn of a logo on its card is what is EXPECTED on it."""
    assert shown.status == 0 and shown.told == "", shown.told
    expected = without_margin(expected, card)
    for renderer in renderers:
        found = without_margin(shown.cut(renderer, name, around=1), card)
        assert found.width / found.height == pytest.approx(expected.width / expected.height, rel=0.03), renderer
        assert difference(found, expected) < most, renderer


# --- JPEG -------------------------------------------------------------------------------------

PASSED_ON = {
    "baseline": jpeg(drawn(ACCENT, WHITE)),
    "progressive": jpeg(drawn(ACCENT, WHITE), progressive=True),
    "4:2:0": jpeg(drawn(ACCENT, WHITE), subsampling=2),
    "4:4:4": jpeg(drawn(ACCENT, WHITE), subsampling=0),
    "RGB": jpeg(drawn(ACCENT, WHITE), keep_rgb=True),
    "gray": jpeg(drawn((200, 200, 200), (20, 20, 20)).convert("L")),
    "restarts": jpeg(drawn(ACCENT, WHITE), restart_marker_rows=1),
    "sRGB": jpeg(drawn(ACCENT, WHITE), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    "remark": jpeg(drawn(ACCENT, WHITE), comment=b"Maria Peeters", exif=turned(1)),
    **{f"orientation {i}": jpeg(drawn(ACCENT, WHITE), exif=turned(i)) for i in range(2, 9)},
}


def segments(data):
    """The markers of a JPEG up to its first scan."""
    at, found = 2, []
    while found[-1:] != [0xDA]:
        assert data[at] == 0xFF
        found.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


@pytest.mark.parametrize("kind", PASSED_ON)
def test_jpeg_on_a_ground_is_passed_on(kind, show):
    data = PASSED_ON[kind]
    shown = show({"gent.jpg": data})
    check(shown, "gent.jpg", seen(data))
    [(entries, raw)] = shown.images()
    assert entries["/Filter"] == "/DCTDecode"
    before, after = (Image.open(io.BytesIO(d)) for d in (data, raw))
    assert before.mode == after.mode and before.tobytes() == after.tobytes()
    assert not {0xE0, 0xE1, 0xE2, 0xED, 0xFE} & set(segments(raw)) and b"Maria" not in shown.pdf.read_bytes()
    assert len(raw) <= len(data) + 2 and raw[-2:] == b"\xff\xd9"


@pytest.mark.parametrize("ground", [WHITE, (254, 254, 254), (250, 248, 246), (243, 241, 244)], ids=str)
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_jpeg_on_a_white_ground_leaves_no_tile(ground, mode, show):
    data = jpeg(drawn(ground).convert(mode), quality=75)
    shown = show({"gent.jpg": data})
    check(shown, "gent.jpg", drawn(WHITE).convert(mode).convert("RGB"))
    # one that is white to the level is passed on: only near the ink is it not
    assert shown.images()[0][0]["/Filter"] == ("/DCTDecode" if ground == WHITE else "/FlateDecode")
    for renderer in RENDERERS:
        whole = numpy.asarray(shown.cut(renderer, "gent.jpg", around=3))
        assert (whole[:6] == 255).all() and (whole[:, :6] == 255).all()
        # between the word and the dot, far from both
        assert (whole[:, int(0.58 * whole.shape[1]) : int(0.62 * whole.shape[1])] == 255).all()


def with_noise(image, levels):
    noise = numpy.random.default_rng(1).integers(-levels, levels + 1, (image.height, image.width, 1))
    return Image.fromarray(numpy.clip(numpy.asarray(image) + noise, 0, 255).astype(numpy.uint8))


def with_speck(image):
    image.paste(NAVY, (4, 4, 6, 6))
    return image


@pytest.mark.parametrize("data, packing", [
    (jpeg(with_noise(drawn(), 5), quality=98), "/FlateDecode"),
    (jpeg(drawn(), subsampling=0), "/DCTDecode"),
    (jpeg(drawn(), progressive=True), "/DCTDecode"),
    (jpeg(with_speck(drawn())), "/DCTDecode"),
    (jpeg(ImageOps.scale(drawn(), 6), quality=100), "/FlateDecode"),
], ids=["noise", "4:4:4", "progressive", "speck", "too fine"])
def test_white_of_a_jpeg_stays_white(data, packing, show):
    shown = show({"gent.jpg": data})
    check(shown, "gent.jpg", drawn())
    assert shown.images()[0][0]["/Filter"] == packing
    for renderer in RENDERERS:
        whole = numpy.asarray(shown.cut(renderer, "gent.jpg", around=3))
        assert (whole[:6] == 255).all() and (whole[:, :6] == 255).all()
        assert (whole[:, int(0.58 * whole.shape[1]) : int(0.62 * whole.shape[1])] == 255).all()


@pytest.mark.parametrize("icc", [P3, ADOBE], ids=["P3", "Adobe RGB"])
def test_profile_of_a_jpeg_is_obeyed(icc, show):
    data = jpeg(drawn(ACCENT, WHITE), icc_profile=icc)
    shown = show({"gent.jpg": data})
    assert difference(seen(data), seen(jpeg(drawn(ACCENT, WHITE)))) > 5
    check(shown, "gent.jpg", seen(data), most=4)
    assert shown.images()[0][0]["/Filter"] == "/FlateDecode"


# What layout programs show for colours of FOGRA39, which is what is taken where no profile is.
FOGRA39 = {
    (0, 0, 0, 50): "9d9d9c", (0, 0, 0, 20): "dadada", (0, 0, 0, 80): "575756", (100, 0, 0, 0): "009fe3",
    (0, 100, 0, 0): "e6007e", (0, 0, 100, 0): "ffed00", (0, 100, 100, 0): "e30613", (100, 0, 100, 0): "009640",
    (100, 100, 0, 0): "312783", (0, 50, 100, 0): "f39200", (50, 0, 100, 0): "95c11f", (85, 10, 100, 10): "008d36",
    (80, 10, 45, 0): "00a19a", (85, 50, 0, 0): "1d71b8", (100, 100, 25, 25): "29235c", (75, 100, 0, 0): "662483",
    (50, 100, 0, 0): "951b81", (35, 100, 35, 10): "a3195b",
}


def patches():
    image = Image.new("CMYK", (6 * 100, 3 * 100))
    for i, inks in enumerate(FOGRA39):
        image.paste(tuple(round(v * 2.55) for v in inks), (i % 6 * 100, i // 6 * 100, i % 6 * 100 + 100, i // 6 * 100 + 100))
    return image


def marked(data, transform):
    """A JPEG whose marker of Adobe's says another transform; None: without the marker."""
    at = data.index(b"\xff\xee\x00\x0eAdobe")
    if transform is None:
        return data[:at] + data[at + 16 :]
    return data[: at + 15] + bytes([transform]) + data[at + 16 :]


def lab(rgb):
    """CIELAB of sRGB, D65."""
    light = numpy.where(rgb <= 10.3, rgb / 255 / 12.92, ((rgb / 255 + 0.055) / 1.055) ** 2.4)
    xyz = light @ numpy.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]]) / [0.9505, 1, 1.089]
    x, y, z = numpy.where(xyz > 0.008856, numpy.cbrt(xyz), 7.787 * xyz + 16 / 116).T
    return numpy.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def found_patches(shown, name):
    picture = shown.cut("poppler", name)
    w, h = picture.width / 6, picture.height / 3
    return numpy.array([picture.getpixel((int((i % 6 + 0.5) * w), int((i // 6 + 0.5) * h))) for i in range(18)]).astype(int)


def test_cmyk_without_a_profile_is_ink_on_coated_paper(show):
    data = jpeg(patches(), quality=100, subsampling=0)
    plain = jpeg(Image.eval(patches(), lambda v: 255 - v), quality=100, subsampling=0)
    shown = show({"adobe.jpg": data, "plain.jpg": marked(plain, None)})
    assert shown.status == 0 and shown.told == ""
    expected = numpy.array([tuple(bytes.fromhex(v)) for v in FOGRA39.values()]).astype(int)
    for name in ("adobe.jpg", "plain.jpg"):
        far = numpy.linalg.norm(lab(found_patches(shown, name)) - lab(expected), axis=1)
        assert far.max() < 12 and far.mean() < 5, far


def test_ycck_is_the_cmyk_that_it_codes(show):
    coded = marked(jpeg(patches(), quality=100, subsampling=0), 2)
    same = jpeg(Image.open(io.BytesIO(coded)), quality=100, subsampling=0)
    shown = show({"ycck.jpg": coded, "cmyk.jpg": same})
    assert shown.status == 0
    assert numpy.abs(found_patches(shown, "ycck.jpg") - found_patches(shown, "cmyk.jpg")).max() <= 4


def changed(data, marker, precision=8):
    at = data.index(b"\xff\xc0")
    return data[: at + 1] + bytes([marker]) + data[at + 2 : at + 4] + bytes([precision]) + data[at + 5 :]


GROUND = PASSED_ON["baseline"]


@pytest.mark.parametrize("data, said", [
    (changed(GROUND, 0xC9), "is a JPEG of a rare kind (arithmetic coding) that few programs read"),
    (changed(GROUND, 0xC3), "is a JPEG of a rare kind (lossless)"),
    (changed(GROUND, 0xC5), "is a JPEG of a rare kind (hierarchical)"),
    (changed(GROUND, 0xC1, 12), "is a JPEG of a rare kind (not 8 bits)"),
    (GROUND[:-1], "is cut off after"), (GROUND[:3000], "is cut off after"), (GROUND[:300], "is cut off after"),
    (GROUND[:3], "is cut off after 3 bytes"), (GROUND[:2000] + bytes(500) + GROUND[2500:], "is damaged ("),
    (GROUND[:2] + b"\xff\xd9", "is damaged ("),
], ids=["arithmetic", "lossless", "hierarchical", "12 bits", "no end", "half", "a header", "a start", "holes", "nothing"])
def test_jpeg_that_cannot_be_used_is_told(data, said, show):
    shown = show({"gent.jpg": data})
    assert shown.status == 1 and f"logos/gent.jpg {said}" in shown.told
    assert shown.told.count("error:") == 1 and not shown.pdf.exists()


@pytest.mark.parametrize("name", ["gent.jpg", "gent.jpeg", "gent.png", "gent"])
def test_name_of_a_file_does_not_matter(name, show):
    check(show({name: GROUND}), name, seen(GROUND), renderers=["poppler"])


# --- PNG: what used to be printed wrongly -----------------------------------------------------


@pytest.mark.parametrize("ink", [WHITE, (255, 250, 225), (240, 240, 240)], ids=str)
@pytest.mark.parametrize("mode", ["RGBA", "P", "LA"])
def test_white_lettering_is_told_and_a_card_cures_it(ink, mode, show):
    picture = drawn(None, ink)
    if mode == "P":
        picture = picture.quantize(64)
    data = png(picture.convert(mode))
    told = show({"gent.png": data})
    assert told.status == 0 and "cannot be seen" in told.told and "[logo-unseen]" in told.told
    assert '"accent" in a column "card"' in told.told
    shown = Shown(told.folder.parent / "cured", {"gent.png": (data, "accent")})
    check(shown, "gent.png", seen(data, ACCENT), ACCENT, most=8)


def test_white_logo_is_refused_and_a_card_cures_it(show):
    data = png(drawn(None, WHITE, WHITE))
    told = show({"gent.png": data})
    assert told.status == 1 and '"accent" in a column "card" [logo-blank]' in told.told
    for card, color in (("accent", ACCENT), ("#000", (0, 0, 0)), ("#7a1f2b", (0x7A, 0x1F, 0x2B))):
        shown = Shown(told.folder.parent / card.strip("#"), {"gent.png": (data, card)})
        check(shown, "gent.png", seen(data, color), color, most=8)


def rounded(ground):
    image = Image.new("RGBA", (700, 400))
    ImageDraw.Draw(image).rounded_rectangle((20, 20, 680, 380), 60, fill=ground)
    image.alpha_composite(drawn(None), (50, 50))
    return image


def outlined():
    image = drawn(None)
    halo = image.getchannel("A").filter(ImageFilter.MaxFilter(9))
    back = Image.new("RGBA", image.size)
    back.paste(WHITE, mask=halo)
    back.alpha_composite(image)
    return back


def ring():
    image = Image.new("RGBA", (400, 400))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 20, 380, 380), fill=NAVY)
    draw.ellipse((60, 60, 340, 340), fill=WHITE)
    draw.ellipse((150, 150, 250, 250), fill=RED)
    return image


@pytest.mark.parametrize("image", [rounded(WHITE), outlined(), ring(), drawn(None), drawn(WHITE), drawn(None, (255, 230, 0))],
    ids=["white sticker", "white outline", "white inside", "dark", "opaque", "yellow"])
def test_white_that_is_seen_is_not_told(image, show):
    shown = show({"gent.png": png(image)})
    assert (shown.status, shown.told) == (0, "")


@pytest.mark.parametrize("ink, card", [(WHITE, "#ffd200"), (WHITE, "#fc0"), ((166, 166, 166), "#d0d0d0"),
    (NAVY, "#000"), ((0, 0, 0), "#0a2342"), ((68, 68, 68), "accent")], ids=str)
@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_faint_lettering_on_a_chosen_card_is_told_and_the_card_named_cures_it(ink, card, mode, show):
    """Not as good as the card's colour, but nearly as light or as dark."""
    dot = (120, 60, 30) if min(ink) > 100 else (255, 200, 120)
    picture = drawn(None, ink, dot)
    data = png(picture.quantize(64) if mode == "P" else picture)
    told = show({"gent.png": (data, card)})
    assert told.status == 0 and told.told.count("[logo-unseen]") == 1
    cure = re.search(r'choose another colour in the column "card", such as (#\w{6}) \[', told.told)[1]
    shown = Shown(told.folder.parent / "cured", {"gent.png": (data, cure)})
    assert (shown.status, shown.told) == (0, "")
    check(shown, "gent.png", seen(data, ImageColor.getrgb(cure)), ImageColor.getrgb(cure), most=8)


def test_logo_for_which_neither_black_nor_white_is_a_card_is_told_without_one(show):
    shown = show({"gent.png": (png(drawn(None, WHITE, (0, 0, 0))), "#ffd200")})
    assert "or use a version of the logo made for this one [logo-unseen]" in shown.told


@pytest.mark.parametrize("image, card", [
    (drawn(None, WHITE, RED), "accent"), (drawn(None, WHITE, (37, 99, 255)), "#00843d"), (outlined(), "#ffd200"),
    (ring(), "#ffd200"), (rounded(WHITE), "#ffd200"), (drawn(WHITE), "#ffd200"), (drawn(None, dot=(255, 187, 0)), "#f3e9d2"),
    (drawn(None, dot=(255, 210, 0)), "#fafafa"), (drawn(None, WHITE, WHITE), "#f39200"),
], ids=["red on blue", "blue on green", "outline", "inside", "sticker", "opaque", "yellow on cream", "yellow on nearly white",
    "white on orange"])
def test_ink_that_is_seen_on_a_chosen_card_is_not_told(image, card, show):
    shown = show({"gent.png": (png(image), card)})
    assert (shown.status, shown.told) == (0, "")


def test_one_file_on_two_cards_is_two_logos(show):
    data = png(drawn(None, (120, 120, 120)))
    shown = show({"a.png": (data, ""), "b.png": (data, "accent")})
    for name, card in (("a.png", WHITE), ("b.png", ACCENT)):
        check(shown, name, seen(data, card), card, most=7)


def wide(ground, dots=(), shadow=0):
    image = Image.new("RGB", (1800, 900), ground)
    if shadow:
        dark = Image.new("L", image.size)
        dark.paste(shadow, (630, 330), drawn(None).getchannel("A"))
        image.paste((0, 0, 0), mask=dark.filter(ImageFilter.GaussianBlur(30)))
    image.paste(drawn(None), (600, 300), drawn(None))
    for at in dots:
        image.putpixel(at, (0, 0, 0))
    return image


def noise():
    image = numpy.asarray(wide(WHITE)).astype(int)
    image -= numpy.random.default_rng(1).integers(0, 7, image.shape[:2])[..., None]
    return Image.fromarray(image.clip(0, 255).astype("uint8"))


WIDE = {
    "#fafafa": lambda: png(wide((250, 250, 250))), "#f2f0ee": lambda: png(wide((242, 240, 238))),
    "a speck": lambda: png(wide(WHITE, [(3, 3)])), "specks": lambda: png(wide(WHITE, [(3, 3), (1790, 890), (900, 20), (1799, 400)])),
    "a shadow": lambda: png(wide(WHITE, shadow=24)), "noise": lambda: png(noise()), "JPEG": lambda: jpeg(wide((251, 251, 251))),
    "speck on #fafafa": lambda: png(wide((250, 250, 250), [(3, 3)])),
}


@pytest.mark.parametrize("kind", WIDE)
def test_margins_specks_and_haze_do_not_make_a_logo_small(kind, show):
    shown = show({"gent.png": WIDE[kind](), "plain.png": png(wide(WHITE))})
    assert (shown.status, shown.told) == (0, "")
    (_, odd), (_, plain) = shown.boxes.values()
    haze = 18 if kind in ("a shadow", "noise") else 1  # points that may be shown of it
    for a, b in ((odd.rect.w, plain.rect.w), (odd.rect.h, plain.rect.h)):
        assert 0.97 * b <= a <= 1.03 * b + haze
    for renderer in RENDERERS:
        picture = numpy.asarray(shown.cut(renderer, "gent.png"))
        assert (picture.min(axis=2) < 100).mean() > 0.1, "the logo itself is not there"


@pytest.mark.parametrize("gap", [1, 3, 6])
def test_what_is_small_but_near_is_not_a_speck(gap, show):
    image = Image.new("RGB", (300, 100 + gap + 4), WHITE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, gap + 4, 299, 103 + gap), fill=NAVY)
    draw.rectangle((150, 0, 152, 3), fill=NAVY)
    shown = show({"gent.png": png(image)})
    box = shown.boxes["gent.png"][1].rect
    assert box.w / box.h == pytest.approx(300 / (104 + gap), rel=0.01)


def flag(kind):
    image = Image.new("RGBA" if kind == "Japan" else "RGB", (600, 400), (0, 0, 0, 0) if kind == "Japan" else WHITE)
    draw = ImageDraw.Draw(image)
    for box in {"Poland": [(0, 200, 600, 400)], "England": [(260, 0, 339, 400), (0, 160, 600, 239)],
            "France": [(0, 0, 200, 400), (400, 0, 600, 400)], "Malta": [(300, 0, 600, 400)]}.get(kind, []):
        draw.rectangle(box, fill=RED)
    if kind == "Japan":
        draw.rectangle((60, 40, 539, 359), fill=WHITE)
        draw.ellipse((220, 120, 380, 280), fill=RED)
    return image


@pytest.mark.parametrize("encode", [png, jpeg])
@pytest.mark.parametrize("kind", ["Poland", "England", "France", "Malta", "Japan"])
def test_flag_with_a_white_ground_keeps_its_edge(kind, encode, show):
    if (kind, encode) == ("Japan", jpeg):
        pytest.skip("a JPEG has no transparency that says where the flag ends")
    shown = show({"gent.png": encode(flag(kind))})
    assert (shown.status, shown.told) == (0, "")
    box = shown.boxes["gent.png"][1].rect
    assert box.w / box.h == pytest.approx(1.5, rel=0.01)
    picture = numpy.asarray(shown.cut("poppler", "gent.png", around=2)).astype(int)
    dark = (picture < 240).any(axis=2)
    assert dark.any(axis=1).sum() == pytest.approx(box.h * DPI / 72, abs=5)
    assert dark.any(axis=0).sum() == pytest.approx(box.w * DPI / 72, abs=5)
    # no gap along any side
    inside = dark[8:-8, 8:-8]
    h, w = inside.shape
    for side in (dark[:8, 8:-8], dark[-8:, 8:-8], dark[8:-8, :8].T, dark[8:-8, -8:].T):
        assert side.any(axis=0).mean() > 0.97


def test_word_cropped_to_the_pixel_is_no_flag(show):
    for word in ("Leuven", "HIH", "IIII", "Gent"):
        image = Image.new("RGB", (2000, 300), WHITE)
        ImageDraw.Draw(image).text((60, 60), word, NAVY, FONT)
        shown = show({"gent.png": png(without_margin(image))})
        layout = brochure("--dump=layout", cwd=shown.folder).stdout.decode()
        edges = [line for line in layout.split("page 2")[1].splitlines() if re.match(r"  layout area .* fill \S+$", line)]
        assert edges == [], word


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ground", [None, ACCENT], ids=["repacked", "copied"])
def test_exif_orientation_of_a_png_is_applied(orientation, ground, show):
    data = png(drawn(ground, WHITE if ground else NAVY), exif=turned(orientation))
    check(show({"gent.png": data}), "gent.png", seen(data))


@pytest.mark.parametrize("primaries, icc", [(12, P3), (9, profile([(0.708, 0.292), (0.170, 0.797), (0.131, 0.046)], 2.2))],
    ids=["Display P3", "BT.2020"])
def test_cicp_of_a_png_is_obeyed(primaries, icc, show):
    image = drawn(ACCENT, (40, 200, 90), (240, 30, 60))
    shown = show({"gent.png": png(image, (b"cICP", bytes([primaries, 4, 0, 1])))})
    check(shown, "gent.png", seen(png(image, icc_profile=icc)), most=4)
    assert difference(seen(png(image)), seen(png(image, icc_profile=icc))) > 5


def test_cicp_that_is_srgb_changes_nothing(show):
    image = drawn(ACCENT, WHITE)
    shown = show({"gent.png": png(image, (b"cICP", bytes([1, 13, 0, 1])))})
    check(shown, "gent.png", image, most=4)
    assert shown.images()[0][1] in png(image)


@pytest.mark.parametrize("cicp, said", [((9, 16, 0, 1), "PQ or HLG"), ((9, 18, 0, 1), "PQ or HLG"), ((12, 16, 0, 1), "PQ or HLG"),
    ((7, 13, 0, 1), "colour profile"), ((12, 13, 1, 1), "colour profile"), ((12, 13, 0, 0), "colour profile")], ids=str)
def test_cicp_that_cannot_be_obeyed_is_told(cicp, said, show):
    shown = show({"gent.png": png(drawn(ACCENT, WHITE), (b"cICP", bytes(cicp)))})
    assert shown.status == 0 and said in shown.told and "[logo-profile]" in shown.told


@pytest.mark.parametrize("size", [(20, 3000), (3000, 20), (8, 1600), (1, 100), (100, 1), (3, 5000)], ids=str)
def test_thin_logo_keeps_its_proportions(size, show):
    shown = show({"gent.png": png(Image.new("RGB", size, NAVY))})
    assert shown.status == 0
    box = shown.boxes["gent.png"][1].frame
    assert box.w / box.h == pytest.approx(size[0] / size[1], rel=0.02)


# --- the whole --------------------------------------------------------------------------------


def test_every_kind_passes_every_profile(show, tmp_path):
    logos = {
        "white.jpg": jpeg(drawn()), "ground.jpg": GROUND, "gray.jpg": PASSED_ON["gray"], "rgb.jpg": PASSED_ON["RGB"],
        "turned.jpg": PASSED_ON["orientation 6"], "progressive.jpg": PASSED_ON["progressive"], "cmyk.jpg": jpeg(patches()),
        "p3.jpg": jpeg(drawn(ACCENT, WHITE), icc_profile=P3), "flag.png": png(flag("Poland")), "white.png": (png(drawn(None, WHITE)), "accent"),
        "turned.png": png(drawn(ACCENT, WHITE), exif=turned(6)),
    }
    shown = show(logos)
    assert (shown.status, shown.told) == (0, "")
    made = {version: [tmp_path / f"{version}.pdf"] for version in VERSIONS}
    for version, [path] in made.items():
        assert brochure(f"--pdf={version}", "-o", path, cwd=shown.folder).returncode == 0
        assert run("qpdf", "--check", path).returncode == 0
    assert [wrong for _, wrong in verapdf(made)] == [[], []]


def readable(path):
    """Whether Pillow reads all of a file, and as it has to be: it takes an orientation from XMP
    too, drops transparency of levels of 1 and 16 bits, and knows no ink."""
    try:
        with Image.open(path) as image:
            image.load()
            odd = image.mode in ("1", "I", "I;16") and "transparency" in image.info
            odd |= image.mode == "CMYK" and "icc_profile" not in image.info
            return image.format in ("JPEG", "PNG", "MPO") and not odd and not path.name.startswith("xmp_")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False


def reduced(image, side):
    """A picture of fewer pixels, averaged in light, as the program does."""
    levels = ((numpy.arange(256) / 255) ** 2.2).astype("float32")
    light = [Image.fromarray(levels[numpy.asarray(c)]) for c in image.split()]
    small = [numpy.asarray(c.resize((side, side), Image.Resampling.BOX)) for c in light]
    return Image.fromarray((numpy.stack(small, axis=2) ** (1 / 2.2) * 255).astype("uint8"))


def outside():
    return sorted(p for p in PICTURES.iterdir() if p.suffix in (".jpg", ".png")) if PICTURES.is_dir() else []


@pytest.mark.parametrize("part", range(8))
def test_pictures_of_others_are_right_or_told(part, tmp_path):
    """Every picture that Pillow is tested with, each in a brochure of its own."""
    files = outside()
    assert len(files) > 300, "install-judges fetches them"
    wrong, far = [], []
    for path in files[part::8]:
        folder = tmp_path / path.name
        shown = Shown(folder, {path.name: path.read_bytes()}, "--allow=logo-coarse")
        assert shown.status in (0, 1), (path.name, shown.told)
        if shown.status == 1:
            assert shown.told.count("error:") == 1 and f"logos/{path.name} " in shown.told, shown.told
            continue
        if not readable(path) or shown.told:
            continue
        try:
            expected = without_margin(seen(path.read_bytes()))
        except ImageCms.PyCMSError:
            continue  # Pillow does not take that profile
        found = without_margin(shown.cut("mupdf", path.name, around=1))
        if min(found.size) < 24 or min(expected.size) < 32:
            continue
        if not math.isclose(found.width / found.height, expected.width / expected.height, rel_tol=0.06):
            wrong.append((path.name, found.size, expected.size))
        else:
            far.append((difference(*(reduced(i, 24) for i in (found, expected))), path.name))
    # thin strokes of pictures that are much coarser than the page come out softer or harder
    assert not wrong and not [one for one in far if one[0] > 24]
    assert len([one for one in far if one[0] < 9]) > 0.85 * len(far) > 20, far
