"""Who stands in a plan's tables: the looking, the offered, the pinned; seats and supervisors."""

from datetime import date

import pytest

from matcher.domain import Gender, OpeningStatus, Placement, Sessions, sessions_of
from matcher.outcome import Assignment, Unplaced
from matcher.policy import Policy
from matcher.verify import Rule, violations
from tests.matcher.verify.worlds import (
    MONDAY,
    PLAIN,
    POINTS,
    TODAY,
    TUESDAY,
    TWO_DAYS,
    broken,
    days,
    nobody,
    opening,
    person,
    pinned,
    placement,
    plan,
    row,
    world,
)

OFFERED = placement("P1", "offered", "O2")
ONGOING = placement("P1", "ongoing", "O2")
NO_SESSIONS = Sessions(0)
TWO_OPENINGS = (opening("O1"), opening("O2"))


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ((row(),), []),
        ((nobody(),), []),
        ((), [Rule.UNACCOUNTED]),
        ((row(), nobody()), [Rule.UNACCOUNTED]),
        ((nobody(), nobody()), [Rule.UNACCOUNTED]),
        ((row("P1", "O1"), row("P1", "O2")), [Rule.PLACED_TWICE]),
        ((row("P1", "O1"), row("P1", "O1")), [Rule.PLACED_TWICE]),
        ((row("P1", "O1"), row("P1", "O2"), nobody()), [Rule.PLACED_TWICE, Rule.UNACCOUNTED]),
    ],
)
def test_who_looks_stands_once(rows: tuple[Assignment | Unplaced, ...], rules: list[Rule]) -> None:
    """In the one table or in the other, and there once."""
    assert broken(world(*TWO_OPENINGS), *rows) == rules


@pytest.mark.parametrize(("rows", "rules"), [((), []), ((row(),), [Rule.NOT_LOOKING])])
def test_who_has_an_offer_does_not_look(rows: tuple[Assignment, ...], rules: list[Rule]) -> None:
    """An offer stands until it is answered: neither placed nor unplaced."""
    assert broken(world(*TWO_OPENINGS, OFFERED), *rows) == rules
    assert broken(world(*TWO_OPENINGS, OFFERED), *rows, nobody()) == [Rule.NOT_LOOKING]


def test_who_has_an_ongoing_placement_looks_for_the_next() -> None:
    """They are placed or unplaced as everybody else."""
    problem = world(*TWO_OPENINGS, ONGOING)
    assert broken(problem, row()) == []
    assert broken(problem, nobody()) == []
    assert broken(problem) == [Rule.UNACCOUNTED]


@pytest.mark.parametrize("status", ["ongoing", "offered", "pinned"])
@pytest.mark.parametrize(
    ("ends", "opens", "active"),
    [
        (None, None, True),
        (TODAY, None, True),
        (days(-1), None, False),
        (days(5), days(5), True),
        (days(4), days(5), False),
        (TODAY, days(-5), True),
        (days(-1), days(-5), False),
    ],
)
def test_when_a_placement_counts(
    status: str, ends: date | None, opens: date | None, *, active: bool
) -> None:
    """While it has no end, or ends on or after both the plan date and the opening's first day."""
    start = max(TODAY, opens or TODAY)
    ours = opening("O1", seats=1, starts_from=opens)
    problem = world(person("P1"), ours, placement("P2", status, ends_on=ends))
    written = row(starts_on=start, points=POINTS if start == TODAY else 772)
    assert broken(problem, written) == ([Rule.SEATS] if active else [])


def test_an_ended_offer_leaves_one_looking() -> None:
    """A row that is ignored neither holds back nor keeps."""
    for status in ("offered", "pinned"):
        ended = placement("P1", status, "O2", ends_on=days(-1))
        assert broken(world(*TWO_OPENINGS, ended), row()) == []
        assert broken(world(*TWO_OPENINGS, ended)) == [Rule.UNACCOUNTED]


PIN = placement("P1", "pinned", "O1")


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ((pinned(),), []),
        ((), [Rule.PINNED_MOVED]),
        ((pinned(starts_on=TODAY),), [Rule.PINNED_MOVED]),
        ((pinned(sessions=MONDAY),), [Rule.PINNED_MOVED]),
        ((row(starts_on=days(-30), sessions=TUESDAY),), [Rule.PINNED_MOVED]),
        ((row("P1", "O2"),), [Rule.PINNED_MOVED]),
        ((pinned(), row("P1", "O2")), [Rule.PLACED_TWICE]),
        ((pinned(), pinned()), [Rule.PLACED_TWICE, Rule.PINNED_MOVED]),
        ((pinned(), nobody()), [Rule.NOT_LOOKING]),
        ((nobody(),), [Rule.NOT_LOOKING, Rule.PINNED_MOVED]),
    ],
)
def test_a_pinned_placement_is_kept(
    rows: tuple[Assignment | Unplaced, ...], rules: list[Rule]
) -> None:
    """At its opening, from its day, on its half-days, marked as pinned, and nothing else."""
    assert broken(world(*TWO_OPENINGS, PIN), *rows) == rules


