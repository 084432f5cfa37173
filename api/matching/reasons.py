"""Why here, why not there, what it would take: answers about a plan as plain values.

An answer for one participant holds no other participant's id: others are only counted.
"""

from datetime import date
from typing import TYPE_CHECKING

from api import texts
from api.matching.advice import Advice, Answer, about_steps, criteria, effect, where
from api.texts import Language

if TYPE_CHECKING:
    from matcher.changes import Change
    from matcher.domain import OpeningId, Problem
    from matcher.explain import Journey, Possible, Question, Recommendation
    from matcher.explain.nearest import Nearest, Way
    from matcher.explain.reasons import Why, WhyNot
    from matcher.explain.remedies import Step
    from matcher.explain.reverse import Candidate
    from matcher.outcome import Assignment
    from matcher.solve.standing import Standing


class Reasons(Advice):
    """What a plan has for one participant."""

    def __init__(self, standing: "Standing", found: "Recommendation", language: Language) -> None:
        """Keep what the values are about; ``found`` knows every journey."""
        super().__init__(standing.problem, found.participant_id, language)
        self._standing = standing
        self._found = found
        self._journeys: dict[OpeningId, Journey] = {
            **{one.opening_id: one.journey for one in found.possible},
            **{one.opening_id: one.journey for one in found.to_check},
            **{one.opening_id: one.journey for one in found.falls_away},
        }
        asked = {
            **{one.opening_id: one.questions for one in found.possible},
            **{one.opening_id: one.questions for one in found.to_check},
        }
        self._besides: dict[OpeningId, tuple[Question, ...]] = {
            name: tuple(each for each in every if not each.between)
            for name, every in asked.items()
        }

    def in_the_plan(self, found: "Why") -> Answer:
        """Where the plan has the participant and why, or why nowhere; and what stood beside."""
        mine = self._mine()
        cause = None
        if found.cause is not None:
            text = texts.say(self.language, f"causes.{found.cause}")
            cause = {"code": found.cause, "text": text}
        return {
            "placed": None if mine is None else self._placed(mine, found.placed),
            "cause": cause,
            "nextBest": None if found.next_best is None else self.why_not(found.next_best),
            "better": [self.why_not(one) for one in found.better],
        }

    def why_not(self, found: "WhyNot") -> Answer:
        """Why the plan does not have the participant at an opening."""
        journey = self._journeys[found.opening_id]
        return self.place(found.opening_id, journey) | {
            "reason": found.reason,
            "text": texts.reason_sentence(found, self.language),
            "barriers": self.barriers(found.opening_id, journey, found.barriers),
            "goal": found.goal,
            "less": found.less,
            "effect": effect(found.effect),
            "questions": self._to_ask(found.opening_id),
        }

    def _to_ask(self, opening_id: "OpeningId") -> list[Answer]:
        """What is asked about an opening besides what stands between."""
        return self.questions(self._besides.get(opening_id, ()), self._journeys[opening_id])

    def _mine(self) -> "Assignment | None":
        rows, name = self._standing.plan.assignments, self.person.participant_id
        return next((row for row in rows if row.participant_id == name), None)

    def nearest(self, found: "Nearest") -> Answer:
        """What it would take to give the participant a place."""
        today, name = found.today, found.participant_id
        text = None
        if today is not None:
            text = self._ways("today", participant=name, place=self._called(today))
        elif not found.ways:
            text = self._ways("none" if found.tried else "nothing", tried=found.tried)
        else:
            text = self._ways("proven" if all(way.proven for way in found.ways) else "open")
        return {
            "today": None if today is None else self.place(today, self._journeys[today]),
            "ways": [self._way(way) for way in found.ways],
            "tried": found.tried,
            "thinkable": found.thinkable,
            "text": text,
        }

    def shortlist(self, chosen: tuple["OpeningId", ...]) -> list[Answer]:
        """The openings to talk about, each with what it would do to the plan."""
        by_id = {one.opening_id: one for one in self._found.possible}
        here = dict(self._standing.proposals).get(self.person.participant_id)
        return [self._to_talk_about(by_id[name], here) for name in chosen]

    def _placed(self, mine: "Assignment", one: "Possible | None") -> Answer:
        from matcher.domain import session_names

        weights = self._standing.policy.weights
        journey = self._journeys[mine.opening_id]
        return self.place(mine.opening_id, journey) | {
            "pinned": mine.pinned,
            "barred": one is None,
            "points": mine.points,
            "criteria": criteria(one.values if one else {}, weights, self.language),
            "startsOn": mine.starts_on.isoformat() if mine.starts_on else None,
            "halfDays": list(session_names(mine.sessions)),
            "needsMet": list(one.needs_met if one else ()),
            "wantsMet": list(one.wants_met if one else ()),
            "questions": self.questions(one.questions if one else (), journey),
        }

    def _to_talk_about(self, one: "Possible", here: "OpeningId | None") -> Answer:
        if one.opening_id == here:
            text = texts.say(self.language, "reasons.there")
        elif one.effect is None:
            text = texts.say(self.language, "reasons.no_room")
        else:
            text = texts.effect_sentence(one.effect, self.language)
            if self._standing.proven and not one.effect.proven:
                text = f"{text} {texts.say(self.language, 'effects.open')}"
        place = self.place(one.opening_id, one.journey)
        return place | {
            "points": one.points,
            "effect": effect(one.effect),
            "text": text,
            "questions": self._to_ask(one.opening_id),
        }

    def _way(self, way: "Way") -> Answer:
        words = [self._step(step, way.opening_id) for step in way.steps]
        place = self._called(way.opening_id)
        return self.place(way.opening_id, self._journeys[way.opening_id]) | {
            "steps": [
                {
                    "dimension": step.dimension,
                    "amount": step.amount,
                    "whom": step.whom,
                    "changes": [
                        changed(change, before)
                        for change, before in zip(step.changes, step.before, strict=True)
                    ],
                    "text": text,
                }
                for step, text in zip(way.steps, words, strict=True)
            ],
            "proven": way.proven,
            "questions": self._to_ask(way.opening_id),
            "text": texts.way_sentence(words, place, self.language),
        }

    def _step(self, step: "Step", at: "OpeningId") -> str:
        """A step in words; what it is about is named where it is not the opening it leads to."""
        place = self._named(step.changes[0], at)
        return texts.step_words(step, self.language, place=place)

    def _named(self, change: "Change", at: "OpeningId") -> str | None:
        """What a change is about, unless it is the opening ``at``, its site or its provider."""
        from matcher.domain import OpeningId, ProviderId, SiteId

        site = self.problem.site[self.problem.opening[at].site_id]
        if change.id in {at, site.site_id, site.provider_id}:
            return None
        if change.subject == "opening":
            return self._called(OpeningId(change.id))
        if change.subject == "site":
            return self.problem.site[SiteId(change.id)].name or change.id
        if change.subject == "provider":
            return self.problem.provider[ProviderId(change.id)].name or change.id
        return None

    def _called(self, opening_id: "OpeningId") -> str:
        return called(self.problem, opening_id)

    def _ways(self, code: str, **params: object) -> str:
        return texts.say(self.language, f"ways.{code}", **params)


