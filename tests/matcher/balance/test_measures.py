"""The raw tables: small worlds counted by hand."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import reference
from matcher.balance import measures
from matcher.balance.disclosure import Nesting, Table
from matcher.balance.measures import CROSSED, LOOKING, Counting
from matcher.balance.persons import Period
from matcher.balance.words import (
    NOT_GIVEN,
    PARTICIPANTS,
    WAY,
    Change,
    Ending,
    EndingOver,
    Goal,
    Relation,
    Sex,
    Stage,
)
from tests.examples import examples
from tests.matcher.balance.frames import (
    KNOWN,
    Event,
    Person,
    after,
    counting,
    frame,
    named,
    number,
    printed,
    wish,
)

WOMAN, MAN, OTHER = Sex.WOMAN, Sex.MAN, Sex.OTHER


def test_everybody_by_gender_age_and_association() -> None:
    """Three people: a woman of 36 and a man of 24 in HBS, somebody else of 60 in none."""
    tables = measures.tables(
        counting(
            Person("P1"),
            Person("P2", "man", birth_year=2002, looks=False),
            Person("P3", "nonbinary", "", birth_year=1966),
        )
    )
    ages = named(tables, f"{PARTICIPANTS}/age")
    assert number(ages, WOMAN, "35-44") == 1
    assert number(ages, MAN, "-24") == 1
    assert number(ages, OTHER, "55-") == 1
    assert number(ages, None, None) == 3
    homes = named(tables, f"{PARTICIPANTS}/association")
    assert [number(homes, None, code) for code in ("HBS", NOT_GIVEN)] == [2, 1]
    assert number(named(tables, f"{LOOKING}/age"), None, None) == 2


def test_the_printed_participants_are_counted_as_printed() -> None:
    """MIA's eight associations: 285 = 164 + 120 + 1, 112 = 69 + 41 + 2, and so on to 1,638."""
    rows = reference.mia_associations()
    table = named(measures.rates(counting(*printed())), f"{PARTICIPANTS}/association")
    assert number(table, None, None) == 1638
    assert [number(table, sex, None) for sex in (WOMAN, MAN, OTHER)] == [931, 664, 43]
    for row, (sex, column) in product(
        rows, ((WOMAN, "women"), (MAN, "men"), (None, "participants"))
    ):
        assert number(table, sex, row["association"]) == int(row[column])
    assert number(table, OTHER, "Roslagen") == 1
    assert number(table, OTHER, "SUVS") == 2


def test_a_branch_at_each_stage() -> None:
    """P1 wishes for the garage, is recommended the café first, and starts in the kitchen."""
    tables = measures.tables(
        counting(
            Person("P1"),
            wish("P1", "7231"),
            Event("P1", Stage.RECOMMENDED, "9413", rank=1, kind="asf"),
            Event("P1", Stage.RECOMMENDED, "7231", rank=2, kind="public"),
            Event("P1", Stage.STARTED, "9412", kind="asf"),
        )
    )
    found = {
        stage: [
            code
            for code in ("hotel", "repair", "7231", "9412", "9413")
            if number(named(tables, f"{stage}/branch"), WOMAN, code)
        ]
        for stage in (Stage.WISHED, Stage.RECOMMENDED, Stage.STARTED, Stage.ENDED)
    }
    assert found == {
        Stage.WISHED: ["repair", "7231"],
        Stage.RECOMMENDED: ["hotel", "9413"],
        Stage.STARTED: ["hotel", "9412"],
        Stage.ENDED: [],
    }
    kinds = named(tables, f"{Stage.STARTED}/branch/kind")
    assert number(kinds, WOMAN, "hotel", "asf") == number(kinds, None, None, None) == 1
    homes = named(tables, f"{Stage.STARTED}/branch/association")
    assert number(homes, WOMAN, "hotel", "HBS") == 1
    assert f"{Stage.WISHED}/branch/kind" not in {table.name for table in tables}


def test_fields_are_broken_down_as_asked() -> None:
    """By kind alone, or by nothing."""
    events = frame(Person("P1"), Event("P1", Stage.STARTED, "9413", kind="asf"))
    for crossed in ((), ("kind",), CROSSED):
        tables = measures.branch(Counting(events, KNOWN, Stage.STARTED, (), crossed))
        names = {table.name for table in tables if table.name.startswith("started")}
        assert names == {"started/branch", *(f"started/branch/{name}" for name in crossed)}


def test_a_wish_for_a_field_is_in_no_group() -> None:
    """It counts in the field and in the total."""
    table = named(measures.branch(counting(Person("P1"), wish("P1", "hotel"))), "wished/branch")
    assert table.counts[0].tolist() == [1, 1]
    assert table.dimensions[1].codes == ("hotel",)


