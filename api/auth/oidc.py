"""Login at an identity provider: OpenID Connect, code flow with PKCE, state and nonce.

What the provider says of itself and its keys are kept for an hour; a key that nobody knows makes
us ask again, at most once a minute. An ID token counts only with a signature by one of those keys
(RS256, PS256 or ES256) and with the issuer, audience, end, subject and nonce expected.
Source: OpenID Connect Core 1.0, 3.1; Discovery 1.0; RFC 7636 (PKCE); RFC 9700.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from api.domain import Refusal, RefusalCode
from api.settings import Settings

ALGORITHMS = ("RS256", "PS256", "ES256")
SKEW_SECONDS = 60
"""How far the provider's clock may be from ours."""
KEPT_SECONDS, AGAIN_SECONDS = 3600, 60
TIMEOUT_SECONDS = 5
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A login that begins: what is kept here, and where the browser is sent."""

    state: str
    nonce: str
    verifier: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whom the provider names: ``issuer|sub``, and an address if it says that it is theirs."""

    subject: str
    email: str | None


class IdentityProvider:
    """One identity provider, with what it says of itself and its keys."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        """Ask nothing yet: the service starts, though the provider may be away."""
        self._issuer = settings.oidc_issuer or ""
        self._client = settings.oidc_client_id or ""
        secret = settings.oidc_client_secret
        self._secret = None if secret is None else secret.get_secret_value()
        self._clock = clock
        self._lock = Lock()
        self._about: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def begin(self, back: str) -> Attempt:
        """Begin a login; ``back`` is the address that the provider sends the browser to.

        Raises:
            Refusal: the provider does not answer (``UNAVAILABLE``).
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        query = {
            "response_type": "code",
            "client_id": self._client,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge(verifier),
            "code_challenge_method": "S256",
        }
        url = str(self._told()["authorization_endpoint"])
        joint = "&" if "?" in url else "?"
        return Attempt(
            state=state, nonce=nonce, verifier=verifier, url=url + joint + urlencode(query)
        )

    def identity(self, code: str, back: str, attempt: tuple[str, str], now: datetime) -> Identity:
        """Who has logged in.

        Args:
            code: what the browser brought.
            back: as it was given to ``begin``.
            attempt: the nonce and the verifier that were kept.
            now: the moment, in UTC.

        Raises:
            Refusal: the provider does not answer (``UNAVAILABLE``), or what it answers does not
                hold (``LOGIN_FAILED``).
        """
        nonce, verifier = attempt
        claims = self._claims(self._token(code, back, verifier), nonce, now)
        email = claims.get("email")
        theirs = claims.get("email_verified") is True and isinstance(email, str)
        return Identity(
            subject=f"{self._issuer}|{claims['sub']}", email=str(email) if theirs else None
        )

    def is_issuer(self, name: str | None) -> bool:
        """Whether an answer says that it comes from here, where it says it (RFC 9207)."""
        return name is None or name == self._issuer

    def _token(self, code: str, back: str, verifier: str) -> str:
        """Give the code for an ID token."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
            "client_id": self._client,
        }
        about = self._told()
        headers = {"Accept": "application/json"}
        methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self._secret is not None and "client_secret_basic" in methods:
            pair = f"{quote_plus(self._client)}:{quote_plus(self._secret)}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        elif self._secret is not None:
            form["client_secret"] = self._secret
        answer = self._ask("POST", str(about["token_endpoint"]), form, headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise _failed("no id_token")
        return token

    def _claims(self, token: str, nonce: str, now: datetime) -> Mapping[str, Any]:
        """What an ID token says, if it holds."""
        try:
            try:
                found = jwt.decode(token, self._jwks(), ALGORITHMS)
            except InvalidKeyIdError:
                found = jwt.decode(token, self._jwks(unknown=True), ALGORITHMS)
            expected = jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=SKEW_SECONDS,
                iss={"essential": True, "value": self._issuer},
                aud={"essential": True, "value": self._client},
                exp={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": nonce},
            )
            expected.validate(found.claims)
        except (JoseError, ValueError) as failure:
            raise _failed(type(failure).__name__) from None
        audience = found.claims["aud"]
        party = found.claims.get("azp", self._client)
        if party != self._client or (isinstance(audience, list) and len(audience) > 1):
            raise _failed("for others, too")
        return found.claims

    def _told(self) -> Mapping[str, Any]:
        """What the provider says of itself."""
        with self._lock:
            if self._about is None or self._clock() - self._about[0] > KEPT_SECONDS:
                url = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
                about = self._ask("GET", url)
                scheme = urlsplit(self._issuer).scheme
                whole = all(
                    urlsplit(str(about.get(name))).scheme in {scheme, "https"}
                    for name in ENDPOINTS
                )
                if about.get("issuer") != self._issuer or not whole:
                    _log.warning("oidc", failed="not the provider that was set")
                    raise Refusal(RefusalCode.UNAVAILABLE)
                self._about = self._clock(), about
            return self._about[1]

    def _jwks(self, *, unknown: bool = False) -> KeySet:
        """Its keys; asked for again where one is unknown, but not at everybody's bidding."""
        url = str(self._told()["jwks_uri"])
        with self._lock:
            moment = self._clock()
            kept = AGAIN_SECONDS if unknown else KEPT_SECONDS
            if self._keys is None or moment - self._keys[0] > kept:
                try:
                    keys = KeySet.import_key_set(self._ask("GET", url))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError):
                    _log.warning("oidc", failed="keys that are none")
                    raise Refusal(RefusalCode.UNAVAILABLE) from None
                self._keys = moment, keys
            return self._keys[1]

    def _ask(
        self,
        method: str,
        url: str,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """An answer in JSON; redirects are not followed."""
        try:
            answer = httpx.request(
                method, url, data=form, headers=headers, timeout=TIMEOUT_SECONDS
            )
            found = answer.json() if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as failure:
            _log.warning("oidc", failed=type(failure).__name__)
            raise Refusal(RefusalCode.UNAVAILABLE) from None
        if isinstance(found, dict):
            return found
        if answer.is_client_error and form is not None:
            raise _failed(f"token endpoint: {answer.status_code}")
        _log.warning("oidc", failed=f"status {answer.status_code}")
        raise Refusal(RefusalCode.UNAVAILABLE)


def challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _failed(why: str) -> Refusal:
    _log.warning("oidc", failed=why)
    return Refusal(RefusalCode.LOGIN_FAILED)
