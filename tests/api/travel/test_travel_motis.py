"""MOTIS: what it is asked, and what its answers mean."""

import httpx
import pytest

from api.travel import Deadlines, MotisSettings, motis
from matcher.travel.contract import MORNING, Point
from matcher.travel.reach import Reach
from tests.api.travel import travel_servers as paper

DOCUMENTED = {
    "street_durations": [{"duration": 512.0}, {}],
    "transit_durations": [
        [{"duration": 1860, "transfers": 0}, {"duration": 1620, "transfers": 1}],
        [],
    ],
}


class Recorder:
    """Answers every place with the seconds of that call, and remembers what was asked."""

    def __init__(self, *seconds: float, fails: range = range(0)) -> None:
        """The seconds of each call, the last for ever; which calls fail."""
        self.seconds = seconds
        self.fails = fails
        self.calls = 0
        self.asked: list[list[str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer the next call."""
        call, self.calls = self.calls, self.calls + 1
        if call in self.fails:
            raise httpx.ReadTimeout("late")
        many = paper.body_of(request)["many"]
        self.asked.append(many)
        seconds = self.seconds[min(call, len(self.seconds) - 1)]
        rides = [[{"duration": seconds, "transfers": 0}]] * len(many)
        return paper.ok({"street_durations": [{}] * len(many), "transit_durations": rides})


def test_the_shortest_way_counts_and_none_is_unreachable() -> None:
    """512 s on foot beats 27 minutes by bus: 9 minutes; neither street nor ride: no way."""
    first, second = paper.motis(paper.Script([paper.ok(DOCUMENTED)])).to_site(paper.question())
    assert (first.minutes, first.transfers, first.walk_minutes) == (9, 0, 9)
    assert (second.reach, second.minutes) == (Reach.UNREACHABLE, None)
    assert (first.source, first.is_estimate, first.step_free) == ("motis", False, "unknown")


def test_a_ride_tells_its_transfers() -> None:
    """The shortest of the rides, 1,620 s with one transfer; how far one walks is not told."""
    body = {**DOCUMENTED, "street_durations": [{}, {"duration": 0}]}
    first, second = paper.motis(paper.Script([paper.ok(body)])).to_site(paper.question())
    assert (first.minutes, first.transfers, first.walk_minutes) == (27, 1, None)
    assert (second.reach, second.minutes) == (Reach.MINUTES, 0)


def test_the_question_is_as_documented() -> None:
    """Latitude first, the middle deadline in UTC, always the distances, the key in the header."""
    script = paper.Script([paper.ok(DOCUMENTED)])
    paper.motis(script).to_site(paper.question())
    (request,), (body,) = script.requests, script.bodies
    assert str(request.url) == (
        "https://router.example/base/api/experimental/one-to-many-intermodal"
    )
    assert request.headers["Authorization"] == f"Bearer {paper.KEY}"
    assert (body["one"], body["many"]) == ("59.331;18.059", ["59.237;17.982", "59.479;18.3"])
    assert (body["time"], body["arriveBy"]) == ("2026-11-24T07:30:00Z", True)
    assert (body["maxTravelTime"], body["maxMatchingDistance"]) == (120, 250)
    assert (body["maxPreTransitTime"], body["maxPostTransitTime"]) == (1500, 1500)
    assert body["pedestrianProfile"] == "FOOT"


def test_without_steps_the_profile_is_a_wheelchair() -> None:
    """What MOTIS does not tell of its vehicles stays unknown."""
    script = paper.Script([paper.ok(DOCUMENTED)])
    answers = paper.motis(script).to_site(paper.question(step_free=True))
    assert script.bodies[0]["pedestrianProfile"] == "WHEELCHAIR"
    assert answers[0].step_free == "unknown"


def test_batches_are_no_larger_than_the_server_takes() -> None:
    """300 places: 128, 128 and 44."""
    script = Recorder(60)
    answers = paper.motis(script).to_site(paper.question(*paper.points(300)))
    assert [len(many) for many in script.asked] == [128, 128, 44]
    assert paper.told(answers) == [1] * 300


def test_a_server_that_takes_fewer_places_gets_fewer() -> None:
    """It names its limit, as MOTIS writes it: halves until it takes them; where none, unknown."""

    def respond(request: httpx.Request) -> httpx.Response:
        many = len(paper.body_of(request)["many"])
        if many > most:
            words = f"number of many locations too high ({many} > {most})."
            hint = (
                "The server admin can change this limit in config.yml with 'onetomany_max_many'."
            )
            return httpx.Response(422, json={"error": f"{words} {hint}"})
        return Recorder(60)(request)

    asked = paper.question(*paper.points(10))
    most = 3
    assert paper.told(paper.motis(respond).to_site(asked)) == [1] * 10
    most = 0
    assert paper.told(paper.motis(respond).to_site(asked)) == [Reach.UNKNOWN] * 10


def test_a_batch_that_fails_leaves_the_others() -> None:
    """The second of three batches times out, also when retried: only its places are unknown."""
    script = Recorder(60, fails=range(1, 4))
    answers = paper.motis(script, batch_size=2).to_site(paper.question(*paper.points(6)))
    unknown = Reach.UNKNOWN
    assert paper.told(answers) == [1, 1, unknown, unknown, 1, 1]


def test_a_place_is_asked_for_once_and_in_the_order_of_the_map() -> None:
    """The server sees places; how many live there, and in which order they came, it does not."""
    script = Recorder(60)
    near = Point(latitude=59.23702, longitude=17.98192)
    origins = (paper.SECOND, paper.FIRST, paper.SECOND, near)
    answers = paper.motis(script).to_site(paper.question(*origins))
    assert script.asked == [["59.237;17.982", "59.479;18.3"]]
    assert paper.told(answers) == [1, 1, 1, 1]


def test_all_deadlines_are_asked_for_and_the_median_counts() -> None:
    """Seven deadlines, seven calls; 20 to 26 minutes: 23."""
    script = Recorder(*(60 * minutes for minutes in (26, 20, 24, 21, 25, 22, 23)))
    provider = motis.provider(
        MotisSettings(server=paper.SERVER),
        deadlines=Deadlines.ALL,
        caller=paper.caller(script),
    )
    answers = provider.to_site(paper.question(deadlines=MORNING))
    assert len(script.asked) == 7
    assert paper.told(answers) == [23, 23]


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 0), (0.5, 1), (60, 1), (60.5, 2), (61, 2)])
def test_minutes_are_rounded_up(seconds: float, minutes: int) -> None:
    """A second more is a minute more; nothing is nothing."""
    assert paper.told(paper.motis(Recorder(seconds)).to_site(paper.question())) == [minutes] * 2
