"""What is known to stand between one participant and one opening, before somebody is proposed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from api.domain import Principal, Refusal
from api.matching.grounds import policy_of, today
from api.matching.journeys import shown_with_journeys
from api.store import Session, moment_of, plans, profiles, supply

if TYPE_CHECKING:
    from matcher.columns import Table
    from matcher.domain import (
        BarrierCode,
        Opening,
        OpeningId,
        Participant,
        ParticipantId,
        Provider,
        Site,
    )
    from matcher.policy import Policy

REFUSED_ELSEWHERE = frozenset({"OPENING_PAUSED", "ALREADY_THERE"})
"""What the store refuses by codes of its own, in the unit of work that would propose."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Pairing:
    """A participant and an opening as they stand, and what they are judged by."""

    profile: "Participant"
    provider: "Provider"
    site: "Site"
    opening: "Opening"
    policy: "Policy"
    day: date


def pairing(unit: Session, who: Principal, participant: UUID, opening: UUID) -> Pairing | None:
    """The two, read for whom the participant is shared with; None where there is none of them."""
    try:
        row = profiles.mine(unit, who, participant)
    except Refusal:
        return None
    found = supply.place(unit, opening)
    if found is None:
        return None
    return Pairing(
        profile=profiles.profile_of(unit, row),
        provider=found.provider,
        site=found.site,
        opening=found.opening,
        policy=policy_of(plans.policy(unit, row.organisation_id)),
        day=today(moment_of(unit)),
    )


def stands_between(pair: Pairing, travel: Path | None) -> "tuple[BarrierCode, ...]":
    """The codes of the known barriers, each once, in the order of the rules; needs are not named.

    What nobody knows is to be asked, and is none. Seats are no rule: a proposal can wait.

    Raises:
        Refusal: the store of travel times cannot be read (``UNAVAILABLE``).
    """
    from matcher import columns, occupations
    from matcher.domain import Problem

    problem = Problem(
        plan_date=pair.day,
        participants=(pair.profile,),
        providers=(pair.provider,),
        sites=(pair.site,),
        openings=(pair.opening,),
        occupations=occupations.shipped(),
    )
    table = columns.load(shown_with_journeys(problem, travel), pair.policy)
    return codes_between(table, pair.policy, pair.profile.participant_id, pair.opening.opening_id)


def codes_between(
    table: "Table", policy: "Policy", participant: "ParticipantId", opening: "OpeningId"
) -> "tuple[BarrierCode, ...]":
    """The codes of the known barriers between two in a table, as ``stands_between`` tells them."""
    from matcher.explain import known_barriers

    found = known_barriers(table, policy, participant, opening)
    codes = dict.fromkeys(barrier.code for barrier in found)
    return tuple(code for code in codes if code not in REFUSED_ELSEWHERE)
