"""The tiny data set behind the pages, and people who read them without a browser."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient

from api import app
from api.auth import sessions
from api.settings import Settings
from api.store import Keyring, Store, make_engine, users
from api.store.tables import Table, User
from tests.service.town import Town, town

KEYRING = Keyring({1: b"k" * 32})
SETTINGS = Settings(secret="s" * 40, public_url="http://testserver", _env_file=None)
UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@contextmanager
def tiny_town(folder: Path) -> Iterator[Town]:
    """The tiny data set in a database of its own."""
    engine = make_engine(f"sqlite:///{folder / 'town.db'}")
    Table.metadata.create_all(engine)
    yield town(Store(engine, KEYRING))
    engine.dispose()


def reader(tiny: Town, user: str | None = "supervisor", language: str = "sv") -> TestClient:
    """Somebody who has logged in and reads in a language; None for nobody."""
    client = TestClient(
        app.create(tiny.store, SETTINGS),
        base_url=SETTINGS.public_url,
        follow_redirects=False,
        cookies={"steget_language": language},
    )
    if user is not None:
        with tiny.store.writing() as unit:
            row = unit.query(User).filter_by(login=user).one()
            number = sessions.begin(unit, users.one(unit, row.id), SETTINGS)
        client.cookies.set(sessions.cookie_name(SETTINGS), number)
    return client


def words(page: str) -> str:
    """What somebody reads of a page, or of a part of one: no tags, single blanks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def part(page: str, start: str, end: str) -> str:
    """A part of a page."""
    assert start in page, start
    return page.partition(start)[2].partition(end)[0]


def addresses(page: str) -> list[str]:
    """Where links and forms of a page lead."""
    return [unescape(one) for one in re.findall(r'(?:href|action)="([^"]*)"', page)]
