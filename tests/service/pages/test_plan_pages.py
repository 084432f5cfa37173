"""Plans and weights, as a coordinator meets them: started, followed, compared, taken over."""

import re

import pytest

from api.settings import Settings
from tests.service.pages.reading import Person, Read, person
from tests.service.visitors import actions
from tests.service.working import turn
from tests.service.world import PLAN_DATE, World

DAY = PLAN_DATE.isoformat()
WEIGHTS = {"wish": 45, "travel": 25, "want": 15, "hours": 10, "start": 5}


@pytest.fixture
def coordinator(world: World, settings: Settings) -> Person:
    """The coordinator of the north."""
    return person(world, settings, "north_coordinator")


def planned(coordinator: Person, world: World, **fields: str) -> str:
    """The address of a plan that was started on the page, and made by a worker."""
    coordinator.send("/planer", planDate=DAY, **fields)
    assert turn(world.store)
    newest = re.compile(r"/planer/[0-9a-f-]{36}")
    return next(link for link in coordinator.open("/").links if newest.fullmatch(link))


def weights(page: Read, **others: object) -> dict[str, object]:
    """The form of the weights as it stands on the page, but for what is otherwise."""
    return dict(page.fields) | others


@pytest.mark.parametrize("path", ["/planer", "/avvagningar"])
def test_only_a_coordinator_plans(world: World, settings: Settings, path: str) -> None:
    """Others are told that they may not."""
    assert person(world, settings, "north_coordinator").open(path).status == 200
    for user in ("north_supervisor", "cafe_manager", "analyst", "admin"):
        assert person(world, settings, user).open(path).status == 403


@pytest.mark.parametrize("path", ["/", "/planer", "/avvagningar"])
def test_every_page_is_there_in_english_before_anything_is_made(
    coordinator: Person, path: str
) -> None:
    """Nothing yet is said, not left empty."""
    found = coordinator.open(path, "en")
    assert found.status == 200
    assert re.search("There is no plan yet|Nothing has been changed yet", found.text)


def test_a_plan_is_followed_while_it_is_made(coordinator: Person, world: World) -> None:
    """It waits, can be looked at again by a script or a link, and leads to the plan."""
    started = coordinator.send("/planer", planDate=DAY)
    assert "Väntar på sin tur" in started.text
    job = next(link for link in started.links if link.startswith("/jobb/"))
    part = coordinator.client.get(job, headers={"HX-Request": "true"})
    assert part.text.startswith('<div id="progress" hx-get=')
    assert turn(world.store)
    over = coordinator.open(job)
    assert "Klart" in over.text
    assert any(link.startswith("/planer/") for link in over.links)
    again = coordinator.send(f"{job}/avbryt")
    assert again.status == 200
    assert "Klart" in again.text


def test_a_plan_is_cancelled_before_it_is_made(coordinator: Person) -> None:
    """A job that waits ends at once."""
    started = coordinator.send("/planer", planDate=DAY)
    cancel = next(form for form in started.forms if form.endswith("/avbryt"))
    assert "Avbrutet" in coordinator.send(cancel).text


def test_a_plan_tells_who_gets_which_place_and_why_not(coordinator: Person, world: World) -> None:
    """Pseudonyms, places by name, goals with what is possible at most."""
    found = coordinator.open(planned(coordinator, world))
    assert "Det här är ett förslag. En människa bestämmer." in found.text
    assert "placerade deltagare" in found.text
    assert "P1" in found.text


def test_a_day_that_is_none_is_said_beside_its_field(coordinator: Person) -> None:
    """Nothing is started, and what was filled in stands there still."""
    told = coordinator.send("/planer", planDate="i morgon")
    assert told.status == 422
    assert "#planDate" in told.links
    assert told.fields["planDate"] == "i morgon"


def test_a_plan_near_another_is_compared_with_it(coordinator: Person, world: World) -> None:
    """A plan that stays near the former one has that as a goal, and keeps everybody's place."""
    first = planned(coordinator, world)
    second = planned(coordinator, world, former=first.rpartition("/")[2])
    assert second != first
    assert "förslag som är kvar från den tidigare planen" in coordinator.open(second).text
    compared = coordinator.open(f"{second}/jamfor?med={first.rpartition('/')[2]}")
    assert compared.status == 200
    assert "Får plats bara i den här: 0" in compared.text
    assert "Har plats bara i den andra: 0" in compared.text


def test_a_plan_is_reviewed_and_taken_over_once(coordinator: Person, world: World) -> None:
    """First what it does, then what came of it; a second time is refused in words."""
    path = planned(coordinator, world)
    review = coordinator.open(f"{path}/anta")
    assert "Anta planen" in review.text
    done = coordinator.send(f"{path}/anta", version=review.fields["version"])
    assert done.status == 200
    assert "Planen är antagen" in done.text
    assert "plan.adopt" in actions(world)
    again = coordinator.send(f"{path}/anta", version=review.fields["version"])
    assert again.status == 422
    assert actions(world).count("plan.adopt") == 1


def test_weights_are_tried_without_being_kept(coordinator: Person, world: World) -> None:
    """Trying starts a plan with them; the policy stays."""
    page = coordinator.open("/avvagningar")
    other = {"weight_wish": 40, "weight_travel": 30, "do": "try"}
    tried = coordinator.send("/avvagningar", **weights(page, **other))
    assert "En plan görs" in tried.text
    assert "policy.change" not in " ".join(actions(world))
    assert coordinator.open("/avvagningar").fields["weight_wish"] == "45"


def test_weights_are_kept_with_why(coordinator: Person) -> None:
    """The change is listed with its reason; without one it is not made."""
    page = coordinator.open("/avvagningar")
    other = {"weight_wish": 40, "weight_travel": 30, "supervisor_starts": 3, "do": "keep"}
    without = coordinator.send("/avvagningar", **weights(page, **other))
    assert without.status == 422
    assert "#why" in without.links
    kept = coordinator.send("/avvagningar", **weights(page, why="Styrgruppens beslut", **other))
    assert "Vikterna är sparade" in kept.text
    assert "Styrgruppens beslut" in kept.text
    assert kept.fields["weight_wish"] == "40"
    assert kept.fields["supervisor_starts"] == "3"
    late = coordinator.send("/avvagningar", **weights(page, why="För sent", **other))
    assert late.status == 422


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"weight_wish": "50"}, "weight_wish"),
        ({"weight_want": "många"}, "weight_want"),
        ({"horizon_days": "0"}, "horizon_days"),
    ],
)
def test_what_cannot_be_weighed_is_said_beside_its_field(
    coordinator: Person, other: dict[str, str], field: str
) -> None:
    """Weights that do not make 100, words for numbers, and numbers out of their range."""
    page = coordinator.open("/avvagningar")
    told = coordinator.send("/avvagningar", **weights(page, why="x", do="keep", **other))
    assert told.status == 422
    assert f"#{field}" in told.links
    assert field in told.ids


@pytest.mark.parametrize(
    ("wish", "said"),
    [("45", "100, som det ska"), ("40", "Tillsammans 95"), ("x", "Skriv ett helt tal")],
)
def test_the_sum_is_told_while_it_is_written(coordinator: Person, wish: str, said: str) -> None:
    """A script asks for the sum alone; nothing is kept by that."""
    fields = {f"weight_{one}": str(weight) for one, weight in WEIGHTS.items()}
    headers = {"HX-Request": "true"}
    came = coordinator.client.post(
        "/avvagningar", data=fields | {"weight_wish": wish}, headers=headers
    )
    assert said in came.text
