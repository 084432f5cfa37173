"""What those lack whom a plan has no place for: unmet demand, recorded when it is adopted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from api.domain import DeclineReason, Principal
from api.matching.grounds import policy_of
from api.matching.journeys import shown_with_journeys
from api.matching.problems import problem_of_organisation
from api.store import Store, demand, plans
from api.store.adoption import Lack
from api.store.placements import wished_field

if TYPE_CHECKING:
    from matcher.columns import Table
    from matcher.domain import Participant, Problem
    from matcher.outcome import Cause
    from matcher.policy import Policy


def lacks(store: Store, who: Principal, plan: UUID, travel: Path | None) -> tuple[Lack, ...]:
    """What everybody lacks for whom a plan that is not adopted yet has no place, outside any unit.

    Nothing for protected identity, for whoever looks no more or holds a seat by now, where an
    opening has become possible, and where it was the supervisor's starts that were full: no place
    is lacking there.

    Raises:
        Refusal: there is no such plan (``NOT_FOUND``); the store of travel times cannot be read
            (``UNAVAILABLE``).
    """
    with store.snapshot() as unit:
        row = plans.own(unit, who, plan)
        if row.adopted_at is not None:
            return ()
        causes = {str(one.participant_id): one.cause for one in plans.opened(unit, row).unplaced}
        numbers, policy = plans.people(unit, row), policy_of(row.policy)
        problem = problem_of_organisation(unit, row.organisation_id, row.plan_date)
    return tuple(_lacks(shown_with_journeys(problem, travel), policy, causes, numbers))


def _lacks(
    problem: "Problem",
    policy: "Policy",
    causes: "Mapping[str, Cause]",
    numbers: Mapping[str, UUID],
) -> Iterator[Lack]:
    from matcher import columns, pairs
    from matcher.outcome import Cause

    table = columns.load(problem, policy)
    looks = pairs.looking(table).tolist()
    for at, person in enumerate(problem.participants):
        cause = causes.get(person.participant_id)
        if cause is None or person.protected_identity or not looks[at]:
            continue
        codes: tuple[str, ...] | None = None
        if cause is Cause.OPENINGS_FULL:
            codes = (str(DeclineReason.PLACE_FULL),)
        elif cause is Cause.NO_ELIGIBLE_OPENING:
            codes = _barriers(table, policy, at, wished_field(person))
        if codes is not None:
            yield _lack(numbers[person.participant_id], person, codes)


def _lack(number: UUID, person: "Participant", codes: tuple[str, ...]) -> Lack:
    return Lack(
        participant_id=number,
        field=wished_field(person) or demand.NO_FIELD,
        municipality=person.municipality_code,
        codes=codes,
    )


def _barriers(
    table: "Table", policy: "Policy", at: int, field: str | None
) -> tuple[str, ...] | None:
    """What bars somebody from the openings of a field (None: of all); None if one is possible."""
    import numpy as np

    from matcher import eligibility

    problem = table.problem
    openings = np.arange(len(problem.openings), dtype=np.int32)
    bars = eligibility.judged(table.rows(np.full_like(openings, at), openings), policy) != 0
    if not bars.any(axis=0).all():
        return None
    groups = problem.occupations
    here = [field in {None, groups[one.occupation_group].field} for one in problem.openings]
    often = bars[:, np.array(here, dtype=np.bool_)].any(axis=1)
    rules = zip(eligibility.BARRIERS, often.tolist(), strict=True)
    return tuple(rule.__name__.upper() for rule, bar in rules if bar)
