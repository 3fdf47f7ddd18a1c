"""What every kind of brochure looks like and gives back, judged by programs that we did not
write: pictures of poppler and mupdf against approved ones, text as readers copy it, veraPDF
and qpdf over all cases (see looks/cases.py, looks/golden.py)."""

import os
import re
from decimal import Decimal

import pikepdf
import pytest
from PIL import Image

from helpers import PROGRAM, ROOT, VERSIONS, brochure, run, verapdf
from looks import golden
from looks.cases import CASES, LONG_NAME, Look, by_name
from looks.layout import read_layout

MILLIMETRE = Decimal("2.835")  # points
SHOWN = ROOT / "build/golden"


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("looks")


@pytest.fixture(scope="session")
def made(place):
    """The PDF of a case, made once."""
    done = {}

    def make(case, version="1.7"):
        if (case, version) not in done:
            done[case, version] = case.make(place, version)
        return done[case, version]

    return make


# --- pictures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case, page, renderer, path", golden.kept_pictures(), ids=lambda v: getattr(v, "name", str(v))
)
def test_page_looks_as_approved(case, page, renderer, path, made):
    """Look at the difference, then approve it with "make golden"."""
    approved = Image.open(path).convert("RGB")
    found = golden.render(renderer, made(case), page)
    if not golden.alike(approved, found):
        SHOWN.mkdir(parents=True, exist_ok=True)
        golden.side_by_side(approved, found).save(SHOWN / path.name)
        pytest.fail(f"approved, found and difference stand side by side in {SHOWN / path.name}")


def test_there_is_an_approved_picture_of_every_kept_page_and_no_other():
    kept = {path for _, _, _, path in golden.kept_pictures()}
    kept |= {path for _, _, path in golden.kept_dumps()}
    assert {p for p in golden.GOLDEN.rglob("*") if p.is_file()} == kept


def operators(instructions, name, before=None):
    """Where an operator stands, if told so: those with BEFORE behind them."""
    return [
        i
        for i, item in enumerate(instructions)
        if str(item.operator) == name
        and (before is None or str(instructions[i + 1].operator) == before)
    ]


def changed(instructions, at, argument, value):
    operands = list(instructions[at].operands)
    operands[argument] = value(Decimal(str(operands[argument])))
    instructions[at] = pikepdf.ContentStreamInstruction(operands, instructions[at].operator)


def moved(name, number, argument, before=None, by=MILLIMETRE):
    def edit(instructions):
        at = operators(instructions, name, before)[number]
        changed(instructions, at, argument, lambda value: value + by)

    return edit


def missing(name, number):
    def edit(instructions):
        del instructions[operators(instructions, name)[number]]

    return edit


def colored(number, color):
    def edit(instructions):
        at = operators(instructions, "rg")[number]
        for argument, value in enumerate(color):
            changed(instructions, at, argument, lambda _, value=value: Decimal(value))

    return edit


def whole_page(by):
    def edit(instructions):
        matrix = [1, 0, 0, 1, Decimal(by), Decimal(by)]
        shift = pikepdf.ContentStreamInstruction(matrix, pikepdf.Operator("cm"))
        instructions.insert(0, shift)

    return edit


FAULTS = {
    "a card 1 mm to the right": (2, moved("cm", 4, 4, before="m")),
    "a card 1 mm down": (2, moved("cm", 4, 5, before="m", by=-MILLIMETRE)),
    "a logo 1 mm to the left": (2, moved("cm", 5, 4, before="Do", by=-MILLIMETRE)),
    "a caption 1 mm to the right": (2, moved("Td", 4, 0)),
    "a caption 1 mm up": (2, moved("Td", 4, 1)),
    "a label 1 mm to the right": (1, moved("Td", 5, 0)),
    "a logo gone": (2, missing("Do", 4)),
    "a caption gone": (2, missing("TJ", 6)),
    "a card gone": (2, missing("B", 6)),
    "a band a little greener": (1, colored(0, ("0.043", "0.36", "0.424"))),
    "a heading in red": (2, colored(4, ("0.61", "0.14", "0.21"))),
}


