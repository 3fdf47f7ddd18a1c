"""What a message about a cell or a key says, word for word, is done: the next run is silent."""

import csv
import io
import re

import pytest

from helpers import TESTS, brochure

GOOD = {"city": "Gent", "url": "https://gent.be/", "logo": "gent.png", "alt": ""}
LINKS = """gent.be
www.gent.be/cijfers
wwww.gent.be
https://ww.gent.be/a
https://wwwgent.be
htps://gent.be
https:/gent.be/
https//gent.be
https;//gent.be
http://https://gent.be/a
https://https://gent.be/a
//gent.be/a
<https://gent.be/>
“https://gent.be/”
Gent: https://gent.be/
\u202ahttps://gent.be/a
https://gent.be/a\u200eb
https://gent.be/a\u00adb
https://gent.be/stad in cijfers
https://gent.be/café?naam=Gent é
https://brügge.be/
https://gent.be/a\\b
https://gent.be/100%
https://gent.be/liÃ¨ge
https://jan:geheim@gent.be/a
http://gent.be/
http://gent.be:80/a
https://gent.be/?utm_source=x&a=b
https://gent.be/a&amp;b
https://gent.be/a.
"=HYPERLINK(""https://gent.be/a"")"
htp://gent.be/a?fbclid=x."""
WORDS = {"city": ["LiÃ¨ge"], "alt": ["De leeuw van LiÃ¨ge"]}
CASES = [("url", link) for link in [*LINKS.split("\n"), "https://gent.be/a\nb"]]
CASES += [(column, words) for column in WORDS for words in WORDS[column]]
CURE = re.compile(r'row (\d+), column "(\w+)": .*(?:write|did you mean) "(.*?)"\??$')


def told(tmp_path, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(GOOD))
    writer.writeheader()
    writer.writerows(rows)
    (tmp_path / "t.csv").write_text(text.getvalue())
    edition = TESTS / "edition"
    done = brochure("--check", "-c", "t.csv", "--logos", edition / "logos",
                    edition / "data/announcement.md", cwd=tmp_path)
    return [line.rpartition(" [")[0] for line in done.stderr.splitlines() if line.startswith("t.csv")]


@pytest.mark.parametrize("column, value", CASES)
def test_the_cure_is_right(tmp_path, column, value):
    row = {**GOOD, column: value}
    first = told(tmp_path, [row])
    assert first
    for message in first:
        _, name, cure = CURE.search(message).groups()
        assert name == column
        row[column] = cure
    assert told(tmp_path, [row]) == []


KEYS = """lang: Frans
lang: nl_BE
date: 24/1/2024
title: *Cijfers*
title: **Cijfers: 2023**
title: @Cijfers
allow: logo-stand-in, logo-coarse
allow: [logo-stand-in], [logo-coarse]
allow: "[logo-stand-in], [logo-coarse]"
keywords: [cijfers], [stad, data]
mail: mailto:info@stad.be
mail: "MAILTO: info@stad.be"
mail: info@stad.be.
phone: tel:+32 2 123 45 67
phone: nul-twee
phone: tel:nul-twee
phone: https://www.gent.be/
mail: https://www.gent.be/
mail: info@stad"""
FRONT = """---
title: Cijfers
lang: nl-BE
grid: {heading: Steden, intro: Klik., link: "{city} – website"}
publisher:
  name: Stad
---

De cijfers van 2023 zijn er. Ze staan op [de tweede pagina](#grid).
"""


def keys_told(place, line):
    key = line.split(":")[0]
    indented = key in ("mail", "phone")
    front = "".join(x for x in FRONT.splitlines(True) if not x.startswith(f"{key}:"))
    where = "  name: Stad\n" if indented else "publisher:\n"
    new = where + f"  {line}\n" if indented else f"{line}\n{where}"
    (place / "data/announcement.md").write_text(front.replace(where, new))
    return brochure("--check", cwd=place).stderr.splitlines()


@pytest.mark.parametrize("line", KEYS.splitlines())
def test_the_cure_of_a_key_is_right(place, line):
    told = keys_told(place, line)[0]
    cure = re.search(r"(?:write:|expected one such as) (.*) \[[a-z-]+\]$", told)[1]
    key = line.split(":")[0]
    assert keys_told(place, cure if cure.startswith(f"{key}: ") else f"{key}: {cure}") == []
