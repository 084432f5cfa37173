"""Any steps in any order, beside a model in plain Python: both say the same, always."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update

from api.domain import DeclinedBy, DeclineReason, Ending, Principal, Refusal, Role
from api.store import Session, capacity, offers, placements, proposals, seats
from api.store.steps import Said
from api.store.tables import (
    HalfDayRow,
    OpeningRow,
    PlacementRow,
    PlacementStep,
    UnmetDemandRow,
)
from matcher.domain import OpeningStatus
from tests.service.lives import NOW, Clock, at_noon
from tests.service.world import World

DAYS = 14
WHOSE = {"P1": "north_supervisor", "P2": "north_other", "P3": "south_supervisor"}
MANAGER = {"O1": ("cafe_manager", "A"), "O2": ("cafe_manager", "A"), "O3": ("garden_manager", "B")}
SESSIONS = st.sampled_from([0b1, 0b11, 0b10, 0b110, 0b1111111111])
NUMBER = st.integers(min_value=0, max_value=999)
HOLDS = {"offered", "accepted", "started"}
COMING = {"offered", "accepted"}
LACKS = {"too_far", "place_full", "needs_not_met"}


@dataclass
class Thing:
    """A placement of the model."""

    id: UUID
    person: str
    opening: str
    sessions: int
    state: str = "proposed"
    yeses: set[str] = field(default_factory=set)
    until: datetime | None = None


@dataclass
class Place:
    """An opening of the model."""

    seats: int
    session_seats: int
    status: str = "open"


class Life(RuleBasedStateMachine):
    """Every step by everybody, on the real store."""

    def __init__(self, world: World, clock: Clock) -> None:
        """Begin with three openings and nobody placed."""
        super().__init__()
        self.world, self.clock = world, clock
        clock.at = NOW
        self.things: list[Thing] = []
        self.places = {"O1": Place(1, 1), "O2": Place(2, 2), "O3": Place(3, 3)}
        self.lacking = 0
        with world.store.writing() as unit:
            _empty(unit, world, self.places)

    @rule(
        person=st.sampled_from(sorted(WHOSE)),
        at=st.sampled_from(["O1", "O2", "O3"]),
        held=SESSIONS,
    )
    def propose(self, person: str, at: str, held: int) -> None:
        """A supervisor proposes."""
        there = any(
            thing.person == person and thing.opening == at and thing.state in HOLDS | {"proposed"}
            for thing in self.things
        )
        expected = "already-there" if there else None
        if self.places[at].status == "paused":
            expected = "opening-paused"
        draft = proposals.Draft(
            participant_id=self.world.participants[person],
            opening_id=self.world.openings[at],
            sessions=held,
            hours_per_week=8,
        )
        made: list[UUID] = []
        self.does(
            expected,
            lambda unit: made.append(proposals.propose(unit, self.who(person), draft).id),
        )
        self.things += [Thing(number, person, at, held) for number in made]

    @precondition(lambda self: self.things)
    @rule(number=NUMBER)
    def offer(self, number: int) -> None:
        """A supervisor offers."""
        thing = self.pick(number)
        place = self.places[thing.opening]
        expected = self.full(place, thing.opening, 0, thing.sessions)
        if len(self.holding(thing.opening)) >= place.seats:
            expected = "opening-full"
        if place.status == "paused":
            expected = "opening-paused"
        if any(one.person == thing.person and one.state in COMING for one in self.things):
            expected = "already-placed"
        if thing.state != "proposed":
            expected = "wrong-state"
        terms = placements.Terms(days=DAYS)
        if self.does(
            expected,
            lambda unit: placements.offer(unit, self.who(thing.person), thing.id, terms),
        ):
            thing.state, thing.until = "offered", self.clock.at + timedelta(days=DAYS)

    @precondition(lambda self: self.things)
    @rule(number=NUMBER, provider=st.booleans())
    def accept(self, number: int, *, provider: bool) -> None:
        """Either says yes."""
        thing = self.pick(number)
        wrong = thing.state != "offered" or not self.in_time(thing)
        if provider:
            done = self.does(
                "not-found" if wrong else None,
                lambda unit: offers.accept(unit, self.manager(thing.opening), thing.id),
            )
        else:
            done = self.does(
                "wrong-state" if wrong else None,
                lambda unit: placements.accept(unit, self.who(thing.person), thing.id),
            )
        if done:
            thing.yeses.add("provider" if provider else "participant")
            thing.state = "accepted" if len(thing.yeses) == 2 else "offered"

    @precondition(lambda self: self.things)
    @rule(number=NUMBER, reason=st.sampled_from(["too_far", "health", "place_full", "chemistry"]))
    def decline(self, number: int, reason: str) -> None:
        """The participant says no."""
        thing = self.pick(number)
        said = Said(by=DeclinedBy.PARTICIPANT, reason=reason)
        if self.does(
            None if thing.state in {"proposed", "offered"} else "wrong-state",
            lambda unit: placements.decline(unit, self.who(thing.person), thing.id, said),
        ):
            thing.state = "declined"
            self.lacking += reason in LACKS

    @precondition(lambda self: self.things)
    @rule(number=NUMBER, reason=st.sampled_from(["needs_not_met", "chemistry"]))
    def refuse(self, number: int, reason: str) -> None:
        """The provider says no."""
        thing = self.pick(number)
        wrong = thing.state != "offered" or not self.in_time(thing)
        why = DeclineReason(reason)
        if self.does(
            "not-found" if wrong else None,
            lambda unit: offers.decline(unit, self.manager(thing.opening), thing.id, why),
        ):
            thing.state = "declined"
            self.lacking += reason in LACKS

    @precondition(lambda self: self.things)
    @rule(number=NUMBER)
    def withdraw(self, number: int) -> None:
        """The supervisor takes it back."""
        thing = self.pick(number)
        if self.does(
            None if thing.state in COMING | {"proposed"} else "wrong-state",
            lambda unit: placements.withdraw(unit, self.who(thing.person), thing.id, Said()),
        ):
            thing.state = "withdrawn"

    @precondition(lambda self: self.things)
    @rule(number=NUMBER, ends_earlier=st.booleans())
    def start(self, number: int, *, ends_earlier: bool) -> None:
        """The first day is today."""
        thing = self.pick(number)
        earlier = [
            one for one in self.things if one.person == thing.person and one.state == "started"
        ]
        expected = "already-placed" if earlier and not ends_earlier else None
        if thing.state != "accepted":
            expected = "wrong-state"
        first = placements.Beginning(on=self.clock.at.date(), ends_earlier=ends_earlier)
        if self.does(
            expected, lambda unit: placements.start(unit, self.who(thing.person), thing.id, first)
        ):
            for one in earlier:
                one.state = "ended"
            thing.state = "started"

    @precondition(lambda self: self.things)
    @rule(number=NUMBER, held=SESSIONS)
    def change_hours(self, number: int, held: int) -> None:
        """Other half-days from today."""
        thing = self.pick(number)
        expected = self.full(self.places[thing.opening], thing.opening, thing.sessions, held)
        if thing.state != "started":
            expected = "wrong-state"
        hours = placements.Hours(on=self.clock.at.date(), hours_per_week=9, sessions=held)

        def change(unit: Session) -> object:
            version = unit.get_one(PlacementRow, thing.id).version
            who = self.who(thing.person)
            return placements.change_hours(unit, who, thing.id, version, hours)

        if self.does(expected, change):
            thing.sessions = held

    @precondition(lambda self: self.things)
    @rule(number=NUMBER)
    def end(self, number: int) -> None:
        """Today was the last day."""
        thing = self.pick(number)
        ended = placements.Ended(on=self.clock.at.date(), ending=Ending.WORK)
        if self.does(
            None if thing.state == "started" else "wrong-state",
            lambda unit: placements.end(unit, self.who(thing.person), thing.id, ended),
        ):
            thing.state = "ended"

    @rule(days=st.integers(min_value=0, max_value=15))
    def let_time_pass(self, days: int) -> None:
        """And the clock comes round, sometimes."""
        self.clock.forward(days=days)

    @rule()
    def expire(self) -> None:
        """What nobody answered in time expires."""
        due = [t for t in self.things if t.state == "offered" and not self.in_time(t)]
        with self.world.store.writing() as unit:
            assert offers.expire_due(unit) == len(due)
        for thing in due:
            thing.state = "expired"
        self.lacking += len(due)

    @rule(
        at=st.sampled_from(["O1", "O2", "O3"]),
        seats=st.integers(min_value=0, max_value=4),
        session_seats=st.integers(min_value=0, max_value=3),
        paused=st.booleans(),
    )
    def change_capacity(self, at: str, seats: int, session_seats: int, *, paused: bool) -> None:
        """A manager changes how many an opening takes."""
        on = self.on(at)
        below = len(self.holding(at)) > seats or max(on.values(), default=0) > session_seats
        status = OpeningStatus.PAUSED if paused else OpeningStatus.OPEN
        wanted = capacity.Wanted(seats=seats, session_seats=session_seats, status=status)

        def change(unit: Session) -> object:
            version = unit.get_one(OpeningRow, self.world.openings[at]).version
            opening = self.world.openings[at]
            return capacity.change(unit, self.manager(at), opening, version, wanted)

        if self.does("below-taken" if below else None, change):
            self.places[at] = Place(seats, session_seats, str(status))

    @invariant()
    def the_database_says_the_same(self) -> None:
        """States, counters of seats and half-days, and how much was lacking."""
        with self.world.store.reading() as unit:
            assert seats.miscounted(unit) == []
            states = dict(unit.execute(select(PlacementRow.id, PlacementRow.state)).all())
            assert states == {thing.id: thing.state for thing in self.things}
            for at, place in self.places.items():
                row = unit.get_one(OpeningRow, self.world.openings[at])
                assert (row.seats, row.taken) == (place.seats, len(self.holding(at)))
            assert len(unit.scalars(select(UnmetDemandRow.id)).all()) == self.lacking

    def does(self, expected: str | None, what: Callable[[Session], object]) -> bool:
        """Whether it is done, as the model expected; a refusal changes nothing."""
        refused = None
        try:
            with self.world.store.writing() as unit:
                what(unit)
        except Refusal as refusal:
            refused = str(refusal.code)
        assert refused == expected
        return refused is None

    def pick(self, number: int) -> Thing:
        """One of the placements."""
        return self.things[number % len(self.things)]

    def holding(self, at: str) -> list[Thing]:
        """Those that hold a seat of an opening."""
        return [one for one in self.things if one.opening == at and one.state in HOLDS]

    def on(self, at: str) -> dict[int, int]:
        """How many come on each half-day."""
        held = [day for one in self.holding(at) for day in seats.half_days(one.sessions)]
        return {day: held.count(day) for day in held}

    def full(self, place: Place, at: str, before: int, after: int) -> str | None:
        """Whether one of the new half-days has no room."""
        on = self.on(at)
        new = seats.half_days(after & ~before)
        return (
            "half-day-full" if any(on.get(day, 0) >= place.session_seats for day in new) else None
        )

    def in_time(self, thing: Thing) -> bool:
        """Whether an offer still holds."""
        return thing.until is not None and thing.until > self.clock.at

    def who(self, person: str) -> Principal:
        """The supervisor of somebody."""
        user = WHOSE[person]
        return Principal(
            user_id=self.world.users[user],
            role=Role.SUPERVISOR,
            organisation_id=self.world.organisations[user.partition("_")[0]],
        )

    def manager(self, at: str) -> Principal:
        """The manager of an opening's provider."""
        user, provider = MANAGER[at]
        return Principal(
            user_id=self.world.users[user],
            role=Role.PROVIDER_MANAGER,
            provider_id=self.world.providers[provider],
        )


def _empty(unit: Session, world: World, places: dict[str, Place]) -> None:
    """Nobody is placed, and every opening is as it was."""
    for table in (PlacementStep, PlacementRow, UnmetDemandRow):
        unit.execute(delete(table))
    for at, place in places.items():
        opening = world.openings[at]
        values = {"seats": place.seats, "taken": 0}
        unit.execute(
            update(OpeningRow)
            .where(OpeningRow.id == opening)
            .values(**values, session_seats=place.session_seats, status="open")
        )
        unit.execute(update(HalfDayRow).where(HalfDayRow.opening_id == opening).values(**values))


@pytest.mark.slow
def test_any_life(world: World) -> None:
    """Steps by everybody in any order, some years of them."""
    here, clock = at_noon(world)
    run_state_machine_as_test(
        lambda: Life(here, clock),
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
