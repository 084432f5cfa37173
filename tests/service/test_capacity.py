"""Capacity: who changes it, what it can never be, how it grows old, and links without a login."""

from uuid import UUID

import pytest
from httpx2 import Response
from sqlalchemy import select

from api.settings import Settings
from api.store import Session, seats
from api.store.places import opening_of
from api.store.tables import HalfDayRow, OpeningRow, UsedLink, User
from tests.service.lives import V1, Clock, at_noon, code, desk, look
from tests.service.world import World


@pytest.fixture
def set_world(world: World) -> tuple[World, Clock]:
    """The world on the first of December, and its clock."""
    return at_noon(world)


@pytest.fixture
def here(set_world: tuple[World, Clock]) -> World:
    """The world on the first of December."""
    return set_world[0]


@pytest.fixture
def clock(set_world: tuple[World, Clock]) -> Clock:
    """Its clock."""
    return set_world[1]


def put(world: World, settings: Settings, body: dict[str, object], version: int = 1) -> Response:
    """The Café's manager changes O2."""
    where = f"{V1}/openings/{world.openings['O2']}/capacity"
    headers = {"If-Match": f'"{version}"'}
    return world.client(settings, "cafe_manager").put(where, json=body, headers=headers)


def test_read_change_confirm(here: World, settings: Settings, clock: Clock) -> None:
    """A change is a confirmation; columns and document say the same."""
    manager = here.client(settings, "cafe_manager")
    where = f"{V1}/openings/{here.openings['O2']}"
    before = manager.get(f"{where}/capacity").json()
    assert (before["seats"], before["free"], before["confirmedThrough"]) == (2, 2, None)
    clock.forward(days=31)
    changed = put(here, settings, {"seats": 4, "sessionSeats": 3, "status": "paused"})
    assert changed.headers["ETag"] == '"2"'
    assert changed.json()["confirmedBy"] == "cafe_manager"
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    made = opening_of(row)
    assert (made.seats, made.session_seats, str(made.status)) == (4, 3, "paused")
    assert (row.seats, row.session_seats, row.status) == (4, 3, "paused")
    assert str(made.updated_at) == "2027-01-01"
    clock.forward(days=31)
    supervisor = here.client(settings, "north_supervisor")
    assert supervisor.get(f"{where}/capacity").json()["stale"] is True
    assert manager.post(f"{where}/confirmations").json()["stale"] is False


def test_half_days_come_and_go(here: World, settings: Settings) -> None:
    """Where nobody comes a half-day is taken away; a new one has the seats of the others."""
    body = {"seats": 2, "sessionSeats": 1, "halfDays": ["mon_am", "fri_pm"]}
    changed = put(here, settings, body)
    assert changed.json()["halfDays"] == ["mon_am", "fri_pm"]
    found = look(here, lambda unit: half_days_of(unit, here.openings["O2"]))
    assert found == [(0, 1, 0), (9, 1, 0)]
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    assert row.sessions == int(opening_of(row).sessions) == 1 | 1 << 9
    again = put(here, settings, {"seats": 2, "sessionSeats": 1}, version=2)
    assert again.json()["halfDays"] == ["mon_am", "fri_pm"]


def test_a_half_day_on_which_somebody_comes_stays(here: World, settings: Settings) -> None:
    """It is refused, and nothing was changed."""
    with here.store.writing() as unit:
        seats.hold(unit, here.openings["O2"], 1)
    with here.store.reading() as unit:
        before = half_days_of(unit, here.openings["O2"])
    refused = put(here, settings, {"seats": 9, "halfDays": ["tue_pm"]})
    assert (refused.status_code, code(refused)) == (409, "below-taken")
    with here.store.reading() as unit:
        assert half_days_of(unit, here.openings["O2"]) == before


def half_days_of(unit: Session, opening: UUID) -> list[tuple[int, int, int]]:
    """Half-days of an opening: which, how many seats, how many taken."""
    found = select(HalfDayRow.session, HalfDayRow.seats, HalfDayRow.taken)
    rows = unit.execute(found.where(HalfDayRow.opening_id == opening))
    return sorted(map(tuple, rows.all()))


def test_a_paused_opening_takes_nobody(here: World, settings: Settings) -> None:
    """Neither a proposal nor an offer of one that was proposed before."""
    supervisor = desk(here, settings, "north_supervisor")
    made = supervisor.proposed("P1", "O2")
    assert put(here, settings, {"seats": 2, "status": "paused"}).status_code == 200
    assert code(supervisor.step(made, "offers")) == "opening-paused"
    other = desk(here, settings, "north_other")
    assert code(other.propose("P2", "O2")) == "opening-paused"


@pytest.mark.parametrize("body", [{"seats": 0}, {"seats": 2, "sessionSeats": 0}])
def test_never_below_what_is_taken(
    here: World, settings: Settings, body: dict[str, object]
) -> None:
    """Somebody has been offered one of two seats: nothing is changed."""
    desk(here, settings, "north_supervisor").offered("P1", "O2")
    assert code(put(here, settings, body)) == "below-taken"
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    assert (row.seats, row.session_seats, row.version, row.confirmed_at) == (2, 2, 1, None)
    assert put(here, settings, {"seats": 1}).status_code == 200


