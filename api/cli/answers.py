"""Answers as plain values, for JSON and for lines on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import Dataset
    from matcher.domain import Barrier, OpeningId, ParticipantId, Problem
    from matcher.explain import (
        FallsAway,
        Journey,
        Possible,
        Question,
        Recommendation,
        ToCheck,
        Whom,
    )
    from matcher.insight import BarrierCount
    from matcher.outcome import Effect, Outcome
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
    """The rows of a plan with what they mean: title and municipality.

    ``low`` and ``high``: the band of an estimate from a store of travel times.
    """
    from data.reference import municipalities
    from matcher.travel import table

    names, times = municipalities(), problem.travel_times
    rows = []
    for found in outcome.plan.assignments if outcome.plan else ():
        opening = problem.opening[found.opening_id]
        site = problem.site[opening.site_id]
        known = found.travel_minutes is not None and not found.from_home
        band = table.band(times, found.participant_id, site.site_id) if times and known else None
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
                "estimated": known and (times is None or band is not None),
                "low": band[0] if band else None,
                "high": band[1] if band else None,
                "points": found.points,
            }
        )
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlan:
    """A plan beside a recommendation: where it has the participant, and what to talk about.

    ``notes`` are codes and sentences of what is worth knowing of the plan.
    """

    looking: bool
    here: "OpeningId | None"
    talk_about: tuple["OpeningId", ...]
    notes: tuple[tuple[str, str], ...]


def recommendation(
    problem: "Problem",
    found: "Recommendation",
    language: Language,
    in_plan: InPlan | None = None,
) -> Answer:
    """The three groups for one participant, with codes and sentences."""
    advice = Advice(problem, found.participant_id, language)
    possible = [advice.possible(one) for one in found.possible]
    if in_plan is not None:
        choices = choosing(found, in_plan, language)
        possible = [one | choice for one, choice in zip(possible, choices, strict=True)]
    return {
        "participantId": found.participant_id,
        **({} if in_plan is None else {"notes": notes(in_plan.notes)}),
        "possible": possible,
        "toCheck": [advice.to_check(one) for one in found.to_check],
        "fallsAway": [advice.falls_away(one) for one in found.falls_away],
    }


def choosing(found: "Recommendation", in_plan: InPlan, language: Language) -> list[Answer]:
    """For every possible opening what choosing it would do to the plan, as far as it is told."""
    from matcher.explain.groups import EFFECTS

    rows: list[Answer] = []
    for at, one in enumerate(found.possible):
        told = in_plan.looking and at < EFFECTS
        text = None
        if one.opening_id == in_plan.here:
            text = texts.say(language, "reasons.there")
        elif one.effect is not None:
            text = texts.effect_sentence(one.effect, language)
        elif told:
            text = texts.say(language, "reasons.no_room")
        rows.append(
            {
                "effect": effect(one.effect),
                "effectText": text,
                "talkAbout": one.opening_id in in_plan.talk_about,
            }
        )
    return rows


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


def notes(found: Iterable[tuple[str, str]]) -> list[Answer]:
    """What is worth knowing of a plan: codes and sentences."""
    return [{"code": code, "text": text} for code, text in found]


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
            "questions": self._questions(one.questions),
        }

    def to_check(self, one: "ToCheck") -> Answer:
        """An opening to check, with what to ask whom."""
        return self.place(one.opening_id, one.journey) | {
            "questions": self._questions(one.questions)
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

    def asks(self, question: "Question") -> str:
        """What to ask whom, in a sentence."""
        limit = self.person.max_travel_minutes
        return texts.question_sentence(question, self.language, limit=limit)

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
