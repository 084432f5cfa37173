"""Answers as plain values, for JSON and for lines on the screen."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import Dataset
    from matcher.domain import Barrier, OpeningId, Problem
    from matcher.explain import FallsAway, Journey, Possible, Question, Recommendation, ToCheck
    from matcher.insight import BarrierCount
    from matcher.outcome import Outcome
    from matcher.verify import Violation

Answer = dict[str, Any]


def dataset(loaded: "Dataset") -> Answer:
    """What a data set holds, and what is worth knowing of it."""
    problem = loaded.problem
    return {
        "participants": len(problem.participants),
        "providers": len(problem.providers),
        "sites": len(problem.sites),
        "openings": len(problem.openings),
        "placements": len(problem.placements),
        "digest": loaded.digest,
        "notices": [
            {"code": n.code, "table": n.table, "row": n.row, "column": n.column, **n.params}
            for n in loaded.notices
        ],
    }


def verdict(broken: tuple["Violation", ...], *, same_data: bool) -> Answer:
    """Whether a plan keeps the rules."""
    return {
        "keepsTheRules": not broken,
        "sameDataSet": same_data,
        "violations": [
            {"rule": v.rule, "participantId": v.participant_id, "openingId": v.opening_id}
            | {"detail": v.detail}
            for v in broken
        ],
    }


def counts(outcome: "Outcome") -> dict[str, int]:
    """How many were looking, placed, and kept as pinned."""
    plan = outcome.plan
    if plan is None:
        return {"looking": 0, "placed": 0, "pinned": 0}
    pinned = sum(assignment.pinned for assignment in plan.assignments)
    placed = len(plan.assignments) - pinned
    return {"looking": placed + len(plan.unplaced), "placed": placed, "pinned": pinned}


def planned(
    problem: "Problem", outcome: "Outcome", barriers: tuple["BarrierCount", ...], out: Path
) -> Answer:
    """A plan in short: the whole of it lies in its folder."""
    return {
        "folder": str(out),
        "status": outcome.status,
        "cut": outcome.cut,
        "participants": len(problem.participants),
        **counts(outcome),
        "goals": [{"name": g.name, "value": g.value, "bound": g.bound} for g in outcome.goals],
        "barriers": [
            {
                "code": count.code,
                "pairs": count.pairs,
                "alone": count.alone,
                "participants": count.participants,
            }
            for count in barriers
        ],
        "seconds": dict(outcome.seconds),
    }


def assignments(problem: "Problem", outcome: "Outcome") -> list[Answer]:
    """The rows of a plan with what they mean: title and municipality."""
    from data.reference import municipalities

    names = municipalities()
    rows = []
    for found in outcome.plan.assignments if outcome.plan else ():
        opening = problem.opening[found.opening_id]
        site = problem.site[opening.site_id]
        rows.append(
            {
                "participantId": found.participant_id,
                "openingId": found.opening_id,
                "title": opening.title or opening.opening_id,
                "municipality": names.get(site.municipality_code, site.municipality_code),
                "startsOn": found.starts_on.isoformat() if found.starts_on else None,
                "sessions": found.sessions,
                "minutes": found.travel_minutes,
                "fromHome": found.from_home,
                "estimated": problem.travel_times is None
                and found.travel_minutes is not None
                and not found.from_home,
                "points": found.points,
            }
        )
    return rows


def recommendation(
    problem: "Problem", found: "Recommendation", language: Language
) -> Mapping[str, object]:
    """The three groups for one participant, with codes and sentences."""
    advice = Advice(problem, found, language)
    return {
        "participantId": found.participant_id,
        "possible": [advice.possible(one) for one in found.possible],
        "toCheck": [advice.to_check(one) for one in found.to_check],
        "fallsAway": [advice.falls_away(one) for one in found.falls_away],
    }


class Advice:
    """A recommendation as plain values: where each opening is, and what stands between."""

    def __init__(self, problem: "Problem", found: "Recommendation", language: Language) -> None:
        """Keep what the values are about."""
        self.problem = problem
        self.language = language
        self.person = problem.participant[found.participant_id]

    def possible(self, one: "Possible") -> Answer:
        """A possible opening."""
        from matcher.domain import session_names

        return self._place(one.opening_id, one.journey) | {
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
            "questions": self._questions(one.questions),
        }

    def to_check(self, one: "ToCheck") -> Answer:
        """An opening to check, with what to ask whom."""
        return self._place(one.opening_id, one.journey) | {
            "questions": self._questions(one.questions)
        }

    def falls_away(self, one: "FallsAway") -> Answer:
        """An opening that falls away, with every barrier and who could remove it."""
        barriers = [
            {"code": b.code, "detail": b.detail, "removableBy": whom, "text": self.why(b, one)}
            for b, whom in one.barriers
        ]
        return self._place(one.opening_id, one.journey) | {"barriers": barriers}

    def where(self, opening_id: "OpeningId") -> dict[str, str]:
        """What an opening is called, and whose site it is at."""
        from data.reference import municipalities

        opening = self.problem.opening[opening_id]
        site = self.problem.site[opening.site_id]
        return {
            "title": opening.title or opening_id,
            "site": site.name or site.site_id,
            "provider": self.problem.provider[site.provider_id].name or site.provider_id,
            "municipality": municipalities().get(site.municipality_code, site.municipality_code),
        }

    def asks(self, question: "Question") -> str:
        """What to ask whom, in a sentence."""
        limit = self.person.max_travel_minutes
        return texts.question_sentence(question, self.language, limit=limit)

    def why(self, barrier: "Barrier", one: "FallsAway") -> str:
        """A barrier in a sentence, with the number it is held against."""
        opening = self.problem.opening[one.opening_id]
        limits = {
            "TRAVEL_TOO_LONG": self.person.max_travel_minutes,
            "SESSIONS_DO_NOT_FIT": self.person.sessions_per_week,
            "HOURS_TOO_FEW": opening.hours_min,
            "HOURS_TOO_MANY": opening.hours_max,
            "TOO_YOUNG": opening.min_age,
        }
        limit = limits.get(barrier.code)
        return texts.barrier_sentence(barrier, self.language, limit=limit, journey=one.journey)

    def _place(self, opening_id: "OpeningId", journey: "Journey") -> Answer:
        return {
            "openingId": opening_id,
            **self.where(opening_id),
            "journey": {
                "kind": "from_home" if journey.from_home else journey.reach.name.lower(),
                "minutes": journey.minutes,
                "low": journey.low,
                "high": journey.high,
            },
        }

    def _questions(self, questions: tuple["Question", ...]) -> list[Answer]:
        return [
            {
                "code": question.barrier.code,
                "detail": question.barrier.detail,
                "whom": question.whom,
                "text": self.asks(question),
            }
            for question in questions
        ]
