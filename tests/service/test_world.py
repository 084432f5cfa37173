"""The ground that every test of the service stands on, on both databases."""

import pytest

from api.domain import Refusal, RefusalCode
from api.settings import Settings
from api.store import audit, profiles
from tests.service.world import World


def test_api_info_is_for_everybody(world: World, settings: Settings) -> None:
    """No token: what this is may be known."""
    answer = world.client(settings, None).get("/steget/v1/api-info")
    assert answer.status_code == 200
    assert answer.json()["apiName"] == "steget"


def test_what_is_not_there_is_a_problem(world: World, settings: Settings) -> None:
    """Not HTML, not FastAPI's own words."""
    answer = world.client(settings, None).get("/steget/v1/nothing")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not-found"


def test_profiles_are_sealed_and_open_again(world: World) -> None:
    """A version that somebody else changed cannot be changed; and the audit chain holds."""
    with world.store.writing() as unit:
        (first, profile), _ = profiles.everybody(unit, world.organisations["north"])
        assert profile.participant_id == first.code == "P1"
        profiles.replace(unit, first, profile, 1)
        with pytest.raises(Refusal) as refusal:
            profiles.replace(unit, first, profile, 1)
        assert refusal.value.code is RefusalCode.PRECONDITION_FAILED
        audit.note(unit, audit.CLOCK, "test.one", "x", number=1)
        audit.note(unit, audit.CLOCK, "test.two", "y", number=2)
    with world.store.reading() as unit:
        count, _, broken = audit.verify(unit)
        assert (count, broken) == (2, ())