def edited(path, page, edit, folder):
    """A copy of a PDF with the instructions of a page changed."""
    with pikepdf.open(path) as pdf:
        instructions = list(pikepdf.parse_content_stream(pdf.pages[page - 1]))
        edit(instructions)
        content = pikepdf.unparse_content_stream(instructions)
        pdf.pages[page - 1].Contents = pdf.make_stream(content)
        pdf.save(folder / "edited.pdf")
    return folder / "edited.pdf"


@pytest.mark.long
@pytest.mark.parametrize("renderer", golden.RENDERERS)
@pytest.mark.parametrize("fault", FAULTS)
def test_tolerance_does_not_bear(fault, renderer, made, tmp_path):
    page, edit = FAULTS[fault]
    path = made(by_name("shipped"))
    approved = Image.open(golden.PICTURES / f"shipped-{page}-{renderer}.png").convert("RGB")
    wrong = edited(path, page, edit, tmp_path)
    assert not golden.alike(approved, golden.render(renderer, wrong, page))


@pytest.mark.long
@pytest.mark.parametrize("renderer", golden.RENDERERS)
@pytest.mark.parametrize("page", [1, 2])
def test_tolerance_bears_what_renderers_round(page, renderer, made, tmp_path):
    path = made(by_name("shipped"))
    approved = Image.open(golden.PICTURES / f"shipped-{page}-{renderer}.png").convert("RGB")
    for by in ("0", "0.01", "-0.02"):
        shifted = edited(path, page, whole_page(by), tmp_path)
        assert golden.alike(approved, golden.render(renderer, shifted, page)), by
    brighter = golden.render(renderer, path, page).point(lambda level: min(255, level + 5))
    assert golden.alike(approved, brighter)


def test_tolerance_does_not_bear_another_page(made):
    one, two = [Image.open(golden.PICTURES / f"shipped-{n}-poppler.png").convert("RGB") for n in (1, 2)]
    assert not golden.alike(one, two)
    assert not golden.alike(one, Image.new("RGB", one.size, "white"))
    assert not golden.alike(one, one.crop((0, 0, one.width - 1, one.height)))


@pytest.mark.long
def test_golden_shows_what_differs_and_replaces_nothing_unasked(tmp_path):
    """The program in another colour: the text of the difference, and pictures of it."""
    before = {p: p.read_bytes() for p in golden.GOLDEN.rglob("*") if p.is_file()}
    program = tmp_path / "brochure"
    program.write_text(
        "#!/bin/sh\n"
        'for a; do case $a in *.md) sed -i "s/#0b4f6c/#0b4f8c/" "$a" ;; esac; done\n'
        f'exec "{PROGRAM}" "$@"\n'
    )
    program.chmod(0o755)
    command = [ROOT / "build/venv/bin/python", ROOT / "tools/golden", "shipped"]
    env = {**os.environ, "BROCHURE": str(program), "YES": ""}
    done = run(*command, env=env, text=True, timeout=600)
    assert done.returncode == 1, done.stderr
    assert "\n-  background area 0 " in done.stdout and "\n+  background area 0 " in done.stdout
    pictures = re.findall(r"difference are in (.+)", done.stdout)
    assert len(pictures) == 4 and all(os.path.getsize(p) > 0 for p in pictures)
    assert "nothing was replaced" in done.stderr
    assert before == {p: p.read_bytes() for p in golden.GOLDEN.rglob("*") if p.is_file()}


# --- conformance --------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.xdist_group("looks")  # every case is made once
def test_every_case_conforms(made):
    found = list(verapdf({version: [made(case, version) for case in CASES] for version in VERSIONS}))
    assert len(found) == len(VERSIONS) * len(CASES)
    assert [(name, wrong) for name, wrong in found if wrong] == []


