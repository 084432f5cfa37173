"""What to ask before a decision, and whom: what nobody knows, and an estimate near the limit.

What is asked does not always stand between: an opening may be possible and carry a question.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher import needs
from matcher.domain import Barrier, BarrierCode
from matcher.explain.journeys import Journey
from matcher.explain.whom import Whom

_WHOM_TO_ASK: Mapping[BarrierCode, Whom] = {
    BarrierCode.NEED_UNKNOWN: Whom.SITE,
    BarrierCode.TRAVEL_UNKNOWN: Whom.TRAVEL_PLANNER,
    BarrierCode.TRAVEL_TOO_LONG: Whom.TRAVEL_PLANNER,
    BarrierCode.NOT_INSURED: Whom.AUTHORITY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: Whom.COORDINATOR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something that nobody knows: what, and whom to ask.

    ``between``: whether it stands between as long as nobody knows. Where it does not, the answer
    may still be that the opening will not do.
    """

    barrier: Barrier
    whom: Whom
    between: bool = True


def question(barrier: Barrier, *, between: bool = True) -> Question:
    """The question that a barrier comes down to, if it rests on something unknown.

    Raises:
        KeyError: it never does.
    """
    return Question(barrier=barrier, whom=_WHOM_TO_ASK[barrier.code], between=between)


def about_needs(unknown: int) -> tuple[Question, ...]:
    """What to ask the site about required needs, as bits, that bar nothing though unknown."""
    barriers = (
        Barrier(code=BarrierCode.NEED_UNKNOWN, detail=need) for need in needs.needs_of(unknown)
    )
    return tuple(question(barrier, between=False) for barrier in barriers)


def about_minutes(journey: Journey) -> tuple[Question, ...]:
    """What to ask of a journey that is within the limit as estimated, and may not be in truth."""
    if not journey.near_limit:
        return ()
    barrier = Barrier(code=BarrierCode.TRAVEL_TOO_LONG, detail=str(journey.minutes))
    return (question(barrier, between=False),)
