"""The form of a vocational profile: what was filled in, what is chosen from, and saving it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import Answer, ProblemError
from api.pages import forms, reference
from api.pages.filled_profile import (
    FilledProfile,
    Places,
    body_of,
    differing,
    filled,
    of_profile,
    with_added,
    with_rows,
)
from api.pages.forms import Filled, FormError, FormFault
from api.pages.lists import every
from api.pages.reference import Choice
from api.pages.visit import Visit, Visiting
from api.schemas.participants import ParticipantOut, Profile, ProfileEdit
from api.texts import GROUPS
from matcher.domain import Enrolment, Gender, Insurer, Mode, WorksRemotely

router = APIRouter()

NEED_GROUPS: Mapping[str, tuple[str, ...]] = {
    "way": (
        "STEP_FREE",
        "WIDE_PASSAGE",
        "ACCESSIBLE_TOILET",
        "PRIVATE_TOILET",
        "SHORT_WALK",
        "CLEAR_WAYFINDING",
    ),
    "senses": (
        "SCENT_FREE",
        "NO_ANIMALS",
        "QUIET",
        "LOW_STIMULUS",
        "FEW_PEOPLE",
        "HEARING_LOOP",
        "VISUAL_ALARM",
    ),
    "support": ("SUPERVISOR", "COMPANION", "ASSISTANCE_DOG", "EASY_TEXT"),
    "work": ("SEATED_WORK", "LIGHT_LIFTING", "OWN_PACE", "PREDICTABLE", "NO_CUSTOMERS"),
}
"""The needs, as somebody thinks of them."""
ROWS = 3
"""Rows for wishes at least; one of them is always empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What is chosen from: values and their texts."""

    genders: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    insurers: tuple[Choice, ...]
    authorities: tuple[Choice, ...]
    remote: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    municipalities: tuple[Choice, ...]
    localities: tuple[tuple[str, tuple[Choice, ...]], ...]
    associations: tuple[Choice, ...]
    wishes: tuple[str, ...]
    sites: tuple[Choice, ...]
    providers: tuple[Choice, ...]
    needs: tuple[tuple[str, tuple[Choice, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """The form; ``participant_id`` is None for somebody new.

    ``changed``: somebody else saved meanwhile; ``differs``: the fields of it that differ now.
    """

    participant_id: UUID | None
    version: str
    profile: FilledProfile
    choices: Choices
    faults: tuple[FormFault, ...] = ()
    changed: bool = False
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Somebody at the form: whose it is (None: of somebody new), and what can be left out.

    ``sites`` and ``providers``: by number, as they are called in the form.
    """

    visit: Visit
    participant_id: UUID | None
    version: str
    sites: tuple[Choice, ...]
    providers: tuple[Choice, ...]

    @property
    def places(self) -> Places:
        """Numbers by what is written in the form."""
        return {
            "excludedSites": {text: number for number, text in self.sites},
            "excludedProviders": {text: number for number, text in self.providers},
        }


@router.get("/deltagare/ny", name="page:new-participant")
def new(visit: Visiting) -> Response:
    """An empty form."""
    visit.only("createParticipant")
    return _page(_sheet(visit), with_rows(FilledProfile(), ROWS))


@router.post("/deltagare/ny", name="page:make-participant")
def make(visit: Visiting, form: Filled) -> Response:
    """Add a participant; or the form again, with a row more or with what is wrong."""
    visit.only("createParticipant")
    written, sheet = filled(form), _sheet(visit)
    if form.text("more"):
        return _more(sheet, written)
    try:
        made = visit.api.create_participant(body_of(Profile, written, sheet.places)).value
    except (FormError, ProblemError) as problem:
        return _again(sheet, written, problem)
    return visit.gone_to(f"/deltagare/{made.id}", "participant_made")


@router.get("/deltagare/{participant_id}/andra", name="page:edit-participant")
def edit(visit: Visiting, participant_id: UUID) -> Response:
    """The form with what is known."""
    found = visit.api.read_participant(participant_id)
    return _page(
        _sheet(visit, participant_id, found.etag or ""), with_rows(_of(found, visit), ROWS)
    )


