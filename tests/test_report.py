"""The report for whoever signs a brochure: what it says is so, and it is accessible itself."""

import hashlib
import importlib.resources
import json
import re
import sys

import pytest

from helpers import PROGRAM, ROOT, SLOW, brochure, environment, load_tool, run, workplace
from readers.chromium import PROGRAMS, Chromium

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("report")]  # which is made once

tool = load_tool("report")


def make(place, **env):
    assert brochure(cwd=place).returncode == 0
    return run_tool(place, **env)


def run_tool(place, **env):
    return run(sys.executable, ROOT / "tools/report", PROGRAM, "out/brochure.pdf", "--cache", "links.json",
        "--out", "out/report.html", cwd=place, env=environment(env), text=True, timeout=5 * SLOW)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    place = workplace(tmp_path_factory.mktemp("report"))
    (place / "links.json").write_text(json.dumps({"version": 1, "links": {
        "https://aalst.incijfers.be/": {"asked": 1706054400, "seen": 1706054400}}}))
    done = make(place)
    assert (done.returncode, done.stderr) == (0, "")
    return place / "out/report.html"


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """The report on a brochure with warnings, some of them silenced, by a user without UTF-8 whose
    links were never asked for."""
    place = workplace(tmp_path_factory.mktemp("odd"))
    announcement = place / "data/announcement.md"
    announcement.write_text(announcement.read_text().replace("author: Stad in Cijfers", "allow:\n- link-vague\n- logo-stand-in") +
        "\nLees [hier](http://example.org/a) meer.\n")
    (place / "links.json").write_text("")
    locale = run("localedef", "-i", "nl_BE", "-f", "ISO-8859-1", place / "nl_BE")
    assert locale.returncode == 0, locale.stderr
    done = make(place, LC_ALL="nl_BE", LOCPATH=str(place), PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, "")
    return place / "out/report.html"


def rows(page, caption):
    table = page.split(f"<caption>{caption}")[1].split("</table>")[0]
    return [re.findall(r"<td>(.*?)</td>", row) for row in table.split("<tr>")[2:]]


def test_report_says_what_is_so(report):
    page = report.read_text(encoding="utf-8")
    digest = hashlib.sha256((report.parent / "brochure.pdf").read_bytes()).hexdigest()
    assert "<code>out/brochure.pdf</code>: 2 pages" in page and f"SHA-256 <code>{digest}</code>" in page
    assert "Warnings and notes of the program: none." in page and "(<code>allow</code>): none." in page
    assert "http-equiv" not in page and not re.search(r'src="(?!data:)', page)
    verdicts = rows(page, "veraPDF")
    assert len(verdicts) == 6 and all(row[2] == "passed" for row in verdicts)
    links = [row for row in rows(page, "Links as a screen reader") if row[1] != "inside the document"]
    assert len(links) == 13
    assert links[0][0].startswith("Aalst") and links[0][3] == "2024-01-24 00:00 UTC" and links[1][3] == "not yet"
    contrast = rows(page, "Each colour of text")
    assert len(contrast) > 4 and all(row[5] == "enough" for row in contrast)
    # the title and a link in the text: white on the accent colour, computed by hand
    assert any("#ffffff" in row[0] and "#0b4f6c" in row[1] and row[3] == "8.94:1" for row in contrast)
    assert "heading level 1: Gemeente-Stadsmonitor 2023" in page
    assert page.count('class="area"') == len(rows(page, "Links as a screen reader")) and page.count("<img") == 2
    assert {row[0] for row in rows(page, "Fonts")} == {"SourceSans3-Regular", "SourceSans3-Bold"}


def test_report_lists_warnings_and_what_is_silenced(odd):
    page = odd.read_text(encoding="utf-8")
    text = (odd.parent.parent / "data/announcement.md").read_text()
    line = text[:text.index("Lees [hier]")].count("\n") + 1
    told, silenced = rows(page, "Warnings and notes"), rows(page, "What that silences")
    assert [row[:2] + row[3:] for row in told] == [["warning", f"data/announcement.md:{line}", "url-unencrypted"]]
    assert [row[:2] + row[3:] for row in silenced] == [["warning", f"data/announcement.md:{line}", "link-vague"]]
    assert "the link is not encrypted" in told[0][2] and "link-vague, logo-stand-in" in page
    assert "thema’s" in page and "heading level 1" in page
    assert {row[3] for row in rows(page, "Links as a screen reader")} == {"not yet", "–"}


