"""A placement's life by the API, on both databases: every step, and everything that is refused."""

from typing import get_args

import pytest
from sqlalchemy import select

from api.schemas.placements import HalfDay
from api.settings import Settings
from api.store import audit, demand, offers
from api.store.tables import AuditEntry, OpeningRow, PlacementStep, Reader, UnmetDemandRow
from matcher.domain import SESSIONS
from tests.service.lives import (
    NOW,
    TODAY,
    V1,
    Clock,
    Desk,
    accepted,
    at_noon,
    code,
    desk,
    look,
    started,
    state,
    taken,
)
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


@pytest.fixture
def supervisor(here: World, settings: Settings) -> Desk:
    """The first supervisor of North, whom P1 is shared with."""
    return desk(here, settings, "north_supervisor")


def test_a_whole_life(here: World, supervisor: Desk, settings: Settings, clock: Clock) -> None:
    """Proposed, offered, two yeses, started, more hours, ended: each step is kept and audited."""
    made = started(here, settings)
    clock.forward(days=30)
    read = supervisor.client.get(f"{V1}/proposals/{made}")
    hours = supervisor.step(
        made,
        "hours",
        version=read.json()["version"],
        on="2026-12-28",
        hoursPerWeek=12,
        sessions=["tue_am", "wed_am", "thu_am"],
        note="Orkar mer",
    )
    assert hours.json()["sessions"] == ["tue_am", "wed_am", "thu_am"]
    assert taken(here, "O1") == 1
    end = {"on": "2026-12-31", "ending": "work", "hoursPerWeek": 20}
    ended = supervisor.step(made, "endings", **end).json()
    assert (ended["state"], ended["ending"], ended["endedHours"]) == ("ended", "work", 20)
    assert taken(here, "O1") == 0
    kept = [(step["step"], step["role"], step["on"]) for step in ended["steps"]]
    assert sorted(kept, key=repr) == [
        ("accept", "provider_manager", None),
        ("accept", "supervisor", None),
        ("change-hours", "supervisor", "2026-12-28"),
        ("end", "supervisor", "2026-12-31"),
        ("offer", "supervisor", None),
        ("propose", "supervisor", None),
        ("start", "supervisor", "2026-12-01"),
    ]
    actions = look(here, lambda unit: unit.scalars(select(AuditEntry.action)).all())
    for step, _, _ in kept:
        assert f"placement.{step}" in actions
    with here.store.reading() as unit:
        assert audit.verify(unit)[2] == ()


def test_yes_in_either_order(here: World, supervisor: Desk, settings: Settings) -> None:
    """The provider first; a yes said twice changes nothing."""
    made = supervisor.offered()
    manager = here.client(settings, "cafe_manager")
    for _ in range(2):
        answer = manager.post(f"{V1}/offers/{made}/acceptances")
        assert answer.json() == {"id": made, "state": "offered"}
    assert supervisor.step(made, "acceptances").json()["state"] == "accepted"
    yeses = select(PlacementStep.by).where(PlacementStep.step == "accept")
    assert sorted(look(here, lambda unit: unit.scalars(yeses).all())) == [
        "participant",
        "provider",
    ]


def test_a_seat_is_taken_by_the_offer(here: World, supervisor: Desk, settings: Settings) -> None:
    """O1 has one seat: a proposal holds nothing, an offer does, and the next one is refused."""
    other = desk(here, settings, "north_other")
    first, second = supervisor.proposed("P1"), other.proposed("P2")
    assert taken(here, "O1") == 0
    assert supervisor.step(first, "offers").status_code == 200
    assert (taken(here, "O1"), code(other.step(second, "offers"))) == (1, "opening-full")
    assert state(here, second) == "proposed"
    assert supervisor.step(first, "withdrawals").json()["state"] == "withdrawn"
    assert other.step(second, "offers").status_code == 200


def test_half_days_are_held_too(here: World, settings: Settings, supervisor: Desk) -> None:
    """O2 has two seats, and one on each half-day: two people cannot share a Monday morning."""
    manager = here.client(settings, "cafe_manager")
    where = f"{V1}/openings/{here.openings['O2']}/capacity"
    body = {"seats": 2, "sessionSeats": 1}
    assert manager.put(where, json=body, headers={"If-Match": '"1"'}).status_code == 200
    supervisor.offered("P1", "O2")
    other = desk(here, settings, "north_other")
    second = other.proposed("P2", "O2", sessions=["tue_am", "wed_am"])
    assert code(other.step(second, "offers")) == "half-day-full"
    assert taken(here, "O2") == 1
    third = desk(here, settings, "south_supervisor").proposed("P3", "O2", sessions=["wed_am"])
    assert desk(here, settings, "south_supervisor").step(third, "offers").status_code == 200


