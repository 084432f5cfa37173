"""The API's document, as tests read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from api import app, openapi
from api.settings import Settings
from api.store import Keyring, Store, make_engine

SETTINGS = Settings(
    secret="s" * 40, public_url="https://steget.example.se", secure_cookies=True, _env_file=None
)
"""Of a service behind TLS, as the document should be read."""


@dataclass(frozen=True, kw_only=True)
class Described:
    """An operation of the document."""

    path: str
    method: str
    name: str
    told: Mapping[str, Any]

    def media(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """What goes in and comes out: where, of which type, and what is said of it."""
        for kind, one in self.told.get("requestBody", {}).get("content", {}).items():
            yield "request", kind, one
        for status, answer in self.told["responses"].items():
            for kind, one in answer.get("content", {}).items():
                yield status, kind, one

    def example(self) -> Any:  # noqa: ANN401 -- JSON
        """The first example of what is sent as JSON; None where nothing is."""
        content = self.told.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        return next(iter(content["application/json"]["examples"].values()))["value"]


@cache
def document() -> Mapping[str, Any]:
    """The whole document."""
    store = Store(make_engine("sqlite://"), Keyring({1: b"k" * 32}))
    return openapi.document(app.create(store, SETTINGS), SETTINGS)


@cache
def operations() -> tuple[Described, ...]:
    """Every operation."""
    return tuple(
        Described(path=path, method=method, name=told["operationId"], told=told)
        for path, method, told in openapi.operations(document())
    )
