"""What waits for a supervisor (att göra), on the wire."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from api.domain import Party
from api.domain.duties import Duty
from api.schemas.wire import Wire

_ONE: JsonDict = {
    "participantId": "5f0c0b0e-6f2d-4f43-9a64-0a3a5a9b3c11",
    "participant": "N-017",
    "proposalId": "6f0d1c54-5a0e-4f53-9b1c-0a5c8ad8e0d1",
    "opening": "Cafébiträde",
    "provider": "Arbetsmarknadsenheten",
    "day": "2026-12-07",
    "awaited": ["participant"],
}


class DutyOut(Wire):
    """Something that waits: about whom, and of a placement which, where, and whose yes it lacks.

    ``day`` is the last day of an offer, or the first or last day of the placement; null where
    there is none.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_ONE]})

    participant_id: UUID
    participant: str = Field(description="The pseudonym")
    proposal_id: UUID | None
    opening: str | None
    provider: str | None
    day: date | None
    awaited: tuple[Party, ...]


class DutyGroup(Wire):
    """Those of one duty, the most urgent first, and how many there are."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"duty": "answer", "items": [_ONE], "total": 1}]}
    )

    duty: Duty
    items: tuple[DutyOut, ...]
    total: int


class Duties(Wire):
    """Everything that waits, by duty; those of which there is none are left out."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "on": "2026-12-01",
                    "groups": [{"duty": "answer", "items": [_ONE], "total": 1}],
                }
            ]
        }
    )

    on: date = Field(description="The day of it")
    groups: tuple[DutyGroup, ...]
