"""Every fault of a cell, a row, a table: what is said of it, and where."""

from collections.abc import Callable

import pyarrow as pa
import pytest

from matcher.dataset import Tables
from matcher.errors import Fault, FaultCode

Changed = Callable[..., Tables]
FaultsOf = Callable[[Tables], tuple[Fault, ...]]
F = FaultCode

CASES: tuple[tuple[FaultCode, str, int, str, str | None], ...] = (
    (F.VALUE_MISSING, "participants", 3, "birth_year", None),
    (F.VALUE_MISSING, "wishes", 2, "rank", None),
    (F.VALUE_MISSING, "sites", 2, "latitude", None),
    (F.VALUE_UNEXPECTED, "wishes", 3, "rank", "1"),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", "H 1"),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", "-H1"),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", "H,1"),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", 'H"1'),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", "H\u20281"),
    (F.NOT_AN_ID, "participants", 2, "supervisor_id", "H" * 65),
    (F.NOT_A_WHOLE_NUMBER, "participants", 2, "hours_per_week", "ten"),
    (F.NOT_A_WHOLE_NUMBER, "openings", 2, "seats", "2.0"),
    (F.NOT_A_WHOLE_NUMBER, "openings", 2, "seats", "\u0662"),
    (F.NOT_A_NUMBER, "sites", 3, "latitude", "59,3"),
    (F.NOT_A_NUMBER, "sites", 3, "latitude", "nan"),
    (F.NOT_A_DATE, "surveys", 2, "surveyed_on", "2026-02-30"),
    (F.NOT_A_DATE, "surveys", 2, "surveyed_on", "20260201"),
    (F.NOT_ONE_OF, "providers", 2, "kind", "ASF"),
    (F.NOT_ONE_OF, "openings", 2, "may_hire", "true"),
    (F.NOT_ONE_OF, "openings", 2, "sessions", "sat_am"),
    (F.NOT_ONE_OF, "participants", 2, "wants", "WARM"),
    (F.NOT_A_LANGUAGE, "participants", 2, "languages", "swedish"),
    (F.NOT_A_TEXT, "openings", 2, "title", "a\x07b"),
    (F.NOT_A_TEXT, "surveys", 2, "survey.note", "x" * 2001),
    (F.OUT_OF_RANGE, "participants", 2, "sessions_per_week", "11"),
    (F.OUT_OF_RANGE, "participants", 2, "max_travel_minutes", "0"),
    (F.OUT_OF_RANGE, "openings", 2, "seats", "-1"),
    (F.OUT_OF_RANGE, "travel_times", 2, "minutes", "1441"),
    (F.OUT_OF_RANGE, "sites", 2, "latitude", "6580822"),
    (F.UNKNOWN_MUNICIPALITY, "participants", 2, "municipality_code", "0199"),
    (F.UNKNOWN_MUNICIPALITY, "sites", 2, "municipality_code", "180"),
    (F.UNKNOWN_MUNICIPALITY, "openings", 2, "eligible_municipalities", "9999"),
    (F.UNKNOWN_OCCUPATION_GROUP, "openings", 3, "occupation_group", "9412"),
    (F.UNKNOWN_OCCUPATION_GROUP, "wishes", 2, "code", "9412"),
    (F.UNKNOWN_FIELD, "wishes", 3, "code", "9413"),
    (F.DUPLICATE, "openings", 4, "opening_id", "O2"),
    (F.DUPLICATE, "providers", 4, "provider_id", "A2"),
    (F.DUPLICATE, "travel_times", 4, "participant_id", "P1"),
    (F.DUPLICATE, "occupations", 4, "occupation_group", "7231"),
    (F.DUPLICATE, "placements", 4, "participant_id", "X9"),
    (F.DANGLING, "wishes", 2, "participant_id", "P4"),
    (F.DANGLING, "surveys", 2, "site_id", "S4"),
    (F.DANGLING, "openings", 2, "site_id", "S4"),
    (F.DANGLING, "sites", 2, "provider_id", "A4"),
    (F.DANGLING, "placements", 2, "opening_id", "O4"),
    (F.DANGLING, "travel_times", 2, "participant_id", "P4"),
    (F.DANGLING, "travel_times", 2, "site_id", "S4"),
    (F.AGE_OUT_OF_RANGE, "participants", 2, "birth_year", "2011"),
    (F.AGE_OUT_OF_RANGE, "participants", 2, "birth_year", "1959"),
    (F.OUTSIDE_SWEDEN, "sites", 2, "latitude", "0"),
    (F.HALF_A_COORDINATE, "participants", 2, "latitude", None),
    (F.HALF_A_COORDINATE, "participants", 2, "longitude", None),
    (F.PERSONAL_NUMBER, "participants", 2, "supervisor_id", "850312-1234"),
)
WHERE = {  # where a fault is told in another column than the one that was changed
    ("travel_times", "participant_id", F.DUPLICATE): "site_id",
    ("placements", "participant_id", F.DUPLICATE): "opening_id",
}