def called(problem: "Problem", opening_id: "OpeningId") -> str:
    """An opening by its title and its site."""
    known = where(problem, opening_id)
    return f"{known['title']}, {known['site']}"


def changed(change: "Change", before: object) -> Answer:
    """One thing that would be otherwise, and what stood there before it."""
    return {
        "subject": change.subject,
        "id": change.id,
        "name": change.name,
        "before": _plain(change.name, before),
        "value": _plain(change.name, change.value),
    }


def _plain(name: str, value: object) -> object:
    """A value as JSON can hold it."""
    from matcher.domain import Sessions, session_names

    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, int) and name in {"available", "sessions"}:
        return list(session_names(Sessions(value)))
    return value


def who_could_come(
    standing: "Standing",
    opening_id: "OpeningId",
    found: tuple["Candidate", ...],
    language: Language,
) -> Answer:
    """For those who plan: who could come to an opening, in the order of the plan's goals."""
    problem = standing.problem
    return {
        "openingId": opening_id,
        **where(problem, opening_id),
        "who": [
            {
                "participantId": one.participant_id,
                "gains": dict(zip(standing.names, one.gains, strict=True)) if one.gains else None,
                "placedAt": one.placed_at,
                "questions": asked_of(one, language),
                "text": _now(problem, one, opening_id, language),
            }
            for one in found
        ],
    }


def asked_of(one: "Candidate", language: Language) -> list[Answer]:
    """What to ask about somebody who could come, and whom."""
    from matcher.explain import about_minutes, question

    asked = [*map(question, one.questions), *about_minutes(one.journey)]
    about = [
        {
            "code": each.barrier.code,
            "detail": each.barrier.detail,
            "whom": each.whom,
            "text": texts.question_sentence(each, language, journey=one.journey),
        }
        for each in asked
    ]
    return about + about_steps(one.journey, language)


def _now(problem: "Problem", one: "Candidate", opening_id: "OpeningId", language: Language) -> str:
    """Where the plan has somebody now, in words."""
    if one.placed_at is None:
        now = texts.say(language, "explain.now_nowhere")
    elif one.placed_at == opening_id:
        now = texts.say(language, "explain.now_here")
    else:
        now = texts.say(language, "explain.now_at", place=called(problem, one.placed_at))
    return texts.say(language, "explain.candidate", participant=one.participant_id, now=now)
