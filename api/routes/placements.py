"""``/proposals``: a placement's life, for supervisors; coordinators see the list."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.domain import DeclinedBy, Principal, RefusalCode, State
from api.doorway import (
    Asking,
    AtSettings,
    IfMatch,
    IfMatchSent,
    OnceOnly,
    Paging,
    Reading,
    Window,
    Writing,
    etag,
    links,
)
from api.routes.judging import AJudged
from api.routes.responses import refusals
from api.schemas import Page
from api.schemas.placements import (
    NewDecline,
    NewEnding,
    NewHours,
    NewOffer,
    NewStart,
    NewWithdrawal,
    Proposal,
    ProposalInFull,
    RevisedProposal,
    StepTaken,
)
from api.store import Session, audit, placements, proposals, steps
from api.store.tables import PlacementStep
from matcher.domain import Sessions, session_names, sessions_of

router = APIRouter(tags=["proposals"])

ProposalId = Annotated[UUID, Path(alias="proposalId", description="The proposal's id")]
ParticipantId = Annotated[UUID, Path(alias="participantId", description="The participant's id")]
MISSING = refusals(RefusalCode.NOT_FOUND)
STEP = (RefusalCode.NOT_FOUND, RefusalCode.WRONG_STATE)


@dataclass(frozen=True, slots=True)
class Stepping:
    """A step that somebody wants to take, and the version they have seen, if they say."""

    unit: Session
    who: Principal
    proposal: UUID
    version: int | None

    def begun(self) -> tuple[Session, Principal, UUID]:
        """Held to the version: what somebody has not seen they neither offer nor end."""
        if self.version is not None:
            placements.seen(self.unit, self.who, self.proposal, self.version)
        return self.unit, self.who, self.proposal


def _stepping(who: Asking, unit: Writing, proposal: ProposalId, version: IfMatchSent) -> Stepping:
    return Stepping(unit, who, proposal, version)


AStep = Annotated[Stepping, Depends(_stepping)]


@router.post(
    "/proposals",
    operation_id="proposePlacement",
    status_code=201,
    response_model=Proposal,
    responses=refusals(
        RefusalCode.NOT_FOUND,
        RefusalCode.NOT_VALID,
        RefusalCode.OPENING_PAUSED,
        RefusalCode.ALREADY_THERE,
        RefusalCode.WRONG_STATE,
        RefusalCode.BARRED,
        RefusalCode.KEY_REUSED,
    ),
)
def propose(who: Asking, judged: AJudged, unit: Writing, once: OnceOnly) -> Response:
    """Propose a place for a participant; it holds no seat yet.

    Where a known barrier stands between, only `despite` with a note proposes it all the same; what
    is unknown, to be checked, is no barrier.
    """
    body = judged.body

    def make() -> tuple[Proposal, dict[str, str]]:
        row = proposals.propose(
            unit,
            who,
            proposals.Draft(
                participant_id=body.participant_id,
                opening_id=body.opening_id,
                sessions=sessions_of(body.sessions),
                hours_per_week=body.hours_per_week,
                starts_on=body.starts_on,
                ends_on=body.ends_on,
                goes_along=body.goes_along,
                recommended=body.recommended,
                reason=body.reason,
                note=body.note,
                barriers=judged.barriers,
                despite=body.despite,
            ),
        )
        made = _proposal(proposals.one(unit, who, row.id))
        where = f"/steget/v1/proposals/{row.id}"
        return made, {"Location": where, "ETag": etag(made.version)}

    return once(make)


@router.get("/proposals", operation_id="listProposals")
def list_all(  # noqa: PLR0913, PLR0917 -- the door hands in each by itself
    request: Request,
    response: Response,
    who: Asking,
    unit: Reading,
    window: Paging,
    state: Annotated[State | None, Query(description="Only those in this state")] = None,
) -> Page[Proposal]:
    """Placements of those shared with the supervisor, or of the coordinator's organisation."""
    sought = proposals.Sought(state=state, limit=window.limit, offset=window.offset)
    return _page(request, response, window, proposals.some(unit, who, sought))


