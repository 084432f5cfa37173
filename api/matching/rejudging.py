"""Whether what a plan proposes still holds: its rows judged again when it is taken over."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from api.domain import Principal
from api.matching.grounds import policy_of, today
from api.matching.journeys import shown_with_journeys
from api.matching.judging import codes_between
from api.matching.problems import problem_of_organisation
from api.store import Store, moment_of, plans
from api.store.adoption import Pair

if TYPE_CHECKING:
    from matcher.domain import OpeningId, ParticipantId, Problem
    from matcher.policy import Policy

    Row = tuple[ParticipantId, OpeningId]


def barred(
    store: Store, who: Principal, plan: UUID, travel: Path | None
) -> Mapping[Pair, tuple[str, ...]]:
    """What is known by now to stand between the rows of a plan, outside any unit of work.

    As of a single proposal: by the organisation's policy, today (or on the plan's day, if that is
    to come); what nobody knows is no barrier. Rows that nothing bars are not in it.

    Returns:
        The codes of the barriers, by pseudonym and opening's code.

    Raises:
        Refusal: there is no such plan (``NOT_FOUND``); the store of travel times cannot be read
            (``UNAVAILABLE``).
    """
    with store.snapshot() as unit:
        row = plans.own(unit, who, plan)
        if row.adopted_at is not None:
            return {}
        rows = [
            (one.participant_id, one.opening_id)
            for one in plans.opened(unit, row).assignments
            if not one.pinned
        ]
        day = max(today(moment_of(unit)), row.plan_date)
        problem = problem_of_organisation(unit, row.organisation_id, day)
        policy = policy_of(plans.policy(unit, row.organisation_id))
    unseated = replace(problem, placements=())  # seats are no rule: a proposal can wait
    return _barred(shown_with_journeys(unseated, travel), policy, rows)


def _barred(
    problem: "Problem", policy: "Policy", rows: "list[Row]"
) -> Mapping[Pair, tuple[str, ...]]:
    """All rows at once; those of which any rule says anything, one by one."""
    import numpy as np

    from matcher import columns, eligibility

    table = columns.load(problem, policy)
    people, openings = problem.participant_at, problem.opening_at
    there = [one for one in rows if one[0] in people and one[1] in openings]
    pairs = table.rows(
        np.array([people[person] for person, _ in there], dtype=np.int32),
        np.array([openings[opening] for _, opening in there], dtype=np.int32),
    )
    said = (eligibility.judged(pairs, policy) != 0).any(axis=0).tolist()
    found = {
        (str(person), str(opening)): codes_between(table, policy, person, opening)
        for (person, opening), bars in zip(there, said, strict=True)
        if bars
    }
    return {pair: tuple(str(code) for code in codes) for pair, codes in found.items() if codes}
