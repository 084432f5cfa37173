"""Answers for one participant on the wire: what is possible, what to check, what falls away.

Codes with their parameters, and the same said in one language. There is no percentage of how well
somebody fits: what counts is told by criterion. Others are only counted, never named.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_snake

from api.schemas.participants import WishIn
from api.schemas.wire import Wire
from matcher.domain import Wish

Item = TypeVar("Item")
GroupName = Literal["possible", "toCheck", "fallsAway"]
MOST_CHANGES = 20

JOURNEY: dict[str, Any] = {
    "kind": "minutes",
    "minutes": 32,
    "low": 17,
    "high": 41,
    "stepFree": None,
    "askWhom": None,
    "text": "32 min (uppskattat, 17-41)",
}
PLACE: dict[str, Any] = {
    "openingId": "7d6f4a57-7f3c-4a43-8f1f-6f6d8f6a1c55",
    "siteId": "a6b1a4d8-2d41-4d41-9f3c-0a5d8c4c7b21",
    "title": "Café",
    "site": "Hagens kafé",
    "provider": "Hagen ASF",
    "municipality": "Stockholm",
    "journey": JOURNEY,
}
QUESTION: dict[str, Any] = {
    "code": "NEED_UNKNOWN",
    "detail": "SCENT_FREE",
    "whom": "site",
    "text": "Fråga arbetsplatsen: Är tvålen oparfymerad?",
}
BARRIER: dict[str, Any] = {
    "code": "TRAVEL_TOO_LONG",
    "detail": "52",
    "removableBy": "participant",
    "text": "Resan tar 52 minuter, och gränsen är 45.",
}
CRITERION: dict[str, Any] = {
    "code": "wish",
    "value": 850,
    "weight": 45,
    "text": "önskemål: 850 av 1000, väger 45",
}
POSSIBLE: dict[str, Any] = PLACE | {
    "points": 785,
    "criteria": [CRITERION],
    "startsOn": "2026-12-10",
    "commonHalfDays": ["mon_am", "thu_am"],
    "needsMet": ["SCENT_FREE"],
    "wantsMet": [],
    "seatsLeft": 1,
    "full": False,
    "confirmedOn": "2026-11-20",
    "stale": False,
    "talkAbout": True,
    "questions": [],
}


def shown(example: Mapping[str, Any]) -> ConfigDict:
    """What the document shows of a type."""
    return ConfigDict(json_schema_extra={"examples": [dict(example)]})


class Journey(Wire):
    """A journey: ``low`` and ``high`` are the band of an estimate, ``minutes`` null: not known."""

    kind: Literal["minutes", "unreachable", "unknown", "withheld", "from_home"]
    minutes: int | None
    low: int | None
    high: int | None
    step_free: str | None
    ask_whom: str | None
    text: str


class Place(Wire):
    """An opening, where it is, and the journey there."""

    opening_id: UUID
    site_id: UUID
    title: str
    site: str
    provider: str
    municipality: str
    journey: Journey


class QuestionOut(Wire):
    """What nobody knows and stands between, and whom to ask."""

    code: str
    detail: str | None
    whom: str
    text: str


class BarrierOut(Wire):
    """What stands between, and who could remove it; null: nobody, or nobody is to be asked."""

    code: str
    detail: str
    removable_by: str | None
    text: str


class CriterionOut(Wire):
    """What a criterion gives, 0 to 1000, and what it weighs, of 100."""

    code: str
    value: int
    weight: int
    text: str


class PossibleOut(Place):
    """An opening without a barrier. ``full``: no seat, or no room on enough half-days, now.

    ``stale``: nobody has confirmed its capacity lately. ``talkAbout``: one of three that differ.
    """

    model_config = shown(POSSIBLE)

    points: int
    criteria: tuple[CriterionOut, ...]
    starts_on: date
    common_half_days: tuple[str, ...]
    needs_met: tuple[str, ...]
    wants_met: tuple[str, ...]
    seats_left: int
    full: bool
    confirmed_on: date | None
    stale: bool
    talk_about: bool
    questions: tuple[QuestionOut, ...]


class ToCheckOut(Place):
    """An opening where everything that stands between is unknown."""

    model_config = shown(PLACE | {"questions": [QUESTION]})

    questions: tuple[QuestionOut, ...]


class FallsAwayOut(Place):
    """An opening with a known barrier, and all of them."""

    model_config = shown(PLACE | {"barriers": [BARRIER]})

    barriers: tuple[BarrierOut, ...]


class Group(Wire, Generic[Item]):
    """A page of one of the three groups; ``items`` is empty where another group was asked for."""

    items: tuple[Item, ...]
    total: int


class Recommendations(Wire):
    """Every opening stands in exactly one of three groups. Advice: a person decides."""

    model_config = shown(
        {
            "planDate": "2026-11-23",
            "possible": {"items": [POSSIBLE], "total": 1},
            "toCheck": {"items": [PLACE | {"questions": [QUESTION]}], "total": 1},
            "fallsAway": {"items": [PLACE | {"barriers": [BARRIER]}], "total": 1},
            "shortlist": [PLACE["openingId"]],
            "limit": 20,
            "offset": 0,
        }
    )

    plan_date: date
    possible: Group[PossibleOut]
    to_check: Group[ToCheckOut]
    falls_away: Group[FallsAwayOut]
    shortlist: tuple[UUID, ...]
    limit: int
    offset: int


class EffectOut(Wire):
    """What choosing an opening does to the plan: each goal, and how many others are touched."""

    goals: dict[str, int]
    lose: int
    gain: int
    move: int
    proven: bool


class InPlanOut(Wire):
    """What the plan says of this opening for this participant.

    ``reason``: ``there``, ``not_looking``, ``barrier``, ``no_room``, ``goal_falls``, ``nothing``.
    """

    plan_id: UUID
    reason: str
    goal: str | None
    less: int
    effect: EffectOut | None
    text: str


class Explanation(Wire):
    """Why an opening stands where it stands for a participant, and what choosing it would do."""

    model_config = shown(
        {
            "planDate": "2026-11-23",
            "group": "possible",
            "possible": POSSIBLE,
            "toCheck": None,
            "fallsAway": None,
            "rank": 1,
            "nextBest": POSSIBLE | {"talkAbout": False},
            "plan": {
                "planId": "1c8d8c2b-58f5-4a0a-9a4e-2d9a9d8e7f61",
                "reason": "goal_falls",
                "goal": "placed",
                "less": 1,
                "effect": {
                    "goals": {"placed": -1},
                    "lose": 1,
                    "gain": 0,
                    "move": 2,
                    "proven": True,
                },
                "text": "1 deltagare färre skulle få en plats.",
            },
        }
    )

    plan_date: date
    group: GroupName
    possible: PossibleOut | None
    to_check: ToCheckOut | None
    falls_away: FallsAwayOut | None
    rank: int | None = Field(description="Its place among the possible, from 1 on")
    next_best: PossibleOut | None
    plan: InPlanOut | None


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
