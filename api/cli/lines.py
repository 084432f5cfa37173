"""A recommendation in lines: each opening, where it is, and what stands between."""

from typing import TYPE_CHECKING

from api import texts
from api.cli.answers import InPlan, choosing
from api.matching.advice import Advice, Answer
from api.texts import Language

if TYPE_CHECKING:
    from matcher.domain import OpeningId, Problem
    from matcher.explain import FallsAway, Journey, Possible, Question, Recommendation, ToCheck

INDENT = "      "


class Lines:
    """The three groups in words."""

    def __init__(
        self,
        problem: "Problem",
        found: "Recommendation",
        language: Language,
        in_plan: InPlan | None = None,
    ) -> None:
        """Keep what the words are about."""
        self._choices: list[Answer] = (
            [{}] * len(found.possible) if in_plan is None else choosing(found, in_plan, language)
        )
        self._found = found
        self._language = language
        self._advice = Advice(problem, found.participant_id, language)

    def of(self, group: str) -> list[str]:
        """The openings of one group: ``possible``, ``to_check`` or ``falls_away``."""
        if group == "possible":
            both = zip(self._found.possible, self._choices, strict=True)
            return ["\n".join([self._possible(one), *self._chosen(row)]) for one, row in both]
        if group == "to_check":
            return [self._to_check(one) for one in self._found.to_check]
        return [self._falls_away(one) for one in self._found.falls_away]

    def _possible(self, one: "Possible") -> str:
        free = self._say("full") if one.full else self._say("seats_left", seats=one.seats_left)
        facts = [
            self._say("starts", day=one.starts_on.isoformat()),
            self._say("points", points=one.points),
            free,
            self._confirmed(one),
        ]
        shared = texts.half_days(one.common_half_days, self._language)
        return "\n".join(
            [
                self._head(one.opening_id, one.journey),
                INDENT + ", ".join(facts),
                INDENT + self._say("half_days_common", half_days=shared),
                *self._asks(one.questions, one.journey),
            ]
        )

    def _chosen(self, row: Answer) -> list[str]:
        """What choosing an opening would do to the plan, and whether to talk about it."""
        lines = [INDENT + row["effectText"]] if row.get("effectText") else []
        if row.get("talkAbout"):
            lines.append(INDENT + texts.say(self._language, "explain.talk_about"))
        return lines

    def _confirmed(self, one: "Possible") -> str:
        if one.confirmed_on is None:
            return self._say("never_confirmed")
        return self._say("stale" if one.stale else "confirmed", day=one.confirmed_on.isoformat())

    def _to_check(self, one: "ToCheck") -> str:
        return "\n".join(
            [self._head(one.opening_id, one.journey), *self._asks(one.questions, one.journey)]
        )

    def _falls_away(self, one: "FallsAway") -> str:
        whys = []
        for barrier, whom in one.barriers:
            remover = f" {texts.say(self._language, f'removing.{whom}')}" if whom else ""
            whys.append(
                f"{INDENT}{self._advice.why(barrier, one.opening_id, one.journey)}{remover}"
            )
        return "\n".join([self._head(one.opening_id, one.journey), *whys])

    def _head(self, opening_id: "OpeningId", journey: "Journey") -> str:
        where = self._advice.where(opening_id)
        words = texts.journey_words(journey, self._language)
        return (
            f"  {opening_id}  {where['title']}: {where['site']}, {where['municipality']}; {words}"
        )

    def _asks(self, questions: tuple["Question", ...], journey: "Journey") -> list[str]:
        return [INDENT + row["text"] for row in self._advice.questions(questions, journey)]

    def _say(self, key: str, **params: object) -> str:
        return texts.say(self._language, f"cli.{key}", **params)
