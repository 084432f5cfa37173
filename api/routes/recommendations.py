"""Answers for one participant: what is possible, why, and what if."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, cast
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response

from api.domain import Fault, Refusal, RefusalCode
from api.doorway import AtSettings, Paging, Window, links
from api.matching.advising import Advised, advised, missing
from api.matching.grounds import Ground, ground
from api.matching.narrowing import Narrowed, Sought
from api.matching.removing import way_words, ways
from api.matching.standing import Stood, stood
from api.matching.trying import Wanted, advised_with, changes_of, in_plan, shifts
from api.routes.answering import TIMED, Arrival, Arrived, InLanguage, Stages
from api.routes.openings import known_field
from api.routes.participants import ParticipantIn
from api.routes.responses import refusals
from api.schemas.advice import Teller, counts, plan_shift
from api.schemas.advice import in_plan as in_plan_out
from api.schemas.plain import Municipality
from api.schemas.recommendations import (
    Explanation,
    GroupName,
    InPlanOut,
    Recommendations,
    WayOut,
)
from api.schemas.trying import ChangeIn, WhatIfIn, WhatIfOut
from api.store import audit, demand, profiles
from api.texts import Language
from data.reference import field_labels, municipalities
from matcher.domain import Participant, ProviderKind

if TYPE_CHECKING:
    from matcher.domain import OpeningId
    from matcher.explain import FallsAway

router = APIRouter(tags=["recommendations"])

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
CAPACITY = frozenset({"seats", "session_seats", "status"})
"""What of an opening can be otherwise without telling what others need."""
TOLD = 20
"""Openings of each group in the answer to a what-if."""
MOST_OPENINGS = 20
"""Openings that can be looked for by their ids."""

OpeningIn = Annotated[UUID, Path(alias="openingId", description="A random number")]
AsOf = Annotated[
    date | None,
    Query(alias="asOf", ge=FIRST, le=LAST, description="The day of the answer; today if left out"),
]


@dataclass(frozen=True, eq=False, kw_only=True)
class Case:
    """A participant who is shared with somebody, opened, and what the answer stands on."""

    arrival: Arrival
    row: UUID
    version: int
    ground: Ground
    profile: Participant
    stale_days: int

    @property
    def stages(self) -> Stages:
        """The clock of the answer's stages."""
        return self.arrival.stages

    @cached_property
    def plan(self) -> Stood:
        """The organisation's plan as it stands."""
        organisation = self.arrival.who.organisation_id
        assert organisation is not None  # noqa: S101 -- a supervisor's, by a check of the table
        base = self.ground
        return stood(self.arrival.store, organisation, base.plan_date, travel=base.travel)

    @cached_property
    def advised(self) -> Advised:
        """Every opening for the participant, in three groups."""
        found = advised(self.ground, self.profile, self.row, stale_days=self.stale_days)
        self.stages.ended("match")
        return found

    def noted(self, action: str, **detail: str | int) -> None:
        """Note that the profile was read for an answer; and unmet demand, where it is new."""
        lacking = missing(self.advised)
        with self.arrival.store.writing() as unit:
            subject = f"participant:{self.row}"
            audit.note(unit, self.arrival.who, action, subject, version=self.version, **detail)
            if lacking is not None and profiles.first_unmet(unit, self.row):
                demand.record(
                    unit,
                    field=lacking.field,
                    municipality=self.profile.municipality_code,
                    barriers=lacking.barriers,
                    protected=self.profile.protected_identity,
                )
        self.stages.ended("audit")


def _case(
    arrival: Arrived, settings: AtSettings, participant: ParticipantIn, as_of: AsOf = None
) -> Case:
    """Read what an answer needs, in a unit of work that is over before anything is matched."""
    with arrival.store.reading() as unit:
        row = profiles.mine(unit, arrival.who, participant)
        base = ground(unit, row.organisation_id, as_of, travel=settings.travel_store)
        arrival.stages.ended("read")
        profile = profiles.profile_of(unit, row)
        arrival.stages.ended("decrypt")
    return Case(
        arrival=arrival,
        row=row.id,
        version=row.version,
        ground=base,
        profile=profile,
        stale_days=settings.confirm_days,
    )