Case = tuple[FaultCode, str, int, str, str | None]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case[0]}-{at}") for at, case in enumerate(CASES)]
)
def test_one_wrong_cell_is_one_fault_in_its_place(
    changed: Changed, faults_of: FaultsOf, case: Case
) -> None:
    """A single wrong cell gives a single fault, and it says which cell."""
    code, table, row, column, text = case
    (fault,) = faults_of(changed((table, row, column, text)))
    told = WHERE.get((table, column, code), column)
    assert (fault.code, fault.table, fault.row, fault.column) == (code, table, row, told)


def test_a_sound_data_set_has_no_faults(tables: Tables, faults_of: FaultsOf) -> None:
    """The data set that the cases change is sound, so each fault is of the change."""
    assert faults_of(tables) == ()


def test_what_was_found_and_expected_is_told(changed: Changed, faults_of: FaultsOf) -> None:
    """A fault shows the value and what would have been right."""
    wrong = changed(("openings", 2, "seats", "-1"), ("providers", 3, "kind", "shop"))
    kind, seats = faults_of(wrong)
    assert (kind.value, kind.params) == ("shop", {"expected": "asf, private, public, nonprofit"})
    assert (seats.value, seats.params) == ("-1", {"low": 0, "high": 100_000})


def test_each_wrong_item_of_a_list_is_told(changed: Changed, faults_of: FaultsOf) -> None:
    """A cell with two unknown half-days has two faults; blanks around items do not matter."""
    wrong = changed(("openings", 2, "sessions", "mon_am; sat_am ;sun_pm;"))
    assert [fault.value for fault in faults_of(wrong)] == ["sat_am", "sun_pm"]


def test_a_cell_of_separators_is_no_list(changed: Changed, faults_of: FaultsOf) -> None:
    """A list without items is no way of saying nothing: an empty cell is."""
    (fault,) = faults_of(changed(("participants", 2, "available", ";;")))
    assert fault.code is F.NOT_ONE_OF


def test_an_exclusion_leads_to_what_it_names(changed: Changed, faults_of: FaultsOf) -> None:
    """The id of an excluded site is looked for among sites, a provider's among providers."""
    (fault,) = faults_of(changed(("exclusions", 2, "kind", "provider")))
    assert (fault.code, fault.column) == (F.DANGLING, "id")
    assert fault.params["table"] == "providers"
    right = changed(("exclusions", 2, "kind", "provider"), ("exclusions", 2, "id", "A1"))
    assert faults_of(right) == ()