@pytest.mark.parametrize("allow, kinds", [
    ("allow: a", ["a"]), ("allow: [a, 'b']  # why", ["a", "b"]), ("allow:\n  - a\n\n  # why\n  - b", ["a", "b"]),
    ("allow:\n- a\n- b", ["a", "b"]), ("allow: [\n  a,\n  b]", ["a", "b"]),
])
@pytest.mark.parametrize("around", ["---\nlang: nl\n{}\ntitle: x\n---\nallow: b\n\n---\n\nEnd\n", "--- \r\n{}\r\n---\r\nx"])
def test_what_is_allowed_is_taken_out_in_its_place(allow, kinds, around):
    written = around.format(allow)
    found, bare = tool.without_allow(written)
    assert found == kinds
    assert bare.count("\n") == written.count("\n") and "allow: logo-stand-in" in bare and "- a" not in bare
    for line in ("title: x", "End", "lang: nl"):
        if line in written:
            assert bare.split("\n").index(line) == written.split("\n").index(line)
    assert tool.without_allow(bare)[0] == ["logo-stand-in"]


def test_what_a_text_looks_like_changes_no_contrast(place):
    announcement = place / "data/announcement.md"
    area, words = "area 0 0 900 900 fill #000000", "text 0 0 9 X-Bold 9 color #000000"
    announcement.write_text(announcement.read_text()
        .replace("kicker: Stad in Cijfers", f'kicker: "{area}"').replace("author:", f'rights: "{area}"\nauthor:')
        .replace('"{city} – website Stad in Cijfers"', f"'{words} \" {{city}}'") + f"\nmark 1 {area}\n")
    done = brochure("--dump=layout", cwd=place)
    assert done.returncode == 0 and done.stdout.count(area.encode()) > 1 and words.encode() in done.stdout, done.stderr
    found = list(tool.texts_of(done.stdout.decode()))
    assert len(found) > 20 and all("#000000" not in one and one[0].startswith("SourceSans3") for one in found)


@pytest.mark.parametrize("cache", [
    "", "{", "{}", "[]", "null", '{"links": []}', '{"links": {"a": 1, "b": null, "c": {}, "d": {"seen": "x"}}}',
    '{"links": {"a": {"seen": 1e99}, "b": {"seen": -1}, "c": {"seen": true}, "d": {"seen": 99999999999999999999}}}',
    "[" * 100000, "\xff", None,
])
def test_of_an_odd_cache_nothing_is_known(cache, tmp_path):
    path = tmp_path / "links.json"
    if cache is not None:
        path.write_text(cache, encoding="latin-1")
    assert tool.seen_alive(path) == {}


def test_what_is_wrong_is_told_as_by_check(place):
    cities = place / "data/cities.csv"
    cities.write_text(cities.read_text().replace("gent.png", "gendt.png"))
    done, check = run_tool(place), brochure("--check", cwd=place)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", check.stderr) and "[logo-missing]" in check.stderr
    assert not (place / "out/report.html").exists()


@pytest.mark.parametrize("older", [None, b"%PDF-1.7"])
def test_no_report_on_a_pdf_of_other_input(older, place):
    if older:
        (place / "out/brochure.pdf").write_bytes(older)
    done = run_tool(place)
    assert done.returncode == 1 and done.stderr.startswith("report: out/brochure.pdf is not what the program makes now")
    assert list((place / "out").glob("*.html")) == []


@pytest.mark.parametrize("page", ["report", "odd"])
def test_report_is_accessible(page, request, tmp_path):
    report = request.getfixturevalue(page)
    program = next((p for p in PROGRAMS if run("sh", "-c", f"command -v {p}").returncode == 0), None)
    assert program, "chromium is missing; make test installs it"
    axe = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text()
    browser = Chromium(program, tmp_path)
    try:
        tab = browser.open(report.as_uri())
        browser.wait(tab, "location.protocol == 'file:' && document.readyState == 'complete'")
        browser.evaluate(tab, axe + "\n;0")
        found, passed = json.loads(browser.call("Runtime.evaluate", tab, awaitPromise=True, returnByValue=True, expression=
            "axe.run().then(r => JSON.stringify([r.violations.map(v => [v.id, v.nodes.length]), r.passes.length]))")["result"]["value"])
    finally:
        browser.close()
    assert found == [] and passed > 10
