"""What somebody has a right to, on the wire: all that is stored, and what erasing did."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict

from api import texts
from api.schemas.participants import EXAMPLE, IDENTITY, ParticipantOut, ReaderOut
from api.schemas.wire import Wire
from api.store.rights import Erased, Placed, Proposed
from api.store.tables import AuditEntry
from api.texts import Language
from api.texts.rights import KEPT
from matcher.domain import Sessions, session_names

AN_ID = "6f0d1c54-5a0e-4f53-9b1c-0a5c8ad8e0d1"


class StoredStep(Wire):
    """A step in a placement's life, with the note that was written."""

    at: datetime
    who: str
    step: str
    before: str | None
    after: str
    by: str | None
    reason: str | None
    on: date | None
    hours_per_week: int | None
    note: str | None


class StoredPlacement(Wire):
    """A placement with its steps, and the arrangements that were written."""

    id: UUID
    opening_id: UUID
    state: str
    starts_on: date | None
    ends_on: date | None
    half_days: tuple[str, ...]
    hours_per_week: int
    goes_along: bool | None
    arrangements: str | None
    consented_at: datetime | None
    ending: str | None
    ended_hours: int | None
    steps: tuple[StoredStep, ...]


class StoredProposal(Wire):
    """What a plan proposed, or why it proposed nothing."""

    plan_id: UUID
    plan_date: date
    opening_code: str | None
    starts_on: date | None
    half_days: tuple[str, ...]
    cause: str | None


class StoredEntry(Wire):
    """An entry of the audit."""

    number: int
    at: str
    who: str
    action: str
    subject: str
    detail: dict[str, Any]


class Export(Wire):
    """Everything that is stored of a participant (GDPR, articles 15 and 20)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "participant": IDENTITY | {"profile": EXAMPLE},
                    "sharedWith": [],
                    "placements": [],
                    "proposals": [],
                    "audit": [],
                }
            ]
        }
    )

    participant: ParticipantOut
    shared_with: tuple[ReaderOut, ...]
    placements: tuple[StoredPlacement, ...]
    proposals: tuple[StoredProposal, ...]
    audit: tuple[StoredEntry, ...]


class Kept(Wire):
    """Something that stays, and why."""

    code: str
    text: str


class ErasedOut(Wire):
    """What was erased, how much of it, and what stays without a person in it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "participantId": AN_ID,
                    "placements": 2,
                    "notes": 1,
                    "plans": 3,
                    "answers": 1,
                    "kept": [{"code": "audit", "text": "Loggen finns kvar ..."}],
                }
            ]
        }
    )

    participant_id: UUID
    placements: int
    notes: int
    plans: int
    answers: int
    kept: tuple[Kept, ...]


def placement(found: Placed) -> StoredPlacement:
    """A placement that is stored."""
    row = found.row
    return StoredPlacement(
        id=row.id,
        opening_id=row.opening_id,
        state=row.state,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        half_days=session_names(Sessions(row.sessions)),
        hours_per_week=row.hours_per_week,
        goes_along=row.goes_along,
        arrangements=found.arrangements,
        consented_at=row.consented_at,
        ending=row.ending,
        ended_hours=row.ended_hours,
        steps=tuple(
            StoredStep(
                at=step.at,
                who=step.who,
                step=step.step,
                before=step.before,
                after=step.after,
                by=step.by,
                reason=step.reason,
                on=step.on,
                hours_per_week=step.hours_per_week,
                note=note,
            )
            for step, note in found.steps
        ),
    )


def proposal(found: Proposed) -> StoredProposal:
    """What a plan has."""
    assigned = found.assignment
    return StoredProposal(
        plan_id=found.plan.id,
        plan_date=found.plan.plan_date,
        opening_code=found.opening_id,
        starts_on=assigned.starts_on if assigned else None,
        half_days=session_names(assigned.sessions) if assigned else (),
        cause=found.cause,
    )


def entries(found: Iterable[AuditEntry]) -> tuple[StoredEntry, ...]:
    """Entries of the audit."""
    return tuple(
        StoredEntry(
            number=one.number,
            at=one.at,
            who=one.who,
            action=one.action,
            subject=one.subject,
            detail=json.loads(one.detail),
        )
        for one in found
    )


def erased(participant: UUID, found: Erased, language: Language) -> ErasedOut:
    """What was erased, and what stays."""
    return ErasedOut(
        participant_id=participant,
        placements=found.placements,
        notes=found.notes,
        plans=found.plans,
        answers=found.answers,
        kept=tuple(Kept(code=code, text=texts.say(language, f"kept.{code}")) for code in KEPT),
    )
