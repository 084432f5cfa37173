"""Who could remove a barrier, and whom to ask."""

from collections.abc import Mapping
from enum import StrEnum

from matcher.domain import Barrier, BarrierCode, Need


class Whom(StrEnum):
    """Whom to ask, or who could remove a barrier."""

    SITE = "site"
    PARTICIPANT = "participant"
    AUTHORITY = "authority"
    TRAVEL_PLANNER = "travel_planner"
    COORDINATOR = "coordinator"


REMOVERS: Mapping[BarrierCode, Whom] = {
    BarrierCode.TRAVEL_TOO_LONG: Whom.PARTICIPANT,
    BarrierCode.TRAVEL_UNKNOWN: Whom.TRAVEL_PLANNER,
    BarrierCode.HOURS_TOO_FEW: Whom.SITE,
    BarrierCode.HOURS_TOO_MANY: Whom.SITE,
    BarrierCode.SESSIONS_DO_NOT_FIT: Whom.PARTICIPANT,
    BarrierCode.STARTS_TOO_LATE: Whom.SITE,
    BarrierCode.OPENING_PAUSED: Whom.SITE,
    BarrierCode.MUNICIPALITY_NOT_SERVED: Whom.COORDINATOR,
    BarrierCode.ENROLMENT_REQUIRED: Whom.AUTHORITY,
    BarrierCode.NOT_INSURED: Whom.AUTHORITY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT: Whom.COORDINATOR,
    BarrierCode.REMOTE_ONLY: Whom.SITE,
}
"""Who could remove a barrier. What is not here is nobody's to give up, or not to be asked for."""

EASY_FIXES = frozenset(
    {Need.SCENT_FREE, Need.CLEAR_WAYFINDING, Need.EASY_TEXT, Need.QUIET, Need.COMPANION}
)
"""Needs that a site can often meet without building: soap, signs, meeting up, text, music."""


def remover(barrier: Barrier) -> Whom | None:
    """Who could remove a barrier; None when nobody can, or nobody should be asked to."""
    if barrier.code is BarrierCode.NEED_UNMET:
        return Whom.SITE if Need(barrier.detail) in EASY_FIXES else None
    if barrier.code is BarrierCode.NEED_UNKNOWN:
        return Whom.SITE
    return REMOVERS.get(barrier.code)
