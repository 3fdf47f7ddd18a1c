"""The report for whoever signs a brochure: what it says is so, and it is accessible itself."""

import importlib.resources
import json
import re
import sys

import pytest

from helpers import PROGRAM, ROOT, SLOW, run, workplace
from readers.chromium import PROGRAMS, Chromium

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("report")]  # which is made once


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    place = workplace(tmp_path_factory.mktemp("report"))
    cache = place / "links.json"
    cache.write_text(json.dumps({"version": 1, "links": {
        "https://aalst.incijfers.be/": {"asked": 1706054400, "seen": 1706054400}}}))
    out = place / "out/report.html"
    done = run(sys.executable, ROOT / "tools/report", PROGRAM, "--cache", cache, "--out", out, cwd=place,
        text=True, timeout=5 * SLOW)
    assert (done.returncode, done.stderr) == (0, "")
    return out


def rows(page, caption):
    table = page.split(f"<caption>{caption}")[1].split("</table>")[0]
    return [re.findall(r"<td>(.*?)</td>", row) for row in table.split("<tr>")[2:]]


def test_report_says_what_is_so(report):
    page = report.read_text()
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


def test_report_is_accessible(report, tmp_path):
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
