"""What a table of travel times says of steps on the way is read, and written again."""

from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.dataset import Tables, tables_of, to_problem
from matcher.errors import DatasetError, FaultCode
from tests.builders import PLAN_DATE, participant, problem_of, site
from tests.matcher.dataset.alike import same_problem


def told(tables: Tables, *cells: str | None) -> Tables:
    """The same with what each journey is said to be, a cell a row."""
    times = tables["travel_times"].drop_columns("step_free")
    said = pa.array(cells, pa.string())
    return {**tables, "travel_times": times.append_column("step_free", said)}


def test_each_journey_keeps_what_is_said_of_it(tables: Tables, plan_date: date) -> None:
    """Whatever the order of the rows; an empty cell is unknown."""
    some = told(tables, "yes", None, "no")
    times = to_problem(some, plan_date).travel_times
    assert times is not None
    assert times.step_free is not None
    assert times.step_free.dtype == np.int8
    assert times.step_free.tolist() == [1, -1, 0]
    turned = {**some, "travel_times": some["travel_times"].take([2, 1, 0])}
    again = to_problem(turned, plan_date).travel_times
    assert again is not None
    assert again.digest == times.digest


@pytest.mark.parametrize("cells", [(None, None, None), ("unknown", "unknown", None)])
def test_where_nobody_knows_nothing_is_said(
    tables: Tables, plan_date: date, cells: tuple[str | None, ...]
) -> None:
    """The same as without the column."""
    less = {**tables, "travel_times": tables["travel_times"].drop_columns("step_free")}
    said, silent = (to_problem(each, plan_date) for each in (told(tables, *cells), less))
    assert said.travel_times is not None
    assert said.travel_times.step_free is None
    assert same_problem(said, silent)


def test_another_word_is_a_fault(tables: Tables, plan_date: date) -> None:
    """It is yes, no or unknown."""
    with pytest.raises(DatasetError) as caught:
        to_problem(told(tables, "perhaps", None, None), plan_date)
    (fault,) = caught.value.faults
    assert (fault.code, fault.column, fault.row) == (FaultCode.NOT_ONE_OF, "step_free", 2)


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=4, max_size=4))
def test_what_is_known_of_steps_survives_a_round_trip(signs: list[int]) -> None:
    """Written and read again, each journey has what it had."""
    people, places = ("P1", "P2"), ("S1", "S2")
    problem = problem_of(
        *map(participant, people),
        *map(site, places),
        minutes=dict.fromkeys(product(people, places), 20),
    )
    times = problem.travel_times
    assert times is not None
    times = replace(times, step_free=np.array(signs, dtype=np.int8))
    written = tables_of(replace(problem, travel_times=times))
    assert "step_free" in written["travel_times"].column_names
    read = to_problem(written, PLAN_DATE).travel_times
    assert read is not None
    found = np.full(4, -1) if read.step_free is None else read.step_free
    assert found.tolist() == signs