def test_one_coming_and_one_started(here: World, supervisor: Desk, settings: Settings) -> None:
    """A second offer is refused by the database; a second start too, unless the first ends."""
    made = started(here, settings, "O1")
    coming = accepted(here, settings, "O2")
    third = supervisor.proposed("P1", "O3")
    assert code(supervisor.step(third, "offers")) == "already-placed"
    assert taken(here, "O3") == 0
    assert code(supervisor.step(coming, "starts", on=TODAY)) == "already-placed"
    answer = supervisor.step(coming, "starts", on=TODAY, endsEarlier=True)
    assert answer.json()["state"] == "started"
    earlier = supervisor.client.get(f"{V1}/proposals/{made}").json()
    assert (earlier["state"], earlier["ending"], earlier["endsOn"]) == (
        "ended",
        "continued",
        TODAY,
    )
    assert (taken(here, "O1"), taken(here, "O2")) == (0, 1)


def test_offers_expire_by_the_clock(here: World, supervisor: Desk, clock: Clock) -> None:
    """After fourteen days nobody can say yes; the clock frees the seat, and a lack is kept."""
    made = supervisor.offered()
    clock.forward(days=13, hours=23)
    with here.store.writing() as unit:
        assert offers.expire_due(unit) == 0
    clock.forward(hours=1)
    assert code(supervisor.step(made, "acceptances")) == "wrong-state"
    with here.store.writing() as unit:
        assert offers.expire_due(unit) == 1
        assert offers.expire_due(unit) == 0
    assert (state(here, made), taken(here, "O1")) == ("expired", 0)
    lack = look(here, lambda unit: unit.scalars(select(UnmetDemandRow)).one())
    assert (lack.field, lack.municipality_code, lack.barriers) == (
        demand.field_of("9413"),
        "0180",
        [demand.EXPIRED],
    )


def test_declines_leave_what_was_lacking(here: World, supervisor: Desk) -> None:
    """Whatever is a lack of places is kept; whatever speaks of a person is not."""
    for reason in ("too_far", "not_my_wish", "health", "chemistry", "other_activity"):
        made = supervisor.offered()
        answer = supervisor.step(made, "declines", by="participant", reason=reason)
        assert answer.json()["state"] == "declined"
    assert taken(here, "O1") == 0
    kept = look(here, lambda unit: unit.scalars(select(UnmetDemandRow.barriers)).all())
    assert sorted(kept) == [["not_my_wish"], ["too_far"]]


def test_a_choice_against_the_first_suggestion_says_why(here: World, supervisor: Desk) -> None:
    """The second suggestion needs a reason; its note is sealed, and read again."""
    refused = supervisor.propose(recommended=2)
    assert code(refused) == "not-valid"
    assert refused.json()["errors"][0]["pointer"] == "/reason"
    made = supervisor.proposed(recommended=2, reason="hours", note="Kortare dagar")
    read = supervisor.client.get(f"{V1}/proposals/{made}").json()
    assert (read["steps"][0]["reason"], read["steps"][0]["note"]) == ("hours", "Kortare dagar")
    sealed = look(here, lambda unit: unit.scalars(select(PlacementStep.note)).one())
    assert sealed is not None
    assert b"Kortare" not in sealed


def test_a_start_waits_until_its_seat_is_free(
    here: World, supervisor: Desk, settings: Settings, clock: Clock
) -> None:
    """P1 holds O1's one seat to 31 January: P2's proposal waits until the day after."""
    first = supervisor.offered(startsOn="2026-12-01", endsOn="2027-01-31")
    other = desk(here, settings, "north_other")
    second = other.propose("P2").json()
    assert second["waitsUntil"] == "2027-02-01"
    assert code(other.step(second["id"], "offers")) == "not-yet-free"
    assert supervisor.step(first, "declines", by="participant", reason="hours").is_success
    clock.forward(days=62)
    assert other.step(second["id"], "offers").status_code == 200


