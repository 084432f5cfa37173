"""A storm: clients that propose, offer, answer, start, change and end, all at the same places.

Each client draws by a seed what it does next and with which placement, mostly one that is where
the step can be taken; others are there before it, which is the point. Offers expire while they are
being answered: a clock that is a day ahead ends those that are a few seconds old.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from time import perf_counter, sleep
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from api.domain import Ending
from api.store import Store, offers
from matcher.domain import SESSIONS
from tests.benchmarks.service_house import PATIENCE, V1
from tests.benchmarks.service_people import Crowd

ANSWERED_WITHIN = timedelta(days=1) - timedelta(seconds=3)
"""So far ahead is the clock by which offers of one day expire."""
WEIGHTS = {
    "propose": 24,
    "offer": 20,
    "accept": 13,
    "say-yes": 13,
    "decline": 3,
    "say-no": 3,
    "withdraw": 3,
    "start": 8,
    "hours": 5,
    "end": 6,
    "change": 3,
    "confirm": 2,
    "plan": 1,
}
FROM = {
    "offer": "proposed",
    "accept": "offered",
    "say-yes": "offered",
    "decline": "proposed",
    "say-no": "offered",
    "withdraw": "offered",
    "start": "accepted",
    "hours": "started",
    "end": "started",
}
"""Where a step is usually taken from."""
NOUNS = {
    "offer": "offers",
    "accept": "acceptances",
    "decline": "declines",
    "withdraw": "withdrawals",
    "start": "starts",
    "hours": "hours",
    "end": "endings",
}
ACTIONS = {
    "propose": "placement.propose",
    "offer": "placement.offer",
    "accept": "placement.accept",
    "say-yes": "placement.accept",
    "decline": "placement.decline",
    "say-no": "placement.decline",
    "withdraw": "placement.withdraw",
    "start": "placement.start",
    "hours": "placement.change-hours",
    "end": "placement.end",
    "change": "capacity.change",
    "confirm": "capacity.confirm",
    "plan": "plan.start",
}
"""What the audit calls each."""


@dataclass(frozen=True, slots=True)
class Done:
    """An operation that was acknowledged: to whom, what, and to what, as the audit names them."""

    who: str
    operation: str
    subject: str


@dataclass(eq=False)
class Storm:
    """What became of a storm; clients write into it as they go."""

    done: list[Done] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    answers: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    jobs: list[UUID] = field(default_factory=list)
    took: float = 0.0
    expired: int = 0

    @property
    def everything(self) -> list[float]:
        """The seconds of every answer."""
        return [second for some in self.seconds.values() for second in some]


class Board:
    """What the clients believe: which placement is where. Others may have been faster."""

    def __init__(self) -> None:
        """Nobody is proposed anything."""
        self._lock = Lock()
        self._state: dict[UUID, str] = {}
        self._in: dict[str, list[UUID]] = defaultdict(list)
        self.opening: dict[UUID, UUID] = {}

    def put(self, placement: UUID, state: str) -> None:
        """A placement is there now."""
        with self._lock:
            before = self._state.get(placement)
            if before is not None:
                self._in[before].remove(placement)
            self._state[placement] = state
            self._in[state].append(placement)

    def some(self, state: str, draw: random.Random) -> UUID | None:
        """A placement that is there, or was a moment ago; None where there is none."""
        with self._lock:
            here = self._in[state]
            return draw.choice(here[-40:]) if here else None


@dataclass(eq=False)
class Client:
    """One client: what it asks is drawn from a seed of its own."""

    town: Crowd
    board: Board
    storm: Storm
    addresses: list[str]
    draw: random.Random
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE))

    def one(self) -> None:
        """The next operation that there is something to do it with."""
        names, weights = list(WEIGHTS), list(WEIGHTS.values())
        while True:
            operation = self.draw.choices(names, weights)[0]
            state = FROM.get(operation)
            if state is None:
                break
            if self.draw.random() < 0.03:
                state = self.draw.choice(["proposed", "offered", "accepted", "started", "over"])
            placement = self.board.some(state, self.draw)
            if placement is not None:
                self._step(operation, placement)
                return
        {"propose": self._propose, "plan": self._plan}.get(
            operation, lambda: self._capacity(operation)
        )()

    def _propose(self) -> None:
        who, token = self._supervisor()
        opening = self.draw.choice(list(self.town.openings))
        body = {
            "participantId": str(self.draw.choice(self.town.people)),
            "openingId": str(opening),
            "sessions": self._half_days(),
            "hoursPerWeek": self.draw.randrange(4, 30),
        }
        made = self._ask("propose", token, "POST", "/proposals", body, once=True)
        if made is not None:
            placement = UUID(made["id"])
            self.board.opening[placement] = opening
            self._acknowledged(who, "propose", f"placement:{placement}")
            self.board.put(placement, "proposed")

    def _plan(self) -> None:
        if self.draw.random() < 0.9:  # one in ten of these is enough for a worker
            return self._propose()
        token = self.town.coordinator
        made = self._ask("plan", token, "POST", "/plans", {"seconds": 5}, once=True)
        if made is not None:
            self.storm.jobs.append(UUID(made["id"]))
            self._acknowledged(self.town.coordinates, "plan", f"job:{made['id']}")
        return None

    def _step(self, operation: str, placement: UUID) -> None:
        if operation.startswith("say-"):
            token, who = self.town.openings[self.board.opening[placement]]
            noun = "acceptances" if operation == "say-yes" else "declines"
            path = f"/offers/{placement}/{noun}"
        else:
            who, token = self._supervisor()
            path = f"/proposals/{placement}/{NOUNS[operation]}"
        headers = {}
        if operation == "hours":
            headers["If-Match"] = self._version(f"/proposals/{placement}", token)
        found = self._ask(operation, token, "POST", path, self._body(operation), headers)
        if found is None:
            if self.draw.random() < 0.3:  # it may be elsewhere by now
                self.board.put(placement, "over")
            return
        self._acknowledged(who, operation, f"placement:{placement}")
        state = found["state"]
        self.board.put(placement, state if state in set(FROM.values()) else "over")

    def _capacity(self, operation: str) -> None:
        opening = self.draw.choice(list(self.town.openings))
        token, who = self.town.openings[opening]
        path = f"/openings/{opening}/capacity"
        if operation == "confirm":
            answer = self._ask(
                "confirm", token, "POST", f"/openings/{opening}/confirmations", None
            )
        else:
            seats = self.draw.randrange(1, 6)
            body = {
                "seats": seats,
                "sessionSeats": self.draw.randrange(1, seats + 1),
                "status": "open",
            }
            headers = {"If-Match": self._version(path, token)}
            answer = self._ask("change", token, "PUT", path, body, headers)
        if answer is not None:
            self._acknowledged(who, operation, f"opening:{opening}")

    def _body(self, operation: str) -> dict[str, object] | None:
        today = datetime.now(ZoneInfo("Europe/Stockholm")).date().isoformat()
        reason = self.draw.choice(["hours", "needs_not_met", "chemistry"])
        some: dict[str, Callable[[], dict[str, object] | None]] = {
            "offer": dict,
            "withdraw": dict,
            "decline": lambda: {"by": "participant", "reason": reason},
            "say-no": lambda: {"reason": reason},
            "start": lambda: {"on": today, "endsEarlier": self.draw.random() < 0.5},
            "hours": lambda: {"on": today, "hoursPerWeek": 9, "sessions": self._half_days()},
            "end": lambda: {"on": today, "ending": str(self.draw.choice(list(Ending)))},
        }
        return some.get(operation, lambda: None)()

    def _ask(  # noqa: PLR0913, PLR0917 -- a request
        self,
        operation: str,
        token: str,
        method: str,
        path: str,
        body: object,
        headers: dict[str, str] | None = None,
        *,
        once: bool = False,
    ) -> dict[str, Any] | None:
        """What is answered with 2xx; None otherwise. What may be sent twice is, if need be."""
        headers = {"Authorization": f"Bearer {token}"} | (headers or {})
        if once:
            headers["Idempotency-Key"] = str(UUID(int=self.draw.getrandbits(128)))
        for _ in range(100 if once else 1):
            address = self.draw.choice(self.addresses)
            began = perf_counter()
            try:
                answer = self.http.request(
                    method, f"{address}{V1}{path}", json=body, headers=headers
                )
            except httpx.TransportError:
                self.storm.unanswered += 1
                sleep(0.2)
                continue
            self.storm.seconds[operation].append(perf_counter() - began)
            found: dict[str, Any] = answer.json()
            code = found.get("code", "done") if answer.is_error else "done"
            self.storm.answers[f"{answer.status_code} {code}"] += 1
            return found if answer.is_success else None
        return None

    def _version(self, path: str, token: str) -> str:
        headers = {"Authorization": f"Bearer {token}"}
        try:
            found = self.http.get(f"{self.addresses[0]}{V1}{path}", headers=headers)
        except httpx.TransportError:
            return '"0"'
        return found.headers.get("ETag", '"0"')

    def _acknowledged(self, who: str, operation: str, subject: str) -> None:
        self.storm.done.append(Done(who, operation, subject))

    def _supervisor(self) -> tuple[str, str]:
        return self.draw.choice(list(self.town.supervisors.items()))

    def _half_days(self) -> list[str]:
        return self.draw.sample(SESSIONS, self.draw.randrange(1, 5))


def storm(
    town: Crowd,
    store: Store,
    addresses: list[str],
    clients: int,
    enough: Callable[[int], bool],
) -> Storm:
    """Operations by so many clients, while offers expire.

    Args:
        town: whom it is about.
        store: where they are.
        addresses: of the web processes.
        clients: how many there are.
        enough: whether a client that has done so many stops.
    """
    found, board, over = Storm(), Board(), Event()
    clock = Thread(target=_clock, args=(store, found, over))
    clock.start()
    began = perf_counter()

    def some(number: int) -> None:
        own = Client(town, board, found, addresses, random.Random(number))  # noqa: S311 -- no secret
        with own.http:
            did = 0
            while not enough(did):
                own.one()
                did += 1

    try:
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(some, range(clients)))
    finally:
        found.took = perf_counter() - began
        over.set()
        clock.join()
    return found


def _clock(store: Store, found: Storm, over: Event) -> None:
    ahead = replace(store, clock=lambda: datetime.now(UTC) + ANSWERED_WITHIN)
    while not over.wait(0.1):
        with ahead.writing() as unit:
            found.expired += offers.expire_due(unit)
