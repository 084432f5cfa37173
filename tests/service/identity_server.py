"""An identity provider on loopback: the mock, with PKCE checked, and with tricks to play.

``oidc-provider-mock`` gives codes and signed ID tokens over HTTP, but does not look at PKCE. The
server around it does, and can put another ID token in place of the one that was given.
"""

import base64
import hashlib
import io
import json
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server

with warnings.catch_warnings(record=True):  # the mock stands on a part of authlib that is going
    import oidc_provider_mock

Claims = dict[str, Any]
Change = Callable[[Claims], str | None]
CLIENT = "steget"


def _one(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


@dataclass
class IdentityServer:
    """What the server has seen, and what it shall do to tokens.

    ``trick`` gets the claims of a token and gives another token in its place.
    """

    url: str = ""
    challenges: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    verified: int = 0
    trick: Change | None = None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "ours"}))
    curve: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "curve"}))
    own_keys: bool = False

    def sign(self, claims: Claims, key: RSAKey | ECKey | None = None, **header: str) -> str:
        """An ID token signed with the server's own key, or another."""
        head = {"alg": "RS256", "kid": "ours", **header}
        return jwt.encode(head, claims, key or self.key, ["RS256", "PS256", "ES256"])

    def sign_by_curve(self, claims: Claims, key: ECKey | None = None) -> str:
        """The same with the server's key of an elliptic curve, or another."""
        return self.sign(claims, key or self.curve, alg="ES256", kid="curve")

    def around(self, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """The mock, with what it does not do."""

        def inner(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            path = environ["PATH_INFO"]
            self.asked.append(path)
            if path == "/jwks" and self.own_keys:
                keys = KeySet([self.key, self.curve])
                return _json(start, dict(keys.as_dict(private=False)))
            if path == "/oauth2/authorize":
                return self._authorize(app, environ, start)
            if path == "/oauth2/token":
                return self._token(app, environ, start)
            return app(environ, start)

        return inner

    def _authorize(
        self,
        app: Callable[..., Iterable[bytes]],
        environ: dict[str, Any],
        start: Callable[..., Any],
    ) -> Iterable[bytes]:
        asked = parse_qs(environ["QUERY_STRING"])

        def noted(status: str, headers: list[tuple[str, str]], *more: object) -> object:
            location = dict(headers).get("Location", "")
            code = _one(parse_qs(location.partition("?")[2]), "code")
            if _one(asked, "code_challenge_method") == "S256":
                self.challenges[code] = _one(asked, "code_challenge")
            return start(status, headers, *more)

        return app(environ, noted)

    def _token(
        self,
        app: Callable[..., Iterable[bytes]],
        environ: dict[str, Any],
        start: Callable[..., Any],
    ) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = io.BytesIO(body)
        form = parse_qs(body.decode())
        digest = hashlib.sha256(_one(form, "code_verifier").encode()).digest()
        wanted = self.challenges.pop(_one(form, "code"), None)
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != wanted:
            return _json(start, {"error": "invalid_grant"}, "400 BAD REQUEST")
        self.verified += 1
        if self.trick is None:
            return app(environ, start)
        answer = json.loads(b"".join(app(environ, lambda *_: None)))
        answer["id_token"] = self.trick(_claims(answer["id_token"]))
        return _json(start, answer)


def _claims(token: str) -> Claims:
    payload = token.split(".")[1]
    found: Claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def _json(start: Callable[..., Any], content: object, status: str = "200 OK") -> list[bytes]:
    start(status, [("Content-Type", "application/json")])
    return [json.dumps(content).encode()]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- werkzeug's
        """Say nothing."""


@contextmanager
def identity_server(**people: dict[str, object]) -> Iterator[IdentityServer]:
    """A server that knows some people, by subject with their claims."""
    found = IdentityServer()
    users = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in people.items()]
    app = found.around(oidc_provider_mock.app(user_claims=users))
    server = make_server("localhost", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    found.url = f"http://localhost:{server.server_port}"
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