@pytest.mark.parametrize("table", ["participants", "sites"])
def test_swapped_coordinates_are_recognised(
    changed: Changed, faults_of: FaultsOf, table: str
) -> None:
    """A point that lies in Sweden the other way round is called swapped, not outside."""
    wrong = changed((table, 3, "latitude", "18.06"), (table, 3, "longitude", "59.33"))
    (fault,) = faults_of(wrong)
    assert (fault.code, fault.row, fault.column) == (F.SWAPPED_COORDINATES, 3, "latitude")


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (
            ("openings", 2, "starts_from", "2026-12-10"),
            ("openings", 2, "starts_until", "2026-12-09"),
            F.DATE_ORDER,
        ),
        (
            ("placements", 2, "starts_on", "2027-01-10"),
            ("placements", 2, "ends_on", "2027-01-09"),
            F.DATE_ORDER,
        ),
        (("openings", 2, "hours_min", "10"), ("openings", 2, "hours_max", "9"), F.NUMBER_ORDER),
    ],
)
def test_the_last_is_not_before_the_first(
    changed: Changed,
    faults_of: FaultsOf,
    first: tuple[str, int, str, str],
    last: tuple[str, int, str, str],
    code: FaultCode,
) -> None:
    """An interval that ends before it begins is a fault of its end; of a single day it is none."""
    (fault,) = faults_of(changed(first, last))
    assert (fault.code, fault.table, fault.row, fault.column) == (code, *last[:3])
    assert faults_of(changed(first, (*last[:3], first[3]))) == ()