@pytest.mark.long
@pytest.mark.xdist_group("looks")
@pytest.mark.parametrize("version", VERSIONS)
def test_every_case_is_sound_for_qpdf(made, version):
    for case in CASES:
        done = run("qpdf", "--check", made(case, version), text=True)
        assert (done.returncode, done.stderr) == (0, ""), (case.name, done.stderr)
        assert "No syntax or stream encoding errors found" in done.stdout


@pytest.mark.parametrize("version", VERSIONS)
def test_fonts_take_less_than_12_kilobytes_in_the_shipped_brochure(made, version):
    with pikepdf.open(made(by_name("shipped"), version)) as pdf:
        files = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o]
        sizes = [len(o.FontFile2.read_raw_bytes()) for o in files]
    assert sizes and sum(sizes) < 12 * 1024


# --- typography ---------------------------------------------------------------------------

WORD = "meervoudigepersoonlijkheidsstoornissenbehandelingscentrumregistratieformulieren"
AMOUNT = "1\u00a0250\u00a0000\u00a0€"
PARAGRAPHS = 48  # a multiple of the number of names
NAMES = ["Sint-Katelijne-Waver", "Houthalen-Helchteren", "Scherpenheuvel-Zichem"]
URL = "https://www.antwerpen.be/info/5c9cc105f98a304a1155a7f4/stad-in-cijfers-open-statistische-data"


