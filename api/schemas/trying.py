"""What if something were otherwise, on the wire: changes, and what differs."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from pydantic.alias_generators import to_snake

from api.schemas.participants import WishIn
from api.schemas.recommendations import (
    PLACE,
    POSSIBLE,
    FallsAwayOut,
    Group,
    GroupName,
    PossibleOut,
    ToCheckOut,
    shown,
)
from api.schemas.wire import Wire
from matcher.domain import Wish

MOST_CHANGES = 20

Cell = bool | int | float | str | tuple[WishIn, ...] | tuple[str, ...] | None


class ChangeIn(Wire):
    """One thing that is to be otherwise: a column of the participant, an opening, or a survey.

    ``value`` null empties it: unknown. Half-days and other sets are lists. ``wishes`` of the
    participant is a list of wishes.
    """

    model_config = shown({"subject": "participant", "name": "maxTravelMinutes", "value": 60})

    subject: Literal["participant", "opening", "site"]
    id: UUID | None = Field(default=None, description="Of the opening or site; else left out")
    name: Annotated[str, Field(min_length=1, max_length=60)]
    value: Cell = None

    @property
    def column(self) -> str:
        """The column of the data set's table; questions of a survey have points in their names."""
        return self.name if "." in self.name else to_snake(self.name)

    @property
    def cell(self) -> str | tuple[Wish, ...]:
        """What a cell of such a table holds; wishes as the domain has them."""
        value = self.value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            wishes = tuple(one.value() for one in value if isinstance(one, WishIn))
            if wishes or self.name == "wishes":
                return wishes
            return ";".join(str(one) for one in value)
        return "" if value is None else str(value)


class WhatIfIn(Wire):
    """Changes to try together."""

    model_config = shown(
        {"changes": [{"subject": "participant", "name": "maxTravelMinutes", "value": 60}]}
    )

    changes: Annotated[tuple[ChangeIn, ...], Field(min_length=1, max_length=MOST_CHANGES)]


class ShiftOut(Wire):
    """An opening that stands elsewhere, or has other points; null: it is in no group."""

    opening_id: UUID
    title: str
    site: str
    before: GroupName | None
    after: GroupName | None
    points_before: int | None
    points_after: int | None


class GoalOut(Wire):
    """A goal of the plan before and after."""

    name: str
    before: int | None
    after: int | None


class PlanShift(Wire):
    """What the changes do to the plan; others are counted, and never named."""

    plan_id: UUID
    before: UUID | None
    after: UUID | None
    gained: int
    lost: int
    moved: int
    goals: tuple[GoalOut, ...]
    proven: bool


class WhatIfOut(Wire):
    """The answer again, and what differs. Nothing is kept, and nothing is changed."""

    model_config = shown(
        {
            "planDate": "2026-11-23",
            "possible": {"items": [POSSIBLE], "total": 1},
            "toCheck": {"items": [], "total": 0},
            "fallsAway": {"items": [], "total": 0},
            "difference": [
                {
                    "openingId": PLACE["openingId"],
                    "title": "Café",
                    "site": "Hagens kafé",
                    "before": "fallsAway",
                    "after": "possible",
                    "pointsBefore": None,
                    "pointsAfter": 785,
                }
            ],
            "plan": {
                "planId": "1c8d8c2b-58f5-4a0a-9a4e-2d9a9d8e7f61",
                "before": None,
                "after": PLACE["openingId"],
                "gained": 0,
                "lost": 0,
                "moved": 1,
                "goals": [{"name": "placed", "before": 411, "after": 412}],
                "proven": True,
            },
        }
    )

    plan_date: date
    possible: Group[PossibleOut]
    to_check: Group[ToCheckOut]
    falls_away: Group[FallsAwayOut]
    difference: tuple[ShiftOut, ...]
    plan: PlanShift | None
