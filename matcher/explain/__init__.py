"""Answers besides the plan: what is possible for somebody, why, why not, what it would take."""

from matcher.explain.asking import Question, about_minutes, question
from matcher.explain.groups import (
    STALE_DAYS,
    FallsAway,
    Possible,
    Recommendation,
    ToCheck,
    known_barriers,
    recommend,
)
from matcher.explain.journeys import Journey
from matcher.explain.whom import EASY_FIXES, REMOVERS, Whom, remover

__all__ = [
    "EASY_FIXES",
    "REMOVERS",
    "STALE_DAYS",
    "FallsAway",
    "Journey",
    "Possible",
    "Question",
    "Recommendation",
    "ToCheck",
    "Whom",
    "about_minutes",
    "known_barriers",
    "question",
    "recommend",
    "remover",
]
