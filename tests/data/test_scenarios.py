"""The shipped data sets: legal cells, references that lead somewhere, nothing overfilled."""

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import data
from data import reference
from matcher.dataset.schema import TABLES, Column, Kind
from matcher.domain import SESSIONS

ROOT = Path(data.__file__).parent
PLAN_DATE = date(2026, 12, 1)
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
Row = dict[str, str]
Set = dict[str, list[Row]]


def _read(name: str) -> Set:
    """A shipped data set as text, by table."""
    tables = {}
    for path in sorted((ROOT / name).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    return tables


@pytest.fixture(scope="module", params=["mia", "town", "tiny"])
def tables(request: pytest.FixtureRequest) -> Set:
    """Each shipped data set in turn."""
    return _read(str(request.param))


def _legal(column: Column, text: str) -> bool:
    """Whether a cell holds what its column may hold; empty where it may be."""
    if not text:
        return not column.required
    items = text.split(";")
    groups = {row["occupation_group"] for row in reference.occupations()}
    fields = {row["field"] for row in reference.fields()}
    known: dict[Kind, set[str]] = {
        Kind.CHOICE: set(column.choices),
        Kind.CHOICES: set(column.choices),
        Kind.SESSIONS: set(SESSIONS),
        Kind.MUNICIPALITY: set(reference.municipalities()),
        Kind.MUNICIPALITIES: set(reference.municipalities()),
        Kind.GROUP: groups,
        Kind.FIELD: fields,
        Kind.FIELD_OR_GROUP: groups | fields,
        Kind.YES_NO: {"yes", "no"},
    }
    if column.kind in known:
        return len(items) == len(set(items)) and set(items) <= known[column.kind]
    if column.kind in {Kind.WHOLE, Kind.DECIMAL}:
        return (
            column.low <= (int(text) if column.kind is Kind.WHOLE else float(text)) <= column.high
        )
    if column.kind is Kind.DATE:
        return date.fromisoformat(text).isoformat() == text
    if column.kind is Kind.LANGUAGES:
        return all(LANGUAGE.fullmatch(item) for item in items)
    return column.kind is Kind.TEXT or bool(ID.fullmatch(text))


def test_columns_are_those_of_the_data_set(tables: Set) -> None:
    """Every table has the fixed columns in the fixed order; some may miss."""
    for name, rows in tables.items():
        columns = (one for one in TABLES[name].columns if one.name in rows[0] or not one.may_miss)
        assert tuple(rows[0]) == tuple(column.name for column in columns)


def test_every_cell_is_legal(tables: Set) -> None:
    """Codes, dates, numbers and lists hold what their column allows; required ones are given."""
    for name, rows in tables.items():
        for column in TABLES[name].columns:
            cells = {row.get(column.name, "") for row in rows}
            assert [c for c in cells if not _legal(column, c)] == [], f"{name}.{column.name}"


def test_ids_are_unique_and_references_lead_somewhere(tables: Set) -> None:
    """No id stands twice; every person, site, provider and opening that is named exists."""
    ids = {}
    for table, key in (
        ("participants", "participant_id"),
        ("providers", "provider_id"),
        ("sites", "site_id"),
        ("openings", "opening_id"),
    ):
        found = [row[key] for row in tables[table]]
        assert len(found) == len(set(found))
        ids[table] = set(found)
    for name, rows in tables.items():
        for column in TABLES[name].columns:
            if column.kind is Kind.REFERENCE and name != "placements":
                assert {row[column.name] for row in rows} <= ids[column.table]
    for row in tables["exclusions"]:
        assert row["id"] in ids[f"{row['kind']}s"]
    assert {row["opening_id"] for row in tables["placements"]} <= ids["openings"]


def test_people_are_within_the_ranges(tables: Set) -> None:
    """Ages 16 to 66, points within Sweden, half-days and hours that a week can hold."""
    for row in tables["participants"]:
        assert 16 <= PLAN_DATE.year - int(row["birth_year"]) <= 66
        assert bool(row["latitude"]) == bool(row["longitude"])
        if row["latitude"]:
            assert 54.5 <= float(row["latitude"]) <= 70
            assert 10 <= float(row["longitude"]) <= 25
        assert 1 <= int(row["max_travel_minutes"]) <= 300


def test_a_protected_identity_has_no_point(tables: Set) -> None:
    """Place and travel of a person with protected identity are never given; there are some."""
    protected = [r for r in tables["participants"] if r["protected_identity"] == "yes"]
    assert protected
    assert all(not row["latitude"] for row in protected)


def test_homes_are_areas_not_addresses(tables: Set) -> None:
    """A home point has at most three decimals, some hundred metres."""
    points = (row["latitude"] for row in tables["participants"] if row["latitude"])
    assert all(len(point.partition(".")[2]) <= 3 for point in points)


def test_wishes_are_ranked_and_do_not_contradict_each_other(tables: Set) -> None:
    """A sought thing has a rank, an avoided one has none; nobody avoids what they seek."""
    sought, avoided = set(), []
    for row in tables["wishes"]:
        assert bool(row["rank"]) == (row["wish"] == "seek")
        thing = (row["participant_id"], row["level"], row["code"])
        if row["wish"] == "seek":
            sought.add(thing)
        else:
            avoided.append(thing)
    assert len(avoided) == len(set(avoided))
    assert sought.isdisjoint(avoided)


def test_providers_are_marked_as_invented(tables: Set) -> None:
    """Each provider's name says that it is invented, is its own, and has no number."""
    names = [row["name"] for row in tables["providers"]]
    assert all(name.endswith("(påhittad)") for name in names)
    assert len(names) == len(set(names))
    assert not any(row["organisation_number"] for row in tables["providers"])


def test_openings_are_consistent(tables: Set) -> None:
    """Limits are in order, and fewer at once than seats in all."""
    for row in tables["openings"]:
        assert int(row["hours_min"] or 0) <= int(row["hours_max"] or 60)
        assert (row["starts_from"] or "0") <= (row["starts_until"] or "9")
        assert 1 <= int(row["session_seats"] or 1) <= int(row["seats"])


def test_placements_have_room_and_fit_the_opening(tables: Set) -> None:
    """Half-days within the opening's, dates in order, no seat and no half-day taken twice."""
    openings = {row["opening_id"]: row for row in tables["openings"]}
    seats: Counter[str] = Counter()
    crowd: Counter[tuple[str, str]] = Counter()
    for row in tables["placements"]:
        there = openings[row["opening_id"]]
        assert set(row["sessions"].split(";")) <= set(there["sessions"].split(";"))
        assert row["starts_on"] <= (row["ends_on"] or "9")
        if (row["ends_on"] or "9") >= max(PLAN_DATE.isoformat(), there["starts_from"]):
            seats[row["opening_id"]] += 1
            crowd.update((row["opening_id"], half) for half in row["sessions"].split(";"))
    assert all(count <= int(openings[o]["seats"]) for o, count in seats.items())
    for (opening, _), count in crowd.items():
        there = openings[opening]
        assert count <= int(there["session_seats"] or there["seats"])


def test_pinned_people_come_as_often_as_they_do(tables: Set) -> None:
    """A pinned placement has the participant's number of half-days, all when they are free."""
    people = {row["participant_id"]: row for row in tables["participants"]}
    pinned = [row for row in tables["placements"] if row["status"] == "pinned"]
    assert pinned
    for row in pinned:
        person = people[row["participant_id"]]
        halves = row["sessions"].split(";")
        assert len(halves) == int(person["sessions_per_week"])
        assert set(halves) <= set(person["available"].split(";"))


def test_surveys_of_a_site_have_different_days(tables: Set) -> None:
    """Which answer is the newest is never in doubt."""
    days = Counter((row["site_id"], row["surveyed_on"]) for row in tables["surveys"])
    assert max(days.values()) == 1
    assert all(day <= PLAN_DATE.isoformat() for _, day in days)
