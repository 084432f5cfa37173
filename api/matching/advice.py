"""A recommendation as plain values: codes with their parameters, and sentences in one language."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.domain import Barrier, OpeningId, ParticipantId, Problem
    from matcher.explain import FallsAway, Journey, Possible, Question, ToCheck, Whom
    from matcher.outcome import Effect
    from matcher.policy import Criterion

Answer = dict[str, Any]

STEP_FREE = "JOURNEY_STEP_FREE"
"""The code of the question whether a journey can be made without steps: no barrier's."""
FULL = 1000
"""What a criterion gives at most."""


def effect(found: "Effect | None") -> Answer | None:
    """What a choice does to a plan."""
    if found is None:
        return None
    return {
        "goals": {str(name): change for name, change in found.goals.items()},
        "lose": found.lose,
        "gain": found.gain,
        "move": found.move,
        "proven": found.proven,
    }


def criteria(
    values: "Mapping[Criterion, int]", weights: "Mapping[Criterion, int]", language: Language
) -> list[Answer]:
    """What each criterion gives and weighs, in a sentence."""
    rows = []
    for name, value in values.items():
        known = {"value": value, "full": FULL, "weight": weights[name]}
        words = texts.say(language, f"criteria.{name}")
        text = texts.say(language, "explain.criterion", criterion=words, **known)
        rows.append({"code": name, "value": value, "weight": weights[name], "text": text})
    return rows


def where(problem: "Problem", opening_id: "OpeningId") -> dict[str, str]:
    """What an opening is called, and whose site it is at."""
    from data.reference import municipalities

    opening = problem.opening[opening_id]
    site = problem.site[opening.site_id]
    return {
        "title": opening.title or opening_id,
        "site": site.name or site.site_id,
        "provider": problem.provider[site.provider_id].name or site.provider_id,
        "municipality": municipalities().get(site.municipality_code, site.municipality_code),
    }


class Advice:
    """A recommendation as plain values: where each opening is, and what stands between."""

    def __init__(
        self, problem: "Problem", participant_id: "ParticipantId", language: Language
    ) -> None:
        """Keep what the values are about."""
        self.problem = problem
        self.language = language
        self.person = problem.participant[participant_id]

    def possible(self, one: "Possible") -> Answer:
        """A possible opening."""
        from matcher.domain import session_names

        return self.place(one.opening_id, one.journey) | {
            "points": one.points,
            "values": {str(name): value for name, value in one.values.items()},
            "startsOn": one.starts_on.isoformat(),
            "commonHalfDays": list(session_names(one.common_half_days)),
            "needsMet": list(one.needs_met),
            "wantsMet": list(one.wants_met),
            "seatsLeft": one.seats_left,
            "full": one.full,
            "confirmedOn": one.confirmed_on.isoformat() if one.confirmed_on else None,
            "stale": one.stale,
            "questions": self.questions(one.questions, one.journey),
        }

    def to_check(self, one: "ToCheck") -> Answer:
        """An opening to check, with what to ask whom."""
        return self.place(one.opening_id, one.journey) | {
            "questions": self.questions(one.questions, one.journey)
        }

    def falls_away(self, one: "FallsAway") -> Answer:
        """An opening that falls away, with every barrier and who could remove it."""
        return self.place(one.opening_id, one.journey) | {
            "barriers": self.barriers(one.opening_id, one.journey, one.barriers)
        }

    def barriers(
        self,
        opening_id: "OpeningId",
        journey: "Journey",
        named: "Iterable[tuple[Barrier, Whom | None]]",
    ) -> list[Answer]:
        """The barriers at an opening, and who could remove each."""
        return [
            {
                "code": barrier.code,
                "detail": barrier.detail,
                "removableBy": whom,
                "text": self.why(barrier, opening_id, journey),
            }
            for barrier, whom in named
        ]

    def where(self, opening_id: "OpeningId") -> dict[str, str]:
        """What an opening is called, and whose site it is at."""
        return where(self.problem, opening_id)

    def asks(self, question: "Question", journey: "Journey") -> str:
        """What to ask whom, in a sentence."""
        limit = self.person.max_travel_minutes
        return texts.question_sentence(question, self.language, limit=limit, journey=journey)

    def why(self, barrier: "Barrier", opening_id: "OpeningId", journey: "Journey") -> str:
        """A barrier in a sentence, with the number it is held against."""
        opening = self.problem.opening[opening_id]
        limits = {
            "TRAVEL_TOO_LONG": self.person.max_travel_minutes,
            "SESSIONS_DO_NOT_FIT": self.person.sessions_per_week,
            "HOURS_TOO_FEW": opening.hours_min,
            "HOURS_TOO_MANY": opening.hours_max,
            "TOO_YOUNG": opening.min_age,
        }
        limit = limits.get(barrier.code)
        return texts.barrier_sentence(barrier, self.language, limit=limit, journey=journey)

    def place(self, opening_id: "OpeningId", journey: "Journey") -> Answer:
        """An opening, where it is, and how far."""
        return {
            "openingId": opening_id,
            **self.where(opening_id),
            "journey": {
                "kind": "from_home" if journey.from_home else journey.reach.name.lower(),
                "minutes": journey.minutes,
                "low": journey.low,
                "high": journey.high,
                "stepFree": journey.step_free,
                "askWhom": journey.ask,
            },
        }

    def questions(self, asked: "Iterable[Question]", journey: "Journey") -> list[Answer]:
        """What to ask about an opening and about the journey there, and whom."""
        about = [
            {
                "code": question.barrier.code,
                "detail": question.barrier.detail,
                "whom": question.whom,
                "text": self.asks(question, journey),
            }
            for question in asked
        ]
        return about + about_steps(journey, self.language)


def about_steps(journey: "Journey", language: Language) -> list[Answer]:
    """The question about a journey that is not known to be without steps, if it is asked."""
    if journey.ask is None:
        return []
    text = texts.step_free_sentence(journey, language)
    known = {"code": STEP_FREE, "detail": journey.step_free}
    return [known | {"whom": journey.ask, "text": text}]
