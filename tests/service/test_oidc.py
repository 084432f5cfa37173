"""Logging in at an identity provider: a real one on loopback, and what must not get through."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import func, select
from starlette.testclient import TestClient

from api.auth import sessions
from api.auth.oidc import IdentityProvider
from api.domain import Refusal, RefusalCode
from api.settings import Settings
from api.store.tables import LoginAttempt, LoginSession, User
from tests.service.identity_server import CLIENT, IdentityServer, identity_server
from tests.service.visitors import ME, PASSWORD, SESSIONS, actions, later, visitor
from tests.service.world import World

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config")  # of the mock

START = "/steget/v1/login/oidc"


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityServer]:
    """Anna, whose address is verified; Bo, whose is not; and Cleo, whom nobody knows."""
    with identity_server(
        anna={"email": "North_Supervisor", "email_verified": True},
        bo={"email": "analyst", "email_verified": False},
        cleo={"email": "cleo@example.se", "email_verified": True},
    ) as server:
        yield server


@pytest.fixture
def server(running: IdentityServer) -> IdentityServer:
    """The server, with no trick to play."""
    running.trick, running.own_keys = None, False
    running.asked.clear()
    return running


@pytest.fixture
def oidc(settings: Settings, server: IdentityServer) -> Settings:
    """Settings with that provider."""
    more = {"oidc_issuer": server.url, "oidc_client_id": CLIENT}
    return Settings.model_validate(
        {**settings.model_dump(), **more, "oidc_client_secret": "known to both"}
    )


def _leave(client: TestClient, **query: str) -> str:
    """Set out for the provider; where the browser is sent."""
    answer = client.get(START, params=query)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def _log_in_there(url: str, subject: str) -> str:
    """Log in at the provider; where the browser is sent back to."""
    answer = httpx.post(url, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def _whole(client: TestClient, subject: str) -> httpx.Response:
    found: Any = client.get(_log_in_there(_leave(client), subject))
    return found


def _count(world: World, table: Any) -> int:  # noqa: ANN401 -- a table
    with world.store.reading() as unit:
        return unit.scalar(select(func.count()).select_from(table)) or 0


def test_somebody_logs_in(world: World, oidc: Settings, server: IdentityServer) -> None:
    """Code, PKCE, state and nonce; linked by the verified address the first time, then known."""
    client = visitor(world, oidc)
    verified = server.verified
    url = _leave(client, backTo="/deltagare?flik=1")
    query = parse_qs(urlsplit(url).query)
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"http://testserver{START}/callback"]
    assert len(query["state"][0]) >= 43
    assert len(query["nonce"][0]) >= 43
    answer = client.get(_log_in_there(url, "anna"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/deltagare?flik=1")
    assert server.verified == verified + 1
    assert client.get(ME).json()["id"] == str(world.users["north_supervisor"])
    with world.store.reading() as unit:
        row = unit.get_one(User, world.users["north_supervisor"])
        assert row.oidc_subject == f"{server.url}|anna"
    again = visitor(world, oidc)
    assert _whole(again, "anna").status_code == 303
    assert actions(world) == ["user.link", "session.create", "session.create"]
    assert _count(world, LoginAttempt) == 0


def test_who_is_not_known_here_does_not_get_in(world: World, oidc: Settings) -> None:
    """An address nobody has; one that is not verified; and somebody who may not any more."""
    with world.store.writing() as unit:
        unit.get_one(User, world.users["north_supervisor"]).active = False
    for subject in ("cleo", "bo", "anna"):
        answer = _whole(visitor(world, oidc), subject)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")
    assert _count(world, LoginSession) == 0
    assert actions(world) == ["session.refuse"] * 3


def test_a_login_that_is_another_subjects_is_not_taken(
    world: World, oidc: Settings, server: IdentityServer
) -> None:
    """Whoever gets the address later is not whoever had it."""
    with world.store.writing() as unit:
        unit.get_one(User, world.users["north_supervisor"]).oidc_subject = f"{server.url}|former"
    assert _whole(visitor(world, oidc), "anna").status_code == 403


def _brought(world: World, oidc: Settings, cookie: str, back: str) -> str:
    """What comes of an address that is brought by a browser with that cookie."""
    client = visitor(world, oidc)
    client.cookies.set("steget_login", cookie)
    answer = client.get(back)
    return "in" if answer.status_code == 303 else str(answer.json()["code"])


def test_a_state_counts_once_and_in_one_browser(world: World, oidc: Settings) -> None:
    """Brought by another browser, or again: no session."""
    client = visitor(world, oidc)
    back = _log_in_there(_leave(client), "anna")
    cookie = client.cookies["steget_login"]
    found = [_brought(world, oidc, kept, back) for kept in ("another", cookie, cookie)]
    assert found == ["login-failed", "in", "login-failed"]
    assert _count(world, LoginSession) == 1


def test_what_never_began_or_is_over_does_not_go_on(world: World, oidc: Settings) -> None:
    """Too late, made up, without anything, or refused at the provider: no session."""
    client = visitor(world, oidc)
    url = _leave(client)
    cookie = client.cookies["steget_login"]
    late = later(world, minutes=11)
    assert _brought(late, oidc, cookie, _log_in_there(url, "anna")) == "login-failed"
    made_up = f"{START}/callback?state=made-up&code=made-up"
    assert _brought(world, oidc, "made-up", made_up) == "login-failed"
    assert _brought(world, oidc, "", f"{START}/callback") == "login-failed"
    client = visitor(world, oidc)
    state = parse_qs(urlsplit(_leave(client)).query)["state"][0]
    denied = f"{START}/callback?error=access_denied&state={state}"
    assert client.get(denied).json()["code"] == "login-failed"
    assert _count(world, LoginSession) == 0


def test_a_code_of_another_login_does_not_hold(
    world: World, oidc: Settings, server: IdentityServer
) -> None:
    """A code that somebody slipped in is bound to their verifier, and to their nonce."""
    theirs = _log_in_there(_leave(visitor(world, oidc)), "anna")
    code = parse_qs(urlsplit(theirs).query)["code"][0]
    client = visitor(world, oidc)
    state = parse_qs(urlsplit(_leave(client)).query)["state"][0]
    before = server.verified
    answer = client.get(f"{START}/callback", params={"state": state, "code": code})
    assert (answer.status_code, answer.json()["code"]) == (401, "login-failed")
    assert server.verified == before
    elsewhere = {"state": state, "code": code, "iss": "http://elsewhere.example"}
    assert client.get(f"{START}/callback", params=elsewhere).status_code == 401


def _now() -> int:
    return int(time.time())


STRANGER = RSAKey.generate_key(2048)
STRANGE_CURVE = ECKey.generate_key("P-256")
TRICKS: dict[str, Any] = {
    "forged: signed by a stranger": lambda s, c: s.sign(c, STRANGER),
    "forged: signed by a stranger's curve": lambda s, c: s.sign_by_curve(c, STRANGE_CURVE),
    "under the name of the other key": lambda s, c: s.sign(c, kid="curve"),
    "under the name of the other key, too": lambda s, c: s.sign(c, s.curve, alg="ES256"),
    "signed by nobody": lambda s, c: _without_signature(s.sign(c)),
    "signed with a password": lambda _, c: _hmac(c),
    "for another client": lambda s, c: s.sign({**c, "aud": "another"}),
    "for another client, too": lambda s, c: s.sign({**c, "aud": [CLIENT, "another"]}),
    "to another party": lambda s, c: s.sign({**c, "azp": "another"}),
    "by another issuer": lambda s, c: s.sign({**c, "iss": "http://elsewhere.example"}),
    "over for longer than clocks differ": lambda s, c: s.sign({**c, "exp": _now() - 90}),
    "not yet": lambda s, c: s.sign({**c, "nbf": _now() + 90}),
    "of another login": lambda s, c: s.sign({**c, "nonce": "another"}),
    "without a nonce": lambda s, c: s.sign({k: v for k, v in c.items() if k != "nonce"}),
    "without an end": lambda s, c: s.sign({k: v for k, v in c.items() if k != "exp"}),
    "without a subject": lambda s, c: s.sign({k: v for k, v in c.items() if k != "sub"}),
    "by an unknown key": lambda s, c: s.sign(c, kid="unknown"),
    "no token": lambda *_: "what is this",
    "none at all": lambda *_: None,
}
HOLD: dict[str, Any] = {
    "as it should be": lambda s, c: s.sign(c),
    "over, but clocks differ": lambda s, c: s.sign({**c, "exp": _now() - 30}),
    "in a list": lambda s, c: s.sign({**c, "aud": [CLIENT], "azp": CLIENT}),
    "by another algorithm": lambda s, c: s.sign(c, alg="PS256"),
    "by a curve": lambda s, c: s.sign_by_curve(c),
}


def _without_signature(token: str) -> str:
    return token.rpartition(".")[0] + "."


def _hmac(claims: dict[str, Any]) -> str:
    from joserfc import jwt  # noqa: PLC0415 -- only here
    from joserfc.jwk import OctKey  # noqa: PLC0415

    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("known to both, known to both"))


def test_by_an_elliptic_curve(world: World, oidc: Settings, server: IdentityServer) -> None:
    """ES256, as many providers sign: whoever has the key gets in, a stranger's curve does not."""
    server.own_keys = True
    server.trick = server.sign_by_curve
    client = visitor(world, oidc)
    assert _whole(client, "anna").status_code == 303
    assert client.get(ME).json()["id"] == str(world.users["north_supervisor"])
    server.trick = lambda claims: server.sign_by_curve(claims, STRANGE_CURVE)
    forged = _whole(visitor(world, oidc), "anna")
    assert (forged.status_code, forged.json()["code"]) == (401, "login-failed")
    assert _count(world, LoginSession) == 1


