"""What is known to stand between somebody and a place refuses, unless passed over deliberately."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from api.domain import Passable
from api.settings import Settings
from api.store import Store, places, profiles
from api.store.tables import AuditEntry, ParticipantRow, PlacementRow
from matcher.domain import BarrierCode, Need, session_names
from tests.builders import opening, surveyed
from tests.service.lives import V1, Desk, at_noon, code, desk, look
from tests.service.town import town
from tests.service.world import World

FAR = {"latitude": 57.7, "longitude": 11.97, "max_travel_minutes": 30}
"""In Gothenburg; the Café is in Stockholm."""


@pytest.fixture
def here(world: World) -> World:
    """The world on the first of December."""
    return at_noon(world)[0]


@pytest.fixture
def supervisor(here: World, settings: Settings) -> Desk:
    """The first supervisor of North, whom P1 is shared with."""
    return desk(here, settings, "north_supervisor")


def become(world: World, **changes: Any) -> None:  # noqa: ANN401 -- fields of a profile
    """P1 is otherwise."""
    with world.store.writing() as unit:
        row = unit.get_one(ParticipantRow, world.participants["P1"])
        profile = replace(profiles.profile_of(unit, row), **changes)
        profiles.replace(unit, row, profile, row.version)


def noted(world: World, action: str) -> list[str]:
    """What the audit says beside an action."""
    entries = select(AuditEntry.detail).where(AuditEntry.action == action)
    return look(world, lambda unit: list(unit.scalars(entries)))


def codes(answer: Response) -> list[str]:
    """The barriers that a refusal lists."""
    assert (answer.status_code, code(answer)) == (409, "barred")
    return [fault["code"] for fault in answer.json()["errors"]]


def test_a_known_barrier_refuses(here: World, supervisor: Desk) -> None:
    """The way is too long: nothing is proposed, the code is told, and that somebody was told."""
    become(here, **FAR)
    refused = supervisor.propose()
    assert codes(refused) == ["TRAVEL_TOO_LONG"]
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], fault["detail"]) == ("/openingId", "despite, with a note")
    assert look(here, lambda unit: unit.scalars(select(PlacementRow)).all()) == []
    assert (len(noted(here, "participant.judge")), noted(here, "placement.propose")) == (1, [])


def test_unknown_is_no_barrier(here: World, supervisor: Desk) -> None:
    """Nobody knows whether it is quiet there, nor how long the way is: a person asks, later."""
    become(here, needs=frozenset({Need.QUIET}), latitude=None, longitude=None)
    assert supervisor.propose().status_code == 201
    assert noted(here, "participant.judge") == []


def test_passed_over_with_a_note(here: World, supervisor: Desk) -> None:
    """The supervisor names it and says why; the step keeps the note, the audit the code."""
    become(here, **FAR)
    why = "Följer med en granne i bil"
    made = supervisor.proposed(despite=["TRAVEL_TOO_LONG"], note=why)
    (step,) = supervisor.client.get(f"{V1}/proposals/{made}").json()["steps"]
    assert step["note"] == why
    assert noted(here, "placement.despite") == ['{"barriers":"TRAVEL_TOO_LONG"}']


def test_passed_over_without_a_word(here: World, supervisor: Desk) -> None:
    """Deliberately is with a reason; where nothing stands between, none is asked for."""
    assert supervisor.propose(despite=["HOURS_TOO_FEW"]).status_code == 201
    become(here, **FAR)
    refused = supervisor.propose("P1", "O2", despite=["TRAVEL_TOO_LONG"])
    assert code(refused) == "not-valid"
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/note"]


def test_what_is_not_named_still_refuses(here: World, supervisor: Desk) -> None:
    """One of two is passed over: both are listed again, and nothing is done."""
    become(here, **FAR, hours_per_week=20)
    with here.store.writing() as unit:
        long_day = opening("O9", site_id="S1", hours_max=10)
        here.openings["O9"] = places.keep_opening(unit, long_day).id
    refused = supervisor.propose("P1", "O9", despite=["TRAVEL_TOO_LONG"], note="Granne")
    assert codes(refused) == ["TRAVEL_TOO_LONG", "HOURS_TOO_MANY"]


def test_no_need_is_passed_over(here: World, supervisor: Desk) -> None:
    """A need that is known not to be met is safety: no word for it, and it is never named."""
    become(here, needs=frozenset({Need.SCENT_FREE, Need.STEP_FREE}))
    with here.store.writing() as unit:
        answers = surveyed(("hygiene.soap", "scented"), ("entrance.threshold_mm", 60))
        places.keep_survey(unit, here.sites["S1"], answers)
    refused = supervisor.propose(despite=list(Passable), note="Det går nog")
    assert codes(refused) == ["NEED_UNMET"]
    assert refused.json()["errors"][0]["detail"] == ""
    assert not {str(need) for need in Need} & set(refused.text.split('"'))
    assert code(supervisor.propose(despite=["NEED_UNMET"], note="Ändå")) == "not-valid"


def test_what_can_be_passed_over_is_a_barrier() -> None:
    """Each by its own code; never a need, a no of the participant's, insurance or age."""
    assert set(Passable) <= set(BarrierCode)