def test_two_edit_at_once(here: World, settings: Settings) -> None:
    """The second one has to look again; without a version nobody changes anything."""
    assert put(here, settings, {"seats": 3}).status_code == 200
    assert code(put(here, settings, {"seats": 5})) == "precondition-failed"
    where = f"{V1}/openings/{here.openings['O2']}/capacity"
    manager = here.client(settings, "cafe_manager")
    assert code(manager.put(where, json={"seats": 5})) == "precondition-required"


def test_others_openings(here: World, settings: Settings) -> None:
    """A manager sees the own provider's alone; supervisors read and do not write."""
    where = f"{V1}/openings/{here.openings['O2']}"
    garden = here.client(settings, "garden_manager")
    assert code(garden.get(f"{where}/capacity")) == "not-found"
    assert code(garden.post(f"{where}/confirmations")) == "not-found"
    assert code(garden.post(f"{where}/capacity-links")) == "not-found"
    change = garden.put(f"{where}/capacity", json={"seats": 9}, headers={"If-Match": '"1"'})
    assert code(change) == "not-found"
    for user in ("north_supervisor", "north_coordinator", "analyst"):
        client = here.client(settings, user)
        assert client.get(f"{where}/capacity").status_code == 200
        assert code(client.post(f"{where}/confirmations")) == "not-allowed"
    assert code(here.client(settings, "admin").get(f"{where}/capacity")) == "not-allowed"


def token(world: World, settings: Settings) -> str:
    """A link of the Café's manager for O2."""
    where = f"{V1}/openings/{world.openings['O2']}/capacity-links"
    answer = world.client(settings, "cafe_manager").post(where)
    assert answer.status_code == 201
    return str(answer.json()["token"])


def use(world: World, settings: Settings, text: str, **body: object) -> Response:
    """Somebody who has not logged in uses a link."""
    headers = {"Capacity-Link": text}
    where = f"{V1}/capacity-links/confirmations"
    return world.client(settings, None).post(where, json=body, headers=headers)


def test_a_link_confirms_once(here: World, settings: Settings, clock: Clock) -> None:
    """Looking does not use it up; confirming does, and changing after it is refused."""
    text = token(here, settings)
    nobody = here.client(settings, None)
    for _ in range(2):
        seen = nobody.get(f"{V1}/capacity-links/capacity", headers={"Capacity-Link": text})
        assert seen.json()["free"] == 2
    assert use(here, settings, text).json()["confirmedAt"] is not None
    assert code(use(here, settings, text, free=9)) == "link-used-up"
    seen = nobody.get(f"{V1}/capacity-links/capacity", headers={"Capacity-Link": text})
    assert code(seen) == "link-used-up"
    read = here.client(settings, "cafe_manager").get(
        f"{V1}/openings/{here.openings['O2']}/capacity"
    )
    assert (read.json()["confirmedThrough"], read.json()["confirmedBy"]) == ("link", None)
    kept = look(here, lambda unit: unit.scalars(select(UsedLink)).one())
    assert text not in kept.hash
    clock.forward(days=8)
    assert code(use(here, settings, text)) == "link-used-up"


def test_a_link_changes_free_seats(here: World, settings: Settings) -> None:
    """One is taken, three are free: four seats. It can do nothing else."""
    desk(here, settings, "north_supervisor").offered("P1", "O2")
    assert use(here, settings, token(here, settings), free=3).json()["seats"] == 4
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    assert (row.seats, row.session_seats, row.taken, row.version) == (4, 4, 1, 2)
    assert code(use(here, settings, token(here, settings), seats=9)) == "not-valid"
    assert use(here, settings, token(here, settings), free=0).json()["seats"] == 1
    assert code(use(here, settings, token(here, settings), free=100_000)) == "not-valid"


def test_a_link_ends_with_whoever_made_it(here: World, settings: Settings) -> None:
    """A manager who left: the link does not hold any more, and nothing is changed."""
    text = token(here, settings)
    with here.store.writing() as unit:
        unit.get_one(User, here.users["cafe_manager"]).active = False
    assert code(use(here, settings, text, free=9)) == "link-used-up"
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    assert (row.seats, row.confirmed_at) == (2, None)


def test_links_that_were_not_made_here(here: World, settings: Settings, clock: Clock) -> None:
    """Tampered with anywhere, of another service, or old: refused, and nothing is changed."""
    text = token(here, settings)
    for at in range(0, len(text), 7):
        other = "A" if text[at] != "A" else "B"
        assert code(use(here, settings, text[:at] + other + text[at + 1 :])) == "not-found"
    for wrong in ("", "x", "å", text[:-1], text + "=", f"{text}A"):
        with_header = {"Capacity-Link": wrong.encode()}
        answer = here.client(settings, None).post(
            f"{V1}/capacity-links/confirmations", json={}, headers=with_header
        )
        assert code(answer) == "not-found"
    elsewhere = settings.model_copy(update={"secret": type(settings.secret)("t" * 40)})
    assert code(use(here, elsewhere, text)) == "not-found"
    clock.forward(days=7)
    assert code(use(here, settings, text)) == "link-used-up"
    row = look(here, lambda unit: unit.get_one(OpeningRow, here.openings["O2"]))
    assert row.confirmed_at is None
