"""What an administrator does: users, organisations, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault, body, faults_of
from api.pages.lists import Listed, Offset, every, listed
from api.pages.visit import Visit, Visiting
from api.schemas.accounts import AtProvider, InOrganisation, NewPassword, OfNone, UserView
from api.schemas.audit import AuditCheck, AuditItem
from api.schemas.organisations import OrganisationIn, OrganisationOut

router = APIRouter()

USERS, ORGANISATIONS, LOG = "/anvandare", "/organisationer", "/logg"
LIMIT = 25
Choices = tuple[tuple[str, str], ...]
User = InOrganisation | AtProvider | OfNone
_BODIES: Mapping[str, type[User]] = {
    "supervisor": InOrganisation,
    "coordinator": InOrganisation,
    "provider_manager": AtProvider,
    "analyst": OfNone,
    "admin": OfNone,
}
HOUSE = {InOrganisation: "organisationId", AtProvider: "providerId"}
"""The field that tells what the users of a role belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsersPage:
    """Everybody who can log in, or could."""

    users: Listed[UserView]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPage:
    """A user, new (None) or known, and the form."""

    user: UserView | None
    version: str
    form: Form
    faults: tuple[FormFault, ...]
    organisations: Choices
    providers: Choices


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsPage:
    """Every organisation, and the form for one more."""

    organisations: Listed[OrganisationOut]
    form: Form
    faults: tuple[FormFault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Who did what, newest first; and whether the chain holds, where that was asked."""

    entries: Listed[AuditItem]
    action: str
    check: AuditCheck | None


def home(visit: Visit) -> Response:
    """The administrator's first page: where to go."""
    return visit.shown("home.html")


@router.get(USERS, name="page:users")
def users(visit: Visiting, offset: Offset) -> Response:
    """Everybody who can log in, or could."""
    found = visit.api.list_users(limit=LIMIT, offset=offset)
    return visit.shown("users.html", UsersPage(users=listed(found, USERS)))


@router.get(f"{USERS}/ny", name="page:new-user")
def new_user(visit: Visiting) -> Response:
    """The form for a new user."""
    return _user_page(visit, None)


@router.post(f"{USERS}/ny", name="page:create-user")
def create_user(visit: Visiting, form: Filled) -> Response:
    """Take a user in."""
    try:
        made = visit.api.create_user(_user(form), key=form.key())
    except FormError as found:
        return _user_page(visit, None, form=form, faults=found.faults)
    except ProblemError as problem:
        return _user_page(visit, None, form=form, faults=_faults(problem))
    return visit.gone_to(f"{USERS}/{made.value.id}", "user_made")


@router.get(f"{USERS}/{{user_id}}", name="page:user")
def user(visit: Visiting, user_id: UUID) -> Response:
    """A user, to be changed."""
    return _user_page(visit, user_id)


@router.post(f"{USERS}/{{user_id}}", name="page:change-user")
def change_user(visit: Visiting, user_id: UUID, form: Filled) -> Response:
    """Change a user."""
    try:
        visit.api.replace_user(user_id, _user(form), version=form.text("version"))
    except FormError as found:
        return _user_page(visit, user_id, form=form, faults=found.faults)
    except ProblemError as problem:
        return _user_page(visit, user_id, form=form, faults=_faults(problem))
    return visit.gone_to(f"{USERS}/{user_id}", "saved")


@router.post(f"{USERS}/{{user_id}}/losenord", name="page:user-password")
def set_password(visit: Visiting, user_id: UUID, form: Filled) -> Response:
    """Set a user's password."""
    try:
        given = {"password": form.fields.get("password", ("",))[-1]}
        visit.api.set_password(user_id, body(NewPassword, given))
    except FormError as found:
        return _user_page(visit, user_id, faults=found.faults)
    return visit.gone_to(f"{USERS}/{user_id}", "password_set")


@router.get(ORGANISATIONS, name="page:organisations")
def organisations(visit: Visiting, offset: Offset) -> Response:
    """Every organisation."""
    return _organisations(visit, offset)


@router.post(ORGANISATIONS, name="page:create-organisation")
def create_organisation(visit: Visiting, form: Filled) -> Response:
    """Take an organisation in."""
    try:
        given = {
            "code": form.text("code"),
            "name": form.text("name"),
            "municipalityCode": form.given("municipalityCode"),
        }
        visit.api.create_organisation(body(OrganisationIn, given), key=form.key())
    except FormError as found:
        return _organisations(visit, 0, form, found.faults)
    except ProblemError as problem:
        return _organisations(visit, 0, form, faults_of(problem))
    return visit.gone_to(ORGANISATIONS, "saved")


@router.get(LOG, name="page:log")
def log(visit: Visiting, offset: Offset, action: str = "") -> Response:
    """Who did what, newest first."""
    return _log(visit, offset, action, None)


@router.post(LOG, name="page:verify-log")
def verify(visit: Visiting) -> Response:
    """Walk the whole chain of the log."""
    return _log(visit, 0, "", visit.api.verify_audit())


def _log(visit: Visit, offset: int, action: str, check: AuditCheck | None) -> Response:
    found = visit.api.list_audit_entries(limit=LIMIT, offset=offset, action=action or None)
    kept = {"action": action} if action else {}
    return visit.shown(
        "log.html", LogPage(entries=listed(found, LOG, kept), action=action, check=check)
    )


def _user(form: Form) -> User:
    """The user that was filled in.

    Raises:
        FormError: with every fault, a house that the role needs among them.
    """
    kind = _BODIES.get(form.text("role"))
    if kind is None:
        raise FormError([FormFault(field="role", code="missing")])
    names = ("login", "name", "language", "role", *([HOUSE[kind]] if kind in HOUSE else []))
    given = {name: form.text(name) for name in names if form.text(name)}
    return body(
        kind,
        given | {"active": form.text("active") != "no", "oidcSubject": form.given("oidcSubject")},
    )


def _faults(problem: ProblemError) -> tuple[FormFault, ...]:
    """Faults of a user; a house that is not there stands at no field of its own."""
    if problem.code == "not-found":
        return (FormFault(field="role", code="dangling"),)
    return faults_of(problem)


def _user_page(
    visit: Visit,
    user_id: UUID | None,
    *,
    form: Form | None = None,
    faults: tuple[FormFault, ...] = (),
) -> Response:
    found = None if user_id is None else visit.api.read_user(user_id)
    known = None if found is None else found.value
    api = visit.api
    context = UserPage(
        user=known,
        version=(form or EMPTY).text("version") or (found.etag or "" if found else ""),
        form=form or _filled(known),
        faults=faults,
        organisations=tuple(
            (str(one.id), one.name)
            for one in every(lambda limit, at: api.list_organisations(limit=limit, offset=at))
        ),
        providers=tuple(
            (str(one.id), one.name)
            for one in every(lambda limit, at: api.list_providers(limit=limit, offset=at))
        ),
    )
    return visit.shown("user.html", context, 422 if faults else 200)


def _filled(user: UserView | None) -> Form:
    """The form as a known user fills it."""
    if user is None:
        return EMPTY
    told = {
        "login": user.login,
        "name": user.name,
        "language": user.language,
        "role": user.role,
        "active": "yes" if user.active else "no",
        "organisationId": str(user.organisation_id or ""),
        "providerId": str(user.provider_id or ""),
        "oidcSubject": user.oidc_subject or "",
    }
    return Form({name: (value,) for name, value in told.items()})


def _organisations(
    visit: Visit, offset: int, form: Form = EMPTY, faults: tuple[FormFault, ...] = ()
) -> Response:
    found = visit.api.list_organisations(limit=LIMIT, offset=offset)
    context = OrganisationsPage(
        organisations=listed(found, ORGANISATIONS), form=form, faults=faults
    )
    return visit.shown("organisations.html", context, 422 if faults else 200)
