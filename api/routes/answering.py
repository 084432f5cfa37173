"""What routes that match share: the language, and how long each stage took."""

from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from api.domain import Principal
from api.doorway import Asking, AtStore
from api.problems import language_of
from api.store import Store
from api.texts import Language


async def _language(request: Request) -> Language:
    return language_of(request)


InLanguage = Annotated[Language, Depends(_language)]
"""The language that sentences are wanted in: Swedish, unless English is asked for first."""


class Stages:
    """How long an answer took, stage by stage, for ``Server-Timing`` (W3C)."""

    def __init__(self) -> None:
        """Now the first stage begins."""
        self._at = perf_counter()
        self._took: dict[str, float] = {}

    def ended(self, name: str) -> None:
        """A stage has ended, and the next begins."""
        now = perf_counter()
        self._took[name] = self._took.get(name, 0.0) + now - self._at
        self._at = now

    def answer(self, model: BaseModel, language: Language, **headers: str) -> Response:
        """The answer, with how long each stage took: ``auth;dur=0.8`` in milliseconds."""
        content = model.model_dump_json(by_alias=True).encode()
        self.ended("serialise")
        timing = ", ".join(f"{name};dur={took * 1000:.1f}" for name, took in self._took.items())
        said = {"Content-Language": str(language), "Server-Timing": timing}
        said |= {name.replace("_", "-"): value for name, value in headers.items() if value}
        return Response(content, headers=said, media_type="application/json")


TIMED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"Server-Timing": {"schema": {"type": "string"}}}}
}
"""What the description of such an answer says."""


async def _stages() -> Stages:
    return Stages()


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who may ask and has a turn, and the clock of the answer's stages."""

    stages: Stages
    who: Principal
    store: Store


async def _arrived(
    stages: Annotated[Stages, Depends(_stages)], who: Asking, store: AtStore
) -> Arrival:
    stages.ended("auth")
    return Arrival(stages, who, store)


Arrived = Annotated[Arrival, Depends(_arrived)]
"""Stages begin before whoever asks is recognised; the first one, ``auth``, is over."""
