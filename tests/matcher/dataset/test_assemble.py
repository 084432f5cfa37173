"""From tables to the problem and back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pytest

from matcher import occupations
from matcher.dataset import Tables, read, read_tables, tables_of, to_problem
from matcher.domain import (
    Enrolment,
    Insurer,
    Need,
    Participant,
    ParticipantId,
    Placement,
    PlacementStatus,
    ProviderId,
    SiteId,
    SurveyMethod,
    Wish,
    WishKind,
    WishLevel,
    sessions_of,
)
from tests.matcher.dataset.alike import same_problem

Changed = Callable[..., Tables]
SHIPPED = Path(__file__).parents[3] / "data"


def test_an_empty_cell_is_the_default_of_the_domain(tables: Tables, plan_date: date) -> None:
    """What is not given is what the domain says of it; nothing is made up."""
    who = to_problem(tables, plan_date).participants[0]
    assert who.gender == "woman"
    bare = Participant(
        participant_id=who.participant_id,
        birth_year=1990,
        municipality_code="0180",
        hours_per_week=10,
        sessions_per_week=2,
        available=who.available,
        max_travel_minutes=45,
    )
    for name in ("insured_by", "earliest_start", "hours_goal", "travel_mode", "wants", "remote"):
        assert getattr(who, name) == getattr(bare, name)


def test_cells_become_values(changed: Changed, plan_date: date) -> None:
    """Each kind of cell is read as what it is."""
    tables = changed(
        ("participants", 2, "enrolled_with", "municipality;social_insurance;municipality"),
        ("participants", 2, "insured_by", "none"),
        ("participants", 2, "earliest_start", "2027-01-02"),
        ("participants", 2, "wants", "QUIET;OWN_PACE"),
        ("participants", 2, "languages", "SV;sr-latn-rs"),
        ("participants", 2, "norm_goal", "yes"),
        ("participants", 2, "available", "fri_pm;mon_am"),
    )
    who = to_problem(tables, plan_date).participants[0]
    assert who.enrolled_with == {Enrolment.MUNICIPALITY, Enrolment.SOCIAL_INSURANCE}
    assert who.insured_by is Insurer.NONE
    assert who.earliest_start == date(2027, 1, 2)
    assert who.wants == {Need.QUIET, Need.OWN_PACE}
    assert who.languages == {"sv", "sr-Latn-RS"}
    assert who.norm_goal is True
    assert who.available == sessions_of(("mon_am", "fri_pm"))
    assert (who.latitude, who.longitude) == (59.33, 18.06)


def test_wishes_and_exclusions_come_to_their_participant(
    changed: Changed, plan_date: date
) -> None:
    """Each once, what is sought first, whatever the order of the rows."""
    tables = changed(
        ("wishes", 4, "participant_id", "P1"),
        ("wishes", 5, "rank", "2"),
        ("wishes", 5, "wish", "seek"),
        ("wishes", 5, "participant_id", "P1"),
        ("wishes", 6, "participant_id", "P1"),
        ("exclusions", 3, "kind", "provider"),
        ("exclusions", 3, "id", "A1"),
    )
    first, second, third = to_problem(tables, plan_date).participants
    field = "ScKy_FHB_7wT"
    assert first.wishes == (
        Wish(kind=WishKind.SEEK, level=WishLevel.GROUP, code="9413", rank=1),
        Wish(kind=WishKind.SEEK, level=WishLevel.FIELD, code=field, rank=2),
        Wish(kind=WishKind.AVOID, level=WishLevel.FIELD, code=field),
    )
    assert second.excluded_sites == frozenset({SiteId("S2")})
    assert second.excluded_providers == frozenset({ProviderId("A1")})
    assert (third.wishes, third.excluded_sites) == ((), frozenset())


def test_surveys_come_to_their_site_the_oldest_first(changed: Changed, plan_date: date) -> None:
    """Only what was answered is there; numbers are numbers, several codes stand in form order."""
    tables = changed(
        ("surveys", 2, "entrance.step_count", "3"),
        ("surveys", 2, "entrance.ramp_slope_pct", "7.5"),
        ("surveys", 2, "air.scent_sources", "flowers;perfume_customers;flowers"),
        ("surveys", 3, "surveyed_on", "2025-01-01"),
        ("surveys", 3, "method", None),
    )
    one, other = to_problem(tables, plan_date).sites
    old, new = one.surveys
    assert (old.surveyed_on, old.method) == (date(2025, 1, 1), None)
    assert new.method is SurveyMethod.ON_SITE
    assert new.answers == {
        "entrance.step_count": 3,
        "entrance.ramp_slope_pct": 7.5,
        "hygiene.soap": "both",
        "air.scent_sources": "perfume_customers;flowers",
    }
    assert other.surveys == ()


def test_placements_name_whom_they_will(tables: Tables, plan_date: date) -> None:
    """Also of people who are not looking; without half-days they hold none."""
    mine, theirs = to_problem(tables, plan_date).placements
    assert mine == Placement(
        participant_id=ParticipantId("P3"),
        opening_id=mine.opening_id,
        status=PlacementStatus.PINNED,
        sessions=sessions_of(("mon_am",)),
    )
    assert theirs.participant_id == "X9"


def test_journeys_are_sorted_and_unknown_minutes_kept_apart(
    tables: Tables, plan_date: date
) -> None:
    """Rows in any order make the same table; an empty cell is -1, no row at all is no row."""
    tables["travel_times"] = tables["travel_times"].take([2, 1, 0])
    times = to_problem(tables, plan_date).travel_times
    assert times is not None
    assert (times.participant_ids, times.site_ids) == (("P1", "P2"), ("S1", "S2"))
    rows = zip(
        times.participant.tolist(), times.site.tolist(), times.minutes.tolist(), strict=True
    )
    assert list(rows) == [(0, 0, 20), (0, 1, 30), (1, 0, -1)]
    assert times.minutes.dtype == np.int32


def test_no_table_of_journeys_is_not_an_empty_one(tables: Tables, plan_date: date) -> None:
    """A table without rows says that nobody gets anywhere; no table says nothing."""
    empty = {**tables, "travel_times": tables["travel_times"].slice(0, 0)}
    times = to_problem(empty, plan_date).travel_times
    assert times is not None
    assert times.minutes.shape == (0,)
    del tables["travel_times"]
    assert to_problem(tables, plan_date).travel_times is None


def test_the_shipped_occupations_stand_in(tables: Tables, plan_date: date) -> None:
    """A table of occupations replaces the shipped one; without it that one is used."""
    own = to_problem(tables, plan_date).occupations
    assert set(own) == {"9413", "7231"}
    assert own["9413"].women_pct == 79.1
    del tables["occupations"]
    assert to_problem(tables, plan_date).occupations == occupations.shipped()


def test_the_order_of_rows_does_not_matter(tables: Tables, plan_date: date) -> None:
    """Shuffled tables are the same problem."""
    shuffled = {name: table.take(list(range(len(table)))[::-1]) for name, table in tables.items()}
    assert same_problem(to_problem(tables, plan_date), to_problem(shuffled, plan_date))


def test_typed_tables_will_do(tables: Tables, plan_date: date) -> None:
    """A table that was never a file may have numbers where it has numbers."""
    typed = dict(tables)
    seats = pa.array([2, 2], pa.int64())
    typed["openings"] = tables["openings"].set_column(4, "seats", seats)
    assert same_problem(to_problem(tables, plan_date), to_problem(typed, plan_date))


@pytest.mark.parametrize("name", ["tiny", "town", "mia"])
def test_a_problem_and_its_tables_are_the_same(name: str, plan_date: date) -> None:
    """What a problem is written as is read as the same problem, all tables of it."""
    problem = read(SHIPPED / name, plan_date)
    tables = tables_of(problem)
    assert same_problem(to_problem(tables, plan_date), problem)
    assert ("travel_times" in tables) == (problem.travel_times is not None)
    assert "occupations" not in tables
    columns = {
        table: content.column_names for table, content in read_tables(SHIPPED / name).items()
    }
    assert {table: tables[table].column_names for table in columns} == columns


def test_every_part_of_a_problem_is_written(changed: Changed, plan_date: date) -> None:
    """Own occupations, unknown minutes, exclusions and answers come back."""
    tables = changed(
        ("surveys", 2, "entrance.ramp_slope_pct", "7.25"),
        ("surveys", 2, "survey.note", "Ring på"),
        ("openings", 2, "eligible_municipalities", "0180;0126"),
        ("openings", 2, "may_hire", "no"),
        ("openings", 2, "work.lift_max_kg", "5"),
        ("participants", 3, "protected_identity", "yes"),
    )
    problem = to_problem(tables, plan_date)
    written = tables_of(problem)
    assert same_problem(to_problem(written, plan_date), problem)
    assert set(written) == set(tables)
    assert written["openings"].column("eligible_municipalities")[0].as_py() == "0126;0180"


def test_what_is_empty_in_a_problem_is_empty_in_its_tables(
    tables: Tables, plan_date: date
) -> None:
    """None, no text and an empty set are all an empty cell."""
    problem = to_problem(tables, plan_date)
    assert problem.sites[0].surveys[0].answers == MappingProxyType({"hygiene.soap": "both"})
    row = tables_of(problem)["participants"].to_pylist()[0]
    assert [row[name] for name in ("wants", "hours_goal", "enrolled_with")] == [None, None, None]
    assert SiteId("S1") == tables_of(problem)["travel_times"].to_pylist()[0]["site_id"]
