"""What is found of the town and of a plan for it, once for all tests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.reports.findings import Findings
from api.reports.gather import Wanted, findings
from matcher import Limits, Policy, plan
from matcher.dataset import read
from matcher.domain import Problem
from matcher.outcome import Plan

TOWN = Path(__file__).parents[3] / "data" / "town"
FORMULA = '=HYPERLINK("http://evil.example")'
TAGS = "<script>alert(1)</script>"


@pytest.fixture(scope="session")
def town() -> Problem:
    """150 invented people."""
    return read(TOWN, plan_date=date(2026, 12, 1))


@pytest.fixture(scope="session")
def proposed(town: Problem) -> Plan:
    """A plan for them."""
    made = plan(town, Policy(), Limits()).plan
    assert made is not None
    return made


@pytest.fixture(scope="session")
def found(town: Problem, proposed: Plan) -> Findings:
    """Everything there is to report of the town."""
    return findings(town, Policy(), proposed, Wanted(name="town", whole=True))


@pytest.fixture(scope="session")
def armed(town: Problem) -> Findings:
    """A town whose two associations are called a formula and a tag."""
    people = tuple(
        replace(person, association=FORMULA if at % 2 else TAGS)
        for at, person in enumerate(town.participants)
    )
    return findings(replace(town, participants=people), Policy(), None, Wanted(name=TAGS))
