"""Fonts of every kind, made of those in fonts/: with CFF outlines, with CIDs, variable, and
wrong ones.  What they have to look like is therefore known."""

import functools
import io
import math

from fontTools import subset
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder, addFvar
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib import instancer

from helpers import ROOT, workplace

FACES = {"regular": "Regular", "italic": "Italic", "bold": "Bold", "bold_italic": "BoldItalic"}
CHARACTERS = [*range(0x20, 0x17F), *range(0x2010, 0x2027), 0x20AC, 0x2212]
SLANT = 10  # degrees


def saved(font):
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def once(make):
    """Makes each font once, and hands out copies."""
    kept = functools.cache(lambda *of, **with_: saved(make(*of, **with_)))
    return functools.wraps(make)(lambda *of, **with_: TTFont(io.BytesIO(kept(*of, **with_))))


@once
def static(face="regular"):
    """One of the program's fonts, with Latin letters only."""
    font = TTFont(ROOT / f"fonts/SourceSans3-{FACES[face]}.ttf")
    options = subset.Options()
    options.layout_features = ["kern", "liga", "ccmp", "locl", "mark"]
    options.notdef_outline = options.glyph_names = True
    options.drop_tables += ["STAT", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    return font


@once
def cff(face="regular"):
    """The same with CFF outlines."""
    font = static(face)
    glyphs, widths = font.getGlyphSet(), font["hmtx"].metrics
    charstrings = {}
    for name in font.getGlyphOrder():
        pen = T2CharStringPen(widths[name][0], glyphs)
        glyphs[name].draw(pen)
        charstrings[name] = pen.getCharString()
    for table in ("glyf", "loca", "prep", "gasp"):
        if table in font:
            del font[table]
    font.sfntVersion = "OTTO"
    FontBuilder(font=font).setupCFF(font["name"].getDebugName(6), {}, charstrings, {})
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00005000, len(charstrings)
    return font


@once
def cid(face="regular"):
    """The same with CIDs that are no glyph numbers, in two font DICTs."""
    font = cff(face)
    top = font["CFF "].cff[0]
    order = font.getGlyphOrder()
    names = [".notdef"] + [f"cid{3 * i + 17:05d}" for i in range(1, len(order))]
    top.ROS = ("Adobe", "Identity", 0)
    top.CIDCount = 65535
    top.FDArray, top.FDSelect = FDArrayIndex(), FDSelect()
    for _ in range(2):
        inner = FontDict()
        inner.Private = top.Private
        top.FDArray.append(inner)
    top.FDSelect.gidArray = [i // 7 % 2 for i in range(len(order))]
    strings = top.CharStrings
    strings.fdArray, strings.fdSelect = top.FDArray, top.FDSelect
    strings.charStrings = {new: strings.charStrings[old] for new, old in zip(names, order)}
    top.charset = names
    del top.Private
    font.recalcBBoxes = False  # fontTools would look for the old names
    return font


AXES = {
    "wght": (100, 100, 900),
    "slnt": (-SLANT, 0, 0),
    "ital": (0, 0, 1),
    "wdth": (75, 100, 125),
}


def points(font, glyph):
    """Of the outline, and the four that say its width and height."""
    return font["glyf"]._getCoordinatesAndControls(glyph, font["hmtx"].metrics)[0]


@once
def variable(*axes, wght=AXES["wght"]):
    """A variable font that begins at Thin: there stands the regular font, and the bold one at
    the other end; avar bends the way between.  A slant or an italic shears it."""
    font, heavy = static("regular"), static("bold")
    ends = {**AXES, "wght": wght}
    addFvar(font, [(tag, *ends[tag], tag) for tag in axes], [])
    avar, gvar = newTable("avar"), newTable("gvar")
    avar.segments = {tag: {-1.0: -1.0, 0.0: 0.0, 1.0: 1.0} for tag in axes}
    if "wght" in axes:
        avar.segments["wght"][0.5] = 0.3
    gvar.version, gvar.reserved, gvar.variations = 1, 0, {}
    font["avar"], font["gvar"] = avar, gvar
    lean = math.tan(math.radians(SLANT))
    for name in font.getGlyphOrder():
        here, there = points(font, name), points(heavy, name)
        simple = not font["glyf"][name].isComposite()
        deltas = {
            "wght": [(b[0] - a[0], b[1] - a[1]) for a, b in zip(here, there)],
            "slnt": [(round(y * lean) if simple else 0, 0) for _, y in here],
        }
        deltas["ital"] = deltas["slnt"]
        gvar.variations[name] = [
            TupleVariation({tag: (-1, -1, 0) if tag == "slnt" else (0, 1, 1)}, deltas[tag])
            for tag in axes
            if tag in deltas
        ]
    return font


def instance(font, **location):
    """The font at one place of its axes, as fontTools cuts it."""
    return instancer.instantiateVariableFont(font, location, inplace=True)


def blank(font, *characters):
    """The same with nothing to be seen of these characters."""
    names = [font.getBestCmap()[ord(c)] for c in characters]
    for name in names:
        if "glyf" in font:
            font["glyf"][name] = Glyph()
            if "gvar" in font:
                font["gvar"].variations[name] = []
        else:
            string = font["CFF "].cff[0].CharStrings[name]
            string.decompile()
            string.program = ["endchar"]
    return font


EVERY_FACE = "\n\n*Cursief*, **vet** en ***beide***: Ångström, œuvre, première, IJzer, 0123456789.\n"


def write(folder, **fonts):
    """Lays the edition in FOLDER with these fonts, and text in every face."""
    workplace(folder)
    lines = []
    for face, font in fonts.items():
        name = font
        if isinstance(font, TTFont):
            name = f"{face}.{'otf' if 'CFF ' in font or 'CFF2' in font else 'ttf'}"
            font.save(folder / "data" / name)
        lines.append(f'  {face}: "{name}"\n')
    text = folder / "data/announcement.md"
    old = text.read_text().replace("colors:", "fonts:\n" + "".join(lines) + "colors:")
    text.write_text(old + EVERY_FACE)
    return folder
