"""The reader of CSV against Python's, and single cells written anew: nothing else changes."""

import csv
import io
import json
import random
import re

import pytest

from helpers import PROGRAM, run

CELLS = PROGRAM.with_name("cells")
ENCODINGS = {
    "utf-8": (b"", "aZé€😀ŵ\u2028\u00ad\u202e"),
    "utf-8-sig": (b"\xef\xbb\xbf", "aZé€😀ŵ"),
    "cp1252": (b"", "aZé€Ÿœ–"),
    "utf-16-le": (b"\xff\xfe", "aZé€😀ŵ"),
    "utf-16-be": (b"\xfe\xff", "aZé€😀ŵ"),
}
LINE_ENDS = ["\n", "\r\n", "\r"]
SEPARATORS = [",", ";", "\t", "|"]
SPACES = " \t\r\n\u2028"
FILES = 3000


def encode(text, encoding):
    mark = ENCODINGS[encoding][0]
    return mark + text.encode(encoding.removesuffix("-sig"))


def decode(data, encoding):
    return data.removeprefix(ENCODINGS[encoding][0]).decode(encoding.removesuffix("-sig"))


def spelt(value, separator, quoted):
    """A cell as it is saved."""
    needs_quotes = any(c in value for c in f'{separator}"\r\n')
    return f'"{value.replace(chr(34), chr(34) * 2)}"' if quoted or needs_quotes else value


class Table:
    """A file such as programs save, of cells that are known."""

    def __init__(self, chance, encoding):
        self.encoding = encoding
        self.separator = chance.choice(SEPARATORS)
        line_end = chance.choice(LINE_ENDS)
        letters = ENCODINGS[encoding][1] + '" \r\n,;\t|='
        self.rows, pieces, self.spans = [], [], {}
        if chance.random() < 0.2:
            pieces.append(f"sep={self.separator}{line_end}")
        for number in range(chance.randint(1, 6)):
            if chance.random() < 0.1:
                pieces.append(line_end)
            # a row is not empty, and what is all ASCII would be taken for UTF-8
            row = ["é"]
            pieces.append("é")
            for column in range(1, chance.randint(2, 5)):
                value = "".join(chance.choices(letters, k=chance.randint(0, 6)))
                value = value.strip(SPACES + "\u00ad")
                quoted = chance.random() < 0.4
                cell = spelt(value, self.separator, quoted)
                padding = " " * chance.choice([0, 0, 0, 1, 2]) if cell else ""
                pieces += [self.separator, padding, cell, padding]
                self.spans[number, column] = (len(pieces) - 2, quoted or cell != value)
                row.append(value)
            self.rows.append(row)
            pieces.append(line_end)
        if chance.random() < 0.3:
            pieces.pop()
        self.pieces = pieces

    def saved(self, pieces=None):
        return encode("".join(pieces or self.pieces), self.encoding)

    def changed(self, row, column, value):
        """The bytes with one cell written anew."""
        index, quoted = self.spans[row, column]
        cell = spelt(value, self.separator, quoted)
        return self.saved([*self.pieces[:index], cell, *self.pieces[index + 1 :]])


def cells(separator, *files):
    done = run(CELLS, separator, *files)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_files_of_every_kind_are_read(tmp_path, encoding):
    chance = random.Random(encoding)
    tables = [Table(chance, encoding) for _ in range(200)]
    for table in tables:
        file = tmp_path / "t.csv"
        file.write_bytes(table.saved())
        (read,) = cells(table.separator, file)
        assert [row[1:] for row in read] == table.rows


@pytest.mark.parametrize("separator", SEPARATORS)
def test_python_reads_the_same(tmp_path, separator):
    """Any characters that Python takes without complaint, in any order."""
    chance = random.Random(separator)
    files, texts = [], []
    while len(files) < FILES // len(SEPARATORS):
        text = "".join(chance.choices('ab "\r\n' + separator, k=chance.randint(1, 40)))
        try:
            list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
        except csv.Error:
            continue
        # Python takes a quote after spaces for a part of the cell
        if re.search(f'(^|[\r\n{separator}]) +"', text):
            continue
        texts.append(text)
        files.append(tmp_path / f"{len(files)}.csv")
        files[-1].write_bytes(text.encode())
    for text, read in zip(texts, cells(separator, *files), strict=True):
        table = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        expected = [[cell.strip() for cell in row] for row in table]
        assert [row[1:] for row in read] == [row for row in expected if any(row)], repr(text)


NEW = ["https://www.gent.be/nieuw", "", "a,b;c\td|e", 'de "beste" stad', "a\nb", "é"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_one_cell_is_changed_and_nothing_else(tmp_path, encoding):
    chance = random.Random(encoding)
    file = tmp_path / "t.csv"
    for _ in range(150):
        table = Table(chance, encoding)
        file.write_bytes(table.saved())
        row, column = chance.choice(list(table.spans))
        for value in chance.sample(NEW, 2):
            done = run(CELLS, "--set", table.separator, file, row, column, value)
            assert done.returncode == 0, done.stderr.decode()
            assert done.stdout == table.changed(row, column, value)
            table_again = csv.reader(
                io.StringIO(decode(done.stdout, encoding), newline=""),
                delimiter=table.separator, skipinitialspace=True)
            again = [[c.strip() for c in r] for r in table_again]
            assert value in [c for r in again for c in r]


def test_a_letter_that_the_encoding_lacks_is_not_written(tmp_path):
    file = tmp_path / "t.csv"
    file.write_bytes("city,url\nLuik,é\n".encode("cp1252"))
    assert run(CELLS, "--set", ",", file, 1, 1, "ŵ").returncode == 1
    assert run(CELLS, "--set", ",", file, 1, 1, "ê").stdout == b"city,url\nLuik,\xea\n"
