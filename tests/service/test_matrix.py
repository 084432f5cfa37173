"""Who reaches what: every operation as everybody, with what is one's own and with others'.

What is expected stands in docs/permissions.md; the ids are those of ``sides``, the bodies the
examples of the document.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.permissions import OPERATIONS
from api.settings import Settings
from api.store import Store, make_engine
from tests.service.described import Described, operations
from tests.service.sides import KEYRING, Ids, Sides, body_of, both, path_of
from tests.service.world import USERS

pytestmark = pytest.mark.slow

TABLE = Path(__file__).parents[2] / "docs" / "permissions.md"
GUARDED = [one for one in operations() if OPERATIONS[one.name] is not None]
"""Those that are not for everybody."""
EVERY = pytest.mark.parametrize("one", GUARDED, ids=lambda one: one.name)
READING = pytest.mark.parametrize(
    "one", [one for one in GUARDED if one.method == "get"], ids=lambda one: one.name
)
MINE = ("participantId", "proposalId", "planId", "jobId", "importId", "tokenId")
"""Ids that only one's own side may ever see."""
MANAGERS = ("openingId", "siteId", "providerId")
"""And that of others no manager may see."""
Ask = Callable[[Described, str | None, Ids], Any]


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Settings that are none of the machine's."""
    return Settings(
        secret="s" * 40,
        public_url="http://testserver",
        requests_per_minute=10**9,
        _env_file=None,
    )


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Sides:
    """Two sides of the world, made once."""
    return both(tmp_path_factory.mktemp("sides"), settings)


@pytest.fixture(scope="module")
def of_others() -> Mapping[str, str]:
    """What docs/permissions.md says of what belongs to others, by operation."""
    rows = (line.strip("|\n").split("|") for line in TABLE.read_text("utf-8").splitlines())
    return {row[0].strip(" `"): row[6].strip() for row in rows if row[0].startswith(" `")}


@contextmanager
def _asking(sides: Sides, settings: Settings, folder: Path) -> Iterator[Ask]:
    """Ask on a copy of the two sides."""
    file = folder / "copy.db"
    shutil.copy(sides.file, file)
    engine = make_engine(f"sqlite:///{file}")
    world = replace(sides.world, store=Store(engine, KEYRING))
    client = TestClient(world.app(settings), raise_server_exceptions=False)

    def ask(one: Described, user: str | None, ids: Ids) -> Any:  # noqa: ANN401 -- an answer
        headers = {"if-match": '"1"'}
        if user is not None:
            headers["authorization"] = f"Bearer {world.tokens[user]}"
        sent: dict[str, Any] = {"json": body_of(one, ids)} if one.example() is not None else {}
        if one.name == "startImport":
            sent = {"files": {"file": ("tables.zip", b"PK")}}
        if one.name == "comparePlans":
            sent = {"params": {"with": ids["planId"]}}
        path = path_of(one, ids)
        return client.request(one.method, path, headers=headers, follow_redirects=False, **sent)

    yield ask
    engine.dispose()


def _may(one: Described, user: str) -> bool:
    allowed = OPERATIONS[one.name]
    assert allowed is not None
    return USERS[user][0] in allowed and one.told["security"] != [{"session": []}]


@EVERY
def test_who_reaches_what(
    one: Described,
    sides: Sides,
    settings: Settings,
    of_others: Mapping[str, str],
    tmp_path: Path,
) -> None:
    """Nobody without a login: 401. Roles without it: 403. Others': by the table. Own: reached."""
    with _asking(sides, settings, tmp_path) as ask:
        assert ask(one, None, sides.own("north_supervisor") or {}).status_code == 401
        workers = [user for user in USERS if sides.own(user) and user != "north_other"]
        for user in workers:
            _try(one, user, sides.others(user), of_others[one.name], ask)
        for user in workers:
            _try(one, user, [sides.own(user) or {}], "all", ask)
        for user in ("analyst", "admin"):  # last: an administrator can end what others have
            _try(one, user, sides.others(user), of_others[one.name], ask)


def _try(one: Described, user: str, several: list[Ids], expected: str, ask: Ask) -> None:
    for ids in several:
        answer = ask(one, user, ids)
        told = expected if _may(one, user) else "403"
        assert _is(told, answer, user), (user, told, answer.status_code, answer.text)


def _is(expected: str, answer: Any, user: str) -> bool:  # noqa: ANN401 -- an answer
    """Whether an answer is what a word of the table says."""
    if expected == "404 to managers":
        expected = "404" if user.endswith("_manager") else "all"
    if expected.isdecimal():
        return bool(answer.status_code == int(expected))
    if expected == "empty":
        return bool(answer.status_code == 200 and answer.json()["total"] == 0)
    assert expected in {"all", "-"}, expected
    return answer.status_code < 500 and answer.status_code not in {401, 403, 404}


@READING
def test_nothing_of_others_comes_along(
    one: Described, sides: Sides, settings: Settings, tmp_path: Path
) -> None:
    """No id of the other side stands in any answer to a question about one's own."""
    with _asking(sides, settings, tmp_path) as ask:
        for user in USERS:
            own = sides.own(user)
            if own is None or not _may(one, user) or user == "north_other":
                continue
            text = ask(one, user, own).text
            names = MINE + (MANAGERS if user.endswith("_manager") else ())
            for ids in sides.others(user):
                assert not [name for name in names if ids[name] in text], user
