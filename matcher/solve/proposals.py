"""From chosen pairs to a plan: assignments, those who keep theirs, and who got none and why."""

from collections import Counter
from datetime import date

import numpy as np

from matcher import eligibility, needs, pairs
from matcher.columns import Table, active
from matcher.domain import Placement, PlacementStatus, Sessions
from matcher.outcome import Assignment, Cause, Plan, Unplaced
from matcher.pairs import Pairs
from matcher.policy import Policy
from matcher.solve.order import Solution


def make(table: Table, found: Pairs, policy: Policy, solution: Solution) -> Plan:
    """The plan of the pairs that were chosen, with the pinned placements."""
    new = _assignments(table, found, solution)
    assignments = sorted(new + _pinned(table, policy), key=lambda a: a.participant_id)
    return Plan(
        assignments=tuple(assignments), unplaced=_unplaced(table, found, policy, assignments)
    )


def _assignments(table: Table, found: Pairs, solution: Solution) -> list[Assignment]:
    chosen = found.take(solution.pair)
    rows = table.rows(chosen.participant, chosen.opening)
    unknown = eligibility.unknown_needs(rows)
    problem = table.problem
    return [
        Assignment(
            participant_id=problem.participants[chosen.participant[row]].participant_id,
            opening_id=problem.openings[chosen.opening[row]].opening_id,
            starts_on=date.fromordinal(int(chosen.start[row])),
            sessions=Sessions(int(half_days)),
            travel_minutes=_known(int(chosen.minutes[row])),
            points=int(chosen.points[row]),
            norm_goal_met=bool(chosen.norm[row]),
            ask=needs.needs_of(int(unknown[row])),
            from_home=bool(rows.remote[row]),
        )
        for row, half_days in enumerate(solution.half_days)
    ]


def _known(minutes: int) -> int | None:
    return None if minutes < 0 else minutes


def _pinned(table: Table, policy: Policy) -> list[Assignment]:
    """The pinned placements of participants, as they stand."""
    problem = table.problem
    return [
        _kept(table, policy, placement)
        for placement in problem.placements
        if placement.status is PlacementStatus.PINNED
        and placement.participant_id in problem.participant
        and active(placement, problem)
    ]


def _kept(table: Table, policy: Policy, placement: Placement) -> Assignment:
    pair = pairs.of(table, policy, placement.participant_id, placement.opening_id)
    remote = table.rows(pair.participant, pair.opening).remote
    return Assignment(
        participant_id=placement.participant_id,
        opening_id=placement.opening_id,
        starts_on=placement.starts_on,
        sessions=placement.sessions,
        travel_minutes=_known(int(pair.minutes[0])) if len(pair) else None,
        points=int(pair.points[0]) if len(pair) else None,
        norm_goal_met=bool(len(pair) and pair.norm[0]),
        pinned=True,
        from_home=bool(remote.any()),
    )


def _unplaced(
    table: Table, found: Pairs, policy: Policy, assignments: list[Assignment]
) -> tuple[Unplaced, ...]:
    people = table.problem.participants
    placed = {assignment.participant_id for assignment in assignments}
    starts = Counter(
        table.problem.participant[a.participant_id].supervisor_id
        for a in assignments
        if not a.pinned
    )
    hopeful = np.zeros(len(people), dtype=np.bool_)
    hopeful[found.participant] = True
    unplaced = []
    for at in np.flatnonzero(pairs.looking(table)):
        if people[at].participant_id in placed:
            continue
        taken = starts[people[at].supervisor_id] if people[at].supervisor_id else -1
        busy = policy.supervisor_starts is not None and taken >= policy.supervisor_starts
        full = Cause.SUPERVISOR_FULL if busy else Cause.OPENINGS_FULL
        cause = full if hopeful[at] else Cause.NO_ELIGIBLE_OPENING
        unplaced.append(Unplaced(participant_id=people[at].participant_id, cause=cause))
    return tuple(unplaced)
