"""The client on the real application: typed answers, versions, keys, problems, tries, progress."""

import re
from uuid import uuid4

import httpx
import pytest

from api.client import Client, ProblemError
from api.client.calls import TRIES, events, written
from api.schemas.accounts import Credentials, NewPassword
from api.schemas.openings import OpeningChange, OpeningIn
from api.schemas.participants import Profile
from api.schemas.placements import NewProposal
from api.schemas.plans import PlanAsked
from api.settings import Settings
from api.store import Store
from api.store.tables import PlacementRow
from tests.service.described import operations
from tests.service.here import Here
from tests.service.world import World


class Calling:
    """Clients of an application, and a network that can fail."""

    def __init__(self, world: World, settings: Settings) -> None:
        """On a world."""
        self._world, self._app = world, world.app(settings)
        self.asked: list[httpx.Request] = []
        self.failures = 0

    def of(self, user: str | None) -> Client:
        """A client of somebody."""
        http = httpx.Client(transport=Here(self._app, self._before), base_url="http://testserver")
        return Client(http, self._world.tokens[user] if user else None)

    def _before(self, request: httpx.Request) -> None:
        self.asked.append(request)
        if self.failures:
            self.failures -= 1
            raise httpx.ConnectError("the network is down")


@pytest.fixture
def calling(world: World, settings: Settings) -> Calling:
    """Clients of the application on the world."""
    return Calling(world, settings)


def _example(name: str) -> object:
    return next(one for one in operations() if one.name == name).example()


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: f"_{found[1].lower()}", name).lower()


def test_there_is_a_method_for_every_operation() -> None:
    """Of its name, and for nothing else."""
    methods = {name for name in vars_of(Client) if not name.startswith("_")}
    assert methods == {_snake(one.name) for one in operations()}


def vars_of(kind: type) -> set[str]:
    """The names of a class and of what it is made of."""
    return {name for one in kind.__mro__ if one is not object for name in vars(one)}


def test_what_came_is_changed_by_its_version(world: World, calling: Calling) -> None:
    """Read, changed with the ETag that came; the same ETag again is refused."""
    manager = calling.of("cafe_manager")
    found = manager.read_opening(world.openings["O1"])
    assert found.etag is not None
    body = OpeningChange.model_validate(_example("replaceOpening"))
    changed = manager.replace_opening(world.openings["O1"], body, version=found.etag)
    assert changed.value.title == body.title
    assert changed.etag not in {None, found.etag}
    with pytest.raises(ProblemError) as refused:
        manager.replace_opening(world.openings["O1"], body, version=found.etag)
    assert refused.value.code == "precondition-failed"
    assert refused.value.problem.status == 412


def test_faults_come_with_their_places(world: World, calling: Calling) -> None:
    """What the service finds wrong is told by pointer and code; the text says no value."""
    body = OpeningIn.model_validate(_example("createOpening"))
    body = body.model_copy(update={"site_id": world.sites["S1"], "seats": -1})
    with pytest.raises(ProblemError) as refused:
        calling.of("cafe_manager").create_opening(body)
    assert "/seats" in {fault.pointer for fault in refused.value.faults}
    assert "not-valid" in str(refused.value)


def test_what_belongs_to_others_is_not_there(world: World, calling: Calling) -> None:
    """The problem is the service's own."""
    with pytest.raises(ProblemError) as refused:
        calling.of("north_supervisor").read_participant(world.participants["P3"])
    assert refused.value.code == "not-found"


def test_a_read_is_tried_again(calling: Calling) -> None:
    """A network that fails once or twice is not noticed; one that stays down is told."""
    client = calling.of("analyst")
    calling.failures = TRIES - 1
    assert client.read_me().role == "analyst"
    calling.failures = TRIES
    with pytest.raises(httpx.ConnectError):
        client.read_me()


def test_a_creation_is_tried_again_under_one_key(calling: Calling) -> None:
    """Sent twice with the same key, so that it cannot be done twice; a key of its own each."""
    supervisor = calling.of("north_supervisor")
    body = Profile.model_validate(_example("createParticipant"))
    calling.failures = 1
    made = supervisor.create_participant(body)
    first, second = calling.asked
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert made.location is not None
    assert made.location.endswith(str(made.value.id))
    again = supervisor.create_participant(body, key=first.headers["idempotency-key"])
    assert again.value == made.value
    with pytest.raises(ProblemError) as refused:
        supervisor.create_participant(body)
    assert refused.value.code == "already-there"


def test_a_step_is_not_tried_again(world: World, calling: Calling) -> None:
    """Without a key nobody knows whether it was done: the failure is told at once."""
    supervisor = calling.of("north_supervisor")
    proposal = supervisor.propose_placement(
        NewProposal(
            participant_id=world.participants["P1"],
            opening_id=world.openings["O1"],
            sessions=("mon_am",),
            hours_per_week=4,
        )
    )
    before = len(calling.asked)
    calling.failures = 1
    with pytest.raises(httpx.ConnectError):
        supervisor.accept_proposal(proposal.value.id)
    assert len(calling.asked) == before + 1
    assert states(world.store) == ["proposed"]


def states(store: Store) -> list[str]:
    """The states of all placements."""
    with store.reading() as unit:
        return [row.state for row in unit.query(PlacementRow)]


def test_progress_comes_until_it_is_over(calling: Calling) -> None:
    """A job that was cancelled before a worker came: one event, and the stream ends."""
    coordinator = calling.of("north_coordinator")
    job = coordinator.start_plan(PlanAsked()).value
    coordinator.cancel_job(job.id)
    told = list(coordinator.follow_job(job.id))
    assert told[-1].id == job.id
    assert told[-1].state == "cancelled"


def test_progress_of_nothing_is_a_problem(calling: Calling) -> None:
    """A stream that is refused is refused like anything else."""
    with pytest.raises(ProblemError) as refused:
        list(calling.of("north_coordinator").follow_job(uuid4()))
    assert refused.value.code == "not-found"


def test_files_come_and_go(calling: Calling) -> None:
    """A workbook out; what is no data set is refused at the door."""
    supervisor = calling.of("north_supervisor")
    assert supervisor.export_workbook().startswith(b"PK")
    with pytest.raises(ProblemError):
        supervisor.start_import(b"no zip", name="tables.zip")


def test_nobody_is_told_to_log_in(calling: Calling) -> None:
    """Without a token."""
    with pytest.raises(ProblemError) as refused:
        calling.of(None).read_me()
    assert refused.value.code == "not-authenticated"


def test_secrets_are_sent_and_not_masked() -> None:
    """A password goes over the wire as it is; only what was set is sent."""
    body = Credentials(login="anna", password="correct horse battery")  # noqa: S106 -- a test
    assert b"correct horse battery" in written(body)
    new = NewPassword(password="correct horse battery")  # noqa: S106 -- a test
    assert b"*" not in written(new)


def test_events_are_read_as_the_standard_says() -> None:
    """Comments are passed over, lines of one event are joined, half an event is none."""
    lines = [": ping", "event: a", "data: 1", "data: 2", "", "data:3", "", "data: 4"]
    assert list(events(iter(lines))) == ["1\n2", "3"]


def test_an_answer_of_something_else_is_a_problem_too() -> None:
    """A proxy's own page: its status, and no more."""
    other = httpx.MockTransport(lambda _: httpx.Response(502, html="<h1>Bad gateway</h1>"))
    client = Client(httpx.Client(transport=other, base_url="http://testserver"))
    with pytest.raises(ProblemError) as refused:
        client.read_me()
    assert (refused.value.problem.status, refused.value.code) == (502, "unknown")