def test_nobody_is_pinned_without_a_pinned_placement() -> None:
    """Neither a new row nor an ongoing placement becomes pinned by saying so."""
    assert broken(world(), row(pinned=True)) == [Rule.PINNED_MOVED]
    assert broken(world(*TWO_OPENINGS, ONGOING), row(pinned=True)) == [Rule.PINNED_MOVED]


def test_a_pinned_row_has_what_its_placement_has() -> None:
    """No start and no half-days in the placement are none in the plan."""
    bare = placement("P1", "pinned", starts_on=None, sessions=NO_SESSIONS)
    assert broken(world(bare), pinned(starts_on=None, sessions=NO_SESSIONS)) == []


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        (pinned(), []),
        (pinned(travel_minutes=None), [Rule.TRAVEL_MINUTES]),
        (pinned(points=None), [Rule.POINTS]),
        (pinned(norm_goal_met=True), [Rule.NORM_GOAL]),
    ],
)
def test_a_pinned_pair_that_fits_has_minutes_and_points(
    written: Assignment, rules: list[Rule]
) -> None:
    """The figures of the pair, as if it were new."""
    assert broken(world(PIN), written) == rules


@pytest.mark.parametrize(
    ("written", "rules"),
    [
        (pinned(travel_minutes=None, points=None), []),
        (pinned(travel_minutes=None), [Rule.POINTS]),
        (pinned(points=None), [Rule.TRAVEL_MINUTES]),
        (pinned(travel_minutes=None, points=None, norm_goal_met=True), [Rule.NORM_GOAL]),
    ],
)
def test_a_pinned_pair_that_is_barred_today_has_none(
    written: Assignment, rules: list[Rule]
) -> None:
    """It is kept all the same: a barrier does not move who is pinned."""
    assert broken(world(opening(status=OpeningStatus.PAUSED), PIN), written) == rules


def test_a_pinned_row_need_not_claim_a_norm_goal() -> None:
    """The pinned enter no goal: met is right, and so is silence."""
    woman = person(gender=Gender.WOMAN, norm_goal=True)
    problem = world(woman, opening(occupation_group="7231"), PIN)
    assert broken(problem, pinned(norm_goal_met=True)) == []
    assert broken(problem, pinned(norm_goal_met=False)) == []


def test_two_pins_of_one_person_are_two_rows() -> None:
    """Both are kept; a third row is one too many."""
    ours = (*TWO_OPENINGS, opening("O3"))
    both = world(*ours, PIN, placement("P1", "pinned", "O2"))
    assert broken(both, pinned("P1", "O1"), pinned("P1", "O2")) == []
    assert broken(both, pinned("P1", "O1")) == [Rule.PINNED_MOVED]
    third = row("P1", "O3")
    assert broken(both, pinned("P1", "O1"), pinned("P1", "O2"), third) == [Rule.PLACED_TWICE]


def test_others_only_occupy() -> None:
    """Pinned people outside the data set stand in no table."""
    problem = world(person("P1"), placement("P2", "pinned"))
    assert broken(problem, row()) == []
    assert broken(problem, row(), pinned("P2")) == [Rule.UNKNOWN_ID, Rule.PINNED_MOVED]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (row("P9", "O1"), "UNKNOWN_ID P9@O1"),
        (row("P1", "O9"), "UNKNOWN_ID P1@O9"),
        (row("P1", ""), "UNKNOWN_ID P1"),
    ],
)
def test_an_unknown_id_is_named(written: Assignment, named: str) -> None:
    """A row about somebody or something that is not there; nothing else is said of it."""
    rows = (written,) if written.participant_id == "P1" else (row(), written)
    assert [str(v) for v in violations(world(), PLAIN, plan(*rows))] == [named]


def test_both_tables_are_sorted() -> None:
    """By participant_id as text: P10 before P2."""
    people = (person("P1"), person("P10"), person("P2"))
    problem = world(*people, opening(seats=3))
    assert broken(problem, row("P1"), row("P10"), row("P2")) == []
    assert broken(problem, row("P1"), row("P2"), row("P10")) == [Rule.ORDER]
    assert broken(problem, row("P1"), nobody("P10"), nobody("P2")) == []
    assert broken(problem, row("P1"), nobody("P2"), nobody("P10")) == [Rule.ORDER]


@pytest.mark.parametrize("status", ["ongoing", "offered", "pinned"])
@pytest.mark.parametrize(("seats", "rules"), [(2, []), (1, [Rule.SEATS]), (0, [Rule.SEATS])])
def test_seats_are_shared_with_who_is_there(status: str, seats: int, rules: list[Rule]) -> None:
    """Each placement takes a seat, also of people outside the data set."""
    assert broken(world(opening(seats=seats), placement("X", status)), row()) == rules