@router.post("/deltagare/{participant_id}/andra", name="page:save-participant")
def save(visit: Visiting, participant_id: UUID, form: Filled) -> Response:
    """Save a profile; or the form again, with a row more or with what is wrong."""
    visit.api.read_participant(participant_id)  # whose it is not is told before what is wrong
    written = filled(form)
    sheet = _sheet(visit, participant_id, form.text("version"))
    if form.text("more"):
        return _more(sheet, written)
    try:
        body = body_of(ProfileEdit, written, sheet.places)
        visit.api.replace_participant(participant_id, body, version=sheet.version)
    except (FormError, ProblemError) as problem:
        return _again(sheet, written, problem)
    return visit.gone_to(f"/deltagare/{participant_id}", "participant_saved")


def _sheet(visit: Visit, participant_id: UUID | None = None, version: str = "") -> Sheet:
    api = visit.api
    sites = every(lambda limit, offset: api.list_sites(limit=limit, offset=offset))
    providers = every(lambda limit, offset: api.list_providers(limit=limit, offset=offset))
    return Sheet(
        visit,
        participant_id,
        version,
        sites=tuple((str(one.id), f"{one.name} ({one.code})".strip()) for one in sites),
        providers=tuple((str(one.id), f"{one.name} ({one.code})".strip()) for one in providers),
    )


def _of(found: Answer[ParticipantOut], visit: Visit) -> FilledProfile:
    closed = found.value.closed_at is not None
    return of_profile(found.value.profile, visit.language, closed=closed)


def _more(sheet: Sheet, written: FilledProfile) -> Response:
    """The form with a row more, and what was to be left out in its list; nothing is saved."""
    faults: list[FormFault] = []
    more = with_added(written, sheet.places, faults)
    return _page(sheet, with_rows(more, len(written.wishes) + 1), tuple(faults))


def _again(sheet: Sheet, written: FilledProfile, problem: FormError | ProblemError) -> Response:
    """The form with what is wrong; if somebody saved meanwhile, on top of what stands now."""
    written = with_rows(written, ROWS)
    if isinstance(problem, FormError):
        return _page(sheet, written, problem.faults)
    if problem.code == "already-there":
        return _page(sheet, written, (FormFault(field="code", code="already_there"),))
    faults = forms.faults_of(problem)
    if problem.code != "precondition-failed" or sheet.participant_id is None:
        return _page(sheet, written, faults)
    visit = sheet.visit
    now = visit.api.read_participant(sheet.participant_id)
    page = ProfilePage(
        participant_id=sheet.participant_id,
        version=now.etag or "",
        profile=written,
        choices=_choices(sheet, written),
        changed=True,
        differs=differing(written, _of(now, visit)),
    )
    return visit.shown("profile.html", page, problem.problem.status)


def _page(sheet: Sheet, written: FilledProfile, faults: tuple[FormFault, ...] = ()) -> Response:
    page = ProfilePage(
        participant_id=sheet.participant_id,
        version=sheet.version,
        profile=written,
        choices=_choices(sheet, written),
        faults=faults,
    )
    return sheet.visit.shown("profile.html", page, 422 if faults else 200)


def _choices(sheet: Sheet, written: FilledProfile) -> Choices:
    language = sheet.visit.language
    texts = GROUPS[language]

    def named(group: str, codes: tuple[str, ...]) -> tuple[Choice, ...]:
        return tuple((str(code), texts[group][str(code)]) for code in codes)

    associations = reference.associations()
    if written.association and written.association not in dict(associations):
        associations += ((written.association, written.association),)
    return Choices(
        genders=named("page_gender", tuple(Gender)),
        modes=named("page_mode", tuple(Mode)),
        insurers=named("page_insurer", tuple(Insurer)),
        authorities=named("authorities", tuple(Enrolment)),
        remote=named("page_remote", tuple(WorksRemotely)),
        languages=tuple(texts["page_languages"].items()),
        municipalities=reference.municipalities(),
        localities=reference.localities(),
        associations=associations,
        wishes=tuple(reference.wishes(language).values()),
        sites=sheet.sites,
        providers=sheet.providers,
        needs=tuple((group, named("needs", codes)) for group, codes in NEED_GROUPS.items()),
    )