def test_arrangements_need_consent(supervisor: Desk) -> None:
    """Nothing goes to the provider that the participant did not agree to."""
    made = supervisor.proposed()
    refused = supervisor.step(made, "offers", arrangements="Egen rast")
    assert code(refused) == "not-consented"
    answer = supervisor.step(made, "offers", arrangements="Egen rast", consented=True)
    assert answer.json()["arrangements"] == "Egen rast"
    assert answer.json()["consentedAt"] == NOW.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("user", ["north_other", "south_supervisor"])
def test_others_take_no_step(here: World, settings: Settings, user: str) -> None:
    """P2 is shared with the second supervisor of North alone: for all others it does not exist."""
    owner = desk(here, settings, "north_other")
    made = owner.proposed("P2", "O3")
    asking = desk(here, settings, user)
    if user == "north_other":  # and no more, once it is not shared
        with here.store.writing() as unit:
            shared = unit.get(Reader, (here.participants["P2"], here.users["north_other"]))
            unit.delete(shared)
    for noun, body in {
        "offers": {},
        "acceptances": {},
        "declines": {"by": "supervisor", "reason": "other"},
        "withdrawals": {},
        "starts": {"on": TODAY},
        "hours": {"on": TODAY, "hoursPerWeek": 9, "version": 1},
        "endings": {"on": TODAY, "ending": "work"},
    }.items():
        assert code(asking.step(made, noun, **body)) == "not-found"
    assert asking.client.get(f"{V1}/proposals/{made}").status_code == 404
    assert asking.client.get(f"{V1}/proposals").json()["total"] == 0
    assert code(asking.propose("P2", "O2")) == "not-found"


def test_steps_from_a_wrong_state(here: World, supervisor: Desk, settings: Settings) -> None:
    """What has not begun does not end, and what is over stays over."""
    made = supervisor.proposed()
    for noun, body in {
        "acceptances": {},
        "starts": {"on": TODAY},
        "endings": {"on": TODAY, "ending": "work"},
        "hours": {"on": TODAY, "hoursPerWeek": 9, "version": 1},
    }.items():
        assert code(supervisor.step(made, noun, **body)) == "wrong-state"
    assert supervisor.step(made, "declines", by="supervisor", reason="other").is_success
    assert code(supervisor.step(made, "offers")) == "wrong-state"
    assert code(supervisor.step(made, "withdrawals")) == "wrong-state"
    assert taken(here, "O1") == 0
    assert here.client(settings, "cafe_manager").get(f"{V1}/offers").json()["total"] == 0


def test_what_is_not_valid(here: World, supervisor: Desk, settings: Settings) -> None:
    """Days to come, days before the first, hours over an old version, the same place twice."""
    made = started(here, settings)
    assert code(supervisor.propose()) == "already-there"
    hours = {"on": TODAY, "hoursPerWeek": 9}
    assert code(supervisor.step(made, "hours", **hours)) == "precondition-required"
    assert code(supervisor.step(made, "hours", version=1, **hours)) == "precondition-failed"
    for on, fault in (("2026-12-02", "in_future"), ("2026-11-30", "before_start")):
        refused = supervisor.step(made, "endings", on=on, ending="work")
        assert refused.json()["errors"][0]["code"] == fault
    coming = accepted(here, settings, "O2")
    later = supervisor.step(coming, "starts", on="2026-12-02")
    assert later.json()["errors"][0]["code"] == "in_future"
    assert code(supervisor.propose("P1", "O3", sessions=[])) == "not-valid"
    assert code(supervisor.propose("P1", "O3", startsOn=TODAY, endsOn="2026-11-01")) == "not-valid"


def test_a_proposal_is_revised_before_it_is_offered(
    here: World, supervisor: Desk, settings: Settings
) -> None:
    """Other half-days, seen by the provider; not over somebody else's change, nor afterwards."""
    where = f"{V1}/proposals/{supervisor.proposed()}"
    body = {"sessions": ["fri_pm"], "hoursPerWeek": 4, "startsOn": "2026-12-04", "goesAlong": True}
    for tag, refused in (('"7"', "precondition-failed"), ('"99999999999"', "precondition-failed")):
        answer = supervisor.client.put(where, json=body, headers={"If-Match": tag})
        assert code(answer) == refused
    revised = supervisor.client.put(where, json=body, headers={"If-Match": '"1"'})
    assert (revised.json()["sessions"], revised.headers["ETag"]) == (["fri_pm"], '"2"')
    wrong = body | {"endsOn": "2026-12-01"}
    answer = supervisor.client.put(where, json=wrong, headers={"If-Match": '"2"'})
    assert answer.json()["errors"][0]["pointer"] == "/endsOn"
    supervisor.client.post(f"{where}/offers", json={"goesAlong": False})
    again = supervisor.client.put(where, json=body, headers={"If-Match": '"3"'})
    assert code(again) == "wrong-state"
    offer = here.client(settings, "cafe_manager").get(f"{V1}/offers").json()["items"][0]
    assert (offer["sessions"], offer["startsOn"]) == (["fri_pm"], "2026-12-04")
    assert supervisor.client.get(where).json()["goesAlong"] is False


