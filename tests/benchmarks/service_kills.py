"""``kill -9`` of web processes and workers at random moments, while a storm goes on."""

import random
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic, sleep

from sqlalchemy import text

from api.store import Store
from tests.benchmarks.service_house import PATIENCE, House
from tests.benchmarks.service_people import Crowd
from tests.benchmarks.service_storm import Storm, storm

LEAST, MOST = 0.2, 2.0
"""Seconds from one kill to the next."""


@dataclass(frozen=True, kw_only=True)
class Killed:
    """A storm with kills: how many of each, and what became of the jobs, by state."""

    storm: Storm
    kills: dict[str, int]
    jobs: dict[str, int]


def killed(town: Crowd, store: Store, there: House, kills: int, clients: int) -> Killed:
    """A storm that lasts until so many processes were killed, and the jobs are over."""
    over, count = Event(), dict.fromkeys(there.names, 0)
    faults: list[BaseException] = []

    def kill() -> None:
        draw = random.Random(kills)  # noqa: S311 -- no secret
        try:
            for _ in range(kills):
                sleep(draw.uniform(LEAST, MOST))
                name = draw.choice(there.names)
                there.kill(name)
                count[name] += 1
        except BaseException as fault:  # noqa: BLE001 -- raised below, in the test's own thread
            faults.append(fault)
        over.set()

    killer = Thread(target=kill)
    killer.start()
    found = storm(town, store, there.addresses, clients, lambda _: over.is_set())
    killer.join()
    if faults:
        raise faults[0]
    return Killed(storm=found, kills=count, jobs=_jobs(store))


def _jobs(store: Store) -> dict[str, int]:
    """The jobs by state, when all are over, or somebody has waited long enough."""
    end = monotonic() + PATIENCE
    while True:
        with store.reading() as unit:
            rows = unit.execute(text("SELECT state, count(*) FROM job GROUP BY state"))
            found = {str(state): int(count) for state, count in rows}
        if not {"queued", "running"} & set(found) or monotonic() > end:
            return found
        sleep(0.5)
