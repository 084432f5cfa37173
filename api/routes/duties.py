"""``/duties``: what waits for a supervisor today, of placements and of those without one."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query

from api.doorway import Asking, Reading
from api.matching.grounds import today
from api.schemas.duties import Duties, DutyGroup, DutyOut
from api.store import duties, moment_of

router = APIRouter(tags=["proposals"])

MOST = 100


@router.get("/duties", operation_id="listDuties")
def list_duties(
    who: Asking,
    unit: Reading,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Items of each duty")] = 20,
) -> Duties:
    """What waits for you today; of each duty the first few, and how many there are.

    Answers to offers, offers that soon end, starts and endings that are near, proposals to offer,
    and participants who have no placement under way.
    """
    groups = []
    for duty, some in groupby(duties.waiting(unit, who), key=lambda one: one.duty):
        found = tuple(some)
        items = tuple(map(_told, found[:limit]))
        groups.append(DutyGroup(duty=duty, items=items, total=len(found)))
    return Duties(on=today(moment_of(unit)), groups=tuple(groups))


def _told(found: duties.Found) -> DutyOut:
    return DutyOut(
        participant_id=found.participant_id,
        participant=found.participant,
        proposal_id=found.placement_id,
        opening=found.opening,
        provider=found.provider,
        day=found.day,
        awaited=found.awaited,
    )