ACase = Annotated[Case, Depends(_case)]


def _field(
    field: Annotated[
        str | None, Query(max_length=40, description="A field of JobTech's, such as ScKy_FHB_7wT")
    ] = None,
) -> str | None:
    if field is not None:
        known_field(field)
    return field


def _sought(
    field: Annotated[str | None, Depends(_field)],
    municipality: Annotated[
        Municipality | None, Query(alias="municipalityCode", description="Of the site")
    ] = None,
    kind: Annotated[
        ProviderKind | None, Query(alias="providerKind", description="The provider's kind")
    ] = None,
    free: Annotated[
        bool | None,
        Query(alias="freeOnly", description="Those alone with a seat left, and room enough"),
    ] = None,
) -> Sought:
    return Sought(municipality=municipality, field=field, kind=kind, free=bool(free))


class Asked:
    """Which openings somebody wants to see: of which kind, in which group, on which page."""

    def __init__(
        self,
        sought: Annotated[Sought, Depends(_sought)],
        window: Paging,
        group: Annotated[
            GroupName | None, Query(description="One group alone, to page in it")
        ] = None,
        openings: Annotated[
            tuple[UUID, ...],
            Query(alias="openingId", max_length=MOST_OPENINGS, description="These alone"),
        ] = (),
    ) -> None:
        """Keep what was asked for."""
        self._sought, self._openings = sought, openings
        self.window: Window = window
        self.group: GroupName | None = group

    def of(self, case: Case) -> Narrowed:
        """Of an answer those that are wanted; an opening that is not there is in no group."""
        known = case.ground.places.opening
        openings = {known[one] for one in self._openings if one in known}
        chosen = openings if self._openings else None
        return Narrowed(case.advised, replace(self._sought, openings=chosen))


@router.get(
    "/participants/{participantId}/recommendations",
    operation_id="listRecommendations",
    response_model=Recommendations,
    responses=TIMED | refusals(RefusalCode.NOT_FOUND, RefusalCode.NOT_VALID),
)
def list_recommendations(
    case: ACase, asked: Annotated[Asked, Depends()], language: InLanguage, request: Request
) -> Response:
    """Every opening in one of three groups: possible, to check with whom, falls away and why.

    Advice, with its reasons; a person decides. Without ``group`` a page of each is given.
    """
    told, window, group = (
        Teller(case.advised, case.ground.places, language),
        asked.window,
        asked.group,
    )
    narrowed = asked.of(case)
    first = window.offset
    possible, to_check, falls_away = told.groups(group, first, first + window.limit, narrowed)
    answer = Recommendations(
        plan_date=case.ground.plan_date,
        participant=case.profile.participant_id,
        municipalities=counts(narrowed.municipalities, municipalities()),
        fields=counts(narrowed.fields, field_labels(str(language))),
        possible=possible,
        to_check=to_check,
        falls_away=falls_away,
        shortlist=told.shortlist,
        limit=window.limit,
        offset=window.offset,
    )
    case.stages.ended("explain")
    totals = {
        "possible": possible.total,
        "toCheck": to_check.total,
        "fallsAway": falls_away.total,
    }
    case.noted("participant.recommend", **totals)
    total = totals[group] if group else max(totals.values())
    return case.stages.answer(answer, language, Link=links(request, window, total))


@router.get(
    "/participants/{participantId}/openings/{openingId}/explanation",
    operation_id="explainOpening",
    response_model=Explanation,
    responses=TIMED | refusals(RefusalCode.NOT_FOUND),
)
def explain_opening(case: ACase, opening: OpeningIn, language: InLanguage) -> Response:
    """Why an opening stands where it stands, the next best, and what it would displace.

    What it would displace is told where the organisation has a plan; others are only counted.
    """
    places = case.ground.places
    if opening not in places.opening:
        raise Refusal(RefusalCode.NOT_FOUND)
    code = places.opening[opening]
    told = Teller(case.advised, places, language)
    free = case.advised.found.possible
    rank = next((at for at, one in enumerate(free, 1) if one.opening_id == code), None)
    after = free[rank or 0 :]
    group, possible, to_check, falls_away = told.place(code)
    answer = Explanation(
        plan_date=case.ground.plan_date,
        participant=case.profile.participant_id,
        ways=_ways(case, code, language) if group == "fallsAway" else (),
        group=group,
        possible=possible,
        to_check=to_check,
        falls_away=falls_away,
        rank=rank,
        next_best=told.possible(after[0]) if after else None,
        plan=_in_plan(case, code, language),
    )
    case.stages.ended("explain")
    case.noted("participant.explain", opening=str(opening))
    return case.stages.answer(answer, language)


