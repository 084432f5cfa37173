"""Everybody at once for the last seats of an opening."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from time import perf_counter

import httpx
from sqlalchemy import text

from api.store import Store
from tests.benchmarks.service_house import PATIENCE, V1, House
from tests.benchmarks.service_people import crowd

HALF_DAYS = ["mon_am", "wed_am"]


@dataclass(frozen=True, kw_only=True)
class Rush:
    """What became of it: answers by status and code, what holds a seat, and seconds."""

    answers: Counter[str]
    held: int
    taken: int
    seconds: list[float]


def rush(store: Store, there: House, offers: int, seats: int) -> Rush:
    """So many offers at once, each for somebody else, on an opening with few seats."""
    town = crowd(store, offers, 1, seats)
    (opening,), token = town.openings, next(iter(town.supervisors.values()))
    headers = {"Authorization": f"Bearer {token}"}
    addresses = there.addresses
    with httpx.Client(base_url=addresses[0], headers=headers, timeout=PATIENCE) as client:
        made = [
            client.post(
                f"{V1}/proposals",
                json={
                    "participantId": str(person),
                    "openingId": str(opening),
                    "sessions": HALF_DAYS,
                    "hoursPerWeek": 8,
                },
            ).json()["id"]
            for person in town.people
        ]
    gate = Barrier(offers)

    def offer(at: int) -> tuple[str, float]:
        with httpx.Client(base_url=addresses[at % len(addresses)], headers=headers) as client:
            gate.wait()
            began = perf_counter()
            answer = client.post(f"{V1}/proposals/{made[at]}/offers", json={}, timeout=PATIENCE)
            took = perf_counter() - began
        return f"{answer.status_code} {answer.json().get('code', 'done')}", took

    with ThreadPoolExecutor(offers) as pool:
        found = list(pool.map(offer, range(offers)))
    with store.reading() as unit:
        held = unit.scalar(text("SELECT count(*) FROM placement WHERE state = 'offered'"))
        taken = unit.scalar(text("SELECT taken FROM opening"))
    return Rush(
        answers=Counter(said for said, _ in found),
        held=held or 0,
        taken=taken or 0,
        seconds=[took for _, took in found],
    )
