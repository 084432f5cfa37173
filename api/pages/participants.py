"""The participants of a supervisor: the list, a profile, whom it is shared with, their rights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.domain import Refusal, RefusalCode
from api.pages import forms, reference
from api.pages.forms import Filled, FormFault
from api.pages.lists import LIMIT, Listed, Offset, listed
from api.pages.visit import Visit, Visiting
from api.schemas.participants import ParticipantItem, ParticipantOut, Profile, ReaderOut
from api.schemas.placements import Proposal
from api.schemas.rights import ErasedOut
from api.texts import GROUPS, Language, say
from api.texts.rights import KEPT

router = APIRouter()

Shown = Literal["utan-plats", "pagar", "avslutade"]
Stage = Literal["noPlace", "underWay", "closed"]
STAGES: Mapping[str, Stage] = {
    "utan-plats": "noPlace",
    "pagar": "underWay",
    "avslutade": "closed",
}
"""Filters of the list as they stand in addresses, and as the API calls them."""
PROPOSALS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Some participants; ``shown`` is the filter, empty for all."""

    people: Listed[ParticipantItem]
    shown: str
    stages: Mapping[str, str]


@router.get("/deltagare", name="page:participants")
def participants(visit: Visiting, offset: Offset, visa: Shown | None = None) -> Response:
    """Those who are shared with the supervisor."""
    stage = None if visa is None else STAGES[visa]
    found = visit.api.list_participants(stage=stage, limit=LIMIT, offset=offset)
    kept = {} if visa is None else {"visa": visa}
    people = listed(found, "/deltagare", kept)
    page = ListPage(people=people, shown=visa or "", stages=STAGES)
    return visit.shown("participants.html", page)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantPage:
    """A profile as it is read, the placements, and the colleagues.

    ``gender``: whether it is shown. ``near``: a place near home; empty where that is not known.
    ``seek``, ``avoid``, ``excluded`` and ``languages``: as people call them.
    """

    person: ParticipantOut
    profile: Profile
    gender: bool
    municipality: str
    near: str
    seek: tuple[str, ...]
    avoid: tuple[str, ...]
    excluded: tuple[str, ...]
    languages: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    readers: tuple[ReaderOut, ...]
    faults: tuple[FormFault, ...] = ()


@router.get("/deltagare/{participant_id}", name="page:participant")
def participant(
    visit: Visiting, participant_id: UUID, kon: Literal["visa"] | None = None
) -> Response:
    """A profile, without gender unless that is asked for."""
    return _participant(visit, participant_id, gender=kon is not None)


def _participant(
    visit: Visit, participant_id: UUID, *, gender: bool, problem: ProblemError | None = None
) -> Response:
    person = visit.api.read_participant(participant_id).value
    profile = person.profile
    area = profile.home_area
    wished = sorted(profile.wishes, key=lambda one: one.rank or 0)
    labels = reference.wishes(visit.language)
    by_kind = {
        kind: tuple(labels[one.level, one.code] for one in wished if one.kind == kind)
        for kind in ("seek", "avoid")
    }
    page = ParticipantPage(
        person=person,
        profile=profile,
        gender=gender,
        municipality=dict(reference.municipalities())[profile.municipality_code],
        near="" if area is None else reference.place_near(area.latitude, area.longitude),
        seek=by_kind["seek"],
        avoid=by_kind["avoid"],
        excluded=excluded(visit, profile),
        languages=language_names(profile.languages, visit.language),
        proposals=visit.api.list_participant_proposals(participant_id, limit=PROPOSALS).items,
        readers=visit.api.list_readers(participant_id).value.items,
        faults=() if problem is None else forms.faults_of(problem),
    )
    status = 200 if problem is None else problem.problem.status
    return visit.shown("participant.html", page, status)


def language_names(tags: Iterable[str], language: Language) -> tuple[str, ...]:
    """Languages as people call them; those that we have no name of by their codes."""
    known = GROUPS[language]["page_languages"]
    return tuple(known.get(tag, tag) for tag in tags)


def excluded(visit: Visit, profile: Profile) -> tuple[str, ...]:
    """What the sites and providers are called that somebody shall not be proposed."""
    sites = tuple(visit.api.read_site(one).value.name for one in profile.excluded_sites)
    read = visit.api.read_provider
    return sites + tuple(read(one).value.name for one in profile.excluded_providers)


@router.post("/deltagare/{participant_id}/dela", name="page:share")
def share(visit: Visiting, participant_id: UUID, form: Filled) -> Response:
    """Share a participant with a colleague, or no longer."""
    path = f"/deltagare/{participant_id}"
    try:
        reader = UUID(form.text("user"))
    except ValueError:
        raise Refusal(RefusalCode.NOT_FOUND) from None
    try:
        if form.text("reads") == "yes":
            visit.api.add_reader(participant_id, reader)
            return visit.gone_to(path, "shared")
        visit.api.remove_reader(participant_id, reader)
    except ProblemError as problem:
        return _participant(visit, participant_id, gender=False, problem=problem)
    mine = visit.me is not None and visit.me.id == reader
    return visit.gone_to("/deltagare" if mine else path, "unshared")


@router.get("/deltagare/{participant_id}/uppgifter.json", name="download:participant")
def export(visit: Visiting, participant_id: UUID) -> Response:
    """Everything that is stored of a participant, as a file."""
    found = visit.api.export_participant(participant_id).value
    headers = {"Content-Disposition": 'attachment; filename="uppgifter.json"'}
    content = found.model_dump_json(by_alias=True, indent=2)
    return Response(content, media_type="application/json", headers=headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePage:
    """Who is to be erased, what stays, and what was done; ``erased`` is None before it is."""

    person: ParticipantOut
    version: str
    kept: tuple[str, ...]
    erased: ErasedOut | None = None
    faults: tuple[FormFault, ...] = ()


@router.get("/deltagare/{participant_id}/radera", name="page:erase")
def ask_to_erase(visit: Visiting, participant_id: UUID) -> Response:
    """What erasing does, and what stays."""
    return _erase(visit, participant_id)


@router.post("/deltagare/{participant_id}/radera", name="page:do-erase")
def erase(visit: Visiting, participant_id: UUID, form: Filled) -> Response:
    """Erase a participant, and say what was done."""
    person = visit.api.read_participant(participant_id).value
    version = form.text("version")
    try:
        done = visit.api.erase_participant(participant_id, version=version).value
    except ProblemError as problem:
        return _erase(visit, participant_id, problem)
    kept = tuple(one.text for one in done.kept)
    page = ErasePage(person=person, version=version, kept=kept, erased=done)
    return visit.shown("erase.html", page)


def _erase(visit: Visit, participant_id: UUID, problem: ProblemError | None = None) -> Response:
    found = visit.api.read_participant(participant_id)
    page = ErasePage(
        person=found.value,
        version=found.etag or "",
        kept=tuple(say(visit.language, f"kept.{code}") for code in KEPT),
        faults=() if problem is None else forms.faults_of(problem),
    )
    return visit.shown("erase.html", page, 200 if problem is None else problem.problem.status)
