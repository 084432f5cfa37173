"""Policies (avvägningar) on the wire: the keys of a policy file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from api.schemas.plain import Note
from api.schemas.plans import EXAMPLE_POLICY
from api.schemas.wire import Wire

USER = "0b6f3c58-3d6a-4c2f-9b58-2d1d3a0f7c11"
CHANGE = "5a0d1c53-7f0e-4a3e-8a51-6f5f1b9f2c22"
WHY = "The steering group of 12 November wants waits to count more"


class NewPolicy(Wire):
    """What plans are to be made with from now on, and why."""

    policy: Mapping[str, Any] = Field(
        description="The keys of a policy file; missing ones have their defaults",
        examples=[EXAMPLE_POLICY],
    )
    why: Note = Field(examples=[WHY])


class Policy(Wire):
    """What an organisation plans with. ``policy``: as it was set; ``whole``: every key."""

    policy: Mapping[str, Any] = Field(examples=[EXAMPLE_POLICY])
    whole: Mapping[str, Any] = Field(examples=[{**EXAMPLE_POLICY, "horizon_days": 90}])
    version: int = Field(examples=[3])


class PolicyChange(Wire):
    """A change of a policy: who, when, why, before and after."""

    id: UUID = Field(examples=[CHANGE])
    at: datetime = Field(examples=["2026-11-20T08:30:00Z"])
    user_id: UUID = Field(examples=[USER])
    why: str = Field(examples=[WHY])
    before: Mapping[str, Any] = Field(examples=[{}])
    after: Mapping[str, Any] = Field(examples=[EXAMPLE_POLICY])