def test_the_same_key_gets_the_same_answer(here: World, supervisor: Desk) -> None:
    """What was proposed is told again, though by now something stands between."""
    body = {
        "participantId": str(here.participants["P1"]),
        "openingId": str(here.openings["O1"]),
        "sessions": ["mon_am"],
        "hoursPerWeek": 8,
    }
    once = {"Idempotency-Key": "twice"}
    first = supervisor.client.post(f"{V1}/proposals", json=body, headers=once)
    become(here, **FAR)
    again = supervisor.client.post(f"{V1}/proposals", json=body, headers=once)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()


def test_others_people_are_not_judged(here: World, settings: Settings) -> None:
    """Whoever may not know somebody learns nothing of what stands between."""
    become(here, **FAR)
    stranger = desk(here, settings, "south_supervisor")
    assert code(stranger.propose("P1", "O1")) == "not-found"
    assert noted(here, "participant.judge") == []


def test_refused_is_exactly_what_falls_away(store: Store, settings: Settings) -> None:
    """For everybody and every opening of the tiny data set, as the engine recommends.

    Where the opening is paused, or somebody is there already, that is what is said first.
    """
    tiny = town(store)
    client = tiny.client(settings)
    said: Counter[tuple[str, bool]] = Counter()
    for person in tiny.problem.participants:
        name = str(person.participant_id)
        known = {
            str(one.opening_id): {str(barrier.code) for barrier, _ in one.barriers}
            for one in tiny.recommended(name).falls_away
        }
        for place in tiny.problem.openings:
            body = {
                "participantId": str(tiny.people[name]),
                "openingId": str(tiny.openings[place.opening_id]),
                "sessions": list(session_names(place.sessions))[:1],
                "hoursPerWeek": 8,
            }
            answer = client.post(f"{V1}/proposals", json=body)
            told = "proposed" if answer.status_code == 201 else code(answer)
            if told == "barred":
                assert set(codes(answer)) <= known[place.opening_id]
            said[told, place.opening_id in known] += 1
    first = {("opening-paused", True), ("already-there", True), ("already-there", False)}
    assert {("proposed", False), ("barred", True)} <= set(said)
    assert set(said) <= {("proposed", False), ("barred", True)} | first


def test_a_fault_of_what_was_sent_is_told_once(supervisor: Desk) -> None:
    """What is judged and what is proposed is one body: each fault stands once."""
    refused = supervisor.propose(hoursPerWeek=0)
    assert [fault["pointer"] for fault in refused.json()["errors"]] == ["/hoursPerWeek"]
