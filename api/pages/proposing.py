"""Proposing a place for a participant: half-days, hours, days, company, and why not another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.domain import DeclineReason, Passable
from api.pages.explanation import week_of
from api.pages.forms import Filled, Form, FormError, FormFault, body, faults_of
from api.pages.visit import Visit, Visiting
from api.schemas.openings import OpeningOut
from api.schemas.participants import Profile
from api.schemas.placements import NewProposal
from api.schemas.recommendations import FallsAwayOut, GroupName, PossibleOut, ToCheckOut

router = APIRouter()

WHERE = "/deltagare/{participant_id}/foresla/{opening_id}"
REASONS = tuple(reason for reason in DeclineReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place for a participant: where it stands, and what both of them can."""

    code: str
    group: GroupName
    one: PossibleOut | ToCheckOut | FallsAwayOut
    opening: OpeningOut
    profile: Profile
    week: Mapping[str, str]

    @property
    def rank(self) -> int | None:
        """Its place among the possible."""
        return self.one.rank if isinstance(self.one, PossibleOut) else None

    @property
    def common(self) -> tuple[str, ...]:
        """The half-days that suit both, those with room first in line to be chosen."""
        return tuple(name for name, kind in self.week.items() if kind in {"both", "full"})

    @property
    def open(self) -> tuple[str, ...]:
        """The half-days that suit both and have room."""
        return tuple(name for name, kind in self.week.items() if kind == "both")

    @property
    def there(self) -> tuple[str, ...]:
        """The half-days of the place."""
        return tuple(name for name, kind in self.week.items() if kind != "own")

    @property
    def passing(self) -> tuple[tuple[str, str], ...]:
        """The barriers that may be passed over deliberately, each with its sentence."""
        known = self.one.barriers if isinstance(self.one, FallsAwayOut) else ()
        return tuple((one.code, one.text) for one in known if one.code in set(Passable))

    @property
    def barred(self) -> bool:
        """Whether something stands between that nobody may pass over."""
        known = self.one.barriers if isinstance(self.one, FallsAwayOut) else ()
        return any(one.code not in set(Passable) for one in known)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePage:
    """The form; ``key`` makes sure that one form makes one proposal."""

    participant_id: UUID
    opening_id: UUID
    found: Found
    values: Mapping[str, str]
    sessions: tuple[str, ...]
    despite: tuple[str, ...]
    faults: tuple[FormFault, ...]
    reasons: tuple[DeclineReason, ...]
    key: str
    twins: Mapping[UUID, int] = field(default_factory=dict)


@router.get(WHERE, name="page:propose")
def propose(visit: Visiting, participant_id: UUID, opening_id: UUID) -> Response:
    """The form, with what suits filled in."""
    found = _found(visit, participant_id, opening_id)
    one = found.one
    starts = one.starts_on if isinstance(one, PossibleOut) else _later(found)
    values = {
        "hoursPerWeek": str(found.profile.hours_per_week),
        "startsOn": starts.isoformat() if starts else "",
        "goesAlong": "",
    }
    page = ProposePage(
        participant_id=participant_id,
        opening_id=opening_id,
        found=found,
        values=values,
        sessions=(found.open or found.common)[: found.profile.sessions_per_week],
        despite=(),
        faults=(),
        reasons=REASONS,
        key=str(uuid4()),
    )
    return visit.shown("propose.html", page)


@router.post(WHERE, name="page:propose-it")
def propose_it(visit: Visiting, participant_id: UUID, opening_id: UUID, form: Filled) -> Response:
    """Propose it, and go to the proposal."""
    found = _found(visit, participant_id, opening_id)
    try:
        sent = body(NewProposal, _sent(participant_id, opening_id, found, form))
        made = visit.api.propose_placement(sent, key=form.key())
    except FormError as wrong:
        return _again(visit, (participant_id, opening_id), found, form, wrong.faults)
    except ProblemError as problem:
        return _again(visit, (participant_id, opening_id), found, form, _told(visit, problem))
    return visit.gone_to(f"/forslag/{made.value.id}", "proposed")


def _told(visit: Visit, problem: ProblemError) -> tuple[FormFault, ...]:
    """What the API says; where something stands between, what to do about it."""
    if problem.code == "barred":
        return (FormFault(field="despite", code="barred", text=visit.says("propose.pass")),)
    if problem.code == "already-there":
        return (FormFault(field="", code=problem.code, text=visit.says("propose.already")),)
    return faults_of(problem)


def _sent(participant_id: UUID, opening_id: UUID, found: Found, form: Form) -> dict[str, object]:
    """What was filled in, as the API's body; what was left empty is not given."""
    given = {
        "startsOn": form.given("startsOn"),
        "endsOn": form.given("endsOn"),
        "goesAlong": form.yes("goesAlong"),
        "reason": form.given("reason"),
        "note": form.given("note"),
    }
    return {
        "participantId": participant_id,
        "openingId": opening_id,
        "sessions": form.all("sessions"),
        "hoursPerWeek": form.number("hoursPerWeek"),
        "recommended": found.rank,
        "despite": form.all("despite"),
    } | {name: value for name, value in given.items() if value is not None}


def _found(visit: Visit, participant_id: UUID, opening_id: UUID) -> Found:
    """What the API tells of the two.

    Raises:
        ProblemError: one of them is not there, or not for whoever looks.
    """
    opening = visit.api.read_opening(opening_id).value
    told = visit.api.list_recommendations(participant_id, opening_ids=(opening_id,), limit=1)
    profile = visit.api.read_participant(participant_id).value.profile
    groups: tuple[tuple[GroupName, tuple[PossibleOut | ToCheckOut | FallsAwayOut, ...]], ...] = (
        ("possible", told.possible.items),
        ("toCheck", told.to_check.items),
        ("fallsAway", told.falls_away.items),
    )
    group, items = next(one for one in groups if one[1])
    return Found(
        code=told.participant,
        group=group,
        one=items[0],
        opening=opening,
        profile=profile,
        week=week_of(opening, profile),
    )


def _later(found: Found) -> date | None:
    """The first day on which both can, where both are known."""
    days = (found.profile.earliest_start, found.opening.starts_from)
    return max((day for day in days if day), default=None)


def _again(
    visit: Visit,
    where: tuple[UUID, UUID],
    found: Found,
    form: Form,
    faults: tuple[FormFault, ...],
) -> Response:
    """The form again, with what was filled in and what is wrong with it."""
    page = ProposePage(
        participant_id=where[0],
        opening_id=where[1],
        found=found,
        values={name: form.text(name) for name in form.fields},
        sessions=form.all("sessions"),
        despite=form.all("despite"),
        faults=faults,
        reasons=REASONS,
        key=str(uuid4()),
    )
    return visit.shown("propose.html", page, 422)
