"""Inputs that are broken as people break them: the place and the cure, in two languages.

A folder below tests/broken has the inputs that differ from the plain ones, and what the
program says of them in English (en) and in Dutch (nl).
"""

import re
import shutil

import pytest

from helpers import TESTS, brochure, workplace

FOLDERS = sorted(f for f in (TESTS / "broken").iterdir() if f.is_dir())
LANGUAGES = {"en": "C.UTF-8", "nl": "nl_BE.UTF-8"}
TEXT = """---
title: Cijfers 2023
lang: nl-BE
grid:
  heading: Uw stad
  intro: Klik op een logo.
  link: "{city} – website"
---

De cijfers van 2023 zijn er. Ze staan op [de tweede pagina](#grid).
"""
OLDER = b"%PDF-1.7\nan older brochure\n"


def test_there_are_at_least_forty():
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_broken_input(folder, tmp_path):
    place = workplace(tmp_path)
    (place / "data/announcement.md").write_text(TEXT)
    for item in folder.iterdir():
        if item.name == "logos":
            shutil.copytree(item, place / "logos", dirs_exist_ok=True)
        elif item.name not in LANGUAGES:
            shutil.copy(item, place / "data" / item.name)
    said = {}
    for language, locale in LANGUAGES.items():
        (place / "out/brochure.pdf").write_bytes(OLDER)
        done = brochure(cwd=place, env={"LC_ALL": locale})
        assert done.stderr == (folder / language).read_text()
        said[language] = done.stderr.splitlines()
        wrong = ": error: " in (folder / "en").read_text()
        assert done.returncode == wrong
        assert ((place / "out/brochure.pdf").read_bytes() == OLDER) == wrong
    check_form(said)


def check_form(said):
    """One mistake is one message, with the same place in both languages, and a cure."""
    places = {k: [re.match(r"data/[a-z.]+(?::\d+:\d+)?: ", s) for s in v] for k, v in said.items()}
    assert [m and m[0] for m in places["en"]] == [m and m[0] for m in places["nl"]]
    messages = [s for s, m in zip(said["en"], places["en"]) if m]
    assert len(messages) == 1
    cure = r"; \w|; \"|expected |write |did you mean |have to be "
    for message in messages:
        assert re.search(cure, message), f"what is to be done? {message}"
