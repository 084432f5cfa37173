"""One's own account (konto): the password, and the keys of programs."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from api.client import ProblemError
from api.pages.forms import EMPTY, Filled, Form, FormError, FormFault, body, faults_of
from api.pages.lists import every
from api.pages.rendering import SWEDEN
from api.pages.visit import Visit, Visiting
from api.schemas.accounts import NewToken, OwnPassword, Token

router = APIRouter()

PATH = "/konto"
KEY_DAYS = 180
"""How long a key holds unless another day is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """The account, its keys, and what was filled in; ``made``: a new key, shown this once."""

    tokens: tuple[Token, ...]
    form: Form
    faults: tuple[FormFault, ...]
    password_faults: tuple[FormFault, ...]
    ends_on: str
    made: str | None
    own_passwords: bool


@router.get(PATH, name="page:account")
def account(visit: Visiting) -> Response:
    """Who I am here."""
    return _page(visit)


@router.post(f"{PATH}/losenord", name="page:password")
def change_password(visit: Visiting, form: Filled) -> Response:
    """Change one's own password."""
    try:
        given = {name: form.fields.get(name, ("",))[-1] for name in ("current", "password")}
        visit.api.change_password(body(OwnPassword, given))
    except FormError as found:
        return _page(visit, password_faults=found.faults)
    except ProblemError as problem:
        if problem.code not in ("login-failed", "too-many-tries"):
            return _page(visit, password_faults=faults_of(problem))
        fault = FormFault(field="current", code=problem.code, text=problem.problem.detail)
        return _page(visit, password_faults=(fault,))
    return visit.gone_to(PATH, "password_changed")


@router.post(f"{PATH}/nycklar", name="page:new-key")
def make_token(visit: Visiting, form: Filled) -> Response:
    """Make a key for a program; it is shown on the page that answers, and never again."""
    try:
        wanted = body(
            NewToken, {"name": form.text("name"), "endsAt": _end_of(form.text("endsAt"))}
        )
        made = visit.api.create_token(wanted).value
    except FormError as found:
        return _page(visit, form, found.faults)
    except ProblemError as problem:
        return _page(visit, form, faults_of(problem))
    return _page(visit, made=made.token)


@router.post(f"{PATH}/nycklar/{{token_id}}/avsluta", name="page:end-key")
def revoke_token(visit: Visiting, token_id: UUID) -> Response:
    """End a key now."""
    visit.api.revoke_token(token_id)
    return visit.gone_to(PATH, "key_ended")


def _end_of(day: str) -> str:
    """The end of a day in Sweden, as a moment; what is no day stays as it is, for the check."""
    try:
        last = datetime.strptime(day, "%Y-%m-%d").date()  # noqa: DTZ007 -- a day
    except ValueError:
        return day
    return datetime.combine(last, time(23, 59), SWEDEN).isoformat()


def _page(
    visit: Visit,
    form: Form = EMPTY,
    faults: tuple[FormFault, ...] = (),
    *,
    password_faults: tuple[FormFault, ...] = (),
    made: str | None = None,
) -> Response:
    tokens = every(lambda limit, offset: visit.api.list_tokens(limit=limit, offset=offset))
    now = datetime.now(UTC)
    context = AccountPage(
        tokens=tuple(one for one in tokens if one.revoked_at is None and one.ends_at > now),
        form=form,
        faults=faults,
        password_faults=password_faults,
        ends_on=f"{now + timedelta(days=KEY_DAYS):%Y-%m-%d}",
        made=made,
        own_passwords=visit.settings.oidc_issuer is None,
    )
    return visit.shown("account.html", context, 422 if faults or password_faults else 200)
