"""Shadow mode: what was suggested beside what people decided."""

from matcher.balance import shadow
from matcher.balance.disclosure import Table
from matcher.balance.events import Events
from matcher.balance.planned import RECOMMENDED
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
    together = counts.pop(Agreement.OTHERWISE)
    assert together == counts[Agreement.RECOMMENDED] + counts[Agreement.OTHER]
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
    each = set(Agreement) - {Agreement.OTHERWISE}
    assert agreements(tables) == dict.fromkeys(each, 1)
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
    over = Agreement.OTHERWISE
    counts = {code: number(table, over, code) for code in table.dimensions[1].codes}
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
    """Everybody with one is a participant; all tables are of them."""
    tables, nested = agreement(counting(*PEOPLE), KEPT, DAY)
    assert [(one.inner, one.outer) for one in nested] == [(shadow.KEPT, PARTICIPANTS)]
    assert {table.population for table in tables} == {shadow.KEPT}


def test_a_start_of_what_was_accepted_before_is_no_answer() -> None:
    """P1 had said yes to O1 the day before, P2 began at O1 and nobody knows since when agreed."""
    later = [
        taken("P1", "O1", -1),
        taken("P1", "O1", 3, Stage.STARTED),
        taken("P2", "O1", 3, Stage.STARTED),
        taken("P3", "O2", -1),
        taken("P3", "O1", 3, Stage.STARTED),
    ]
    found = agreements(compared(KEPT, *PEOPLE[:3], *later))
    assert found == {Agreement.OPEN: 1, Agreement.SAME: 2}


def test_a_place_of_which_the_day_of_the_yes_is_not_known_counts_from_its_start() -> None:
    """As placements of a data set: accepted some day, begun on a known one."""
    some_day = taken("P1", "O1")._replace(day=None)
    begun = taken("P1", "O1", 3, Stage.STARTED)
    assert agreements(compared(KEPT, PEOPLE[0], some_day)) == {Agreement.OPEN: 1}
    assert agreements(compared(KEPT, PEOPLE[0], some_day, begun)) == {Agreement.SAME: 1}


def test_reasons_about_other_openings_say_nothing_of_the_suggestion() -> None:
    """P2 said no to O3 first, and only then to O1; P3 was given a reason for what was chosen."""
    later = [
        Event("P2", Stage.DECLINED, "9413", opening="O3", reason="too_far"),
        Event("P2", Stage.DECLINED, "9413", after(1), opening="O1", reason="hours"),
        taken("P2", "O2", 5),
        taken("P3", "O2", 5)._replace(reason="place_full"),
        taken("P4", "O2", 5),
        Event("P4", Stage.DECLINED, "9413", opening="O3", reason="too_far"),
    ]
    table = named(compared(KEPT, *PEOPLE, *later), "overrides")
    over = Agreement.OTHERWISE
    counts = {code: number(table, over, code) for code in table.dimensions[1].codes}
    assert counts == {"hours": 1, "place_full": 1, "too_far": 0, NOT_GIVEN: 1}


def test_what_was_accepted_nowhere_is_another() -> None:
    """An acceptance of which nobody knows the opening is neither O1 nor a recommended one."""
    nowhere = Event("P1", Stage.ACCEPTED, "9413", after(1))
    assert agreements(compared(KEPT, PEOPLE[0], nowhere)) == {Agreement.OTHER: 1}


def test_each_suggestion_has_a_day_of_its_own() -> None:
    """Without a day for all, P1's yes of the first day came before what was suggested later."""
    kept = frame(
        *PEOPLE[:2],
        suggested("P1", "O1")._replace(day=after(2)),
        suggested("P2", "O1"),
    )
    later = [taken("P1", "O2"), taken("P2", "O1")]
    tables = agreement(counting(*PEOPLE[:2], *later), kept)[0]
    assert agreements(tables) == {Agreement.OPEN: 1, Agreement.SAME: 1}


def test_a_decision_remembers_whether_it_was_recommended() -> None:
    """O9 was nobody's suggestion: among the first five of a recommendation, the sixth, or none."""
    later = [
        taken("P1", "O9")._replace(rank=RECOMMENDED),
        taken("P2", "O9")._replace(rank=RECOMMENDED + 1),
        taken("P3", "O9"),
    ]
    found = agreements(compared(KEPT, *PEOPLE[:3], *later))
    assert found == {Agreement.RECOMMENDED: 1, Agreement.OTHER: 2}
