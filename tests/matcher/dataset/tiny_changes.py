"""The tiny data set with changes written as text, and what they are told."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import strategies as st

from matcher.changes import applied
from matcher.dataset import read_tables, to_problem
from matcher.dataset.change_texts import read_changes
from matcher.domain import Problem
from matcher.errors import ChangeError, Fault
from matcher.policy import Policy

TINY = Path(__file__).parents[3] / "data" / "tiny"
PLAN_DATE = date(2026, 12, 1)
TABLES_OF_TINY = read_tables(TINY)
PROBLEM = to_problem(TABLES_OF_TINY, PLAN_DATE)
POLICY = Policy()
PERSONAL = "19860101-1234"
WRONG = st.sampled_from(
    [
        *("", " ", ";", "-1", "0", "1e99", "nan", "yes", "no", "unknown", "P01", "9999", "1890"),
        *("2026-13-01", "\x00", "=", "a.b=c", "91", "mon_am", "+thu_am", "QUIET;QUIT", PERSONAL),
    ]
)


def changed(*texts: str, policy: Policy = POLICY) -> tuple[Problem, Policy]:
    """The tiny data set and a policy with these changes."""
    return applied(PROBLEM, policy, read_changes(texts, PROBLEM, policy))


def told(*texts: str, policy: Policy = POLICY) -> tuple[Fault, ...]:
    """The faults of these changes."""
    with pytest.raises(ChangeError) as error:
        read_changes(texts, PROBLEM, policy)
    return error.value.faults
