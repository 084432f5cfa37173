"""From the engine's advice to the wire: codes become random numbers, with sentences."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from api import texts
from api.matching.advice import Advice, Answer, criteria, effect
from api.matching.advising import Advised
from api.matching.grounds import Places
from api.matching.narrowing import Counts, Narrowed
from api.matching.reasons import asked_of
from api.matching.standing import Stood
from api.matching.trying import InPlan, Shift
from api.schemas.candidates import CandidateOut
from api.schemas.recommendations import (
    Count,
    EffectOut,
    FallsAwayOut,
    Group,
    GroupName,
    InPlanOut,
    PossibleOut,
    QuestionOut,
    ToCheckOut,
)
from api.schemas.trying import GoalOut, PlanShift, ShiftOut
from api.texts import Language

if TYPE_CHECKING:
    from matcher.domain import OpeningId, ParticipantId
    from matcher.explain import FallsAway, Journey, Possible, ToCheck
    from matcher.explain.reasons import WhyNot
    from matcher.explain.reverse import Candidate


class Teller:
    """Tells a recommendation in one language, openings by their random numbers."""

    def __init__(self, advised: Advised, places: Places, language: Language) -> None:
        """Keep what is told."""
        self._advised, self._places, self._language = advised, places, language
        self._advice = Advice(advised.table.problem, advised.found.participant_id, language)

    @property
    def shortlist(self) -> tuple[UUID, ...]:
        """Those to talk about."""
        return tuple(self._places.names.openings[one] for one in self._advised.shortlist)

    def groups(
        self,
        wanted: GroupName | None,
        first: int,
        last: int,
        narrowed: Narrowed | None = None,
    ) -> "tuple[Group[PossibleOut], Group[ToCheckOut], Group[FallsAwayOut]]":
        """A page of the groups, or of one of them; of the others how many there are."""
        found = self._advised.found if narrowed is None else narrowed.found
        page = slice(first, last)
        none = slice(0, 0)
        free, unsure, away = (
            page if wanted in {None, name} else none
            for name in ("possible", "toCheck", "fallsAway")
        )
        return (
            Group[PossibleOut](
                items=tuple(map(self.possible, found.possible[free])), total=len(found.possible)
            ),
            Group[ToCheckOut](
                items=tuple(map(self.to_check, found.to_check[unsure])), total=len(found.to_check)
            ),
            Group[FallsAwayOut](
                items=tuple(map(self.falls_away, found.falls_away[away])),
                total=len(found.falls_away),
            ),
        )

    def place(
        self, opening_id: "OpeningId"
    ) -> tuple[GroupName, PossibleOut | None, ToCheckOut | None, FallsAwayOut | None]:
        """Which group an opening is in, and what is told of it there."""
        from matcher.explain import FallsAway, Possible  # noqa: PLC0415 -- loads numpy

        one = self._advised.of(opening_id)
        if isinstance(one, Possible):
            return "possible", self.possible(one), None, None
        if isinstance(one, FallsAway):
            return "fallsAway", None, None, self.falls_away(one)
        return "toCheck", None, self.to_check(one), None

    def possible(self, one: "Possible") -> PossibleOut:
        """A possible opening."""
        told = self._advice.possible(one)
        weights = self._advised.policy.weights
        return PossibleOut.model_validate(
            self._placed(told, one.opening_id, one.journey)
            | {
                "criteria": criteria(told.pop("values"), weights, self._language),
                "rank": self._ranks[one.opening_id],
                "talkAbout": one.opening_id in self._advised.shortlist,
            }
        )

    def to_check(self, one: "ToCheck") -> ToCheckOut:
        """An opening to check."""
        told = self._advice.to_check(one)
        return ToCheckOut.model_validate(self._placed(told, one.opening_id, one.journey))

    def falls_away(self, one: "FallsAway") -> FallsAwayOut:
        """An opening that falls away."""
        told = self._advice.falls_away(one)
        return FallsAwayOut.model_validate(self._placed(told, one.opening_id, one.journey))

    def shift(self, one: Shift) -> ShiftOut:
        """An opening that stands elsewhere."""
        where = self._advice.where(one.opening_id)
        return ShiftOut.model_validate(
            {
                "opening_id": self._places.names.openings[one.opening_id],
                "title": where["title"],
                "site": where["site"],
                "before": one.before,
                "after": one.after,
                "points_before": one.points_before,
                "points_after": one.points_after,
            }
        )

    @cached_property
    def _ranks(self) -> "dict[OpeningId, int]":
        return {one.opening_id: at for at, one in enumerate(self._advised.found.possible, 1)}

    def _placed(self, told: Answer, opening_id: "OpeningId", journey: "Journey") -> Answer:
        problem = self._advised.table.problem
        opening = problem.opening[opening_id]
        told["openingId"] = self._places.names.openings[opening_id]
        told["siteId"] = self._places.names.sites[opening.site_id]
        told["municipalityCode"] = problem.site[opening.site_id].municipality_code
        told["occupationGroup"] = opening.occupation_group
        told["journey"]["text"] = texts.journey_words(journey, self._language)
        return told


def counts(found: Counts, names: Mapping[str, str]) -> tuple[Count, ...]:
    """How many there are of each, by name."""
    rows = (
        Count(code=code, name=names.get(code, code), possible=a, to_check=b, falls_away=c)
        for code, (a, b, c) in found.items()
    )
    return tuple(sorted(rows, key=lambda row: row.name))


def in_plan(plan_id: UUID, found: "WhyNot", language: Language) -> InPlanOut:
    """What a plan says of an opening; others are counted."""
    told = effect(found.effect)
    return InPlanOut(
        plan_id=plan_id,
        reason=str(found.reason),
        goal=None if found.goal is None else str(found.goal),
        less=found.less,
        effect=None if told is None else EffectOut.model_validate(told),
        text=texts.reason_sentence(found, language),
    )


def plan_shift(plan_id: UUID, found: InPlan, places: Places) -> PlanShift:
    """What changes do to a plan."""
    names = places.names.openings
    return PlanShift(
        plan_id=plan_id,
        before=names[found.before] if found.before else None,
        after=names[found.after] if found.after else None,
        gained=found.gained,
        lost=found.lost,
        moved=found.moved,
        goals=tuple(GoalOut(name=name, before=b, after=a) for name, b, a in found.goals),
        proven=found.proven,
    )


def candidates(
    found: "Sequence[Candidate]",
    asked: Stood,
    ids: "dict[ParticipantId, UUID] | None",
    told: tuple[Places, Language],
) -> tuple[CandidateOut, ...]:
    """Who could come, by pseudonym.

    Args:
        found: them.
        asked: the plan; without one nobody is placed anywhere.
        ids: their random numbers, where whoever asks may know them.
        told: what places are called, and the language.
    """
    places, language = told
    return tuple(
        CandidateOut(
            participant_id=None if ids is None else ids[one.participant_id],
            code=one.participant_id,
            placed_at=places.names.openings.get(one.placed_at)
            if one.placed_at is not None and asked.plan_id is not None
            else None,
            questions=()
            if ids is None  # they tell of needs, and of whom no travel planner is told
            else tuple(QuestionOut.model_validate(row) for row in asked_of(one, language)),
        )
        for one in found
    )
