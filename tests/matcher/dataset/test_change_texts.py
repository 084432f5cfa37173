"""Changes as text: what they make is what the changed table would, faults and all."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.changes import Change, Subject, applied
from matcher.dataset import Tables, to_problem
from matcher.dataset.change_texts import MAX_LENGTH, OPTION, read_changes
from matcher.dataset.schema import TABLES, Column, Kind
from matcher.domain import SESSIONS, session_names
from matcher.errors import ChangeError, DatasetError, Fault, FaultCode
from tests.examples import examples
from tests.matcher.dataset.alike import same_problem
from tests.matcher.dataset.tiny_changes import (
    PERSONAL,
    PLAN_DATE,
    POLICY,
    PROBLEM,
    TABLES_OF_TINY,
    WRONG,
    changed,
    told,
)

FIXED = {"participant_id", "provider_id", "site_id", "opening_id", "surveyed_on", "method"}
IDS = {
    "participants": [p.participant_id for p in PROBLEM.participants],
    "providers": [p.provider_id for p in PROBLEM.providers],
    "surveys": [s.site_id for s in PROBLEM.sites],
    "openings": [o.opening_id for o in PROBLEM.openings],
}


CELLS = [
    (table, column)
    for table in IDS
    for column in TABLES[table].columns
    if column.name not in FIXED
]


def as_table(table: str, name: str, column: str, text: str) -> Tables:
    """The tiny tables with a text written into a cell.

    What is answered about a site is answered on the plan date, in a row of its own; no other row
    of the site says it then.
    """
    rows: list[dict[str, Any]] = TABLES_OF_TINY[table].to_pylist()
    key = TABLES[table].columns[0].name
    for row in rows:
        if row[key] == name:
            row[column] = None if table == "surveys" else text
    if table == "surveys" and text.strip():
        blank = dict.fromkeys(rows[0])
        rows.append({**blank, key: name, "surveyed_on": str(PLAN_DATE), column: text})
    new = pa.Table.from_pylist(rows, schema=TABLES_OF_TINY[table].schema)
    return {**TABLES_OF_TINY, table: new}


def lawful(column: Column) -> st.SearchStrategy[str]:
    """Texts that mostly fit a column."""
    several = st.lists(st.sampled_from(column.choices or SESSIONS), min_size=1, max_size=4)
    made: Mapping[Kind, st.SearchStrategy[str]] = {
        Kind.ID: st.sampled_from(["H1", "Å-9", "556677-8899"]),
        Kind.WHOLE: st.integers(column.low, column.high).map(str),
        Kind.DECIMAL: st.integers(column.low * 4, column.high * 4).map(lambda n: str(n / 4)),
        Kind.DATE: st.dates(date(2026, 1, 1), date(2028, 1, 1)).map(str),
        Kind.CHOICE: st.sampled_from(column.choices or ("",)),
        Kind.CHOICES: several.map(";".join),
        Kind.SESSIONS: several.map(" ; ".join),
        Kind.LANGUAGES: st.sampled_from(["sv", "sv;EN", "zh-hant-tw;swl"]),
        Kind.MUNICIPALITY: st.sampled_from(["0180", "2584", "0001"]),
        Kind.MUNICIPALITIES: st.sampled_from(["0180", "2584;0114", "0180;0001"]),
        Kind.GROUP: st.sampled_from(["9413", "7231", "0000"]),
        Kind.YES_NO: st.sampled_from(["yes", "no"]),
        Kind.TEXT: st.text(st.characters(exclude_categories=["C"]), max_size=9),
    }
    return made[column.kind]


def is_relative(table: str, column: Column, text: str) -> bool:
    """Whether a text adds to what stands in the cell."""
    person = table == "participants" and column.kind in {Kind.CHOICES, Kind.LANGUAGES}
    return (person or column.kind is Kind.SESSIONS) and text.strip()[:1] in {"+", "-"}


@examples(150)
@given(data=st.data())
def test_a_change_is_what_the_changed_table_says(data: st.DataObject) -> None:
    """Any text for any cell: the same problem as the table gives, or the same faults."""
    table, column = data.draw(st.sampled_from(CELLS))
    name = data.draw(st.sampled_from(IDS[table]))
    text = data.draw(st.one_of(lawful(column), lawful(column), WRONG))
    if is_relative(table, column, text):
        text = text.strip()[1:]
    try:
        expected = to_problem(as_table(table, name, column.name, text), PLAN_DATE)
    except DatasetError as error:
        faults = told(f"{table}.{name}.{column.name}={text}")
        place = f"{table}.{name}.{column.name}"
        assert [(f.code, f.value, f.params) for f in faults] == [  # noqa: PT017 -- either will do
            (f.code, f.value, f.params) for f in error.faults
        ]
        assert {f.column for f in error.faults} == {f.table.split(".", 2)[2] for f in faults}  # noqa: PT017 -- as above
        assert all(f.row is None and f.column is None for f in faults)
        assert {f.table for f in faults if f.table.startswith(place)} <= {place}
        return
    try:
        made, policy = changed(f"{table}.{name}.{column.name}={text}")
    except ValueError:
        assert column.name in {"latitude", "longitude"}
        return
    assert same_problem(made, expected)
    assert policy == POLICY


@pytest.mark.parametrize("empty", [True, False])
def test_every_column_can_be_changed(empty: bool) -> None:  # noqa: FBT001 -- a table
    """Each to an empty cell, or to a value: a change that can be made, or a fault of its own."""
    values = {Kind.WHOLE: "10", Kind.DECIMAL: "18", Kind.DATE: "2027-01-02", Kind.TEXT: "x"}
    values |= {
        Kind.SESSIONS: ";".join(SESSIONS),
        Kind.LANGUAGES: "sv",
        Kind.YES_NO: "yes",
        Kind.ID: "H1",
    }
    values |= {Kind.MUNICIPALITY: "0180", Kind.MUNICIPALITIES: "0180", Kind.GROUP: "9413"}
    for table, column in CELLS:
        text = "" if empty else column.choices[0] if column.choices else values[column.kind]
        text = f"{table}.{IDS[table][0]}.{column.name}={text}"
        if column.name in {"latitude", "longitude", "birth_year"}:
            continue
        if empty and column.required:
            assert told(text)[0].code is FaultCode.VALUE_MISSING
        else:
            (change,) = read_changes((text,), PROBLEM, POLICY)
            applied(PROBLEM, POLICY, (change,))


def test_several_changes_at_once() -> None:
    """Each is made, in the order in which they are said; those of the policy come last."""
    texts = (
        "policy.horizon_days=120",
        "openings.O03.seats=3",
        " surveys.S2.hygiene.soap = unscented ",
        "openings.O03.session_seats=",
        "providers.A1.equal_treatment=no",
    )
    found = read_changes(texts, PROBLEM, POLICY)
    assert [(c.subject, c.id, c.name, c.value) for c in found] == [
        (Subject.OPENING, "O03", "seats", 3),
        (Subject.SITE, "S2", "hygiene.soap", "unscented"),
        (Subject.OPENING, "O03", "session_seats", None),
        (Subject.PROVIDER, "A1", "equal_treatment", "no"),
        (Subject.POLICY, "", "horizon_days", 120),
    ]
    assert read_changes((), PROBLEM, POLICY) == ()


def test_half_days_are_added_and_taken_away() -> None:
    """One after the other, from what stands there; what is not there is not missed."""
    there = PROBLEM.opening[PROBLEM.openings[4].opening_id]
    name = there.opening_id
    found = read_changes(
        (
            f"openings.{name}.sessions=mon_am;tue_am",
            f"openings.{name}.sessions=+thu_am;fri_pm",
            f"openings.{name}.sessions=-mon_am; wed_am",
        ),
        PROBLEM,
        POLICY,
    )
    (change,) = found
    assert session_names(change.value) == ("tue_am", "thu_am", "fri_pm")  # type: ignore[arg-type]
    (change,) = read_changes(("participants.P01.available=-mon_am",), PROBLEM, POLICY)
    assert session_names(change.value) == SESSIONS[1:]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("languages=+EN", {"sv", "en"}),
        ("languages=-SV", frozenset()),
        ("needs=+QUIET;STEP_FREE", {"QUIET", "STEP_FREE"}),
        ("enrolled_with=-municipality", frozenset()),
    ],
)
def test_the_sets_of_a_participant_are_added_to(text: str, expected: object) -> None:
    """There an empty cell says none; P01 speaks Swedish, has no need, and is enrolled."""
    (change,) = read_changes((f"participants.P01.{text}",), PROBLEM, POLICY)
    assert change.value == expected


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("openings.O07.languages=+en", FaultCode.NOT_A_LANGUAGE, "+en"),
        ("openings.O07.eligible_municipalities=-0127", FaultCode.UNKNOWN_MUNICIPALITY, "-0127"),
        ("surveys.S1.air.scent_sources=+flowers", FaultCode.NOT_ONE_OF, "+flowers"),
        ("openings.O07.sessions=+", FaultCode.NOT_ONE_OF, "+"),
        ("openings.O07.sessions=-", FaultCode.NOT_ONE_OF, "-"),
        ("openings.O07.sessions=+sun_am", FaultCode.NOT_ONE_OF, "sun_am"),
        ("openings.O07.sessions=-sun_am", FaultCode.NOT_ONE_OF, "sun_am"),
    ],
)
def test_what_cannot_be_added_to(text: str, code: FaultCode, value: str) -> None:
    """Where empty says everybody or unknown, a sign is no value; nor are half-days made up."""
    (fault,) = told(text)
    assert (fault.code, fault.table, fault.value) == (code, text.partition("=")[0], value)


def test_nothing_is_left_of_a_needed_cell() -> None:
    """The last half-days cannot be taken away."""
    week = ";".join(SESSIONS)
    (fault,) = told(f"participants.P01.available=-{week}")
    assert fault == Fault(code=FaultCode.VALUE_MISSING, table="participants.P01.available")


def test_an_id_may_have_points_and_equals_signs() -> None:
    """The split is where a column and an id are known."""
    odd = replace(PROBLEM.openings[1], opening_id="O.1=x.seats")  # type: ignore[arg-type]
    problem = replace(PROBLEM, openings=(*PROBLEM.openings, odd))
    (change,) = read_changes(("openings.O.1=x.seats.title=a.b=c",), problem, POLICY)
    assert (change.id, change.name, change.value) == ("O.1=x.seats", "title", "a.b=c")


UNREADABLE = (
    *("", "=", "hello", "openings", "openings.O01.seats", "openings.O01=3", "openings=3"),
    *(
        "O01.needs: STEP_FREE",
        "openings.O01.title=\udcff",
        f"openings.O01.title={'x' * MAX_LENGTH}",
    ),
)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_change(text: str) -> None:
    """It is told by its number; nothing of it is repeated."""
    (fault,) = told("openings.O01.seats=2", text)
    assert fault == Fault(code=FaultCode.CHANGE_UNREADABLE, table=OPTION, params={"number": 2})


FAULTS: Mapping[str, Fault] = {
    "placement.P01.x=1": Fault(
        code=FaultCode.TABLE_UNKNOWN,
        table=OPTION,
        value="placement",
        params={"expected": "participants, providers, surveys, openings, policy"},
    ),
    "wishes.P01.rank=1": Fault(code=FaultCode.CHANGE_FIXED, table="wishes"),
    "sites.S1.latitude=59": Fault(code=FaultCode.CHANGE_FIXED, table="sites"),
    "openings.O01.site_id=S2": Fault(code=FaultCode.CHANGE_FIXED, table="openings.O01.site_id"),
    "surveys.S1.method=phone": Fault(code=FaultCode.CHANGE_FIXED, table="surveys.S1.method"),
    "openings.O99.seats=1": Fault(
        code=FaultCode.DANGLING, table="openings", value="O99", params={"table": "openings"}
    ),
    "surveys.S99.hygiene.soap=both": Fault(
        code=FaultCode.DANGLING, table="surveys", value="S99", params={"table": "sites"}
    ),
    f"participants.{PERSONAL}.needs=QUIET": Fault(
        code=FaultCode.DANGLING,
        table="participants",
        params={"withheld": "personal_number", "table": "participants"},
    ),
    "openings.O01.seat=1": Fault(
        code=FaultCode.COLUMN_UNKNOWN,
        table="openings.O01",
        value="seat",
        params={"table": "openings"},
    ),
    "participants.P01.wishes=9413": Fault(
        code=FaultCode.COLUMN_UNKNOWN,
        table="participants.P01",
        value="wishes",
        params={"table": "participants"},
    ),
    "participants.P01.needs.STEP_FREE=yes": Fault(
        code=FaultCode.COLUMN_UNKNOWN,
        table="participants.P01",
        params={"withheld": "sensitive", "table": "participants"},
    ),
    "participants.P01.gender=vet ej": Fault(
        code=FaultCode.NOT_ONE_OF,
        table="participants.P01.gender",
        params={"expected": "woman, man, nonbinary, undisclosed", "withheld": "sensitive"},
    ),
    "openings.O07.sessions=-mon_am": Fault(
        code=FaultCode.OUTSIDE_OPENING, table="placements.P11.sessions", value="mon_am;wed_am"
    ),
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault(text: str) -> None:
    """What it is about, and no more of what was written than may be shown."""
    assert told(text) == (FAULTS[text],)


def test_all_faults_come_together_in_the_order_of_the_texts() -> None:
    """Of texts, of cells, of the policy, and of what is set twice."""
    faults = told(
        "policy.horizon_days=0",
        "openings.O01.seats=many",
        "hello",
        "participants.P01.birth_year=1890",
        "openings.O01.seats=3",
        "policy.horizon_days=9",
        "openings.O99.seats=1",
        "openings.O07.sessions=-mon_am",
    )
    assert [(fault.code, fault.table) for fault in faults] == [
        (FaultCode.OUT_OF_RANGE, "policy.horizon_days"),
        (FaultCode.NOT_A_WHOLE_NUMBER, "openings.O01.seats"),
        (FaultCode.CHANGE_UNREADABLE, OPTION),
        (FaultCode.AGE_OUT_OF_RANGE, "participants.P01.birth_year"),
        (FaultCode.DUPLICATE, "openings.O01.seats"),
        (FaultCode.DUPLICATE, "policy.horizon_days"),
        (FaultCode.DANGLING, "openings"),
        (FaultCode.OUTSIDE_OPENING, "placements.P11.sessions"),
    ]


def test_an_order_that_another_cell_breaks() -> None:
    """O01 starts on 10 December; a change of the start is told at the end that is set already."""
    problem, _ = changed("openings.O01.starts_until=2026-12-20")
    with pytest.raises(ChangeError) as error:
        read_changes(("policy.x=1", "openings.O01.starts_from=2026-12-21"), problem, POLICY)
    unknown, order = error.value.faults
    assert unknown.code is FaultCode.UNKNOWN_KEY
    assert order == Fault(
        code=FaultCode.DATE_ORDER,
        table="openings.O01.starts_until",
        value="2026-12-20",
        params={"first": "starts_from"},
    )


@examples(30)
@given(texts=st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_any_text_at_all(texts: list[str]) -> None:
    """Every text is told to be none."""
    assert len(told(*texts)) == len(texts)


def test_own_occupations_are_known() -> None:
    """A group that only the data set's own table of occupations has may be set."""
    own = {"0001": replace(PROBLEM.occupations["9413"], occupation_group="0001")}
    problem = replace(PROBLEM, occupations={**PROBLEM.occupations, **own})
    wanted = read_changes(("openings.O01.occupation_group=0001",), problem, POLICY)
    assert wanted == (
        Change(subject=Subject.OPENING, id="O01", name="occupation_group", value="0001"),
    )
