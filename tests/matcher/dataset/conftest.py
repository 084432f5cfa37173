"""A small sound data set, and what happens when one of its cells is changed."""

from collections.abc import Callable, Mapping
from datetime import date

import pyarrow as pa
import pytest

from matcher.dataset import Tables, to_problem
from matcher.dataset.schema import TABLES
from matcher.errors import DatasetError, Fault

Cells = Mapping[str, str | None]
Change = tuple[str, int, str, str | None]
"""Table, row as a spreadsheet counts, column, new text."""

ALL_WEEK = "mon_am;mon_pm;tue_am;tue_pm;wed_am;wed_pm;thu_am;thu_pm;fri_am;fri_pm"
PERSON: Cells = {
    "gender": "woman",
    "birth_year": "1990",
    "municipality_code": "0180",
    "latitude": "59.33",
    "longitude": "18.06",
    "association": "HBS",
    "supervisor_id": "H1",
    "hours_per_week": "10",
    "sessions_per_week": "2",
    "available": ALL_WEEK,
    "max_travel_minutes": "45",
    "needs": "QUIET",
    "languages": "sv",
}
PLACE: Cells = {"municipality_code": "0180", "latitude": "59.34", "longitude": "18.05"}
TASK: Cells = {"occupation_group": "9413", "seats": "2", "sessions": "mon_am;tue_am;wed_am"}
ROWS: Mapping[str, tuple[Cells, ...]] = {
    "participants": tuple({"participant_id": name, **PERSON} for name in ("P1", "P2", "P3")),
    "wishes": (
        {"participant_id": "P1", "wish": "seek", "rank": "1", "level": "group", "code": "9413"},
        {"participant_id": "P2", "wish": "avoid", "level": "field", "code": "ScKy_FHB_7wT"},
    ),
    "exclusions": ({"participant_id": "P2", "kind": "site", "id": "S2"},),
    "providers": (
        {"provider_id": "A1", "name": "Kafé", "kind": "asf"},
        {"provider_id": "A2", "name": "Verkstad", "kind": "private"},
    ),
    "sites": (
        {"site_id": "S1", "provider_id": "A1", "name": "Ett", **PLACE},
        {"site_id": "S2", "provider_id": "A2", "name": "Två", **PLACE},
    ),
    "surveys": (
        {
            "site_id": "S1",
            "surveyed_on": "2026-05-01",
            "method": "on_site",
            "hygiene.soap": "both",
        },
    ),
    "openings": (
        {"opening_id": "O1", "site_id": "S1", "title": "Kafé", **TASK},
        {"opening_id": "O2", "site_id": "S2", "title": "Disk", **TASK},
    ),
    "placements": (
        {"participant_id": "P3", "opening_id": "O1", "status": "pinned", "sessions": "mon_am"},
        {"participant_id": "X9", "opening_id": "O2", "status": "ongoing", "sessions": "tue_am"},
    ),
    "travel_times": (
        {"participant_id": "P1", "site_id": "S1", "minutes": "20"},
        {"participant_id": "P1", "site_id": "S2", "minutes": "30"},
        {"participant_id": "P2", "site_id": "S1"},
    ),
    "occupations": (
        {"occupation_group": "9413", "field": "ScKy_FHB_7wT", "women_pct": "79.1"},
        {"occupation_group": "7231", "field": "yhCP_AqT_tns", "women_pct": "3.8"},
    ),
}


def _table(name: str, rows: tuple[Cells, ...]) -> pa.Table:
    names = [column.name for column in TABLES[name].columns]
    return pa.table({at: pa.array([row.get(at) for row in rows], pa.string()) for at in names})


SOUND: Tables = {name: _table(name, rows) for name, rows in ROWS.items()}
"""The sound data set of every test, which takes a table away or puts another in its place."""


@pytest.fixture(scope="session")
def plan_date() -> date:
    """The first of December 2026."""
    return date(2026, 12, 1)


@pytest.fixture
def tables() -> Tables:
    """A sound data set: three people, two sites, two openings, every table there."""
    return dict(SOUND)


@pytest.fixture
def changed(tables: Tables) -> Callable[..., Tables]:
    """The sound data set with some cells changed; a row beyond the last copies the last."""

    def change(*changes: Change) -> Tables:
        new = dict(tables)
        for name, row, column, text in changes:
            rows = new[name].to_pylist()
            if row - 2 == len(rows):
                rows.append(dict(rows[-1]))
            rows[row - 2][column] = text
            new[name] = pa.Table.from_pylist(rows, schema=new[name].schema)
        return new

    return change


@pytest.fixture
def faults_of(plan_date: date) -> Callable[[Tables], tuple[Fault, ...]]:
    """The faults of some tables; none if they are sound."""

    def faults(tables: Tables) -> tuple[Fault, ...]:
        try:
            to_problem(tables, plan_date)
        except DatasetError as error:
            return error.faults
        return ()

    return faults
