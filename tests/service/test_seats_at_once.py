"""Many at once: whatever arrives, no seat is held twice, and nobody stands still."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from api.domain import DeclinedBy, DeclineReason, Ending, Principal, Refusal, Role
from api.store import (
    Session,
    Store,
    audit,
    capacity,
    make_engine,
    offers,
    placements,
    profiles,
    proposals,
    seats,
)
from api.store.steps import Said
from api.store.tables import HalfDayRow, OpeningRow, PlacementRow, PlacementStep
from matcher.domain import OpeningStatus
from tests.builders import participant
from tests.service.world import World

AT_ONCE = 200
WORKERS, STEPS = 24, 1500
TERMS = placements.Terms(days=14)


@contextmanager
def wide(store: Store, connections: int) -> Iterator[Store]:
    """The same database with as many connections as there are workers."""
    url = store.engine.url.render_as_string(hide_password=False)
    engine = make_engine(url, pool_size=connections, max_overflow=0, pool_timeout=300)
    yield replace(store, engine=engine)
    engine.dispose()


def supervisor(world: World) -> Principal:
    """The first supervisor of North."""
    return Principal(
        user_id=world.users["north_supervisor"],
        role=Role.SUPERVISOR,
        organisation_id=world.organisations["north"],
    )


def manager(world: World) -> Principal:
    """The manager of the Garden."""
    return Principal(
        user_id=world.users["garden_manager"],
        role=Role.PROVIDER_MANAGER,
        provider_id=world.providers["B"],
    )


def crowd(world: World, number: int, opening: str = "O3") -> list[UUID]:
    """So many people of North, each proposed the same opening."""
    who, made = supervisor(world), []
    with world.store.writing() as unit:
        for at in range(number):
            person = profiles.create(
                unit, world.organisations["north"], participant(f"Q{at}"), [who.user_id]
            )
            draft = proposals.Draft(
                participant_id=person.id,
                opening_id=world.openings[opening],
                sessions=0b11 << at % 9,
                hours_per_week=8,
            )
            made.append(proposals.propose(unit, who, draft).id)
    return made


def outcome(store: Store, what: Callable[[Session], object]) -> str:
    """Done, or why it was refused; anything else fails the test."""
    try:
        with store.writing() as unit:
            what(unit)
    except Refusal as refusal:
        return str(refusal.code)
    return "done"


@pytest.mark.slow
def test_two_hundred_offers_for_three_seats(world: World) -> None:
    """Three get a seat, 197 are told that it is full; each offer that was made is in the audit."""
    made, who, gate = crowd(world, AT_ONCE), supervisor(world), Barrier(AT_ONCE)
    with wide(world.store, 60) as store, ThreadPoolExecutor(AT_ONCE) as pool:

        def offer(placement: UUID) -> str:
            gate.wait()
            return outcome(store, lambda unit: placements.offer(unit, who, placement, TERMS))

        said = Counter(pool.map(offer, made))
    assert said == {"done": 3, "opening-full": AT_ONCE - 3}
    with world.store.reading() as unit:
        assert seats.miscounted(unit) == []
        held = select(func.count()).where(PlacementRow.state == "offered")
        assert unit.scalar(held) == 3
        assert unit.get_one(OpeningRow, world.openings["O3"]).taken == 3
        steps = select(func.count()).where(PlacementStep.step == "offer")
        assert unit.scalar(steps) == 3
        assert audit.verify(unit)[2] == ()


@pytest.mark.slow
def test_one_person_is_offered_one_place(world: World) -> None:
    """One participant, offered three openings by many at once: the index lets one through."""
    who, made = supervisor(world), []
    with world.store.writing() as unit:
        for opening in ("O1", "O2", "O3"):
            draft = proposals.Draft(
                participant_id=world.participants["P1"],
                opening_id=world.openings[opening],
                sessions=0b11,
                hours_per_week=8,
            )
            made.append(proposals.propose(unit, who, draft).id)
    gate = Barrier(12)
    with wide(world.store, 12) as store, ThreadPoolExecutor(12) as pool:

        def offer(placement: UUID) -> str:
            gate.wait()
            return outcome(store, lambda unit: placements.offer(unit, who, placement, TERMS))

        said = Counter(pool.map(offer, made * 4))
    assert said["done"] == 1
    assert set(said) <= {"done", "already-placed", "wrong-state"}
    with world.store.reading() as unit:
        assert seats.miscounted(unit) == []
        assert sum(unit.scalars(select(OpeningRow.taken))) == 1


@pytest.mark.slow
def test_a_storm(world: World) -> None:
    """Everything at once by everybody: counters agree, nobody deadlocks, the chain holds."""
    made = crowd(world, 40) + crowd_of_others(world)
    with wide(world.store, WORKERS) as store, ThreadPoolExecutor(WORKERS) as pool:
        said = Counter(pool.map(lambda at: one_step(world, store, made, at), range(STEPS)))
    assert said["done"] > STEPS // 8
    with world.store.reading() as unit:
        assert seats.miscounted(unit) == []
        for table in (OpeningRow, HalfDayRow):
            over = select(func.count()).select_from(table).where(table.taken > table.seats)
            assert unit.scalar(over) == 0
        assert audit.verify(unit)[2] == ()


def crowd_of_others(world: World) -> list[UUID]:
    """P1 proposed every opening."""
    who = supervisor(world)
    with world.store.writing() as unit:
        return [
            proposals.propose(
                unit,
                who,
                proposals.Draft(
                    participant_id=world.participants["P1"],
                    opening_id=opening,
                    sessions=0b11,
                    hours_per_week=8,
                ),
            ).id
            for opening in world.openings.values()
        ]


def one_step(world: World, store: Store, made: list[UUID], at: int) -> str:
    """One step, drawn by its number: the same storm each time, in another order."""
    draw = random.Random(at)  # noqa: S311 -- no secret
    placement, who, other = draw.choice(made), supervisor(world), manager(world)
    today, fresh = store.clock().date(), list[UUID]()

    def hours(unit: Session) -> object:
        version = unit.get_one(PlacementRow, placement).version
        wanted = placements.Hours(on=today, hours_per_week=9, sessions=draw.randrange(1, 1 << 10))
        return placements.change_hours(unit, who, placement, version, wanted)

    def again(unit: Session) -> object:
        over = unit.get_one(PlacementRow, placement)
        draft = proposals.Draft(
            participant_id=over.participant_id or placement,
            opening_id=over.opening_id,
            sessions=0b11,
            hours_per_week=8,
        )
        fresh.append(proposals.propose(unit, who, draft).id)
        return fresh

    def change(unit: Session) -> object:
        opening = world.openings["O3"]
        version = unit.get_one(OpeningRow, opening).version
        wanted = capacity.Wanted(
            seats=draw.randrange(3, 9), session_seats=None, status=OpeningStatus.OPEN
        )
        return capacity.change(unit, other, opening, version, wanted)

    steps: tuple[Callable[[Session], object], ...] = (
        lambda unit: placements.offer(unit, who, placement, TERMS),
        lambda unit: placements.offer(unit, who, placement, TERMS),
        lambda unit: offers.accept(unit, other, placement),
        lambda unit: placements.accept(unit, who, placement),
        lambda unit: placements.start(unit, who, placement, beginning(today)),
        lambda unit: placements.end(
            unit, who, placement, placements.Ended(on=today, ending=Ending.WORK)
        ),
        lambda unit: placements.withdraw(unit, who, placement, Said()),
        lambda unit: placements.decline(
            unit, who, placement, Said(by=DeclinedBy.PARTICIPANT, reason="too_far")
        ),
        lambda unit: offers.decline(unit, other, placement, DeclineReason.PLACE_FULL),
        offers.expire_due,
        again,
        again,
        hours,
        hours,
        change,
    )
    said = outcome(store, draw.choice(steps))
    made += fresh if said == "done" else []
    return said


def beginning(today: date) -> placements.Beginning:
    """A first day, whatever goes on."""
    return placements.Beginning(on=today, ends_earlier=True)
