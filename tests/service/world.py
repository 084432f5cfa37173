"""A small world: two organisations, two providers, and somebody of every role in each.

North has P1 (shared with both its supervisors) and P2 (with the second alone); South has P3. The
Café (provider A) has O1 with one seat and O2 with two; the Garden (provider B) has O3 with three.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from fastapi import FastAPI
from starlette.testclient import TestClient

from api import app
from api.auth import tokens
from api.domain import Role
from api.settings import Settings
from api.store import Session, Store, profiles
from api.store.places import keep_opening, keep_provider, keep_site
from api.store.tables import Organisation, User
from matcher.domain import Participant
from tests.builders import opening, participant, provider, seek, site

LATER = datetime(2100, 1, 1, tzinfo=UTC)
PLAN_DATE = date(2026, 12, 1)


@dataclass(frozen=True, kw_only=True)
class World:
    """Ids by name, and a token for everybody."""

    store: Store
    organisations: dict[str, UUID]
    users: dict[str, UUID]
    tokens: dict[str, str]
    participants: dict[str, UUID]
    providers: dict[str, UUID]
    sites: dict[str, UUID]
    openings: dict[str, UUID]

    def app(self, settings: Settings) -> FastAPI:
        """The application on this world."""
        return app.create(self.store, settings)

    def client(self, settings: Settings, user: str | None) -> TestClient:
        """A client that asks as somebody; None for nobody."""
        headers = {} if user is None else {"Authorization": f"Bearer {self.tokens[user]}"}
        return TestClient(self.app(settings), headers=headers, raise_server_exceptions=False)


USERS: dict[str, tuple[Role, str | None, str | None]] = {
    "north_supervisor": (Role.SUPERVISOR, "north", None),
    "north_other": (Role.SUPERVISOR, "north", None),
    "north_coordinator": (Role.COORDINATOR, "north", None),
    "south_supervisor": (Role.SUPERVISOR, "south", None),
    "south_coordinator": (Role.COORDINATOR, "south", None),
    "cafe_manager": (Role.PROVIDER_MANAGER, None, "A"),
    "garden_manager": (Role.PROVIDER_MANAGER, None, "B"),
    "analyst": (Role.ANALYST, None, None),
    "admin": (Role.ADMIN, None, None),
}
PEOPLE: dict[str, tuple[str, tuple[str, ...], Participant]] = {
    "P1": (
        "north",
        ("north_supervisor", "north_other"),
        participant("P1", wishes=(seek("9413", 1),)),
    ),
    "P2": ("north", ("north_other",), participant("P2", wishes=(seek("9413", 1),))),
    "P3": ("south", ("south_supervisor",), participant("P3", wishes=(seek("9413", 1),))),
}
PROVIDERS = {"A": provider("A"), "B": provider("B")}
SITES = {"S1": site("S1", provider_id="A"), "S2": site("S2", provider_id="B")}
OPENINGS = {
    "O1": opening("O1", site_id="S1", seats=1),
    "O2": opening("O2", site_id="S1", seats=2),
    "O3": opening("O3", site_id="S2", seats=3),
}


def settle(store: Store) -> World:
    """Fill a store with the world."""
    with store.writing() as unit:
        organisations = {name: new_organisation(unit, name) for name in ("north", "south")}
        providers = {code: keep_provider(unit, one).id for code, one in PROVIDERS.items()}
        sites = {code: keep_site(unit, one).id for code, one in SITES.items()}
        openings = {code: keep_opening(unit, one).id for code, one in OPENINGS.items()}
        users, keys = {}, {}
        for name, (role, organisation, provider_code) in USERS.items():
            users[name] = new_user(
                unit,
                name,
                role,
                organisations.get(organisation or ""),
                providers.get(provider_code or ""),
            )
            keys[name] = tokens.make(unit, users[name], "test", LATER)[1]
        people = {
            code: profiles.create(
                unit, organisations[organisation], one, [users[reader] for reader in readers]
            ).id
            for code, (organisation, readers, one) in PEOPLE.items()
        }
    return World(
        store=store,
        organisations=organisations,
        users=users,
        tokens=keys,
        participants=people,
        providers=providers,
        sites=sites,
        openings=openings,
    )


def new_organisation(unit: Session, code: str) -> UUID:
    """A new organisation."""
    moment = datetime.now(UTC)
    row = Organisation(
        id=uuid4(),
        code=code,
        name=code.title(),
        policy={},
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    unit.add(row)
    unit.flush()
    return row.id


def new_user(
    unit: Session, login: str, role: Role, organisation: UUID | None, provider_id: UUID | None
) -> UUID:
    """Somebody new, who has been there for a day."""
    moment = datetime.now(UTC) - timedelta(days=1)
    row = User(
        id=uuid4(),
        login=login,
        name=login,
        role=str(role),
        organisation_id=organisation,
        provider_id=provider_id,
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    unit.add(row)
    unit.flush()
    return row.id
