"""Shadow mode: what was suggested beside what people decided."""

from matcher.balance import shadow
from matcher.balance.disclosure import Table
from matcher.balance.events import Events
from matcher.balance.shadow import Agreement, agreement
from matcher.balance.words import NOT_GIVEN, PARTICIPANTS, Ending, Sex, Stage
from tests.matcher.balance.frames import (
    DAY,
    Event,
    Person,
    after,
    counting,
    frame,
    named,
    number,
)


def suggested(who: str, place: str, stage: Stage = Stage.PROPOSED, rank: int = 1) -> Event:
    """A proposal, or a recommendation of some rank."""
    return Event(who, stage, "9413", opening=place, rank=rank)


def taken(who: str, place: str, days: int = 1, stage: Stage = Stage.ACCEPTED) -> Event:
    """What was decided so many days later."""
    return Event(who, stage, "9413", after(days), opening=place)


def compared(
    kept: Events, *later: Person | Event, by: Stage = Stage.PROPOSED
) -> tuple[Table, ...]:
    """The tables of what became of the suggestions."""
    return agreement(counting(*later), kept, DAY, by)[0]


def agreements(tables: tuple[Table, ...], sex: Sex | None = None) -> dict[str, int]:
    """How many there are of each, where there are any."""
    table = named(tables, "agreement")
    counts = {one: number(table, sex, one) for one in Agreement}
    return {one: count for one, count in counts.items() if count}


PEOPLE = [Person(f"P{at}", "man" if at == 1 else "woman") for at in range(1, 6)]
KEPT = frame(
    *PEOPLE,
    *(suggested(person.name, "O1") for person in PEOPLE[:4]),
    suggested("P2", "O2", Stage.RECOMMENDED, 2),
)


def test_the_same_another_recommended_any_other_or_open() -> None:
    """P1 got O1, P2 the recommended O2, P3 O2 that was not recommended to P3, P4 nothing yet."""
    later = [taken("P1", "O1"), taken("P2", "O2"), taken("P3", "O2"), taken("P5", "O1")]
    tables = compared(KEPT, *PEOPLE, *later)
    assert agreements(tables) == dict.fromkeys(Agreement, 1)
    assert agreements(tables, Sex.MAN) == {Agreement.SAME: 1}


def test_an_opening_that_is_new_is_another() -> None:
    """Nobody could have suggested it."""
    assert agreements(compared(KEPT, PEOPLE[0], taken("P1", "O9"))) == {Agreement.OTHER: 1}


def test_decided_is_what_came_first_from_the_day_on() -> None:
    """What was decided the day before was no answer; of two later ones the first counts."""
    later = [taken("P1", "O2", -1), taken("P1", "O2", 9), taken("P1", "O1", 2, Stage.STARTED)]
    assert agreements(compared(KEPT, PEOPLE[0], *later)) == {Agreement.SAME: 1}


def test_who_is_no_longer_known_counts_nowhere() -> None:
    """P1 alone is still there; and later nobody is."""
    assert agreements(compared(KEPT, PEOPLE[0])) == {Agreement.OPEN: 1}
    assert agreements(compared(KEPT)) == {}


def test_recommendations_can_be_kept_without_a_plan() -> None:
    """The first of P1's two was O1, and O2 was taken: one that was recommended."""
    kept = frame(
        PEOPLE[0],
        suggested("P1", "O2", Stage.RECOMMENDED, 2),
        suggested("P1", "O1", Stage.RECOMMENDED, 1),
    )
    tables = compared(kept, PEOPLE[0], taken("P1", "O2"), by=Stage.RECOMMENDED)
    assert agreements(tables) == {Agreement.RECOMMENDED: 1}


def test_why_it_was_decided_otherwise() -> None:
    """P2 declined O1 as too far and P3 said nothing; P1's reason led nowhere else."""
    no = {
        "reason": "too_far",
        "stage": Stage.DECLINED,
        "opening": "O1",
        "group": "9413",
    }
    later = [
        taken("P1", "O1"),
        taken("P2", "O2", 5),
        taken("P3", "O2"),
        Event("P1", **no),
        Event("P2", **no),
        Event("P2", **(no | {"reason": "hours"}), day=after(3)),
        Event("P3", **no, day=after(-3)),
    ]
    table = named(compared(KEPT, *PEOPLE, *later), "overrides")
    assert table.population == shadow.OVERRIDDEN
    counts = {code: number(table, code) for code in table.dimensions[0].codes}
    assert counts == {"hours": 0, "too_far": 1, NOT_GIVEN: 1}


def test_what_became_of_either() -> None:
    """P1 got what was suggested, and work; P2 something else, and is still there."""
    work = Event("P1", Stage.ENDED, "9413", after(90), opening="O1", ending=Ending.WORK)
    tables = compared(KEPT, *PEOPLE[:2], taken("P1", "O1"), taken("P2", "O2"), work)
    table = named(tables, "agreement/ending")
    assert number(table, Agreement.SAME, Ending.WORK) == 1
    assert number(table, Agreement.RECOMMENDED, NOT_GIVEN) == 1
    assert number(table, None, None) == 2


def test_whom_the_suggestions_lie_within() -> None:
    """Everybody with one is a participant; the overridden are among them."""
    _, nested = agreement(counting(*PEOPLE), KEPT, DAY)
    assert [(one.inner, one.outer) for one in nested] == [
        (shadow.KEPT, PARTICIPANTS),
        (shadow.OVERRIDDEN, shadow.KEPT),
    ]