def test_periods_are_told_apart() -> None:
    """Two starts of one person: each half-year has one, and ever is one."""
    halves = (
        Period(name="H1", first=date(2026, 7, 1), after=date(2027, 1, 1)),
        Period(name="H2", first=date(2027, 1, 1), after=date(2027, 7, 1)),
    )
    events = frame(
        Person("P1"),
        Event("P1", Stage.STARTED, "9413"),
        Event("P1", Stage.STARTED, "7231", after(60)),
    )
    tables = measures.tables(Counting(events, KNOWN, Stage.STARTED, halves))
    assert number(named(tables, "started/branch/H1"), WOMAN, "9413") == 1
    assert number(named(tables, "started/branch/H2"), WOMAN, "7231") == 1
    assert number(named(tables, "started/branch"), None, None) == 1
    assert named(tables, "started/branch/H1").population == "started H1"
    nested = measures.nestings(Counting(events, KNOWN, Stage.STARTED, halves))
    assert ("started H1", "started") in {(one.inner, one.outer) for one in nested}


def test_only_what_has_a_day_of_its_own_is_told_in_periods() -> None:
    """A wish is as it stands today, and nobody knows when P1 accepted: no table, no population."""
    year = Period(name="2026", first=date(2026, 1, 1), after=date(2027, 1, 1))
    events = frame(
        *(Person("P1"), Person("P2")),
        *(wish("P1", "9413"), Event("P1", Stage.RECOMMENDED, "9413", rank=1)),
        *(Event("P1", Stage.PROPOSED, "9413"), Event("P1", Stage.ACCEPTED, "9413", None)),
        *(Event("P1", Stage.STARTED, "9413", None), Event("P2", Stage.STARTED, "9413")),
    )
    asked = Counting(events, KNOWN, Stage.STARTED, (year,))
    assert asked.dated == (Stage.PROPOSED, Stage.STARTED)
    told = {table.name for table in measures.tables(asked) if table.name.endswith("/2026")}
    assert told == {"proposed/branch/2026", "started/branch/2026"}
    inner = {str(one.inner) for one in measures.nestings(asked)}
    assert {name for name in inner if "2026" in name} == {"proposed 2026", "started 2026"}
    assert number(named(measures.tables(asked), "started/branch/2026"), None, None) == 1


@pytest.mark.parametrize(
    ("gender", "group", "expected"),
    [
        ("woman", "9413", Relation.TYPICAL),
        ("man", "9413", Relation.BREAKING),
        ("woman", "7231", Relation.BREAKING),
        ("man", "7231", Relation.TYPICAL),
        ("woman", "9412", Relation.EVEN),
        ("nonbinary", "9412", Relation.EVEN),
        ("nonbinary", "9413", Relation.NOT_STATED),
        ("undisclosed", "7231", Relation.NOT_STATED),
        ("woman", "0110", Relation.NOT_STATED),
    ],
)
def test_how_a_group_stands_to_a_gender(gender: str, group: str, expected: Relation) -> None:
    """Café 79 % women, garage 4 %, kitchen 58 %, the army not known."""
    parts = Person("P1", gender, norm_goal=True), Event("P1", Stage.STARTED, group)
    table = named(measures.tables(counting(*parts)), "started/norm")
    assert number(table, None, Goal.YES, expected) == 1
    assert number(table, None, Goal.NO, None) == 0


def test_a_group_that_no_reference_knows_is_not_stated() -> None:
    """As one without a share of women."""
    events = frame(Person("P1"), Event("P1", Stage.STARTED, "9413"))
    tables = measures.norm_breaking(Counting(events, {}, Stage.STARTED, ()))
    assert number(named(tables, "started/norm"), WOMAN, None, Relation.NOT_STATED) == 1


def test_what_was_wished_for_against_what_was_got() -> None:
    """P1 wished for the garage and got the café; P2 wished for a field, P3 for nothing."""
    world = counting(
        *(Person(name) for name in ("P1", "P2", "P3", "P4")),
        wish("P1", "repair", 1),
        wish("P1", "7231", 2),
        wish("P2", "hotel"),
        wish("P4", "9413"),
        Event("P1", Stage.STARTED, "9413"),
        Event("P2", Stage.STARTED, "9413"),
        Event("P3", Stage.STARTED, "9412"),
    )
    (table,) = measures.steering(world)
    assert number(table, WOMAN, Relation.BREAKING, Relation.TYPICAL) == 1
    assert number(table, WOMAN, Relation.NOT_STATED, Relation.TYPICAL) == 1
    assert number(table, WOMAN, Relation.NOT_STATED, Relation.EVEN) == 1
    assert number(table, None, None, None) == 3
    wishes = named(measures.norm_breaking(world), "wished/norm")
    assert number(wishes, WOMAN, None, Relation.TYPICAL) == 1  # P4, who got nothing
    assert number(wishes, WOMAN, None, Relation.BREAKING) == 1


