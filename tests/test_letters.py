"""Letters that were lost when a list was saved are told by row; names of Europe are not."""

import re

import pytest

from helpers import TESTS, brochure

NAMES = """Liège Köln München Saint-Hélène Châtelet Malmö Genève Besançon Logroño Mosonmagyaróvár
Düsseldorf La-Chaux-de-Fonds Sète Orléans Córdoba Gijón Århus Helsingør Haßfurt L’Haÿ-les-Roses
Capri Łódź Wrocław Iași Timișoara Kraków Plzeň Ostrava Žilina Košice Αθήνα Θεσσαλονίκη София
Київ Æbeltoft Tórshavn Õismäe Mörbylånga Sant&nbsp;Cel·loni 's-Gravenvoeren ’t&nbsp;Zand IJmuiden
Dún&nbsp;Laoghaire Żurrieq Ūpytė Þórlákshöfn Écaussinnes-d'Enghien Saint-Josse-ten-Noode
Braine-l'Alleud Õ Å Y Bruxelles–Midi Heusden-Zolder McDonough"""
NAMES = [n.replace("&nbsp;", " ") for n in NAMES.split()]


def told(tmp_path, names, encoding, **how):
    """The rows of which a letter was lost in the name, and in the description."""
    lines = ["city,url,logo,alt"]
    lines += [f"{n},https://x.be/{i * i},x.png,Logo van {n} met leeuw" for i, n in enumerate(names)]
    (tmp_path / "t.csv").write_bytes("\n".join(lines).encode(encoding, **how))
    (tmp_path / "logos").mkdir()
    done = brochure("--check", "-c", "t.csv", TESTS / "edition/data/announcement.md", cwd=tmp_path)
    assert "[file-encoding]" not in done.stderr
    found = re.findall(r': row (\d+), column "(\w+)": (?:letters were lost in|.*wrong encoding)', done.stderr)
    rows = {column: [int(row) - 2 for row, name in found if name == column] for column in ("city", "alt")}
    return [[names[i] for i in rows[column]] for column in ("city", "alt")]


def test_names_of_europe_are_not_doubted(tmp_path):
    assert told(tmp_path, NAMES, "utf-8") == [[], []]


def test_names_in_windows_1252_are_not_doubted(tmp_path):
    names = [n for n in NAMES if n.encode("cp1252", "replace").decode("cp1252") == n]
    assert len(names) > 30
    assert told(tmp_path, names, "cp1252") == [[], []]


def survives(name, encoding):
    """Whether the bytes of NAME are other letters, in Windows-1252, than they were."""
    try:
        return name.encode(encoding).decode("cp1252") != name
    except UnicodeError:
        return False


# names that are possible as they are then: "Haáfurt", "’beltoft", "Kšln"
POSSIBLE = {
    "cp850": ["Haßfurt", "Æbeltoft", "Sant Cel·loni", "Õ"],
    "mac_roman": ["Köln", "Malmö", "Sant Cel·loni", "’t Zand", "Dún Laoghaire", "Õ"],
}


@pytest.mark.parametrize("encoding", POSSIBLE)
def test_another_code_page_is_told(tmp_path, encoding):
    names = [n for n in NAMES if survives(n, encoding)]
    assert len(names) >= 20
    in_names, in_words = told(tmp_path, names, encoding)
    assert [n for n in names if n not in in_names] == POSSIBLE[encoding]
    assert len(in_words) > len(names) / 3


def test_letters_that_ansi_lacks_are_told(tmp_path):
    names = [n for n in NAMES if "?" in n.encode("cp1252", "replace").decode("cp1252")]
    assert len(names) > 10
    in_names, in_words = told(tmp_path, names, "cp1252", errors="replace")
    assert in_names == names
    # "Plze?" may be a question
    assert [n for n in names if n not in in_words] == ["Plzeň"]


def test_utf8_that_was_taken_for_windows_1252_is_told(tmp_path):
    names = [n for n in NAMES if not n.isascii()]
    spoilt, right = [], []
    for name in names:
        try:
            spoilt.append(name.encode().decode("cp1252"))
            right.append(name)
        except UnicodeError:
            pass
    assert len(right) > 20
    assert told(tmp_path, spoilt, "utf-8") == [spoilt, spoilt]
