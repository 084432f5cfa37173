"""``users add`` and ``organisations add``: who can log in before anybody can."""

import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api import texts
from api.cli.serving import COMMAND, DEMO_PASSWORD, Service, at_work
from api.domain import Role
from api.texts import Language

if TYPE_CHECKING:
    from uuid import UUID

    from api.store import Session

PASSWORD = "STEGET_PASSWORD"  # noqa: S105 -- where one may stand
HOUSES = {
    Role.SUPERVISOR: "organisation",
    Role.COORDINATOR: "organisation",
    Role.PROVIDER_MANAGER: "provider",
}
"""What the users of a role belong to."""
Named = Annotated[str | None, typer.Option("--name", help="The name that is shown.")]


def add(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    login: Annotated[str, typer.Argument(help="What somebody logs in with.")],
    *,
    role: Annotated[Role, typer.Option(help="What they are to the service.")],
    name: Named = None,
    organisation: Annotated[str | None, typer.Option(metavar="CODE", help="Theirs.")] = None,
    provider: Annotated[str | None, typer.Option(metavar="CODE", help="Theirs.")] = None,
    language: Annotated[Language, typer.Option(help="Of their pages.")] = Language.SWEDISH,
    without_password: Annotated[
        bool, typer.Option("--without-password", help="They log in by an identity provider.")
    ] = False,
) -> None:
    """Add an account; the password is asked for, or stands in STEGET_PASSWORD."""
    from api.auth import passwords
    from api.domain import Refusal
    from api.schemas.accounts import Login, Name
    from api.store import accounts, audit, users

    screen = Service(context.obj)
    _check(screen, "not_a_login", (Login, login), (Name, name or login))
    given = {"organisation": organisation, "provider": provider}
    _check_house(screen, role, given)
    with at_work(screen) as store:
        kept = None if without_password else passwords.hashed(_password(screen))
        with store.writing() as unit:
            houses = {kind: _house(screen, unit, kind, code) for kind, code in given.items()}
            account = users.Account(
                login=login,
                name=name or login,
                role=role,
                language=str(language),
                organisation_id=houses["organisation"],
                provider_id=houses["provider"],
            )
            try:
                row = users.create(unit, account)
            except Refusal:
                raise screen.wrong("already_there") from None
            if kept is not None:
                accounts.keep_password(unit, row.id, kept)
            audit.note(unit, COMMAND, "user.create", f"user:{row.id}", role=str(role))
    screen.told("user_added", login=login, role=str(role))


def add_organisation(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Short, without spaces; kept for good.")],
    *,
    name: Named = None,
    municipality: Annotated[
        str | None, typer.Option(metavar="CODE", help="Its municipality: four digits.")
    ] = None,
) -> None:
    """Add an organisation (huvudman): the controller that supervisors and coordinators are of."""
    from api.domain import Refusal
    from api.schemas.accounts import Login, Name
    from api.store import audit, organisations

    screen = Service(context.obj)
    _check(screen, "not_a_code", (Login, code), (Name, name or code))
    if len(code) > CODE_CHARACTERS:
        raise screen.wrong("not_a_code")
    if municipality is not None and not (
        municipality.isascii() and municipality.isdigit() and len(municipality) == DIGITS
    ):
        raise screen.wrong("not_a_municipality")
    with at_work(screen) as store, store.writing() as unit:
        try:
            row = organisations.create(unit, code, name or code, municipality)
        except Refusal:
            raise screen.wrong("already_there") from None
        audit.note(unit, COMMAND, "organisation.create", f"organisation:{row}")
    screen.told("organisation_added", code=code)


CODE_CHARACTERS, DIGITS = 64, 4
OF_USERS = (add,)
OF_ORGANISATIONS = (add_organisation,)


def _check(screen: Service, sentence: str, *values: tuple[Any, str]) -> None:
    """Values as the API would take them too."""
    from pydantic import TypeAdapter, ValidationError

    try:
        for kind, value in values:
            TypeAdapter(kind).validate_python(value)
    except ValidationError:
        raise screen.wrong(sentence) from None


def _check_house(screen: Service, role: Role, given: dict[str, str | None]) -> None:
    """A role with its house and no other."""
    house = HOUSES.get(role)
    if [kind for kind, code in given.items() if code is not None] != ([house] if house else []):
        raise screen.wrong(f"house_{house or 'none'}", role=str(role))


def _house(screen: Service, unit: "Session", kind: str, code: str | None) -> "UUID | None":
    from api.store import organisations

    if code is None:
        return None
    finders = {
        "organisation": organisations.by_code,
        "provider": organisations.provider_by_code,
    }
    found = finders[kind](unit, code)
    if found is None:
        raise screen.wrong("no_house")
    return found


def _password(screen: Service) -> str:
    """The password of a new account; never an argument, which others would see."""
    from api.auth import passwords

    password = os.environ.get(PASSWORD)
    if password is None:
        ask, again = (
            texts.say(screen.language, f"service.{key}") for key in ("password", "password_again")
        )
        try:
            password = str(typer.prompt(ask, hide_input=True, confirmation_prompt=again, err=True))
        except typer.Abort:
            raise screen.wrong("password_missing") from None
    if not passwords.LEAST <= len(password) <= passwords.MOST or password == DEMO_PASSWORD:
        raise screen.wrong("password_weak", least=passwords.LEAST, most=passwords.MOST)
    return password
