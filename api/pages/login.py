"""Logging in and out, and the language of the pages."""

import re
from dataclasses import dataclass

from fastapi import APIRouter
from pydantic import SecretStr
from starlette.responses import Response

from api.client import ProblemError
from api.pages.forms import Filled, FormFault
from api.pages.visit import LANGUAGE, LOGIN, Passing, Visiting
from api.schemas.accounts import Credentials
from api.texts import Language

router = APIRouter()

A_YEAR = 365 * 24 * 3600
_OWN_PATH = re.compile(r"/([^/\\\s][^\\\s]*)?")
_LOGIN_FAILS = ("login-failed", "too-many-tries", "too-many-requests", "not-valid")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """The form, and where to go afterwards."""

    to: str
    login: str
    identity_provider: bool
    faults: tuple[FormFault, ...] = ()


@router.get(LOGIN, name="page:login")
def login(visit: Passing, to: str = "/") -> Response:
    """Where somebody logs in."""
    if visit.me is not None:
        return visit.gone_to(_own(to))
    return _page(visit, to, "")


@router.post(LOGIN, name="page:log-in")
def log_in(visit: Passing, form: Filled) -> Response:
    """Log in, and go to the page that was wanted."""
    to = _own(form.text("to"))
    try:
        visit.api.create_session(
            Credentials(
                login=form.text("login")[:254],
                password=SecretStr(form.fields.get("password", ("",))[-1][:200]),
            )
        )
    except ProblemError as problem:
        if problem.code not in _LOGIN_FAILS:
            raise
        fault = FormFault(field="login", code=problem.code, text=problem.problem.detail)
        return _page(visit, to, form.text("login"), (fault,), problem.problem.status)
    return visit.gone_to(to)


@router.post("/logga-ut", name="page:log-out")
def log_out(visit: Visiting) -> Response:
    """Log out."""
    visit.api.delete_session()
    return visit.gone_to(LOGIN, "logged_out")


@router.post("/sprak", name="page:language")
def choose_language(visit: Passing, form: Filled) -> Response:
    """Read the pages in another language; remembered in a cookie that tells nothing else."""
    answer = visit.gone_to(_own(form.text("to")))
    chosen = form.text("language")
    if chosen in set(Language):
        answer.set_cookie(
            LANGUAGE,
            chosen,
            max_age=A_YEAR,
            secure=visit.settings.secure_cookies,
            httponly=True,
            samesite="lax",
        )
    return answer


def _own(path: str) -> str:
    """A page of this host; the first page where something else was asked for."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def _page(
    visit: Passing, to: str, login: str, faults: tuple[FormFault, ...] = (), status: int = 200
) -> Response:
    context = LoginPage(
        to=_own(to),
        login=login,
        identity_provider=visit.settings.oidc_issuer is not None,
        faults=faults,
    )
    return visit.shown("login.html", context, status)
