"""The JSON schema of the front matter is the program's own table, and agrees with the program."""

import datetime
import json

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


def valid(text):
    """Whether the schema takes it, as an editor reads it: a date is text."""
    data = yaml.safe_load(text)
    if isinstance(data.get("date"), datetime.date):
        data["date"] = data["date"].isoformat()
    try:
        jsonschema.validate(data, SCHEMA)
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
])
def test_schema_and_program_agree(old, new, right, place):
    before = front_matter()
    assert old in before
    after = before.replace(old, new, 1) if old else before
    assert valid(after) == right
    path = place / "data/announcement.md"
    path.write_text(path.read_text().replace(before, after))
    assert (brochure("--check", cwd=place).returncode == 0) == right