@pytest.fixture(scope="session")
def typeset(place):
    """Paragraphs on narrow pages whose words fall on every place of a line: the PDF, and the
    lines of its running text."""
    text = ["Een eerste alinea."]
    for fill in range(PARAGRAPHS):
        start = "een " * (fill // 2) + "i" * (1 + fill % 2)
        text.append(f"{start} {AMOUNT} in {LONG_NAME}, {NAMES[fill % 3]} en {NAMES[(fill + 1) % 3]} een {AMOUNT}")
    some = [f"{'iets'[: 1 + i % 4]} 's-Gravenvoeren {'voorbeeld'[: 1 + i % 9]} {AMOUNT}" for i in range(60)]
    text.append(" ".join(some))
    text.append(f"De samenstelling {WORD} en het adres <{URL}> in één zin.")
    text.append("Efficiënte officiële affiches: de flitser fietst, het afficheflitsje ook. AVONTUUR, Tovenaar, Wat.")
    case = Look("typography", 1, page="A5")
    arguments = case.lay(place)
    front = case.announcement().split("---\n")[1]
    (place / "typography.md").write_text(f"---\n{front}---\n" + "\n\n".join(text) + "\n")
    done = brochure(*arguments, "--dump=layout", cwd=place)
    assert done.returncode == 0, done.stderr
    path = place / "typography.pdf"
    assert brochure(*arguments, "-o", path, cwd=place).returncode == 0
    lines = {}
    for page in read_layout(done.stdout.decode()):
        for box in page.texts():
            if box.mark >= 0:
                lines.setdefault((page.number, box.y), []).append(box)
    return path, [("".join(b.text for b in boxes), boxes) for boxes in lines.values()]


def copied(path, reader):
    if reader == "pdftotext":
        done = run("pdftotext", "-enc", "UTF-8", path, "-", text=True)
    else:
        done = run("mutool", "draw", "-N", "-q", "-F", "txt", "-o", "-", path, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_name_is_not_broken_behind_its_prefix_and_numbers_stay_whole(typeset):
    path, lines = typeset
    starts = [line for line, _ in lines]
    assert any("'s-Gravenvoeren" in line for line in starts)
    assert any(line.startswith("'s-Gravenvoeren") for line in starts)  # it did meet the end of a line
    assert not [line for line in starts if line.rstrip().endswith("'s-")]
    assert any(line.startswith(AMOUNT) for line in starts)
    for line in starts:
        assert line.count("250") == line.count(AMOUNT), line


def test_a_name_that_fits_on_a_line_is_not_broken_at_its_own_hyphen(typeset):
    path, lines = typeset
    text = " ".join(line.strip() for line, _ in lines)
    for name in (*NAMES, "Gemeente-Stadsmonitor"):
        assert name in text
        assert name.replace("-", "- ") not in text
    assert not re.search("Sint- Kat|Katelijne- W", text)


@pytest.mark.parametrize("reader", ["pdftotext", "mutool"])
def test_names_copy_with_their_hyphens(typeset, reader):
    text = re.sub(r"\s+", " ", copied(typeset[0], reader))
    text = re.sub(r"(Gemeente-Stadsmonitor 2023|Stad in Cijfers 24 januari 2024) \d+ ?/ ?\d+ ", "", text)  # feet
    for name in NAMES:
        assert text.count(name) == 2 * PARAGRAPHS / len(NAMES)
    assert text.count("'s-Gravenvoeren en omstreken, deelgemeente van Voeren") == PARAGRAPHS


@pytest.mark.parametrize("reader", ["pdftotext", "mutool"])
@pytest.mark.parametrize("page", ["A4", "A5", "A4 landscape", "A5 landscape", "Letter"])
def test_wide_set_and_narrow_set_lines_copy_as_words(page, reader, made):
    case = next(c for c in CASES if c.text == "shipped" and c.page == page and c.count == 13)
    text = re.sub(r"\s+", " ", copied(made(case), reader))
    for words in (
        "Stad in Cijfers", "Gemeente-Stadsmonitor 2023", "135.000", "cijfers uit de burgerbevraging",
        "werden de resultaten voorgesteld van de Gemeente-Stadsmonitor 2023.", "pagina 2",
    ):
        assert words in text, text


def test_a_cut_word_shows_a_hyphen_and_copies_without_it(typeset):
    path, lines = typeset
    cut = [box for _, boxes in lines for box in boxes if box.actual is not None]
    assert cut, "the word was not cut"
    for box in cut:
        assert box.text == box.actual + "-"
        assert box.actual in WORD
    joined = re.sub(r"\s", "", copied(path, "pdftotext"))
    assert WORD in joined
    with pikepdf.open(path) as pdf:
        said = [
            str(item.operands[1].ActualText)
            for page in pdf.pages
            for item in pikepdf.parse_content_stream(page, "BDC")
            if isinstance(item.operands[1], pikepdf.Dictionary) and "/ActualText" in item.operands[1]
        ]
    assert said == [box.actual for box in cut]


@pytest.mark.parametrize("reader", ["pdftotext", "mutool"])
def test_an_address_breaks_without_a_hyphen(typeset, reader):
    assert URL in re.sub(r"\s", "", copied(typeset[0], reader))


@pytest.mark.parametrize("reader", ["pdftotext", "mutool"])
def test_ligatures_copy_as_letters(typeset, reader):
    path, _ = typeset
    text = copied(path, reader)
    for word in ("Efficiënte", "officiële", "affiches", "afficheflitsje"):
        assert word in text, text
    assert not re.search("[\ufb00-\ufb06]", text)
    with pikepdf.open(path) as pdf:
        maps = [o.ToUnicode.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o]
    several = [m for cmap in maps for m in re.findall(rb"<(?:0066){1,2}(?:0066|0069|006[Cc])?>", cmap) if len(m) > 6]
    assert several, "no glyph stands for several letters: was nothing set as a ligature?"


def test_letters_are_kerned(typeset):
    path, _ = typeset
    with pikepdf.open(path) as pdf:
        moves = [
            float(part)
            for page in pdf.pages
            for item in pikepdf.parse_content_stream(page, "TJ")
            for part in item.operands[0]
            if isinstance(part, (int, Decimal))
        ]
    assert len(moves) > 100 and max(moves) > 20 and min(moves) < 0
