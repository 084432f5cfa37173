"""Answers for one participant on the wire: what is possible, what to check, what falls away.

Codes with their parameters, and the same said in one language. There is no percentage of how well
somebody fits: what counts is told by criterion. Others are only counted, never named.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.wire import Wire

Item = TypeVar("Item")
GroupName = Literal["possible", "toCheck", "fallsAway"]

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
    "municipalityCode": "0180",
    "occupationGroup": "9412",
    "journey": JOURNEY,
}
COUNT: dict[str, Any] = {
    "code": "0180",
    "name": "Stockholm",
    "possible": 1,
    "toCheck": 1,
    "fallsAway": 1,
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
    "rank": 1,
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
    municipality_code: str
    occupation_group: str
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

    ``rank``: its place among everything possible, from 1 on, whatever was looked for.
    ``stale``: nobody has confirmed its capacity lately. ``talkAbout``: one of three that differ.
    """

    model_config = shown(POSSIBLE)

    rank: int
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


class Count(Wire):
    """How many openings of a municipality or a field are possible, to check, and fall away."""

    model_config = shown(COUNT)

    code: str
    name: str
    possible: int
    to_check: int
    falls_away: int


class Recommendations(Wire):
    """Every opening stands in exactly one of three groups. Advice: a person decides.

    ``participant`` is the pseudonym. ``municipalities`` and ``fields`` count what there would be
    in each, had not that one been looked for.
    """

    model_config = shown(
        {
            "planDate": "2026-11-23",
            "participant": "N-017",
            "possible": {"items": [POSSIBLE], "total": 1},
            "toCheck": {"items": [PLACE | {"questions": [QUESTION]}], "total": 1},
            "fallsAway": {"items": [PLACE | {"barriers": [BARRIER]}], "total": 1},
            "shortlist": [PLACE["openingId"]],
            "municipalities": [COUNT],
            "fields": [
                COUNT | {"code": "ScKy_FHB_7wT", "name": "Hotell, restaurang, storhushåll"}
            ],
            "limit": 20,
            "offset": 0,
        }
    )

    plan_date: date
    participant: str
    possible: Group[PossibleOut]
    to_check: Group[ToCheckOut]
    falls_away: Group[FallsAwayOut]
    shortlist: tuple[UUID, ...]
    municipalities: tuple[Count, ...]
    fields: tuple[Count, ...]
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


class WayOut(Wire):
    """What would take every barrier of an opening away: who would have to change what.

    Whether there is a seat then is another question.
    """

    whom: tuple[str, ...]
    text: str


class Explanation(Wire):
    """Why an opening stands where it stands for a participant, and what choosing it would do."""

    model_config = shown(
        {
            "planDate": "2026-11-23",
            "participant": "N-017",
            "group": "possible",
            "possible": POSSIBLE,
            "toCheck": None,
            "fallsAway": None,
            "rank": 1,
            "nextBest": POSSIBLE | {"rank": 2, "talkAbout": False},
            "ways": [],
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
    participant: str
    group: GroupName
    possible: PossibleOut | None
    to_check: ToCheckOut | None
    falls_away: FallsAwayOut | None
    rank: int | None = Field(description="Its place among the possible, from 1 on")
    next_best: PossibleOut | None
    ways: tuple[WayOut, ...] = Field(description="Where it falls away; the smallest steps first")
    plan: InPlanOut | None
