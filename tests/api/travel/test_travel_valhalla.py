"""Valhalla: recorded answers, and the one place that spoils a whole question."""

from typing import Any

import httpx
import pytest

from matcher.domain import Mode
from matcher.travel.contract import Point, TravelQuestion
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

TOO_FAR = paper.recorded("valhalla_err_distance_400")
UNCONNECTED = paper.recorded("valhalla_err_unconnected_400")
NO_MULTIMODAL = paper.recorded("valhalla_err_multimodal_400")
FAR = Point(latitude=59.003, longitude=18)


def column(name: str, target: int) -> dict[str, object]:
    """A recorded answer, with one of its two targets left."""
    matrix = paper.recorded(name)["sources_to_targets"]
    cut = {key: [[row[target]] for row in rows] for key, rows in matrix.items()}
    return {**paper.recorded(name), "sources_to_targets": cut}


def walk(**changes: Any) -> TravelQuestion:  # noqa: ANN401 -- whatever it takes
    """On foot, from two places to the site."""
    return paper.question(mode=Mode.WALK, **changes)


class Spoilt:
    """Answers a minute for each place, or an error as soon as one of them is ``bad``."""

    def __init__(self, bad: Point, error: object) -> None:
        """Which place spoils a question, and with what; it has a street nearby."""
        self.bad = bad
        self.error = error
        self.off_the_map: set[float] = set()
        self.sizes: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer for all places, or for none; tell which have a street nearby."""
        if request.url.path.endswith("/locate"):
            return paper.ok(
                [
                    {"edges": [] if place["lat"] in self.off_the_map else [{"way_id": 1}]}
                    for place in paper.body_of(request)["locations"]
                ]
            )
        sources = paper.body_of(request)["sources"]
        self.sizes.append(len(sources))
        if any((s["lat"], s["lon"]) == (self.bad.latitude, self.bad.longitude) for s in sources):
            return paper.bad_request(self.error)
        rows = [[60]] * len(sources)
        return paper.ok({"sources_to_targets": {"durations": rows, "distances": rows}})


@pytest.mark.parametrize(("target", "minutes"), [(0, [25, 23]), (1, [41, 18])])
def test_a_recorded_answer_is_read(target: int, minutes: list[int]) -> None:
    """1,475 and 1,378 s, and 2,434 and 1,024 s, rounded up."""
    script = paper.Script([paper.ok(column("valhalla_concise", target))])
    answers = paper.valhalla(script).to_site(walk())
    assert paper.told(answers) == minutes
    assert {a.source for a in answers} == {"valhalla"}


@pytest.mark.parametrize("target", [0, 1])
def test_no_way_is_unreachable(target: int) -> None:
    """``null`` stands beside a distance of 0.0 or 3.456 km that means nothing."""
    script = paper.Script([paper.ok(column("valhalla_wheelchair_concise", target))])
    answers = paper.valhalla(script).to_site(walk())
    assert paper.told(answers)[1] is Reach.UNREACHABLE
    assert [a.minutes is None for a in answers] == [target == 0, True]
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("mode", "costing"), [(Mode.WALK, "pedestrian"), (Mode.BIKE, "bicycle"), (Mode.CAR, "auto")]
)
def test_each_way_of_travelling_has_its_costing(mode: Mode, costing: str) -> None:
    """The key goes in the header; nothing is in the address."""
    script = paper.Script([paper.ok(column("valhalla_concise", 0))])
    paper.valhalla(script).to_site(paper.question(mode=mode))
    (request,), (body,) = script.requests, script.bodies
    assert str(request.url) == "https://router.example/base/sources_to_targets"
    assert (body["costing"], body["costing_options"], body["verbose"]) == (costing, {}, False)
    assert body["targets"] == [{"lat": 59.331, "lon": 18.059, "search_cutoff": 2000}]
    assert [(s["lat"], s["lon"]) for s in body["sources"]] == [(59.237, 17.982), (59.479, 18.3)]


def test_a_bike_or_a_car_is_not_known_to_be_free_of_steps() -> None:
    """Only on foot does the wheelchair change the question."""
    script = paper.Script([paper.ok(column("valhalla_concise", 0))])
    answers = paper.valhalla(script).to_site(paper.question(mode=Mode.CAR, step_free=True))
    assert script.bodies[0]["costing_options"] == {}
    assert {a.step_free for a in answers} == {"unknown"}


@pytest.mark.parametrize(
    ("error", "reach", "why"),
    [
        (UNCONNECTED, Reach.UNREACHABLE, ""),
        (TOO_FAR, Reach.UNKNOWN, ": outside"),
        ({"error_code": 171}, Reach.UNKNOWN, ": outside"),
    ],
)
def test_one_bad_place_does_not_spoil_the_others(error: object, reach: Reach, why: str) -> None:
    """It is found by halves: 8, 4, 2, 1 and 1, 2, 4. The others have their minute."""
    server = Spoilt(FAR, error)
    answers = paper.valhalla(server).to_site(walk(origins=paper.points(8)))
    assert paper.told(answers) == [1, 1, 1, reach, 1, 1, 1, 1]
    assert answers[3].source == f"valhalla{why}"
    assert server.sizes == [8, 4, 2, 2, 1, 1, 4]


def test_unconnected_places_off_the_map_are_unknown() -> None:
    """Valhalla says 170 of them too. One look at the map, and one call for the others."""
    server = Spoilt(FAR, UNCONNECTED)
    server.off_the_map = {FAR.latitude}
    answers = paper.valhalla(server).to_site(walk(origins=paper.points(8)))
    assert paper.told(answers) == [1, 1, 1, Reach.UNKNOWN, 1, 1, 1, 1]
    assert answers[3].source == "valhalla: outside"
    assert server.sizes == [8, 7]


def test_a_site_off_the_map_makes_all_unknown() -> None:
    """Two calls, however many origins there are."""
    server = Spoilt(FAR, UNCONNECTED)
    server.off_the_map = {paper.SITE.latitude}
    answers = paper.valhalla(server).to_site(walk(origins=paper.points(8)))
    assert paper.told(answers) == [Reach.UNKNOWN] * 8
    assert server.sizes == [8]


@pytest.mark.parametrize("located", [[], [{"edges": []}], [None] * 3, {}, [{}] * 3])
def test_a_broken_look_at_the_map_is_unknown(located: object) -> None:
    """Then unconnected and outside cannot be told apart."""
    script = paper.Script([paper.bad_request(UNCONNECTED), paper.ok(located)])
    answers = paper.valhalla(script).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]
    script = paper.Script([paper.bad_request(UNCONNECTED), paper.bad_request({})])
    answers = paper.valhalla(script).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]


def test_a_server_that_takes_fewer_places_gets_fewer() -> None:
    """Code 150, too many places: halves until it takes them."""

    def respond(request: httpx.Request) -> httpx.Response:
        count = len(paper.body_of(request)["sources"])
        if count > 3:
            return paper.bad_request({"error_code": 150})
        return paper.ok({"sources_to_targets": {"durations": [[0]] * count}})

    answers = paper.valhalla(respond).to_site(walk(origins=paper.points(10)))
    assert paper.told(answers) == [0] * 10


def test_an_error_about_the_question_is_not_split() -> None:
    """No transit in this matrix (140): one call, all unknown."""
    script = paper.Script([paper.bad_request(NO_MULTIMODAL)])
    answers = paper.valhalla(script).to_site(walk())
    assert paper.told(answers) == [Reach.UNKNOWN, Reach.UNKNOWN]
    assert len(script.requests) == 1


def test_the_deadlines_do_not_matter_on_a_street() -> None:
    """One call, whatever the question's seven deadlines are."""
    script = paper.Script([paper.ok(column("valhalla_concise", 0))])
    paper.valhalla(script).to_site(walk())
    assert len(script.requests) == 1
