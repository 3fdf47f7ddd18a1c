"""Messages in Dutch and French, complete, and found wherever the program lies."""

import os
import platform
import re
import shutil

import pytest

from helpers import LINKS, LOCALES, PROGRAM, ROOT, run, workplace

LANGUAGES = {"nl": "nl_BE.UTF-8", "fr": "fr_BE.UTF-8"}
SAID = {
    "nl": "rij 2, kolom 'url': 'javascript:1' is niet het adres van een website",
    "fr": "ligne 2, colonne «\u00a0url\u00a0»\u00a0: «\u00a0javascript:1\u00a0» n'est pas l'adresse d'un site web",
    "en": 'row 2, column "url": "javascript:1" is not the address of a website',
}
NOTHING = {"nl": "niet gewijzigd", "fr": "n'a pas été modifié", "en": "was not changed"}


def said(program, folder, env, *arguments):
    """What PROGRAM says in a bare environment about a list of cities that is wrong."""
    bad = folder / "bad.csv"
    bad.write_text("city,url,logo,alt\nGent,javascript:1,gent.png,\n")
    done = run(program, "-c", "bad.csv", *arguments, cwd=folder, env=env, text=True)
    assert done.returncode == 1
    return done.stderr


def language(messages):
    found = [code for code, words in SAID.items() if words in messages]
    assert len(found) == 1 and NOTHING[found[0]] in messages, messages
    return found[0]


def messages(code):
    """The translations of a language: pairs of message and translation, plurals too."""
    text = (ROOT / f"po/{code}.po").read_text()
    unquote = lambda s: "".join(re.findall(r'^(?:\w+(?:\[\d\])? )?"(.*)"$', s, re.M))
    for block in text.split("\n\n")[1:]:
        parts = re.findall(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n?)+)', block, re.M)
        named = {name: unquote(value) for name, value in parts}
        yield named["msgid"], [v for k, v in named.items() if k.startswith("msgstr")]


# --- complete --------------------------------------------------------------------------------


def test_messages_are_collected():
    done = run("sh", "tools/update-po", "--check", cwd=ROOT, text=True)
    assert done.returncode == 0, 'run "make po", translate what is new:\n' + done.stdout


@pytest.mark.parametrize("code", LANGUAGES)
def test_translation_is_complete(code):
    command = ["msgfmt", "--check", "--statistics", "-o", "/dev/null", f"po/{code}.po"]
    done = run(*command, cwd=ROOT, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d+ translated messages\.\n", done.stderr), done.stderr
    done = run("msgcmp", f"po/{code}.po", "po/brochure.pot", cwd=ROOT, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_left_in_english(code):
    same = {m for m, translations in messages(code) if m in translations}
    assert same <= {"%s, %s", "%s, page %d", "%zu MB", "%zu KB", "%d link", "link", "document (%s): %s",
        ", %d %s", "server"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_translations_keep_the_form_of_messages(code):
    for message, translations in messages(code):
        for text in translations:
            assert not text.endswith(".") or message.endswith("."), text
            assert text[:1] == text[:1].lower() or message[:1] == message[:1].upper(), text
            # names of options, columns, keys and files are the program's, in every language
            for name in re.findall(r"--[a-z]+|\.png|https://|#grid|\{city\}|title:|lang:", message):
                assert name in text, (name, text)


def test_guide_in_dutch_shows_what_is_told(place):
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().replace("gent.png", "gendt.png"))
    told = run(PROGRAM, "--check", cwd=place, env={"LANG": LANGUAGES["nl"], **LOCALES}, text=True).stderr
    assert told.splitlines()[0] in (ROOT / "docs/bewerken.md").read_text().splitlines()


@pytest.mark.parametrize("program", [PROGRAM, LINKS], ids=lambda p: p.name)
@pytest.mark.parametrize("code", [*LANGUAGES, "en"])
def test_help_names_every_option_in_every_language(code, program):
    env = {"LANG": LANGUAGES.get(code, "C.UTF-8"), **LOCALES}
    text = run(program, "--help", env=env, text=True).stdout
    plain = run(program, "--help", env={"LC_ALL": "C"}, text=True).stdout
    options = lambda s: sorted(set(re.findall(r"--[a-z]+", s)))
    assert options(text) == options(plain) and len(options(text)) > 10
    assert max(map(len, text.splitlines())) <= 90


# --- found -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "env, expected",
    [
        ({"LANG": "nl_BE.UTF-8", **LOCALES}, "nl"),
        ({"LC_ALL": "fr_BE.UTF-8", "LANG": "nl_BE.UTF-8", **LOCALES}, "fr"),
        ({"LC_MESSAGES": "nl_BE.UTF-8", "LANG": "fr_BE.UTF-8", **LOCALES}, "nl"),
        ({"LANG": "fr_BE.UTF-8", "LANGUAGE": "nl:fr", **LOCALES}, "nl"),
        # a container that has no locale at all
        ({"LANG": "nl_BE.UTF-8", "LOCPATH": "/nonexistent"}, "nl"),
        ({"LANG": "nl_NL"}, "nl"),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "../../etc"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANGUAGE": "nl"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "nl_BE.UTF-8"}, "en"),
        ({}, "en"),
    ],
    ids=lambda value: "-".join(v for k, v in value.items() if k != "LOCPATH") if isinstance(value, dict) else value,
)
def test_language_follows_the_environment(place, env, expected):
    """Where no locale is installed, as in a container, glibc from 2.39 on translates nothing."""
    installed = {"en_US.utf8", "en_GB.utf8"} & set(run("locale", "-a", text=True).stdout.split())
    usable = env["LOCPATH"] == LOCALES["LOCPATH"] if "LOCPATH" in env else installed
    if not usable and [int(n) for n in platform.libc_ver()[1].split(".")] >= [2, 39]:
        expected = "en"
    assert language(said(PROGRAM, place, env)) == expected


def test_catalogs_are_found_after_installation(tmp_path):
    """Below any prefix, also when the files are moved afterwards, and through a link."""
    done = run("make", "install", f"PREFIX={tmp_path}/usr", f"BUILD={os.path.relpath(PROGRAM.parent, ROOT)}", "CI=1",
        cwd=ROOT, text=True)
    assert done.returncode == 0, done.stderr
    place = workplace(tmp_path)
    env = {"LANG": "nl_BE.UTF-8", **LOCALES}
    assert language(said(tmp_path / "usr/bin/brochure", place, env)) == "nl"
    (tmp_path / "usr").rename(tmp_path / "moved")
    assert language(said(tmp_path / "moved/bin/brochure", place, env)) == "nl"
    (tmp_path / "link").symlink_to("moved/bin/brochure")
    assert language(said(tmp_path / "link", place, env)) == "nl"


def test_without_catalogs_it_speaks_english(tmp_path):
    place = workplace(tmp_path)
    shutil.copy(PROGRAM, place / "alone")
    assert language(said(place / "alone", place, {"LANG": "nl_BE.UTF-8", **LOCALES})) == "en"


def test_severities_of_programs_are_not_translated(place):
    env = {"LANG": "nl_BE.UTF-8", **LOCALES}
    assert said(PROGRAM, place, env, "--diagnostics=github").startswith("::error file=bad.csv")
    assert '"severity": "error"' in said(PROGRAM, place, env, "--diagnostics=json")
    sarif = said(PROGRAM, place, env, "--diagnostics=sarif")
    assert '"level": "error"' in sarif and '"language": "nl"' in sarif
