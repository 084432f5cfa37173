"""One place for a participant: why it stands where it stands, and what if something changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.client import ProblemError
from api.domain import Passable
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault, body, faults_of
from api.pages.matches import Gendered, gender_of, level, twins_of, women
from api.pages.visit import Visit, Visiting
from api.schemas.openings import OpeningOut
from api.schemas.participants import Profile
from api.schemas.plain import HalfDayName
from api.schemas.recommendations import (
    CriterionOut,
    Explanation,
    FallsAwayOut,
    PossibleOut,
    ToCheckOut,
)
from api.schemas.surveys import CurrentSurvey
from api.schemas.trying import ShiftOut, WhatIfIn, WhatIfOut
from matcher.domain import MAX_TRAVEL_MINUTES, SESSIONS

router = APIRouter()

WHERE = "/deltagare/{participant_id}/platser/{opening_id}"
MOST_SHIFTS = 8
"""Places of each kind that are told as opening up, or not, by a what-if."""
NEED_UNKNOWN, NEED_UNMET = "NEED_UNKNOWN", "NEED_UNMET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """A criterion in words: what it gives and how much it weighs among the others."""

    code: str
    level: str
    share: int
    heavy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """A participant's needs at a place; ``others`` are known to be no barrier, or not looked at.

    ``others`` is only where the place falls away: nothing else is told of its needs there.
    """

    met: tuple[str, ...]
    unknown: tuple[str, ...]
    unmet: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a what-if says: where the place stands then, what opens and closes elsewhere."""

    before: str
    after: str
    opens: tuple[ShiftOut, ...]
    opened: int
    closes: tuple[ShiftOut, ...]
    closed: int
    answer: WhatIfOut


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplanationPage:
    """A place and its reasons; the form for what if; and its answer, where it was asked."""

    participant_id: UUID
    told: Explanation
    one: PossibleOut | ToCheckOut | FallsAwayOut
    opening: OpeningOut
    survey: CurrentSurvey
    surveyed_on: date | None
    criteria: tuple[Counting, ...]
    needs: Needs
    week: Mapping[str, str]
    more_half_days: tuple[HalfDayName, ...]
    profile: Profile
    passable: bool
    form: Form
    faults: tuple[FormFault, ...]
    tried: Tried | None
    twins: Mapping[UUID, int]
    gender: str | None
    women: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What somebody tries, as it was filled in; what is wrong with it, or the answer."""

    form: Form = EMPTY
    faults: tuple[FormFault, ...] = ()
    answer: WhatIfOut | None = None


@router.get(WHERE, name="page:match")
def match(visit: Visiting, participant_id: UUID, opening_id: UUID, kon: Gendered = "") -> Response:
    """Why a place stands where it stands for a participant."""
    return _page(visit, participant_id, opening_id, kon, Trial())


@router.post(WHERE, name="page:what-if")
def what_if(
    visit: Visiting,
    participant_id: UUID,
    opening_id: UUID,
    form: Filled,
    kon: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """The same, with what would be otherwise; nothing is kept."""
    profile = visit.api.read_participant(participant_id).value.profile
    names: tuple[str, ...] = ()
    try:
        changes = _changes(visit, form, profile)
        names = tuple(changes)
        sent = [
            {"subject": "participant", "name": _COLUMNS[name], "value": value}
            for name, value in changes.items()
        ]
        answer = visit.api.try_what_if(participant_id, body(WhatIfIn, {"changes": sent})).value
    except FormError as found:
        trial = Trial(form=form, faults=found.faults)
    except ProblemError as problem:
        trial = Trial(form=form, faults=_at_fields(visit, problem, names))
    else:
        trial = Trial(form=form, answer=answer)
    return _page(visit, participant_id, opening_id, kon, trial)


_COLUMNS = {
    "minutes": "maxTravelMinutes",
    "halfDay": "available",
    "earliestStart": "earliestStart",
}
"""What of the participant a field of the form changes."""


def _changes(visit: Visit, form: Form, profile: Profile) -> dict[str, object]:
    """What would be otherwise, by field.

    Raises:
        FormError: nothing would.
    """
    found: dict[str, object] = {}
    minutes, more, start = form.number("minutes"), form.text("halfDay"), form.text("earliestStart")
    if minutes is not None and minutes != profile.max_travel_minutes:
        found["minutes"] = minutes
    if more:
        found["halfDay"] = [*profile.available, more]
    if start and start != str(profile.earliest_start or ""):
        found["earliestStart"] = start
    if not found:
        text = visit.says("what_if.nothing")
        raise FormError([FormFault(field="minutes", code="missing", text=text)])
    return found


def _at_fields(
    visit: Visit, problem: ProblemError, names: tuple[str, ...]
) -> tuple[FormFault, ...]:
    """The faults of changes, each at the field that the change is of."""
    found = []
    for fault, sent in zip(problem.faults, faults_of(problem), strict=False):
        parts = fault.pointer.split("/")
        at = int(parts[2]) if len(parts) > 2 and parts[2].isdecimal() else -1  # noqa: PLR2004 -- /changes/0/value
        field = names[at] if 0 <= at < len(names) else ""
        low, high = MAX_TRAVEL_MINUTES
        between = visit.says("what_if.minutes_between", low=low, high=high)
        text = between if field == "minutes" else ""
        found.append(FormFault(field=field, code=sent.code, detail=sent.detail, text=text))
    return tuple(found) or faults_of(problem)


def _page(
    visit: Visit, participant_id: UUID, opening_id: UUID, kon: str, trial: Trial
) -> Response:
    told = visit.api.explain_opening(participant_id, opening_id)
    opening = visit.api.read_opening(opening_id).value
    survey = visit.api.read_site_survey(opening.site_id).value
    profile = visit.api.read_participant(participant_id).value.profile
    one = told.possible or told.to_check or told.falls_away
    assert one is not None  # noqa: S101 -- it is in one of the groups
    tried = None if trial.answer is None else _tried(told, trial.answer, opening_id)
    shifts = () if tried is None else (*tried.opens, *tried.closes)
    page = ExplanationPage(
        participant_id=participant_id,
        told=told,
        one=one,
        opening=opening,
        survey=survey,
        surveyed_on=max((s.surveyed_on for s in survey.sources if s.surveyed_on), default=None),
        criteria=_criteria(told.possible.criteria if told.possible else ()),
        needs=_needs(told, profile),
        week=week_of(opening, profile),
        more_half_days=_more(profile),
        profile=profile,
        passable=passable(told),
        form=trial.form,
        faults=trial.faults,
        tried=tried,
        twins=twins_of((*((told.next_best,) if told.next_best else ()), *shifts)),
        gender=gender_of(visit, participant_id, kon),
        women=women(kon),
    )
    return visit.shown("explanation.html", page, 422 if trial.faults else 200)


def passable(told: Explanation) -> bool:
    """Whether a supervisor may propose it: nothing stands between, or only what may be passed."""
    if told.falls_away is None:
        return True
    known = {one.code for one in told.falls_away.barriers}
    return known <= set(Passable)


def week_of(opening: OpeningOut, profile: Profile) -> Mapping[str, str]:
    """Each half-day of the place as a code: both, full, place; of the participant alone, own."""
    there = {one.name: one.free for one in opening.half_days}
    mine = set(profile.available)
    found: dict[str, str] = {}
    for name in SESSIONS:
        if name in there and name in mine:
            found[name] = "both" if there[name] else "full"
        elif name in there:
            found[name] = "place"
        elif name in mine:
            found[name] = "own"
    return found


def _criteria(rows: tuple[CriterionOut, ...]) -> tuple[Counting, ...]:
    """What counts, the heaviest first; what weighs nothing is left out."""
    most = max((row.weight for row in rows), default=0)
    return tuple(
        Counting(
            code=row.code,
            level=level(row.value),
            share=row.value,
            heavy="most" if row.weight == most else "less" if 2 * row.weight < most else "some",
        )
        for row in sorted(rows, key=lambda row: -row.weight)
        if row.weight
    )


def _needs(told: Explanation, profile: Profile) -> Needs:
    """What is known of the participant's needs at the place."""
    asked = (
        *(told.possible.questions if told.possible else ()),
        *(told.to_check.questions if told.to_check else ()),
    )
    known = told.falls_away.barriers if told.falls_away else ()
    unknown = {one.detail or "" for one in asked if one.code == NEED_UNKNOWN}
    unknown |= {one.detail for one in known if one.code == NEED_UNKNOWN}
    unmet = {one.detail for one in known if one.code == NEED_UNMET}
    rest = tuple(need for need in profile.needs if need not in unknown | unmet)
    away = told.falls_away is not None
    return Needs(
        met=() if away else rest,
        unknown=tuple(need for need in profile.needs if need in unknown),
        unmet=tuple(need for need in profile.needs if need in unmet),
        others=rest if away else (),
    )


def _more(profile: Profile) -> tuple[HalfDayName, ...]:
    """The half-days on which the participant cannot come today."""
    mine = set(profile.available)
    return tuple(name for name in SESSIONS if name not in mine)  # type: ignore[misc]  # their names


def _tried(told: Explanation, answer: WhatIfOut, opening_id: UUID) -> Tried:
    """What differs; a place that only counts for more or less is none of it."""
    moved = tuple(
        one
        for one in answer.difference
        if one.before != one.after and one.opening_id != opening_id
    )
    opens = tuple(one for one in moved if one.after == "possible")
    closes = tuple(one for one in moved if one.before == "possible")
    mine = next((one for one in answer.difference if one.opening_id == opening_id), None)
    return Tried(
        before=told.group,
        after=told.group if mine is None or mine.after is None else mine.after,
        opens=opens[:MOST_SHIFTS],
        opened=len(opens),
        closes=closes[:MOST_SHIFTS],
        closed=len(closes),
        answer=answer,
    )
