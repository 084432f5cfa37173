"""People who log in: a password for somebody, a browser with a session, another clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import select
from starlette.testclient import TestClient

from api.auth import passwords, sessions
from api.settings import Settings
from api.store import accounts, users
from api.store.tables import AuditEntry
from tests.service.world import World

PASSWORD = "correct horse battery staple"  # noqa: S105 -- of a test
SESSIONS = "/steget/v1/sessions"
ME = "/steget/v1/me"


@cache
def _hash() -> str:
    return passwords.hashed(PASSWORD)


def give_password(world: World, user: str) -> None:
    """Somebody has a password now."""
    with world.store.writing() as unit:
        accounts.keep_password(unit, world.users[user], _hash())


def visitor(world: World, settings: Settings, address: str = "192.0.2.1") -> TestClient:
    """A browser of nobody yet, at an address."""
    return TestClient(
        world.app(settings),
        base_url=settings.public_url,
        client=(address, 50000),
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def ready(client: TestClient) -> TestClient:
    """The same, with every route of its application made.

    They are made at the first request that comes by, which an address that is nobody's does. That
    switches warnings off and on for the whole process, so it is not done by two threads at once.
    """
    client.get("/nowhere")
    return client


def browser(world: World, settings: Settings, user: str) -> TestClient:
    """A browser in which somebody has logged in."""
    client = visitor(world, settings)
    with world.store.writing() as unit:
        number = sessions.begin(unit, users.one(unit, world.users[user]), settings)
    client.cookies.set(sessions.cookie_name(settings), number)
    return client


def later(world: World, **by: float) -> World:
    """The same world after a while: ``minutes=5``."""
    moment = datetime.now(UTC) + timedelta(**by)
    return replace(world, store=replace(world.store, clock=lambda: moment))


def actions(world: World) -> list[str]:
    """What the audit says was done, in order."""
    with world.store.reading() as unit:
        return list(unit.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))
