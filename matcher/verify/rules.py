"""What a plan can break, and how it is named."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a plan can break: each barrier by its own code, then the rules of plans."""

    OPENING_PAUSED = "OPENING_PAUSED"
    ALREADY_THERE = "ALREADY_THERE"
    TASK_DECLINED = "TASK_DECLINED"
    EXCLUDED = "EXCLUDED"
    NEED_UNMET = "NEED_UNMET"
    NEED_UNKNOWN = "NEED_UNKNOWN"
    TRAVEL_TOO_LONG = "TRAVEL_TOO_LONG"
    TRAVEL_UNKNOWN = "TRAVEL_UNKNOWN"
    TRAVEL_UNREACHABLE = "TRAVEL_UNREACHABLE"
    HOURS_TOO_FEW = "HOURS_TOO_FEW"
    HOURS_TOO_MANY = "HOURS_TOO_MANY"
    SESSIONS_DO_NOT_FIT = "SESSIONS_DO_NOT_FIT"
    STARTS_TOO_LATE = "STARTS_TOO_LATE"
    MUNICIPALITY_NOT_SERVED = "MUNICIPALITY_NOT_SERVED"
    ENROLMENT_REQUIRED = "ENROLMENT_REQUIRED"
    NOT_INSURED = "NOT_INSURED"
    TOO_YOUNG = "TOO_YOUNG"
    NO_COMMON_LANGUAGE = "NO_COMMON_LANGUAGE"
    REMOTE_ONLY = "REMOTE_ONLY"
    NO_EQUAL_TREATMENT_AGREEMENT = "NO_EQUAL_TREATMENT_AGREEMENT"
    SEATS = "SEATS"
    SESSION_SEATS = "SESSION_SEATS"
    SESSIONS_COUNT = "SESSIONS_COUNT"
    SESSIONS_OUTSIDE = "SESSIONS_OUTSIDE"
    START_DATE = "START_DATE"
    TRAVEL_MINUTES = "TRAVEL_MINUTES"
    POINTS = "POINTS"
    NORM_GOAL = "NORM_GOAL"
    PLACED_TWICE = "PLACED_TWICE"
    NOT_LOOKING = "NOT_LOOKING"
    UNKNOWN_ID = "UNKNOWN_ID"
    PINNED_MOVED = "PINNED_MOVED"
    UNACCOUNTED = "UNACCOUNTED"
    CAUSE = "CAUSE"
    GOAL_VALUE = "GOAL_VALUE"
    GOAL_BOUND = "GOAL_BOUND"
    SUPERVISOR_STARTS = "SUPERVISOR_STARTS"
    ORDER = "ORDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks, and where: as ``TRAVEL_TOO_LONG P3@O12 52``."""

    rule: Rule
    participant_id: str = ""
    opening_id: str = ""
    detail: str = ""

    def __str__(self) -> str:
        pair = f"{self.participant_id}@{self.opening_id}".removesuffix("@")
        return " ".join(part for part in (self.rule, pair, self.detail) if part)


def broken(rule: Rule, who: str = "", where: str = "", detail: object = "") -> Violation:
    """A rule that is broken, by whom and where."""
    return Violation(rule=rule, participant_id=who, opening_id=where, detail=str(detail))
