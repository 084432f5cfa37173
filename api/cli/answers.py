"""Answers as plain values, for JSON and for lines on the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api import texts
from api.matching.advice import Advice, Answer, effect
from api.texts import Language

if TYPE_CHECKING:
    from matcher.dataset import Dataset
    from matcher.domain import OpeningId, Problem
    from matcher.explain import Recommendation
    from matcher.insight import BarrierCount
    from matcher.outcome import Outcome
    from matcher.verify import Violation


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


def notes(found: Iterable[tuple[str, str]]) -> list[Answer]:
    """What is worth knowing of a plan: codes and sentences."""
    return [{"code": code, "text": text} for code, text in found]
