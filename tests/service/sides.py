"""Two sides of the world with the same things on each: North and the Café, South and the Garden.

Each side has a participant, an offered proposal, a plan, an import, surveys, users and tokens, so
that every operation can be asked with what is one's own and with what is others'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from api.settings import Settings
from api.store import Keyring, Store, make_engine
from api.store.tables import ApiToken, Table
from tests.builders import problem_of
from tests.service.described import Described, operations
from tests.service.working import turn, upload, zipped
from tests.service.world import World, settle

Ids = Mapping[str, str]
SIDES = {
    "north": ("north_supervisor", "north_coordinator", "cafe_manager", "north_other"),
    "south": ("south_supervisor", "south_coordinator", "garden_manager", "south_supervisor"),
}
"""Who works on each side: a supervisor, a coordinator, a manager, and one more supervisor."""
SIDES_ROLES = ("supervisor", "coordinator", "manager")
THINGS = {"north": ("P1", "O1", "S1", "A"), "south": ("P3", "O3", "S2", "B")}
KEYRING = Keyring({1: b"k" * 32})
BODY_KEYS = ("participantId", "openingId", "siteId", "providerId", "organisationId")


@dataclass(frozen=True, kw_only=True)
class Sides:
    """A world with both sides, in a file that can be copied; the ids of each side by name."""

    world: World
    file: Path
    ids: Mapping[str, Ids]
    tokens: Mapping[str, str]

    def own(self, user: str) -> Ids | None:
        """The ids of the side that a user works on; None for an analyst or administrator."""
        name = next((name for name, users in SIDES.items() if user in users), None)
        return None if name is None else self._by(user, name)

    def others(self, user: str) -> list[Ids]:
        """The ids of the sides that a user does not work on."""
        return [
            self._by(users[SIDES_ROLES.index(user.partition("_")[2])], name)
            if user in SIDES["north"] + SIDES["south"]
            else self._by(users[3], name)
            for name, users in SIDES.items()
            if user not in users
        ]

    def _by(self, user: str, side: str) -> Ids:
        """The ids of a side, with the token and the jobs of a user."""
        ids = self.ids[side]
        own = {"tokenId": self.tokens[user]}
        if user.endswith("_supervisor"):
            own["jobId"] = ids["importId"]
        if user.endswith("_coordinator"):
            own["importId"] = ids["bossImportId"]
        return {**ids, **own}


def both(folder: Path, settings: Settings) -> Sides:
    """Make the world and both sides, by the API itself."""
    file = folder / "sides.db"
    engine = make_engine(f"sqlite:///{file}")
    Table.metadata.create_all(engine)
    world = settle(Store(engine, KEYRING))
    ids = {name: _side(world, settings, name) for name in SIDES}
    for name in ("startInsight", "startBalance"):
        _made(world.client(settings, "analyst"), name, {})
    while turn(world.store):
        pass
    with world.store.reading() as unit:
        owner = {user: name for name, user in world.users.items()}
        rows = unit.scalars(select(ApiToken)).all()
        tokens = {owner[row.user_id]: str(row.id) for row in rows}
    engine.dispose()
    return Sides(world=world, file=file, ids=ids, tokens=tokens)


def _side(world: World, settings: Settings, name: str) -> Ids:
    person, opening, site, provider = THINGS[name]
    supervisor, coordinator, manager, other = SIDES[name]
    found = {
        "participantId": str(world.participants[person]),
        "openingId": str(world.openings[opening]),
        "siteId": str(world.sites[site]),
        "providerId": str(world.providers[provider]),
        "organisationId": str(world.organisations[name]),
        "userId": str(world.users[other]),
    }
    client = world.client(settings, supervisor)
    proposal = _made(client, "proposePlacement", found)
    _done(client.post(f"/steget/v1/proposals/{proposal}/offers", json={}))
    survey = _made(world.client(settings, manager), "createSurvey", found)
    boss = world.client(settings, coordinator)
    job = _made(boss, "startPlan", found)
    _made(boss, "startInsight", found)
    while turn(world.store):
        pass
    plans = _done(boss.get("/steget/v1/plans"))["items"]
    imported, own = (_done(upload(one, zipped(problem_of()))) for one in (client, boss))
    return found | {
        "proposalId": proposal,
        "offerId": proposal,
        "surveyId": survey,
        "jobId": job,
        "planId": plans[0]["id"],
        "importId": imported["id"],
        "bossImportId": own["id"],
    }


def _made(client: Any, name: str, ids: Ids) -> str:  # noqa: ANN401 -- the test client
    one = next(one for one in operations() if one.name == name)
    made = _done(client.post(path_of(one, ids), json=body_of(one, ids)))
    return str(made["id"])


def _done(answer: Any) -> Any:  # noqa: ANN401 -- an answer, and JSON
    assert answer.status_code < 300, answer.text
    return answer.json()


def path_of(one: Described, ids: Ids) -> str:
    """The path of an operation with ids of a side."""
    names = {"readImport": {"jobId": "importId"}}.get(one.name, {})
    hsds = "providerId" if "Organization" in one.name else "openingId"
    path = one.path
    for part in one.path.split("/"):
        if part.startswith("{"):
            name = part.strip("{}")
            name = hsds if name == "hsdsId" else names.get(name, name)
            path = path.replace(
                part, ids.get(name, {"year": "2026", "quarter": "3"}.get(name, ""))
            )
    return path


def body_of(one: Described, ids: Ids) -> Any:  # noqa: ANN401 -- JSON
    """The example of an operation's body, with ids of a side."""
    body = one.example()
    if not isinstance(body, dict):
        return body
    told = {name: ids[name] if name in BODY_KEYS else value for name, value in body.items()}
    return told | ({"former": ids.get("planId")} if "former" in told else {})