def test_nobody_starts_before_the_opening_does(
    here: World, supervisor: Desk, settings: Settings, clock: Clock
) -> None:
    """O1 takes people from the third of December on."""
    with here.store.writing() as unit:
        row = unit.get_one(OpeningRow, here.openings["O1"])
        row.document = row.document | {"starts_from": "2026-12-03"}
    made = accepted(here, settings)
    assert code(supervisor.step(made, "starts", on=TODAY)) == "not-yet-free"
    clock.forward(days=2)
    assert supervisor.step(made, "starts", on="2026-12-03").json()["state"] == "started"


def test_half_days_have_the_names_of_the_engine() -> None:
    """The wire says what the tables say."""
    assert get_args(HalfDay) == SESSIONS


def test_lists_and_their_pages(here: World, settings: Settings, supervisor: Desk) -> None:
    """A supervisor sees whom is shared; a coordinator the organisation, without what is agreed."""
    supervisor.proposed("P1", "O1")
    supervisor.offered("P1", "O2")
    desk(here, settings, "north_other").proposed("P2", "O3")
    desk(here, settings, "south_supervisor").proposed("P3", "O3")
    assert supervisor.client.get(f"{V1}/proposals").json()["total"] == 2
    page = supervisor.client.get(f"{V1}/proposals?state=offered").json()
    assert [item["participant"] for item in page["items"]] == ["P1"]
    coordinator = here.client(settings, "north_coordinator")
    first = coordinator.get(f"{V1}/proposals?limit=2")
    assert (first.json()["total"], len(first.json()["items"])) == (3, 2)
    assert 'rel="next"' in first.headers["Link"]
    assert not {"arrangements", "steps"} & set(first.json()["items"][0])
    of_one = f"{V1}/participants/{here.participants['P3']}/proposals"
    assert coordinator.get(of_one).json()["total"] == 0


def test_nobody_offers_what_they_have_not_seen(here: World, supervisor: Desk) -> None:
    """Of a version that a colleague has changed meanwhile no step is taken, where one is sent."""
    made = supervisor.proposed()
    seen = supervisor.client.get(f"{V1}/proposals/{made}").headers["etag"]
    new = {"sessions": ["fri_pm"], "hoursPerWeek": 4}
    where = f"{V1}/proposals/{made}"
    assert supervisor.client.put(where, json=new, headers={"If-Match": seen}).is_success
    old = int(seen.strip('"'))
    steps: dict[str, dict[str, object]] = {
        "offers": {},
        "declines": {"by": "participant", "reason": "other"},
        "withdrawals": {},
    }
    for noun, body in steps.items():
        assert code(supervisor.step(made, noun, version=old, **body)) == "precondition-failed"
    assert (state(here, made), taken(here, "O1")) == ("proposed", 0)
    assert supervisor.step(made, "offers", version=old + 1).json()["version"] == old + 2
    assert code(supervisor.step(made, "acceptances", version=old)) == "precondition-failed"
    assert supervisor.step(made, "acceptances").status_code == 200


def test_the_same_key_proposes_once(here: World, supervisor: Desk) -> None:
    """A request that is sent again gets the same answer."""
    body = {
        "participantId": str(here.participants["P1"]),
        "openingId": str(here.openings["O1"]),
        "sessions": ["mon_am"],
        "hoursPerWeek": 4,
    }
    headers = {"Idempotency-Key": "k1"}
    once, again = (
        supervisor.client.post(f"{V1}/proposals", json=body, headers=headers) for _ in range(2)
    )
    assert (once.status_code, once.json()) == (again.status_code, again.json())
    assert once.headers["Location"] == f"{V1}/proposals/{once.json()['id']}"
    assert supervisor.client.get(f"{V1}/proposals").json()["total"] == 1