@router.get(
    "/participants/{participantId}/proposals",
    operation_id="listParticipantProposals",
)
def list_of_participant(  # noqa: PLR0913, PLR0917 -- the door hands in each by itself
    request: Request,
    response: Response,
    who: Asking,
    unit: Reading,
    window: Paging,
    participant: ParticipantId,
) -> Page[Proposal]:
    """Placements of one participant; none, where the participant is not shared."""
    sought = proposals.Sought(
        participant_id=participant,
        limit=window.limit,
        offset=window.offset,
    )
    return _page(request, response, window, proposals.some(unit, who, sought))


@router.get("/proposals/{proposalId}", operation_id="readProposal", responses=MISSING)
def read(who: Asking, unit: Writing, response: Response, proposal: ProposalId) -> ProposalInFull:
    """One placement with what was agreed and every step; the audit notes that it was read."""
    audit.note(unit, who, "placement.read", f"placement:{proposal}")
    return _answer(unit, who, proposal, response)


@router.put(
    "/proposals/{proposalId}",
    operation_id="replaceProposal",
    responses=refusals(
        *STEP,
        RefusalCode.NOT_VALID,
        RefusalCode.PRECONDITION_REQUIRED,
        RefusalCode.PRECONDITION_FAILED,
    ),
)
def revise(  # noqa: PLR0913, PLR0917 -- the door hands in each by itself
    who: Asking,
    unit: Writing,
    version: IfMatch,
    response: Response,
    proposal: ProposalId,
    body: RevisedProposal,
) -> ProposalInFull:
    """Change half-days, hours, days or company before it is offered."""
    revised = proposals.Revised(
        sessions=sessions_of(body.sessions),
        hours_per_week=body.hours_per_week,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
        goes_along=body.goes_along,
    )
    proposals.revise(unit, who, proposal, version, revised)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/offers",
    operation_id="offerProposal",
    responses=refusals(
        *STEP,
        RefusalCode.NOT_CONSENTED,
        RefusalCode.NOT_YET_FREE,
        RefusalCode.ALREADY_PLACED,
        RefusalCode.OPENING_PAUSED,
        RefusalCode.OPENING_FULL,
        RefusalCode.HALF_DAY_FULL,
    ),
)
def offer(at: AStep, settings: AtSettings, response: Response, body: NewOffer) -> ProposalInFull:
    """Offer it to the provider: from now on it holds a seat, for as many days as are set."""
    unit, who, proposal = at.begun()
    terms = placements.Terms(
        days=settings.offer_days,
        goes_along=body.goes_along,
        arrangements=body.arrangements,
        consented=body.consented,
    )
    placements.offer(unit, who, proposal, terms)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/acceptances",
    operation_id="acceptProposal",
    responses=refusals(*STEP),
)
def accept(at: AStep, response: Response) -> ProposalInFull:
    """Record that the participant says yes."""
    unit, who, proposal = at.begun()
    placements.accept(unit, who, proposal)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/declines",
    operation_id="declineProposal",
    responses=refusals(*STEP),
)
def decline(at: AStep, response: Response, body: NewDecline) -> ProposalInFull:
    """Record that the participant, or the supervisor, says no."""
    unit, who, proposal = at.begun()
    said = steps.Said(by=DeclinedBy(body.by), reason=str(body.reason), note=body.note)
    placements.decline(unit, who, proposal, said)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/withdrawals",
    operation_id="withdrawProposal",
    responses=refusals(*STEP),
)
def withdraw(at: AStep, response: Response, body: NewWithdrawal) -> ProposalInFull:
    """Take it back before it has started."""
    unit, who, proposal = at.begun()
    reason = None if body.reason is None else str(body.reason)
    placements.withdraw(unit, who, proposal, steps.Said(reason=reason, note=body.note))
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/starts",
    operation_id="startProposal",
    responses=refusals(
        *STEP, RefusalCode.NOT_VALID, RefusalCode.NOT_YET_FREE, RefusalCode.ALREADY_PLACED
    ),
)
def start(at: AStep, response: Response, body: NewStart) -> ProposalInFull:
    """Record the first day."""
    unit, who, proposal = at.begun()
    beginning = placements.Beginning(on=body.on, ends_earlier=body.ends_earlier)
    placements.start(unit, who, proposal, beginning)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/hours",
    operation_id="changeProposalHours",
    responses=refusals(
        *STEP,
        RefusalCode.NOT_VALID,
        RefusalCode.PRECONDITION_REQUIRED,
        RefusalCode.PRECONDITION_FAILED,
        RefusalCode.HALF_DAY_FULL,
    ),
)
def change_hours(  # noqa: PLR0913, PLR0917 -- the door hands in each by itself
    who: Asking,
    unit: Writing,
    version: IfMatch,
    response: Response,
    proposal: ProposalId,
    body: NewHours,
) -> ProposalInFull:
    """Step up, or down, the hours; each step is kept with its day."""
    hours = placements.Hours(
        on=body.on,
        hours_per_week=body.hours_per_week,
        sessions=None if body.sessions is None else sessions_of(body.sessions),
        note=body.note,
    )
    placements.change_hours(unit, who, proposal, version, hours)
    return _answer(unit, who, proposal, response)


