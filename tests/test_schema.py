"""The JSON schema of the front matter is the program's own table, and agrees with the program."""

import json
import re

import jsonschema
import pytest
import yaml

from helpers import EDITION, PROGRAM, ROOT, brochure, run

SCHEMA = json.loads((ROOT / "docs/announcement.schema.json").read_text())


def test_schema_is_up_to_date():
    made = run("python3", "tools/schema", PROGRAM.with_name("keys"), cwd=ROOT, text=True)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout) == SCHEMA, 'run "make schema"'
    undescribed = [name for name, key in SCHEMA["properties"].items() if "description" not in key]
    assert undescribed == []


def front_matter():
    return (EDITION / "data/announcement.md").read_text().split("---\n")[1]


class Loader(yaml.SafeLoader):
    """Reads YAML 1.2 (10.3.2), as editors do: yes is a word, and a date is text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012


for tag, pattern in {
    "null": "~|null|Null|NULL|",
    "bool": "true|True|TRUE|false|False|FALSE",
    "int": "[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
}.items():
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), None)
Loader.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def valid(text):
    """Whether the schema takes it."""
    try:
        jsonschema.validate(yaml.load(text, Loader), SCHEMA)
    except jsonschema.ValidationError:
        return False
    return True


@pytest.mark.parametrize("old, new, right", [
    ("", "", True),
    ("title:", "titel:", False),
    ("lang: nl-BE\n", "", False),
    ("lang: nl-BE", "lang: Nederlands (België)", False),
    ("date: 2024-01-24", "date: 24 januari 2024", False),
    ('accent: "#0b4f6c"', 'accent: "blue"', False),
    ("{city} –", "Stad –", False),
    ("kicker:", "page: A5 landscape\nkicker:", True),
    ("kicker:", "page: A3\nkicker:", False),
    ("kicker:", "max_ppi: 300\nkicker:", True),
    ("kicker:", "max_ppi: -1\nkicker:", False),
    ("kicker:", "max_ppi: 20000\nkicker:", False),
    ("  heading:", "  address: no\n  heading:", True),
    ("  heading:", "  address: maybe\n  heading:", False),
    ("    label:", "    labels:", False),
    ("lang: nl-BE", "lang: Frans", False),
    ("lang: nl-BE", "lang: NL-be", True),
    ("kicker:", "page: a5 LANDSCAPE\nkicker:", True),
    ("call: last", "call: Last", True),
    ("call: last", "call: lost", False),
    ("call: last", "call: true", False),
    ("  heading:", "  address: YES\n  heading:", True),
    ("  heading:", "  address: true\n  heading:", True),
    ("  heading:", "  address: False\n  heading:", True),
    ("  heading:", "  address: 1\n  heading:", False),
    ("  heading:", "  closing: {text: t, code: FALSE}\n  heading:", True),
    ("name: Stad in Cijfers", "name: S, phone: +3221234567", True),
    ("name: Stad in Cijfers", "name: S, phone: +32 2 123 45 67", True),
    ("name: Stad in Cijfers", "name: S, phone: true", False),
    ("name: Stad in Cijfers", "name: S, mail: 12", False),
    ("name: Stad in Cijfers", "name: S, lines: [1000, Brussel]", True),
    ("name: Stad in Cijfers", "name: S, lines: 1000", True),
    ("name: Stad in Cijfers", "name: S, lines: []", False),
    ("name: Stad in Cijfers", "name: S, lines: [' ']", False),
    ("keywords: ", "keywords: [cijfers, 2023]\nrights: ", True),
    ("keywords: ", "keywords: 2023\nrights: ", True),
    ("keywords: ", "keywords: []\nrights: ", False),
    ("keywords: ", "keywords: [a, '']\nrights: ", False),
    ("kicker: ", "kicker: 12.5\nrights: ", True),
    ("kicker: ", "kicker: true\nrights: ", True),
    ("kicker: ", "kicker: ' '\nrights: ", False),
    ("kicker: ", "kicker:\nrights: ", False),
    ("kicker: ", "kicker: [a]\nrights: ", False),
    ("  link: ", "  link: 12\n  intro_print: ", False),
    ("kicker:", "allow: logo-coarse\nkicker:", True),
    ("kicker:", "allow: [logo-coarse, link-moved]\nkicker:", True),
    ("kicker:", "allow: [nonsense]\nkicker:", False),
    ("kicker:", "allow: [logo-missing]\nkicker:", False),
    ("kicker:", "allow: logo-coarse, logo-stand-in\nkicker:", False),
    ("kicker:", "allow: []\nkicker:", False),
])
def test_schema_and_program_agree(old, new, right, place):
    before = front_matter()
    assert old in before
    after = before.replace(old, new, 1) if old else before
    assert valid(after) == right
    path = place / "data/announcement.md"
    path.write_text(path.read_text().replace(before, after))
    assert (brochure("--check", cwd=place).returncode == 0) == right
