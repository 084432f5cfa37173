"""OSRM: recorded answers, longitude first, and places that are on no street."""

from typing import Any

import httpx
import pytest

from api.travel import OsrmSettings, Server, osrm
from matcher.domain import Mode
from matcher.travel.contract import TravelQuestion
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

TABLE = paper.recorded("osrm_table")


def column(target: int) -> dict[str, object]:
    """The recorded answer, with one of its two targets left."""
    rows = [[row[target]] for row in TABLE["durations"]]
    return {**TABLE, "durations": rows, "destinations": [TABLE["destinations"][target]]}


def walk(**changes: Any) -> TravelQuestion:  # noqa: ANN401 -- whatever it takes
    """On foot, from two places to the site."""
    return paper.question(mode=Mode.WALK, **changes)


@pytest.mark.parametrize(("target", "minutes"), [(0, [25, 23]), (1, [42, 19])])
def test_the_recorded_answer_is_read(target: int, minutes: list[int]) -> None:
    """1,488.4 and 1,339.1 s, and 2,479.4 and 1,080.5 s, rounded up."""
    script = paper.Script([paper.ok(column(target))])
    assert paper.told(paper.osrm(script).to_site(walk())) == minutes


def test_longitude_comes_first() -> None:
    """The site is the last of the coordinates, and the only destination."""
    script = paper.Script([paper.ok(column(0))])
    paper.osrm(script).to_site(walk())
    url = script.requests[0].url
    assert url.path == "/base/table/v1/foot/17.982,59.237;18.3,59.479;18.059,59.331"
    assert dict(url.params) == {
        "sources": "0;1",
        "destinations": "2",
        "annotations": "duration",
        "generate_hints": "false",
    }


def test_no_route_is_unreachable() -> None:
    """``null`` is asked, and no way; the other one has its minutes."""
    body = {**column(0), "durations": [[None], [0.0]]}
    answers = paper.osrm(paper.Script([paper.ok(body)])).to_site(walk())
    assert paper.told(answers) == [Reach.UNREACHABLE, 0]


def test_a_place_far_from_every_street_is_outside_the_map() -> None:
    """OSRM would start from the nearest street, 30 km off: unknown, not short."""
    far = {**column(0), "sources": [{"distance": 30_000.0}, {"distance": 12.5}]}
    answers = paper.osrm(paper.Script([paper.ok(far)])).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, 23]
    assert answers[0].source == "osrm: outside"


def test_a_site_outside_the_map_makes_all_unknown() -> None:
    """The same of the site."""
    far = {**column(0), "destinations": [{"distance": 30_000.0}]}
    answers = paper.osrm(paper.Script([paper.ok(far)])).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]


def answering(most: int, sizes: list[int]) -> paper.Respond:
    """A server that takes ``most`` coordinates and answers a minute for each."""

    def respond(request: httpx.Request) -> httpx.Response:
        count = request.url.path.count(";")
        sizes.append(count + 1)
        if count + 1 > most:
            return paper.bad_request(paper.recorded("osrm_err_too_big_400"))
        street = {"distance": 0.5}
        rows = [[60.0]] * count
        return paper.ok(
            {
                "code": "Ok",
                "durations": rows,
                "sources": [street] * count,
                "destinations": [street],
            }
        )

    return respond


def test_a_call_has_a_hundred_coordinates_at_most() -> None:
    """99 places and the site."""
    sizes: list[int] = []
    answers = paper.osrm(answering(100, sizes)).to_site(walk(origins=paper.points(250)))
    assert (sizes, paper.told(answers)) == ([100, 100, 53], [1] * 250)


def test_a_server_that_takes_fewer_gets_fewer() -> None:
    """``TooBig``: halves until it takes them."""
    sizes: list[int] = []
    answers = paper.osrm(answering(40, sizes)).to_site(walk(origins=paper.points(99)))
    assert (max(sizes[1:]), paper.told(answers)) == (51, [1] * 99)


def test_a_place_that_no_street_is_near_stands_alone() -> None:
    """``NoSegment`` refuses the lot: the place is found by halves, and unknown."""

    def respond(request: httpx.Request) -> httpx.Response:
        if "17.982," in request.url.path:
            return paper.bad_request({"code": "NoSegment", "message": "near 17.982,59.237"})
        return answering(100, [])(request)

    answers = paper.osrm(respond).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, 1]


@pytest.mark.parametrize("name", ["osrm_err_coords_400", "osrm_err_index_400"])
def test_recorded_errors_are_unknown(name: str) -> None:
    """They are about the question: one call."""
    script = paper.Script([paper.bad_request(paper.recorded(name))])
    assert paper.told(paper.osrm(script).to_site(walk())) == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert len(script.requests) == 1


@pytest.mark.parametrize("found", [column(0), {**column(0), "durations": [[None], [None]]}])
def test_without_steps_osrm_tells_the_minutes_on_foot(found: object) -> None:
    """It knows nothing of steps, so they are unknown; there is no other question to ask it."""
    script = paper.Script([paper.ok(found)])
    answers = paper.osrm(script).to_site(walk(step_free=True))
    script_for_all = paper.Script([paper.ok(found)])
    assert paper.told(answers) == paper.told(paper.osrm(script_for_all).to_site(walk()))
    assert {a.step_free for a in answers} == {"unknown"}
    assert len(script.requests) == 1


def test_each_way_has_a_server_of_its_own() -> None:
    """The car's server is asked for the car; a way without one is unknown."""
    scripts = {mode: paper.Script([paper.ok(column(0))]) for mode in (Mode.BIKE, Mode.CAR)}
    servers = {
        mode: Server(base_url=f"http://{mode}.example", version="26.10") for mode in scripts
    }
    provider = osrm.provider(
        OsrmSettings(bike=servers[Mode.BIKE], car=servers[Mode.CAR]),
        callers={mode: paper.caller(scripts[mode], servers[mode]) for mode in scripts},
    )
    answers = provider.to_site(paper.question(mode=Mode.CAR))
    assert {a.source for a in answers} == {"osrm/26.10"}
    assert scripts[Mode.CAR].requests[0].url.path.startswith("/table/v1/driving/")
    assert (len(scripts[Mode.BIKE].requests), len(scripts[Mode.CAR].requests)) == (0, 1)
    assert paper.told(provider.to_site(walk())) == [Reach.UNKNOWN, Reach.UNKNOWN]
    provider.close()
