"""One rule over two shapes: which placements occupy a seat, in a table and in the domain."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import data
from matcher.columns import active
from matcher.dataset import read_tables, to_problem
from matcher.dataset.check import checked
from matcher.dataset.links import active as active_rows

DATES = (date(2026, 6, 1), date(2026, 12, 1), date(2027, 1, 15), date(2027, 3, 1))


@pytest.mark.parametrize("plan_date", DATES, ids=str)
@pytest.mark.parametrize("name", ["tiny", "town", "mia"])
def test_a_table_and_the_domain_agree_on_what_occupies(name: str, plan_date: date) -> None:
    """Faults and notices of a data set are told of the very placements that a plan counts."""
    tables = read_tables(Path(data.__file__).parent / name)
    sheets = checked(tables, plan_date)
    problem = to_problem(tables, plan_date)
    in_table = Counter(
        (cells["participant_id"], cells["opening_id"], bool(counts))
        for cells, counts in zip(
            sheets["placements"].records(), active_rows(sheets, plan_date), strict=True
        )
    )
    in_domain = Counter(
        (p.participant_id, p.opening_id, active(p, problem)) for p in problem.placements
    )
    assert in_table == in_domain


def test_both_are_seen_somewhere() -> None:
    """At one of the dates some placement has ended and some has not, or nothing was compared."""
    tables = read_tables(Path(data.__file__).parent / "mia")
    seen = {bool(counts) for day in DATES for counts in active_rows(checked(tables, day), day)}
    assert seen == {True, False}
