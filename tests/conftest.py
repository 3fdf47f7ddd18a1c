"""Fixtures, and the rule that no test is skipped for want of a tool."""

import gc
import signal

import pytest

from helpers import PROGRAM, VERSIONS, brochure, workplace


def pytest_configure(config):
    config.addinivalue_line("markers", "long: needs Java or a browser, or takes seconds: not for make check")
    # ignored where tests run in the background, and then by all that they start and interrupt
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not PROGRAM.exists():
        raise pytest.UsageError(f'{PROGRAM} is not there; "make check" builds it')


def pytest_collection_finish():
    gc.freeze()  # what is collected now stays, and looking at it again and again takes long


@pytest.fixture
def place(tmp_path):
    """A folder with the shipped inputs."""
    return workplace(tmp_path)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    """The shipped brochure, by version: the path of the PDF."""
    folder = workplace(tmp_path_factory.mktemp("shipped"))
    made = {}
    for version in VERSIONS:
        made[version] = folder / f"out/brochure-{version}.pdf"
        done = brochure(f"--pdf={version}", "-o", made[version], cwd=folder)
        assert (done.returncode, done.stderr, done.stdout) == (0, "", b"")
    return made
