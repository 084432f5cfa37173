"""Whom each supervisor has, by hand and by brute force."""

from collections import Counter

from hypothesis import given

from matcher.domain import PlacementStatus, Problem
from matcher.insight.load import SupervisorLoad, supervisor_load
from matcher.policy import Policy
from tests.builders import opening, participant, placement, problem_of
from tests.examples import examples
from tests.matcher.insight.answers import (
    WEIGHINGS,
    WORLDS,
    looking_people,
    other_gender,
    standing_of,
    turned,
)


@given(WORLDS, WEIGHINGS)
@examples(50)
def test_everybody_is_with_one_supervisor_or_none(problem: Problem, policy: Policy) -> None:
    """All of them, who looks, who is placed, who is not; the protected in no count."""
    standing = standing_of(problem, policy)
    shown = {p.participant_id: p for p in problem.participants if not p.protected_identity}
    looks = {problem.participants[at].participant_id for at in looking_people(problem)}
    placed = {who for who, _ in standing.plan.proposals} & looks

    def of(some: object) -> Counter[str | None]:
        return Counter(shown[name].supervisor_id for name in some)

    everybody, looking, has = of(shown), of(looks), of(placed)
    found = supervisor_load(standing)
    assert {
        load.supervisor_id: (load.participants, load.looking, load.placed, load.unplaced)
        for load in found
    } == {
        name: (number, looking[name], has[name], looking[name] - has[name])
        for name, number in everybody.items()
    }
    keys = [(-f.participants, f.supervisor_id is None, f.supervisor_id or "") for f in found]
    assert keys == sorted(keys)
    assert not any(f"'{p.participant_id}'" in repr(found) for p in problem.participants)


@given(WORLDS, WEIGHINGS)
@examples(15)
def test_neither_order_nor_gender_changes_the_load(problem: Problem, policy: Policy) -> None:
    """The same rows otherwise ordered; another gender where there is no norm goal."""
    found = supervisor_load(standing_of(problem, policy))
    assert supervisor_load(standing_of(turned(problem), policy)) == found
    assert supervisor_load(standing_of(other_gender(problem), policy)) == found


def test_one_placed_one_left_one_settled_one_hidden() -> None:
    """H1 has P1 and P2, of whom one gets the seat; H2 has P3, pinned at O2, and P4, hidden.

    Nobody has P5, who comes too many hours for both.
    """
    people = [
        *(participant("P1", supervisor_id="H1"), participant("P2", supervisor_id="H1")),
        participant("P3", supervisor_id="H2"),
        participant("P4", supervisor_id="H2", protected_identity=True, hours_per_week=20),
        participant("P5", hours_per_week=20),
    ]
    pinned = placement(participant_id="P3", opening_id="O2", status=PlacementStatus.PINNED)
    places = (opening("O1", hours_max=10), opening("O2", hours_max=10))
    assert supervisor_load(standing_of(problem_of(*people, *places, pinned))) == (
        SupervisorLoad(supervisor_id="H1", participants=2, looking=2, placed=1, unplaced=1),
        SupervisorLoad(supervisor_id="H2", participants=1, looking=0, placed=0, unplaced=0),
        SupervisorLoad(supervisor_id=None, participants=1, looking=1, placed=0, unplaced=1),
    )
