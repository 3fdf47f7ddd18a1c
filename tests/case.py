"""A case: a folder below tests/cases that is a test by existing.  See tests/README.md."""

import json
import re
import shlex
import shutil

import pikepdf

from helpers import brochure, run, words, workplace

# What in a case's folder is no input.
RESERVED = {"cmd", "status", "stderr", "stdout", "stdin", "facts", "README"}

OLDER = b"%PDF-1.7\nan older brochure\n"


class Case:
    def __init__(self, folder):
        self.folder = folder
        unknown = [
            f.name
            for f in folder.iterdir()
            if f.is_file() and f.name not in RESERVED
        ]
        assert not unknown, f"{folder.name}: what is {', '.join(unknown)} for?"
        self.arguments = shlex.split((folder / "cmd").read_text())
        self.status = int(self.text("status", "0"))
        self.facts = json.loads(self.text("facts", "{}"))

    def text(self, name, default=""):
        file = self.folder / name
        return file.read_text() if file.exists() else default

    def lay(self, folder):
        """The shipped inputs, and over them what the case brings."""
        workplace(folder)
        for item in self.folder.iterdir():
            if item.name not in RESERVED:
                shutil.copytree(
                    item, folder / item.name, symlinks=True, dirs_exist_ok=True
                )
        # git keeps no empty folder: a file named .gone takes the thing beside it away
        for gone in list(folder.rglob("*.gone")):
            victim = gone.with_suffix("")
            shutil.rmtree(victim) if victim.is_dir() else victim.unlink(missing_ok=True)
            gone.unlink()
        return folder

    def run(self, folder, *more):
        stdin = self.folder / "stdin"
        options = {"input": stdin.read_bytes()} if stdin.exists() else {}
        return brochure(*self.arguments, *more, cwd=folder, **options)

    def makes_default_output(self):
        """Whether a run leaves out/brochure.pdf."""
        writes_elsewhere = {"-o", "--check", "--help", "-h", "-V", "--version"}
        return self.status == 0 and not any(
            a in writes_elsewhere or a.startswith(("--dump", "--output", "-o"))
            for a in self.arguments
        )

    def check(self, folder):
        """Runs the case in FOLDER and holds it against what it expects."""
        self.lay(folder)
        output = folder / "out/brochure.pdf"
        output.write_bytes(OLDER)
        before = sorted(folder.rglob("*"))
        done = self.run(folder)
        assert done.returncode == self.status, done.stderr
        check_lines(self.text("stderr"), done.stderr)
        check_lines(self.text("stdout"), done.stdout.decode(errors="replace"))
        if self.makes_default_output():
            assert output.read_bytes() != OLDER
            if self.facts.get("as_shipped"):
                assert output.read_bytes() == shipped_bytes(folder)
            check_facts(self.facts, output)
        else:
            assert not self.facts, "facts about a PDF that is not made"
            assert output.read_bytes() == OLDER, "the older output was touched"
            if not any(a.startswith("-o") for a in self.arguments):
                assert sorted(folder.rglob("*")) == before, "a file was left behind"


def check_lines(expected, found):
    """Line by line: as it stands, or after "~ " a regular expression for the whole line."""
    expected, found = expected.splitlines(), found.splitlines()
    for number in range(max(len(expected), len(found))):
        want = expected[number] if number < len(expected) else None
        have = found[number] if number < len(found) else None
        if want is not None and have is not None and want.startswith("~ "):
            if re.fullmatch(want[2:], have):
                continue
        assert have == want, "\n".join(["all that was printed:", *found])


def shipped_bytes(folder):
    """What the shipped inputs give."""
    plain = folder / "plain"
    plain.mkdir()
    assert brochure(cwd=workplace(plain)).returncode == 0
    return (plain / "out/brochure.pdf").read_bytes()


def check_facts(facts, path):
    known = {"pages", "links", "title", "lang", "text", "paper", "uris", "as_shipped"}
    assert set(facts) <= known, f"facts are {', '.join(sorted(known))}"
    check = run("qpdf", "--check", path, text=True)
    assert check.returncode == 0 and "WARNING" not in check.stderr, check.stderr
    text = words(run("pdftotext", "-enc", "UTF-8", path, "-", text=True).stdout)
    for wanted in facts.get("text", []):
        assert words(wanted) in text, text
    with pikepdf.open(path) as pdf:
        uris = [
            str(a.A.URI)
            for page in pdf.pages
            for a in page.get("/Annots", [])
            if "/A" in a and a.A.get("/S") == "/URI"
        ]
        found = {
            "pages": len(pdf.pages),
            "links": len(uris),
            "uris": uris,
            "lang": str(pdf.Root.Lang),
            "title": pdf.open_metadata().get("dc:title"),
            "paper": [round(float(v), 2) for v in list(pdf.pages[0].MediaBox)[2:]],
        }
    for name, value in facts.items():
        if name not in ("text", "as_shipped"):
            assert found[name] == value, name
