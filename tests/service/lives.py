"""Placements for tests: who asks, in few words, by the API; and clocks that can be set."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from httpx2 import Response
from starlette.testclient import TestClient

from api.settings import Settings
from api.store import Session, seats
from api.store.tables import OpeningRow, PlacementRow
from tests.service.world import World

V1 = "/steget/v1"
NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TODAY = "2026-12-01"
Found = TypeVar("Found")


@dataclass
class Clock:
    """A clock that tests set."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        """The moment."""
        return self.at

    def forward(self, **time: float) -> None:
        """Let time pass."""
        self.at += timedelta(**time)


def at_noon(world: World) -> tuple[World, Clock]:
    """The world with a clock of its own, on the first of December."""
    clock = Clock()
    return replace(world, store=replace(world.store, clock=clock)), clock


@dataclass(frozen=True)
class Desk:
    """Somebody at the API: short words for what is asked over and over."""

    world: World
    client: TestClient

    def propose(self, person: str = "P1", opening: str = "O1", **more: object) -> Response:
        """Propose a place."""
        body = {
            "participantId": str(self.world.participants[person]),
            "openingId": str(self.world.openings[opening]),
            "sessions": ["mon_am", "tue_am"],
            "hoursPerWeek": 8,
        } | more
        return self.client.post(f"{V1}/proposals", json=body)

    def proposed(self, person: str = "P1", opening: str = "O1", **more: object) -> str:
        """The id of a new proposal."""
        answer = self.propose(person, opening, **more)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def step(self, placement: str, noun: str, **body: Any) -> Response:  # noqa: ANN401 -- JSON
        """Take a step; ``version`` is what ``If-Match`` says."""
        version = body.pop("version", None)
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        where = f"{V1}/proposals/{placement}/{noun}"
        if noun == "acceptances":
            return self.client.post(where, headers=headers)
        return self.client.post(where, json=body, headers=headers)

    def offered(self, person: str = "P1", opening: str = "O1", **more: object) -> str:
        """The id of a new proposal that is offered."""
        made = self.proposed(person, opening, **more)
        assert self.step(made, "offers").status_code == 200
        return made


def desk(world: World, settings: Settings, user: str) -> Desk:
    """Somebody at the API."""
    return Desk(world, world.client(settings, user))


def accepted(world: World, settings: Settings, opening: str = "O1") -> str:
    """The id of a placement of P1 that everybody said yes to."""
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.offered("P1", opening)
    assert supervisor.step(made, "acceptances").status_code == 200
    manager = {"O1": "cafe_manager", "O2": "cafe_manager", "O3": "garden_manager"}[opening]
    said = world.client(settings, manager).post(f"{V1}/offers/{made}/acceptances")
    assert said.json() == {"id": made, "state": "accepted"}
    return made


def started(world: World, settings: Settings, opening: str = "O1") -> str:
    """The id of a placement of P1 that has started today."""
    made = accepted(world, settings, opening)
    answer = desk(world, settings, "north_supervisor").step(made, "starts", on=TODAY)
    assert answer.status_code == 200, answer.text
    return made


def code(answer: Response) -> str:
    """Why it was refused."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return str(answer.json()["code"])


def taken(world: World, opening: str) -> int:
    """How many seats of an opening are taken; the counters agree with the placements."""
    return look(world, lambda unit: unit.get_one(OpeningRow, world.openings[opening]).taken)


def state(world: World, placement: str) -> str:
    """Where a placement is."""
    return look(world, lambda unit: unit.get_one(PlacementRow, UUID(placement)).state)


def look(world: World, what: Callable[[Session], Found]) -> Found:
    """Look into the database, where the counters agree with the placements."""
    with world.store.reading() as unit:
        assert seats.miscounted(unit) == []
        return what(unit)