def test_hours_and_what_became_of_them() -> None:
    """From 6 to 15, from 9 to 9, from 20 to 10, and of one only the start is known."""
    known = [(6, 15), (9, 9), (20, 10), (8, None)]
    people = [Person(f"P{at}") for at in range(4)]
    starts = [Event(f"P{at}", Stage.STARTED, "9413", hours=h) for at, h in enumerate(known)]
    tables = measures.tables(counting(*people, *starts))
    table = named(tables, "hours/gender")
    said = {code: number(table, WOMAN, code) for code in table.dimensions[1].codes}
    assert said == {"-9": 1, "10-14": 1, "15-19": 1, "20-29": 0, "30-": 0, NOT_GIVEN: 1}
    change = named(tables, "hours_change/gender")
    assert {code: number(change, None, code) for code in Change} == dict.fromkeys(Change, 1)


def test_outcomes_are_counted_under_what_is_printed() -> None:
    """Work and studies are two; a preparatory step, care: one each."""
    endings = (Ending.WORK, Ending.STUDIES, Ending.MUNICIPAL_PREPARATORY, Ending.CARE)
    people = [Person(f"P{at}", "man") for at in range(4)]
    ends = [
        Event(f"P{at}", Stage.ENDED, "9413", ending=ending) for at, ending in enumerate(endings)
    ]
    table = named(measures.tables(counting(*people, *ends)), "outcomes/gender")
    assert number(table, MAN, EndingOver.WORK_OR_STUDIES) == 2
    assert number(table, MAN, EndingOver.PREPARATORY) == 1
    assert [number(table, MAN, ending) for ending in endings] == [1, 1, 1, 1]
    assert number(table, MAN, None) == 4


events_of_anybody = st.builds(
    lambda who, stage, group, day: Event(
        f"P{who}",
        stage,
        group,
        after(day),
        opening="" if stage is Stage.WISHED else "O1",
        rank=1 if stage in WAY[:2] else None,
        ending=Ending.OTHER if stage is Stage.ENDED else "",
        provider="" if stage is Stage.WISHED else "A1",
    ),
    st.integers(0, 7),
    st.sampled_from(WAY),
    st.sampled_from(list(KNOWN)),
    st.integers(-90, 90),
)
people_of_any_kind = [
    Person(f"P{at}", gender, home, norm_goal=at % 3 == 0, looks=at % 2 == 0, protected=at == 7)
    for at, (gender, home) in enumerate(product(("woman", "man", "undisclosed"), ("HBS", "", "X")))
]


def adds_up(table: Table) -> bool:
    """Whether no dimension without levels counts anybody twice, and all are in its total."""
    for axis, one in enumerate(table.dimensions):
        parts = table.counts.take(range(len(one.codes)), axis)
        whole = table.counts.take(-1, axis)
        if not one.parents and (parts.sum(axis) > whole).any():
            return False
    return True


@given(st.lists(events_of_anybody, max_size=25))
@examples(40)
def test_every_population_is_of_one_size(events: list[Event]) -> None:
    """In all its tables; each adds up, and what is said to lie within lies within."""
    world = counting(*people_of_any_kind, *events)
    tables = measures.tables(world)
    sizes: dict[str, set[int]] = {}
    for table in tables:
        assert adds_up(table), table.name
        sizes.setdefault(table.population, set()).add(int(table.counts.flat[-1]))
    assert {name: len(found) for name, found in sizes.items()} == dict.fromkeys(sizes, 1)
    assert sizes[PARTICIPANTS] == {8}  # nine, and one of them hidden
    for one in measures.nestings(world):
        assert personal(tables, one.inner) <= personal(tables, one.outer), one


def personal(tables: tuple[Table, ...], population: str) -> set[tuple[object, ...]]:
    """The genders of a population, unrolled: one for each of its people."""
    table = next(table for table in tables if table.population == population)
    totals = [None] * (len(table.dimensions) - 1)
    return {(sex, at) for sex in Sex for at in range(number(table, sex, *totals))}


def test_equal_populations_make_no_ring() -> None:
    """Everybody wished and was recommended: one lies in the other, and not the other way too."""
    world = counting(
        Person("P1"), wish("P1", "9413"), Event("P1", Stage.RECOMMENDED, "9413", rank=1)
    )
    pairs = {(one.inner, one.outer) for one in measures.nestings(world)}
    assert (Stage.RECOMMENDED, Stage.WISHED) in pairs
    assert not pairs & {(outer, inner) for inner, outer in pairs}


def test_a_smaller_population_lies_in_a_later_one() -> None:
    """Two accepted, one of them started, and only that one was proposed."""
    world = counting(
        Person("P1", looks=False),
        Person("P2", looks=False),
        Event("P1", Stage.PROPOSED, "9413"),
        *(Event(name, Stage.ACCEPTED, "9413") for name in ("P1", "P2")),
    )
    nested: set[tuple[str, str]] = {
        (one.inner, one.outer) for one in measures.nestings(world) if isinstance(one, Nesting)
    }
    assert (Stage.PROPOSED, Stage.ACCEPTED) in nested
    assert (Stage.ACCEPTED, Stage.PROPOSED) not in nested
