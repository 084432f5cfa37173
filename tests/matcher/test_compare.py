"""Two plans compared: everybody is accounted for once, and the other way round is the reverse."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from matcher.compare import Difference, GoalChange, Move, compare
from matcher.domain import OpeningId, ParticipantId, Sessions
from matcher.outcome import Assignment, Goal, Plan
from matcher.policy import GoalName
from tests.builders import PLAN_DATE, week

MONDAY = week("mon_am")
PEOPLE = [ParticipantId(f"P{number}") for number in range(6)]
PLACES = [OpeningId(f"O{number}") for number in range(3)]


def row(who: str, where: str, *, sessions: Sessions = MONDAY, days: int = 0) -> Assignment:
    """Somebody somewhere; points and journeys play no part."""
    return Assignment(
        participant_id=ParticipantId(who),
        opening_id=OpeningId(where),
        starts_on=PLAN_DATE + timedelta(days),
        sessions=sessions,
        travel_minutes=0,
        points=0,
        norm_goal_met=False,
    )


def plan_of(*rows: Assignment) -> Plan:
    """A plan of these rows."""
    return Plan(assignments=rows, unplaced=())


def goals_of(**values: int) -> tuple[Goal, ...]:
    """Goals with these values."""
    return tuple(Goal(name=GoalName(n), value=v, bound=v) for n, v in values.items())


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Some people, each at one place."""
    who = draw(st.frozensets(st.sampled_from(PEOPLE)))
    return plan_of(
        *(
            replace(
                row(name, draw(st.sampled_from(PLACES)), days=draw(st.integers(0, 1))),
                sessions=Sessions(draw(st.integers(1, 2))),
                pinned=draw(st.booleans()),
            )
            for name in sorted(who)
        )
    )


goals = st.dictionaries(st.sampled_from(GoalName), st.integers(-9, 9)).map(
    lambda values: goals_of(**{str(name): value for name, value in values.items()})
)


def test_each_kind_of_difference() -> None:
    """P1 stays, P2 moves, P3 loses, P4 gains; P5 and P6 stay on other half-days and days."""
    before = plan_of(
        row("P1", "O1"), row("P2", "O1"), row("P3", "O2"), row("P5", "O3"), row("P6", "O3")
    )
    after = plan_of(
        row("P1", "O1"),
        row("P2", "O2"),
        row("P4", "O1"),
        row("P5", "O3", sessions=week("tue_am")),
        row("P6", "O3", days=7),
    )
    p = {number: ParticipantId(f"P{number}") for number in range(1, 7)}
    o = {number: OpeningId(f"O{number}") for number in range(1, 4)}
    assert compare(before, after, goals_of(placed=5, points=9), goals_of(placed=5)) == Difference(
        goals=(
            GoalChange(name=GoalName.PLACED, before=5, after=5),
            GoalChange(name=GoalName.POINTS, before=9, after=None),
        ),
        gained=(Move(participant_id=p[4], before=None, after=o[1]),),
        lost=(Move(participant_id=p[3], before=o[2], after=None),),
        moved=(Move(participant_id=p[2], before=o[1], after=o[2]),),
        rescheduled=(p[5], p[6]),
        kept=3,
    )


@given(plan=plans(), reached=goals)
def test_a_plan_and_itself(plan: Plan, reached: tuple[Goal, ...]) -> None:
    """Everybody keeps the place, and every goal its value."""
    found = compare(plan, plan, reached, reached)
    assert (found.gained, found.lost, found.moved, found.rescheduled) == ((), (), (), ())
    assert found.kept == len(plan.assignments)
    assert [(g.name, g.before) for g in found.goals] == [(g.name, g.value) for g in reached]
    assert all(change.before == change.after for change in found.goals)


@given(one=plans(), other=plans(), first=goals, second=goals)
def test_the_other_way_round(
    one: Plan, other: Plan, first: tuple[Goal, ...], second: tuple[Goal, ...]
) -> None:
    """Who gains one way loses the other; who moves moves back; who stays stays."""
    there, back = compare(one, other, first, second), compare(other, one, second, first)

    def reversed_(moves: tuple[Move, ...]) -> tuple[Move, ...]:
        return tuple(replace(move, before=move.after, after=move.before) for move in moves)

    assert back.gained == reversed_(there.lost)
    assert back.lost == reversed_(there.gained)
    assert back.moved == reversed_(there.moved)
    assert (back.rescheduled, back.kept) == (there.rescheduled, there.kept)
    assert {(g.name, g.after, g.before) for g in back.goals} == {
        (g.name, g.before, g.after) for g in there.goals
    }


@given(one=plans(), other=plans())
def test_everybody_is_counted_once(one: Plan, other: Plan) -> None:
    """Those of a plan are kept, moved, and lost or gained; each part is sorted, nobody in two."""
    found = compare(one, other, (), ())
    assert found.kept + len(found.moved) + len(found.lost) == len(one.assignments)
    assert found.kept + len(found.moved) + len(found.gained) == len(other.assignments)
    names = [[m.participant_id for m in part] for part in (found.gained, found.lost, found.moved)]
    assert all(part == sorted(set(part)) for part in [*names, list(found.rescheduled)])
    flat = [*names[0], *names[1], *names[2], *found.rescheduled]
    assert len(flat) == len(set(flat))
    assert len(found.rescheduled) <= found.kept
    assert found.goals == ()
