"""Recommendations at county size, a bare route with the same bytes, and the web beside a plan."""

import os
import random
import re
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, sleep

import httpx
from fastapi import FastAPI, Response

from tests.benchmarks.service_house import PATIENCE, V1, House
from tests.benchmarks.service_people import County

BARE = "tests.benchmarks.service_advice:bare"
BYTES = "BARE_BYTES"
STAGE = re.compile(r"([a-z]+);dur=([0-9.]+)")
BREATH = 0.02
"""Seconds between two cheap requests."""
BEFORE = 200
"""Cheap requests while nothing else is done."""


@dataclass(eq=False)
class Asked:
    """Seconds of every answer, milliseconds of every stage, and how long it all took."""

    seconds: list[float] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    took: float = 0.0
    refused: int = 0


def recommendations(county: County, addresses: list[str], asked: int, clients: int) -> Asked:
    """So many recommendations by so many clients at once, each time for somebody else."""
    order = random.Random(1).sample(county.people, len(county.people))  # noqa: S311 -- no secret

    def one(at: int) -> tuple[str, str]:
        person, token = order[at % len(order)]
        return f"{V1}/participants/{person}/recommendations", token

    for address in addresses * clients:  # what a process keeps, it reads when it is first asked
        with httpx.Client(timeout=PATIENCE) as http:
            _get(http, address, *one(asked))
    return _at_once(one, addresses, asked, clients)


def floor(there: House, county: County, folder: Path, asked: int, clients: int) -> Asked:
    """The same from processes that do nothing but send the bytes of one such answer."""
    person, token = county.people[0]
    answer = httpx.get(
        f"{there.addresses[0]}{V1}/participants/{person}/recommendations",
        headers={"Authorization": f"Bearer {token}"},
        timeout=PATIENCE,
    )
    file = folder / "answer.json"
    file.write_bytes(answer.raise_for_status().content)
    addresses = [there.web(f"bare{at}", BARE, **{BYTES: str(file)}) for at in range(2)]
    return _at_once(lambda _: ("/answer", token), addresses, asked, clients)


def bare() -> FastAPI:
    """A route that answers the same bytes every time."""
    content = Path(os.environ[BYTES]).read_bytes()
    app = FastAPI()

    @app.get("/answer")
    def answer() -> Response:
        return Response(content, media_type="application/json")

    return app


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Seconds of cheap requests before and while a plan was made, and the seconds of the plan."""

    before: list[float]
    meanwhile: list[float]
    plan: float
    state: str


def beside_a_plan(county: County, address: str) -> Beside:
    """A cheap request over and over, while a worker plans the county."""
    headers = {"Authorization": f"Bearer {county.coordinator}"}
    before, meanwhile = [], []
    with httpx.Client(base_url=f"{address}{V1}", headers=headers, timeout=PATIENCE) as client:

        def cheap() -> float:
            began = perf_counter()
            client.get("/openings", params={"limit": 1}).raise_for_status()
            took = perf_counter() - began
            sleep(BREATH)
            return took

        before = [cheap() for _ in range(BEFORE)]
        began = perf_counter()
        asked = {"planDate": "2026-12-01"}
        job = client.post("/plans", json=asked).raise_for_status().json()["id"]
        while True:
            meanwhile += [cheap() for _ in range(20)]
            state: str = client.get(f"/jobs/{job}").raise_for_status().json()["state"]
            if state not in {"queued", "running"}:
                break
        return Beside(before=before, meanwhile=meanwhile, plan=perf_counter() - began, state=state)


def _at_once(
    one: Callable[[int], tuple[str, str]], addresses: list[str], asked: int, clients: int
) -> Asked:
    found = Asked()

    def some(client: int) -> None:
        with httpx.Client(timeout=PATIENCE) as http:
            for at in range(client, asked, clients):
                began = perf_counter()
                answer = _get(http, addresses[client % len(addresses)], *one(at))
                found.seconds.append(perf_counter() - began)
                found.refused += answer.status_code != 200
                for name, took in STAGE.findall(answer.headers.get("Server-Timing", "")):
                    found.stages[name].append(float(took))

    began = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(some, range(clients)))
    found.took = perf_counter() - began
    return found


def _get(http: httpx.Client, address: str, path: str, token: str) -> httpx.Response:
    return http.get(f"{address}{path}", headers={"Authorization": f"Bearer {token}"})