def test_two_newcomers_share_seats() -> None:
    """Two come to one seat."""
    people = (person("P1"), person("P2"))
    rows = (row("P1"), row("P2", sessions=TUESDAY))
    assert broken(world(*people, opening(seats=2)), *rows) == []
    assert broken(world(*people, opening(seats=1)), *rows) == [Rule.SEATS]


def test_an_ongoing_participant_keeps_the_old_seat_occupied() -> None:
    """P1 moves on from O2; their seat there is not P2's."""
    people = (person("P1"), person("P2"))
    problem = world(*people, opening("O1"), opening("O2", seats=1), ONGOING)
    assert broken(problem, row("P1", "O1"), row("P2", "O2")) == [Rule.SEATS]


CROWD = tuple(placement(name, "ongoing") for name in ("X", "Y", "Z"))


def test_an_opening_already_overdrawn_is_not_the_plans_fault() -> None:
    """Three sit on two seats; only who comes on top breaks a rule."""
    problem = world(opening(seats=2, session_seats=1), *CROWD)
    assert broken(problem, nobody()) == []
    assert broken(problem, row()) == [Rule.SEATS]


def test_a_pinned_row_takes_no_second_seat() -> None:
    """It is the placement itself, and no newcomer, so an overdrawn opening stays unnamed."""
    assert broken(world(opening(seats=1), PIN), pinned()) == []
    assert broken(world(opening(seats=0, session_seats=0), PIN), pinned()) == []


def test_half_days_have_seats_of_their_own() -> None:
    """Two on Tuesday where one may: named for each half-day, and only where somebody new comes."""
    ours = opening(seats=9, session_seats=1)
    tuesday = placement("X", "ongoing")
    assert broken(world(ours, tuesday), row(sessions=MONDAY)) == []
    found = violations(world(ours, tuesday), PLAIN, plan(row(sessions=TUESDAY)))
    assert [str(v) for v in found] == [
        "SESSION_SEATS @O1 tue_am 2>1",
        "SESSION_SEATS @O1 tue_pm 2>1",
    ]
    assert broken(world(ours, *CROWD), row(sessions=MONDAY)) == []


def test_newcomers_share_half_days() -> None:
    """One each half-day is enough for two who come on different days, not on the same."""
    people = (person("P1"), person("P2"))
    problem = world(*people, opening(seats=2, session_seats=1))
    assert broken(problem, row("P1"), row("P2", sessions=TUESDAY)) == []
    mixed = row("P2", sessions=sessions_of(("mon_pm", "tue_am")))
    assert broken(problem, row("P1"), mixed) == [Rule.SESSION_SEATS]


def test_without_half_day_seats_the_seats_are_the_limit() -> None:
    """Empty session_seats are as many as seats: who breaks them has broken the seats."""
    people = (person("P1"), person("P2"))
    assert broken(world(*people, opening(seats=2)), row("P1"), row("P2")) == []
    assert broken(world(*people, opening(seats=1)), row("P1"), row("P2")) == [Rule.SEATS]


def test_no_seat_on_any_half_day() -> None:
    """Zero half-day seats let nobody in."""
    rules = broken(world(opening(session_seats=0)), row())
    assert rules == [Rule.SESSION_SEATS, Rule.SESSION_SEATS]


def test_a_placement_without_half_days_takes_a_seat_only() -> None:
    """Half-days that are not known occupy none."""
    loose: Placement = placement("X", "ongoing", sessions=NO_SESSIONS)
    assert broken(world(opening(session_seats=1), loose), row()) == []
    assert broken(world(opening(seats=1), loose), row()) == [Rule.SEATS]


@pytest.mark.parametrize(("limit", "rules"), [(None, []), (2, []), (1, [Rule.SUPERVISOR_STARTS])])
def test_a_supervisor_takes_so_many_new_starts(limit: int | None, rules: list[Rule]) -> None:
    """Two starts with one supervisor; who has none, or another, is not counted with them."""
    people = [
        person(f"P{n}", supervisor_id=h) for n, h in enumerate(("H1", "H1", "H2", None, None))
    ]
    problem = world(*people, opening(seats=5))
    rows = [row(f"P{n}") for n in range(5)]
    assert broken(problem, *rows, policy=Policy(supervisor_starts=limit)) == rules


def test_the_pinned_are_no_new_starts() -> None:
    """With no start allowed a pinned placement stays."""
    problem = world(person(supervisor_id="H1"), PIN)
    assert broken(problem, pinned(), policy=Policy(supervisor_starts=0)) == []


def test_the_week_is_free_where_it_may_be() -> None:
    """Any two of the four half-days in common will do."""
    for names in (("mon_am", "tue_pm"), ("mon_pm", "tue_am")):
        assert sessions_of(names) & ~TWO_DAYS == 0
        assert broken(world(), row(sessions=sessions_of(names))) == []