@router.post(
    "/participants/{participantId}/what-if",
    operation_id="tryWhatIf",
    response_model=WhatIfOut,
    responses=TIMED | refusals(RefusalCode.NOT_FOUND, RefusalCode.NOT_VALID),
)
def try_what_if(case: ACase, body: Annotated[WhatIfIn, Body()], language: InLanguage) -> Response:
    """What if something of the participant, an opening or a survey were otherwise?

    The answer again, and what differs; nothing is kept. Of the plan it is told how many others
    would gain, lose or move, never who; and nothing where a site or what an opening asks for is
    changed: who loses by that would tell what others need.
    """
    before = case.advised
    places = case.ground.places
    wanted = _wanted(case, body.changes)
    changes = changes_of(wanted, before.table.problem, before.policy)
    after = advised_with(before, changes, stale_days=case.stale_days)
    plan = case.plan
    moved = in_plan(plan, before, changes) if _tells_of_nobody(wanted) else None
    case.stages.ended("match")
    told = Teller(after, places, language)
    possible, to_check, falls_away = told.groups(None, 0, TOLD)
    answer = WhatIfOut(
        plan_date=case.ground.plan_date,
        possible=possible,
        to_check=to_check,
        falls_away=falls_away,
        difference=tuple(told.shift(one) for one in shifts(before, after)),
        plan=plan_shift(plan.plan_id, moved, places) if plan.plan_id and moved else None,
    )
    case.stages.ended("explain")
    case.noted("participant.what-if", changes=len(changes))
    return case.stages.answer(answer, language)


def _ways(case: Case, code: "OpeningId", language: Language) -> tuple[WayOut, ...]:
    """What would take away what stands between, where something can be done."""
    away = cast("FallsAway", case.advised.of(code))
    return tuple(
        WayOut(
            whom=tuple(dict.fromkeys(str(step.whom) for step in steps)),
            text=way_words(steps, language),
        )
        for steps in ways(case.advised, away)
    )


def _tells_of_nobody(wanted: list[Wanted]) -> bool:
    """Whether what changes is the participant, and how many an opening takes."""
    return all(one.subject == "participant" or one.name in CAPACITY for one in wanted)


def _in_plan(case: Case, code: "OpeningId", language: Language) -> InPlanOut | None:
    """What the plan says of an opening; None without a plan, or where it has not this person."""
    from matcher.explain.reasons import why_not  # noqa: PLC0415 -- loads the engine

    who = case.profile.participant_id
    plan = case.plan
    if plan.plan_id is None or who not in plan.standing.problem.participant:
        return None
    found = why_not(plan.standing, who, code)
    case.stages.ended("match")
    return in_plan_out(plan.plan_id, found, language)


def _wanted(case: Case, sent: tuple[ChangeIn, ...]) -> list[Wanted]:
    """The changes by codes and columns, in cells as tables have them.

    Raises:
        Refusal: with every opening or site that there is not (``NOT_VALID``).
    """
    places = case.ground.places
    known: Mapping[str, Mapping[UUID, str]] = {"opening": places.opening, "site": places.site}
    wanted, faults = [], []
    for at, one in enumerate(sent):
        if one.subject == "participant":
            code: str | None = str(case.profile.participant_id) if one.id is None else None
        else:
            code = None if one.id is None else known[one.subject].get(one.id)
        if code is None:
            faults.append(Fault(pointer=f"/changes/{at}/id", code="dangling"))
            continue
        wanted.append(Wanted(subject=one.subject, id=code, name=one.column, value=one.cell))
    if faults:
        raise Refusal(RefusalCode.NOT_VALID, faults=tuple(faults))
    return wanted
