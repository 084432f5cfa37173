"""Answers as plain values, for JSON and for lines on the screen."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import Dataset
    from matcher.domain import Barrier, Opening, Problem
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
                "points": found.points,
            }
        )
    return rows


def recommendation(
    problem: "Problem", found: "Recommendation", language: Language
) -> Mapping[str, object]:
    """The three groups for one participant, with codes and sentences."""
    lines = Lines(problem, found, language)
    return {
        "participantId": found.participant_id,
        "possible": [lines.possible(one) for one in found.possible],
        "toCheck": [lines.to_check(one) for one in found.to_check],
        "fallsAway": [lines.falls_away(one) for one in found.falls_away],
    }


class Lines:
    """A recommendation in words: what each opening is, and what stands between."""

    def __init__(self, problem: "Problem", found: "Recommendation", language: Language) -> None:
        """Keep what the words are about."""
        self._problem = problem
        self._found = found
        self._language = language
        self._person = problem.participant[found.participant_id]

    def of(self, group: str) -> list[str]:
        """The lines of one group: ``possible``, ``to_check`` or ``falls_away``."""
        if group == "possible":
            return [self._possible_line(one) for one in self._found.possible]
        if group == "to_check":
            return [self._to_check_line(one) for one in self._found.to_check]
        return [self._falls_away_line(one) for one in self._found.falls_away]

    def possible(self, one: "Possible") -> Answer:
        """A possible opening."""
        return self._place(one.opening_id, one.journey) | {
            "points": one.points,
            "values": {str(name): value for name, value in one.values.items()},
            "startsOn": one.starts_on.isoformat(),
            "commonHalfDays": self._half_days(one.common_half_days),
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
        return self._place(one.opening_id, one.journey) | {
            "barriers": [
                {
                    "code": b.code,
                    "detail": b.detail,
                    "removableBy": whom,
                    "text": self._why(b, one.opening_id),
                }
                for b, whom in one.barriers
            ]
        }

    def _place(self, opening_id: str, journey: "Journey") -> Answer:
        return {
            "openingId": opening_id,
            "title": self._title(opening_id),
            "journey": {
                "kind": journey.reach.name.lower(),
                "minutes": journey.minutes,
                "low": journey.low,
                "high": journey.high,
            },
        }

    def _questions(self, questions: tuple["Question", ...]) -> list[Answer]:
        return [
            {
                "code": q.barrier.code,
                "detail": q.barrier.detail,
                "whom": q.whom,
                "text": texts.question_sentence(q, self._language),
            }
            for q in questions
        ]

    def _half_days(self, sessions: int) -> list[str]:
        from matcher.domain import Sessions, session_names

        return list(session_names(Sessions(sessions)))

    def _opening(self, opening_id: str) -> "Opening":
        from matcher.domain import OpeningId

        return self._problem.opening[OpeningId(opening_id)]

    def _title(self, opening_id: str) -> str:
        return self._opening(opening_id).title or opening_id

    def _head(self, opening_id: str, journey: "Journey") -> str:
        words = texts.journey_words(journey, self._language)
        return f"  {opening_id}  {self._title(opening_id)}, {words}"

    def _possible_line(self, one: "Possible") -> str:
        free = self._say("full") if one.full else self._say("seats_left", seats=one.seats_left)
        parts = [
            self._head(one.opening_id, one.journey),
            self._say("starts", day=one.starts_on.isoformat()),
            self._say("points", points=one.points),
            free,
            self._confirmed(one),
        ]
        asks = [f"      {texts.question_sentence(q, self._language)}" for q in one.questions]
        return "\n".join([", ".join(parts), *asks])

    def _confirmed(self, one: "Possible") -> str:
        if one.confirmed_on is None:
            return self._say("never_confirmed")
        return self._say("stale" if one.stale else "confirmed", day=one.confirmed_on.isoformat())

    def _to_check_line(self, one: "ToCheck") -> str:
        asks = [f"      {texts.question_sentence(q, self._language)}" for q in one.questions]
        return "\n".join([self._head(one.opening_id, one.journey), *asks])

    def _falls_away_line(self, one: "FallsAway") -> str:
        whys = []
        for barrier, whom in one.barriers:
            remover = f" {texts.say(self._language, f'removing.{whom}')}" if whom else ""
            whys.append(f"      {self._why(barrier, one.opening_id)}{remover}")
        return "\n".join([self._head(one.opening_id, one.journey), *whys])

    def _why(self, barrier: "Barrier", opening_id: str) -> str:
        opening = self._opening(opening_id)
        limits = {
            "TRAVEL_TOO_LONG": self._person.max_travel_minutes,
            "SESSIONS_DO_NOT_FIT": self._person.sessions_per_week,
            "HOURS_TOO_FEW": opening.hours_min,
            "HOURS_TOO_MANY": opening.hours_max,
            "TOO_YOUNG": opening.min_age,
        }
        return texts.barrier_sentence(barrier, self._language, limit=limits.get(barrier.code))

    def _say(self, key: str, **params: object) -> str:
        return texts.say(self._language, f"cli.{key}", **params)
