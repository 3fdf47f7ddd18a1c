"""Every folder below tests/cases is a test."""

import os

import pytest

from case import Case
from helpers import TESTS

# Another folder of cases can be named, so that test_proof.py can run this very file.
CASES = sorted((TESTS / os.environ.get("CASES", "cases")).iterdir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_case(folder, tmp_path):
    Case(folder).check(tmp_path)
