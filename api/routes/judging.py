"""What is judged before a unit of work begins: nothing is matched while others wait for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from api.doorway import Asking, AtSettings, AtStore
from api.matching.judging import pairing, stands_between
from api.matching.lacking import lacks
from api.matching.rejudging import barred
from api.schemas.jobs import PLAN
from api.schemas.placements import NewProposal
from api.store import adoption, audit

PlanId = Annotated[UUID, Path(alias="planId", examples=[PLAN])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is to be proposed, and the codes of what is known to stand between the two."""

    body: NewProposal
    barriers: tuple[str, ...]


def _judged(who: Asking, store: AtStore, settings: AtSettings, body: NewProposal) -> Judged:
    """Whoever is told of a barrier has read something of the profile, which the audit notes."""
    with store.reading() as unit:
        pair = pairing(unit, who, body.participant_id, body.opening_id)
    found = () if pair is None else stands_between(pair, settings.travel_store)
    if found:
        with store.writing() as unit:
            subject = f"participant:{body.participant_id}"
            audit.note(unit, who, "participant.judge", subject, opening=str(body.opening_id))
    return Judged(body=body, barriers=tuple(str(code) for code in found))


AJudged = Annotated[Judged, Depends(_judged)]
"""A proposal, judged: stands before ``Writing`` in a signature."""


def _lacking(
    who: Asking, store: AtStore, settings: AtSettings, plan: PlanId
) -> tuple[adoption.Lack, ...]:
    return lacks(store, who, plan, settings.travel_store)


def _barred(
    who: Asking, store: AtStore, settings: AtSettings, plan: PlanId
) -> Mapping[adoption.Pair, tuple[str, ...]]:
    return barred(store, who, plan, settings.travel_store)


Barring = Annotated[Mapping[adoption.Pair, tuple[str, ...]], Depends(_barred)]
"""What is known by now to bar rows of the plan: stands before ``Writing`` in a signature."""
Lacking = Annotated[tuple[adoption.Lack, ...], Depends(_lacking)]
"""What those lack who got no place in the plan: stands before ``Writing`` in a signature."""
