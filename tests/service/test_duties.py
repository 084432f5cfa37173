"""What waits for a supervisor: by pure rules of days, and over the wire."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain import State
from api.domain.duties import Duty, Situation, day_of, duty_of
from api.settings import Settings
from tests.service.lives import V1, Clock, Desk, accepted, at_noon, desk
from tests.service.world import World

DAY = date(2026, 12, 1)
DAYS = st.none() | st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
SITUATIONS = st.builds(
    Situation,
    state=st.sampled_from(State),
    starts_on=DAYS,
    ends_on=DAYS,
    waits_until=DAYS,
    offered_until=DAYS,
)


def in_days(days: int) -> date:
    """A day, seen from the day of the tests."""
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("found", "duty"),
    [
        (Situation(state=State.PROPOSED), Duty.OFFER),
        (Situation(state=State.PROPOSED, waits_until=in_days(0)), Duty.OFFER),
        (Situation(state=State.PROPOSED, waits_until=in_days(1)), None),
        (Situation(state=State.OFFERED, offered_until=in_days(3)), Duty.EXPIRES),
        (Situation(state=State.OFFERED, offered_until=in_days(4)), Duty.ANSWER),
        (Situation(state=State.ACCEPTED), Duty.START),
        (Situation(state=State.ACCEPTED, starts_on=in_days(0)), Duty.START),
        (Situation(state=State.ACCEPTED, starts_on=in_days(1)), Duty.STARTS),
        (Situation(state=State.ACCEPTED, starts_on=in_days(7)), Duty.STARTS),
        (Situation(state=State.ACCEPTED, starts_on=in_days(8)), None),
        (Situation(state=State.STARTED), None),
        (Situation(state=State.STARTED, ends_on=in_days(14)), Duty.ENDS),
        (Situation(state=State.STARTED, ends_on=in_days(15)), None),
        (Situation(state=State.ENDED, ends_on=in_days(0)), None),
    ],
)
def test_what_a_placement_asks_for(found: Situation, duty: Duty | None) -> None:
    """Each state has its days."""
    assert duty_of(found, DAY) is duty


@given(SITUATIONS, st.integers(0, 60))
def test_waiting_makes_nothing_less_urgent(found: Situation, later: int) -> None:
    """What asks for something today asks for something as urgent on every later day."""
    order = list(Duty)
    today, then = duty_of(found, DAY), duty_of(found, in_days(later))
    if today is not None:
        assert then is not None
        assert order.index(then) <= order.index(today)
        assert day_of(today, found) in {None, found.offered_until, found.starts_on, found.ends_on}


@given(SITUATIONS)
def test_what_is_over_asks_for_nothing(found: Situation) -> None:
    """Only what is proposed or holds a seat waits for somebody."""
    over = {State.ENDED, State.DECLINED, State.WITHDRAWN, State.EXPIRED}
    assert found.state not in over or duty_of(found, DAY) is None


@pytest.fixture
def set_world(world: World) -> tuple[World, Clock]:
    """The world on the first of December, and its clock."""
    return at_noon(world)


@pytest.fixture
def supervisor(set_world: tuple[World, Clock], settings: Settings) -> Desk:
    """The first supervisor of North, whom P1 is shared with."""
    return desk(set_world[0], settings, "north_supervisor")


def told(one: Desk, **params: int) -> dict[str, list[dict[str, object]]]:
    """What waits for somebody, by duty."""
    answer = one.client.get(f"{V1}/duties", params=params)
    assert answer.status_code == 200, answer.text
    return {group["duty"]: group["items"] for group in answer.json()["groups"]}


def test_who_has_no_place_waits_for_one(supervisor: Desk) -> None:
    """P1 is shared and has nothing; others are not told of."""
    assert told(supervisor) == {
        "propose": [
            {
                "participantId": str(supervisor.world.participants["P1"]),
                "participant": "P1",
                "proposalId": None,
                "opening": None,
                "provider": None,
                "day": None,
                "awaited": [],
            }
        ]
    }


def test_a_life_leads_from_duty_to_duty(
    set_world: tuple[World, Clock], supervisor: Desk, settings: Settings
) -> None:
    """Proposed, offered, answered by one, soon to end: each is told, with whose yes it lacks."""
    world, clock = set_world
    made = supervisor.proposed()
    assert told(supervisor)["offer"][0]["proposalId"] == made
    assert supervisor.step(made, "offers").status_code == 200
    (waiting,) = told(supervisor)["answer"]
    assert waiting["awaited"] == ["participant", "provider"]
    assert waiting["day"] == "2026-12-15"
    assert supervisor.step(made, "acceptances").status_code == 200
    clock.forward(days=12)
    (ending,) = told(supervisor)["expires"]
    assert ending["awaited"] == ["provider"]
    manager = world.client(settings, "cafe_manager")
    assert manager.post(f"{V1}/offers/{made}/acceptances").status_code == 200
    assert [one["proposalId"] for one in told(supervisor)["start"]] == [made]


def test_others_are_told_of_their_own(
    set_world: tuple[World, Clock], supervisor: Desk, settings: Settings
) -> None:
    """A placement of P1 waits for both who share P1, and for nobody of South."""
    world, _ = set_world
    made = supervisor.offered()
    both = told(desk(world, settings, "north_other"))
    assert [one["proposalId"] for one in both["answer"]] == [made]
    assert [one["participant"] for one in both["propose"]] == ["P2"]
    assert set(told(desk(world, settings, "south_supervisor"))) == {"propose"}


def test_few_are_told_and_all_are_counted(
    set_world: tuple[World, Clock], settings: Settings
) -> None:
    """``limit`` is of each duty; how many there are is told all the same."""
    other = desk(set_world[0], settings, "north_other")
    answer = other.client.get(f"{V1}/duties", params={"limit": 1}).json()
    (group,) = answer["groups"]
    assert (answer["on"], group["total"]) == ("2026-12-01", 2)
    assert [one["participant"] for one in group["items"]] == ["P1"]


def test_the_list_can_be_narrowed(
    set_world: tuple[World, Clock], supervisor: Desk, settings: Settings
) -> None:
    """Without a place, under way, closed: everybody is in one of them; states are told."""
    world, _ = set_world
    other = desk(world, settings, "north_other")

    def codes(stage: str) -> dict[str, str | None]:
        answer = other.client.get(f"{V1}/participants", params={"stage": stage})
        return {one["code"]: one["state"] for one in answer.json()["items"]}

    assert (codes("noPlace"), codes("underWay")) == ({"P1": None, "P2": None}, {})
    accepted(world, settings)
    supervisor.proposed("P1", "O3")
    assert (codes("noPlace"), codes("underWay")) == ({"P2": None}, {"P1": "accepted"})
    path = f"{V1}/participants/{UUID(str(world.participants['P2']))}"
    found = other.client.get(path)
    closed = found.json()["profile"] | {"closed": True}
    put = other.client.put(path, json=closed, headers={"If-Match": found.headers["etag"]})
    assert put.status_code == 200, put.text
    assert (codes("closed"), codes("noPlace")) == ({"P2": None}, {})
    assert "propose" not in told(other)