@router.post(
    "/proposals/{proposalId}/endings",
    operation_id="endProposal",
    responses=refusals(*STEP, RefusalCode.NOT_VALID),
)
def end(at: AStep, response: Response, body: NewEnding) -> ProposalInFull:
    """Record the last day, and how it ended."""
    unit, who, proposal = at.begun()
    ended = placements.Ended(
        on=body.on, ending=body.ending, hours_per_week=body.hours_per_week, note=body.note
    )
    placements.end(unit, who, proposal, ended)
    return _answer(unit, who, proposal, response)


def _page(
    request: Request,
    response: Response,
    window: Window,
    found: tuple[list[proposals.Shown], int],
) -> Page[Proposal]:
    shown, total = found
    response.headers["Link"] = links(request, window, total)
    return Page(
        items=tuple(_proposal(one) for one in shown),
        total=total,
        limit=window.limit,
        offset=window.offset,
    )


def _answer(unit: Session, who: Principal, placement: UUID, response: Response) -> ProposalInFull:
    shown = proposals.one(unit, who, placement)
    response.headers["ETag"] = etag(shown.row.version)
    return ProposalInFull.model_validate(
        _fields(shown)
        | {
            "arrangements": steps.arrangements_of(unit, shown.row),
            "consented_at": shown.row.consented_at,
            "steps": tuple(_step(unit, step) for step in steps.steps(unit, placement)),
        }
    )


def _proposal(shown: proposals.Shown) -> Proposal:
    return Proposal.model_validate(_fields(shown))


def _fields(shown: proposals.Shown) -> dict[str, object]:
    row = shown.row
    copied = set(Proposal.model_fields) - {"participant", "opening", "provider", "sessions"}
    return {name: getattr(row, name) for name in copied} | {
        "participant": shown.participant,
        "opening": shown.opening,
        "provider": shown.provider,
        "sessions": session_names(Sessions(row.sessions)),
    }


def _step(unit: Session, step: PlacementStep) -> StepTaken:
    copied = {"at", "step", "before", "after", "by", "reason", "on", "hours_per_week"}
    held = step.sessions
    return StepTaken.model_validate(
        {name: getattr(step, name) for name in copied}
        | {
            "role": step.who.partition(":")[0],
            "sessions": None if held is None else session_names(Sessions(held)),
            "note": steps.note_of(unit, step),
        }
    )
