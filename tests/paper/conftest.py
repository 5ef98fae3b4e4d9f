"""An invented matter with all that a paper can tell: see `casebook.py`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from casebook import casebook

from showcause import opinion as opinions
from showcause import paper


@pytest.fixture(scope="session")
def case():
    return casebook()


@pytest.fixture(scope="session")
def memo(case):
    return opinions.opinion(case)


@pytest.fixture(scope="session")
def report(case):
    return paper.report(case)