@pytest.mark.slow
def test_no_trick_gets_through(world: World, oidc: Settings, server: IdentityServer) -> None:
    """Each breaks one thing in a token that would hold otherwise, as those beside them do."""
    server.own_keys = True
    client = visitor(world, oidc)
    for name, trick in TRICKS.items():
        server.trick = lambda claims, trick=trick: trick(server, claims)
        answer = _whole(client, "anna")
        assert (answer.status_code, name) == (401, name)
        assert answer.json()["code"] == "login-failed"
    assert _count(world, LoginSession) == 0
    for name, trick in HOLD.items():
        server.trick = lambda claims, trick=trick: trick(server, claims)
        assert (_whole(client, "anna").status_code, name) == (303, name)


def test_keys_are_asked_for_again_once_a_minute_at_most(
    settings: Settings, server: IdentityServer
) -> None:
    """A key that changed is found; one that is made up does not make us a hammer."""
    moments = [0.0]
    provider = IdentityProvider(
        settings.model_copy(update={"oidc_issuer": server.url, "oidc_client_id": CLIENT}),
        clock=lambda: moments[0],
    )

    def asked() -> int:
        return server.asked.count("/jwks")

    provider._jwks()  # noqa: SLF001 -- what is asked for is what counts here
    provider._jwks()  # noqa: SLF001
    assert asked() == 1
    for moment, count in ((30.0, 1), (61.0, 2), (62.0, 2), (100.0, 2), (122.0, 3)):
        moments[0] = moment
        provider._jwks(unknown=True)  # noqa: SLF001
        assert asked() == count
    moments[0] = 4000.0
    provider._jwks()  # noqa: SLF001 -- after an hour
    assert asked() == 4


def test_a_provider_that_is_away_or_another_is_said(world: World, oidc: Settings) -> None:
    """The service stays; nobody logs in meanwhile."""
    away = oidc.model_copy(update={"oidc_issuer": "http://localhost:9"})
    answer = visitor(world, away).get(START)
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    other = oidc.model_copy(update={"oidc_issuer": f"{oidc.oidc_issuer}/"})
    with pytest.raises(Refusal) as refusal:
        IdentityProvider(other).begin("http://testserver/")
    assert refusal.value.code is RefusalCode.UNAVAILABLE


def test_one_goes_back_only_to_a_page_of_ours(world: World, oidc: Settings) -> None:
    """No login ends on a page of somebody else."""
    client = visitor(world, oidc)
    for page in ("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "x"):
        assert client.get(START, params={"backTo": page}).status_code == 422


def test_where_a_provider_is_set_there_are_no_passwords(
    world: World, oidc: Settings, settings: Settings
) -> None:
    """And where none is, there is no such login."""
    body = {"login": "analyst", "password": PASSWORD}
    assert visitor(world, oidc).post(SESSIONS, json=body).status_code == 403
    assert visitor(world, settings).get(START).status_code == 404
    assert sessions.COOKIE not in visitor(world, oidc).cookies