def test_a_placement_keeps_to_the_half_days_of_its_opening(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """Half-days the opening does not have are a fault, unless the placement has ended."""
    wrong = changed(("placements", 2, "sessions", "mon_am;fri_pm"))
    (fault,) = faults_of(wrong)
    assert (fault.code, fault.table, fault.row) == (F.OUTSIDE_OPENING, "placements", 2)
    ended = changed(
        ("placements", 2, "sessions", "mon_am;fri_pm"), ("placements", 2, "ends_on", "2026-11-30")
    )
    assert faults_of(ended) == ()


PIN_AGAIN = (
    ("placements", 4, "participant_id", "P3"),
    ("placements", 4, "opening_id", "O2"),
    ("placements", 4, "status", "pinned"),
)


def test_nobody_is_pinned_twice(changed: Changed, faults_of: FaultsOf) -> None:
    """Two pinned placements of one participant cannot both be kept; one that has ended can."""
    (fault,) = faults_of(changed(*PIN_AGAIN))
    assert (fault.code, fault.row, fault.column) == (F.PINNED_TWICE, 4, "participant_id")
    assert faults_of(changed(*PIN_AGAIN, ("placements", 2, "ends_on", "2026-11-30"))) == ()


def test_a_pin_that_ends_before_the_opening_begins_does_not_count(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """A placement occupies nothing when it ends before its opening takes anybody."""
    later = ("openings", 3, "starts_from", "2027-02-01")
    assert faults_of(changed(*PIN_AGAIN, later, ("placements", 4, "ends_on", "2027-01-31"))) == ()
    (fault,) = faults_of(changed(*PIN_AGAIN, later, ("placements", 4, "ends_on", "2027-02-01")))
    assert fault.code is F.PINNED_TWICE


def test_people_who_are_not_looking_may_have_placements(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """Somebody who is no participant may hold a seat, and be pinned to two."""
    again = [(table, row, column, text) for table, row, column, text in PIN_AGAIN[1:]]
    strange = changed(
        ("placements", 3, "status", "pinned"), ("placements", 4, "opening_id", "O1"), *again[1:]
    )
    assert faults_of(strange) == ()


def test_the_same_wish_or_exclusion_twice_is_no_fault(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """Saying a thing twice changes nothing."""
    twice = changed(("wishes", 4, "code", "ScKy_FHB_7wT"), ("exclusions", 3, "id", "S2"))
    assert faults_of(twice) == ()


def test_faults_stand_in_the_order_of_tables_rows_columns(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """All faults are told together, in the order in which one would look for them."""
    wrong = changed(
        ("sites", 2, "provider_id", "A4"),
        ("participants", 4, "gender", "x"),
        ("openings", 2, "seats", "many"),
        ("participants", 3, "birth_year", "1900"),
        ("participants", 3, "gender", "y"),
        ("wishes", 2, "code", "0000"),
    )
    places = [(fault.table, fault.row, fault.column) for fault in faults_of(wrong)]
    assert places == [
        ("participants", 3, "gender"),
        ("participants", 3, "birth_year"),
        ("participants", 4, "gender"),
        ("wishes", 2, "code"),
        ("sites", 2, "provider_id"),
        ("openings", 2, "seats"),
    ]


def test_a_thousand_faults_and_more_are_all_there(tables: Tables, faults_of: FaultsOf) -> None:
    """Nothing is cut: who shows the faults decides how many."""
    journeys = pa.table(
        {
            "participant_id": ["P1"] * 3000,
            "site_id": [f"S{number}" for number in range(10, 3010)],
            "minutes": ["soon"] * 3000,
        }
    )
    assert len(faults_of({**tables, "travel_times": journeys})) == 6000


def test_a_missing_table_is_told_without_blaming_what_leads_to_it(
    tables: Tables, faults_of: FaultsOf
) -> None:
    """Without sites, it is the table that is missing, not each site that an opening names."""
    del tables["sites"]
    (fault,) = faults_of(tables)
    assert (fault.code, fault.table, fault.row) == (F.TABLE_MISSING, "sites", None)


@pytest.mark.parametrize(
    "table", ["wishes", "exclusions", "surveys", "placements", "travel_times", "occupations"]
)
def test_a_table_that_may_be_missing_is_not_missed(
    tables: Tables, faults_of: FaultsOf, table: str
) -> None:
    """These tables are empty when they are not there."""
    del tables[table]
    assert faults_of(tables) == ()


def test_a_missing_column_is_told_once(tables: Tables, faults_of: FaultsOf) -> None:
    """A column that is not there is one fault, not one for each row, and nothing follows of it."""
    tables["participants"] = tables["participants"].drop_columns(["participant_id"])
    (fault,) = faults_of(tables)
    assert (fault.code, fault.row, fault.column) == (F.COLUMN_MISSING, 1, "participant_id")


def test_a_column_twice_is_told(tables: Tables, faults_of: FaultsOf) -> None:
    """Of two columns with one name nobody knows which counts."""
    seats = tables["openings"].column("seats")
    tables["openings"] = tables["openings"].append_column("seats", seats)
    (fault,) = faults_of(tables)
    assert (fault.code, fault.row, fault.column) == (F.COLUMN_TWICE, 1, "seats")


def test_a_faulty_id_is_told_where_it_stands_and_nothing_leads_to_it(
    changed: Changed, faults_of: FaultsOf
) -> None:
    """The same faulty id in two tables is two faults of one kind, and no dangling one."""
    wrong = changed(
        ("participants", 2, "participant_id", "P;1"), ("wishes", 2, "participant_id", "P;1")
    )
    codes = {
        (fault.code, fault.table) for fault in faults_of(wrong) if fault.table != "travel_times"
    }
    assert codes == {(F.NOT_AN_ID, "participants"), (F.NOT_AN_ID, "wishes")}


def test_blank_rows_are_skipped_and_counted(changed: Changed, faults_of: FaultsOf) -> None:
    """A row without a single cell is none, but the rows after it keep their numbers."""
    tables = changed(("providers", 3, "kind", "shop"))
    rows = tables["providers"].to_pylist()
    blank = dict.fromkeys(rows[0])
    schema = tables["providers"].schema
    tables["providers"] = pa.Table.from_pylist([rows[0], blank, blank, rows[1]], schema=schema)
    assert [fault.row for fault in faults_of(tables)] == [5]


def test_a_reference_table_that_is_given_replaces_the_shipped_one(
    tables: Tables, faults_of: FaultsOf
) -> None:
    """A group that only the shipped reference knows is unknown beside a table of one's own."""
    assert faults_of(tables) == ()
    tables["occupations"] = tables["occupations"].slice(1)
    assert {fault.code for fault in faults_of(tables)} == {
        F.UNKNOWN_OCCUPATION_GROUP,
        F.UNKNOWN_FIELD,
    }
    del tables["occupations"]
    assert faults_of(tables) == ()
