"""Insight on the wire: aggregates; rows of few people are left out, and only counted."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from pydantic import Field

from api.schemas import Wire

GoalSums: TypeAlias = Mapping[str, int]


class InsightAsked(Wire):
    """From which day it is seen; today."""

    plan_date: date | None = Field(default=None, examples=["2026-12-01"])


class SeatWorth(Wire):
    """What one more seat at an opening adds to the plan, goal by goal."""

    opening_id: str = Field(description="The opening's code", examples=["O001"])
    goals: GoalSums = Field(examples=[{"placed": 1}])
    proven: bool


class SiteBarrier(Wire):
    """What it is worth to remove a barrier at all openings of a site."""

    site_id: str = Field(description="The site's code", examples=["S001"])
    barrier: str = Field(examples=["NEED_UNKNOWN"])
    need: str | None = Field(examples=["SCENT_FREE"])
    participants: int
    goals: GoalSums = Field(examples=[{"placed": 2}])
    proven: bool


class UnknownAnswer(Wire):
    """A question about a site, or a task there, that nobody has answered; how many wait for it."""

    site_id: str = Field(examples=["S001"])
    opening_id: str | None = Field(examples=["O001"])
    field: str = Field(examples=["hygiene.soap"])
    participants: int


class UnmetDemand(Wire):
    """People whose wishes nothing meets: field, municipality, and what most often stands there."""

    field: str
    municipality_code: str = Field(examples=["0180"])
    barrier: str | None = Field(examples=["TRAVEL_TOO_LONG"])
    participants: int


class SupervisorLoad(Wire):
    """A supervisor's people. Parts that are few, or leave few, are not told."""

    supervisor_id: str | None
    participants: int
    looking: int | None
    placed: int | None
    unplaced: int | None


class Insight(Wire):
    """What would open more doors. ``hidden``: how many rows of fewer than ``fewest`` people."""

    plan_date: date
    fewest: int
    participants: int | None
    goals: tuple[str, ...] = Field(examples=[["placed", "points"]])
    proven: bool
    seats: tuple[SeatWorth, ...]
    site_barriers: tuple[SiteBarrier, ...]
    unknown_answers: tuple[UnknownAnswer, ...]
    unmet_demand: tuple[UnmetDemand, ...]
    supervisors: tuple[SupervisorLoad, ...]
    hidden: Mapping[str, int] = Field(examples=[{"unmetDemand": 7}])
