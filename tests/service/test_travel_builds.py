"""Travel times in the service: built by a job, and the command line's own in every answer."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from typer.testing import CliRunner

from api import cli
from api.domain import Principal, Role
from api.jobs import travelling
from api.jobs.desk import Desk, NotWantedError, Told
from api.matching.standing import stood
from api.settings import Settings
from api.store import Store, jobs, plans, profiles
from api.store.tables import PlanRow
from api.travel.renewal import BUILDING, renewed
from api.travel.store import open_store, place_number
from api.travel.times import times_of
from matcher import Limits, Policy, plan
from matcher.domain import Problem
from matcher.explain.reverse import who_could_come
from matcher.solve.standing import stand
from matcher.travel.contract import Point
from tests.api.command_line import copy
from tests.api.travel.small_towns import SECRET
from tests.builders import participant
from tests.service.town import DAY, NOON, Town, town
from tests.service.working import BASE, job_row, turn
from tests.service.world import World

TO = (59.0, 18.0)


@pytest.fixture
def kind() -> str:
    """The store of travel times is a file of its own, whatever the database is."""
    return "sqlite"


@pytest.fixture
def tiny(store: Store) -> Town:
    """The tiny data set in a store."""
    return town(store)


@pytest.fixture
def timed(settings: Settings, tmp_path: Path) -> Settings:
    """Settings with a store of travel times, and curves that are slower than the usual ones."""
    curve = _curve(tmp_path)
    return settings.model_copy(
        update={"travel_store": tmp_path / "times.db", "travel_curve": curve}
    )


def _run(*line: object) -> str:
    result = CliRunner().invoke(cli.app, [str(word) for word in line], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def _curve(folder: Path) -> Path:
    """Curves by which everything by public transport takes 15 minutes, and one for each km."""
    table, file = folder / "real.csv", folder / "curve.json"
    with table.open("w", encoding="utf-8", newline="") as to:
        rows = csv.writer(to)
        names = ("from_latitude", "from_longitude", "to_latitude", "to_longitude", "minutes")
        rows.writerow(names)
        for at, km in enumerate(np.linspace(1, 40, 60)):
            north = round(TO[0] + at % 5 / 100, 3)
            rows.writerow([north + km / 111.195, TO[1], north, TO[1], 15 + km])
    _run("travel", "calibrate", table, "--out", file)
    return file


def _built(tiny: Town, settings: Settings, **body: str) -> dict[str, Any]:
    """A build, made by a worker."""
    client = tiny.client(settings, "coordinator")
    answer = client.post(f"{BASE}/travel-builds", json=body)
    assert answer.status_code == 202, answer.text
    assert turn(tiny.store, settings=settings)
    return dict(client.get(answer.headers["Location"]).json())


def _rows(path: Path) -> list[tuple[object, ...]]:
    """What stands in a store, without the moment at which it was asked."""
    names = "origin, site, mode, step_free, asked, reach, minutes, source, low, high, expires_on"
    with open_store(path) as found:
        query = f"SELECT {names} FROM journeys"  # noqa: S608 -- names of ours
        return list(found._connection.execute(query))  # noqa: SLF001 -- looked into


def _timed(tiny: Town, settings: Settings) -> Problem:
    """The engine's view, with the times of the store."""
    path = settings.travel_store
    assert path is not None
    with open_store(path) as found:
        return replace(tiny.problem, travel_times=times_of(found, tiny.problem, DAY))


def _journeys(tiny: Town, settings: Settings, name: str, **params: str) -> dict[str, object]:
    """The journeys of somebody's recommendations, by opening."""
    url = f"{BASE}/participants/{tiny.people[name]}/recommendations"
    answer = tiny.client(settings).get(url, params={"limit": 100, **params})
    assert answer.status_code == 200, answer.text
    codes = {str(row): code for code, row in tiny.openings.items()}
    told = ("kind", "minutes", "low", "high", "stepFree")
    return {
        codes[row["openingId"]]: {name: row["journey"][name] for name in told}
        for group in ("possible", "toCheck", "fallsAway")
        for row in answer.json()[group]["items"]
    }


def test_answers_are_the_command_lines(tiny: Town, timed: Settings, tmp_path: Path) -> None:
    """The worker's store is the command's, and so are everybody's journeys, band and all."""
    some = list(tiny.people)[:3]
    before = {name: _journeys(tiny, timed, name) for name in some}
    job = _built(tiny, timed)
    assert (job["state"], job["kind"]) == ("done", "travel"), job
    folder, theirs = copy(tmp_path / "towns"), tmp_path / "theirs.db"
    (folder / "travel_times.csv").unlink()
    day = ("--plan-date", DAY.isoformat())
    told = json.loads(
        _run(
            *("travel", "build", folder, "--store", theirs),
            *("--curve", timed.travel_curve, "--json", *day),
        )
    )
    built = {name: told[name] for name in job["travel"]}
    assert job["travel"] == built
    assert timed.travel_store is not None
    assert _rows(timed.travel_store) == _rows(theirs)
    changed = 0
    for name in some:
        line = ("recommend", folder, name, "--travel", theirs, "--json", *day)
        shown = json.loads(_run(*line))
        after = _journeys(tiny, timed, name)
        assert after == {
            row["openingId"]: {key: row["journey"][key] for key in after[row["openingId"]]}
            for group in ("possible", "toCheck", "fallsAway")
            for row in shown[group]
        }
        changed += after != before[name]
    assert changed


def test_a_plan_is_the_engines_on_the_store(tiny: Town, timed: Settings) -> None:
    """A worker plans with the times of the store; without the setting, with estimates."""
    _built(tiny, timed)
    engine = plan(_timed(tiny, timed), Policy(), Limits(workers=1))
    assert engine.plan is not None
    client = tiny.client(timed, "coordinator")

    def rows(settings: Settings) -> object:
        answer = client.post(f"{BASE}/plans", json={"planDate": DAY.isoformat()})
        assert turn(tiny.store, settings=settings)
        job = client.get(answer.headers["Location"]).json()
        with tiny.store.reading() as unit:
            row = unit.get_one(PlanRow, UUID(job["planId"]))
            return plans.opened(unit, row).assignments

    assert rows(timed) == engine.plan.assignments
    bare = timed.model_copy(update={"travel_store": None})
    estimated = plan(tiny.problem, Policy(), Limits(workers=1)).plan
    assert estimated is not None
    assert estimated.assignments != engine.plan.assignments
    assert rows(bare) == estimated.assignments


def test_candidates_follow_the_store(tiny: Town, timed: Settings) -> None:
    """Who could come, before a build and after it: what is kept is not kept too long."""
    client = tiny.client(timed, "coordinator")

    def told() -> list[list[str]]:
        return [
            [
                row["code"]
                for row in client.get(f"{BASE}/openings/{row}/candidates").json()["items"]
            ]
            for row in tiny.openings.values()
        ]

    def engine(problem: Problem) -> list[list[str]]:
        nobody: frozenset[Any] = frozenset()
        standing = stand(problem, Policy(), nobody, former=nobody)
        return [
            [str(one.participant_id) for one in who_could_come(standing, one.opening_id)]
            for one in problem.openings
        ]

    assert told() == engine(tiny.problem)
    _built(tiny, timed)
    assert engine(_timed(tiny, timed)) != engine(tiny.problem)
    assert told() == engine(_timed(tiny, timed))
    kept = [stood(tiny.store, tiny.organisation, travel=timed.travel_store) for _ in "ab"]
    assert kept[0].standing is kept[1].standing


def test_without_a_store_it_is_refused(tiny: Town, settings: Settings) -> None:
    """By a code and a sentence; no job is made."""
    client = tiny.client(settings, "coordinator")
    answer = client.post(f"{BASE}/travel-builds", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "no-travel-store")
    assert "estimated" in answer.json()["detail"]
    assert not turn(tiny.store)
    supervisor = tiny.client(settings, "supervisor")
    assert supervisor.post(f"{BASE}/travel-builds", json={}).status_code == 403


def test_a_worker_without_what_it_needs(tiny: Town, timed: Settings, tmp_path: Path) -> None:
    """No store where the worker runs, no timetable, a file that is no store: each a code."""
    client = tiny.client(timed, "coordinator")
    broken = tmp_path / "no.db"
    broken.write_text("no store " * 100)
    found = []
    for change in (
        {"travel_store": None},
        {"travel_gtfs": tmp_path / "no.zip"},
        {"travel_store": broken},
    ):
        job = client.post(f"{BASE}/travel-builds", json={}).json()["id"]
        assert turn(tiny.store, settings=timed.model_copy(update=change))
        row = job_row(tiny.store, UUID(job))
        found.append((row.state, row.fault))
    assert found == [
        ("failed", "no-travel-store"),
        ("failed", "travel-sources"),
        ("failed", "travel-store"),
    ]


def test_nothing_is_answered_on_a_broken_store(
    tiny: Town, settings: Settings, tmp_path: Path
) -> None:
    """Neither an answer nor a plan falls back on estimates where times are wanted."""
    broken = tmp_path / "no.db"
    broken.write_text("no store " * 100)
    wrong = settings.model_copy(update={"travel_store": broken})
    client = tiny.client(wrong, "coordinator")
    urls = (
        f"{BASE}/participants/{tiny.people['P01']}/recommendations",
        f"{BASE}/openings/{tiny.openings['O01']}/candidates",
    )
    for url in urls:
        answer = tiny.client(wrong).get(url)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.json()["errors"][0]["code"] == "travel-store"
    job = client.post(f"{BASE}/plans", json={"planDate": DAY.isoformat()}).json()["id"]
    assert turn(tiny.store, settings=wrong)
    assert job_row(tiny.store, UUID(job)).fault == "travel-store"


def test_a_cancelled_build_goes_on_where_it_was(tiny: Town, timed: Settings) -> None:
    """Nobody reads half a build; the next one asks only for the rest."""
    who = coordinator(tiny)
    with tiny.store.writing() as unit:
        asked = {"planDate": DAY.isoformat(), "day": None}
        jobs.queue(unit, who, jobs.Kind.TRAVEL, asked)
    with tiny.store.writing() as unit:
        claimed = jobs.claim(unit, "a")
    assert claimed is not None
    told: list[Told] = []
    desk = Desk(
        store=tiny.store,
        settings=timed,
        job=claimed,
        tell=told.append,
        cancelled=lambda: bool(told) and told[-1].get("done") == 2,
    )
    with pytest.raises(NotWantedError):
        travelling.build(desk)
    path = timed.travel_store
    assert path is not None
    assert not path.exists()
    half = len(_rows(path.with_name(path.name + BUILDING)))
    assert half
    with tiny.store.writing() as unit:
        jobs.cancel(unit, jobs.own(unit, who, claimed.id))
        jobs.stop(unit, claimed)
    whole = _built(tiny, timed)["travel"]
    assert whole["fresh"] == len(_rows(path)) - half
    assert not path.with_name(path.name + BUILDING).exists()
    again = _built(tiny, timed)["travel"]
    assert (again["fresh"], again["minutes"]) == (0, whole["minutes"])


def coordinator(tiny: Town) -> Principal:
    """The coordinator of the town."""
    return Principal(
        user_id=tiny.supervisor, role=Role.COORDINATOR, organisation_id=tiny.organisation
    )


def test_a_protected_identity_is_never_asked_for(world: World, timed: Settings) -> None:
    """The place of somebody whose identity is protected is nowhere in the file."""
    hidden = participant("P9", protected_identity=True, **SECRET)
    with world.store.writing() as unit:
        profiles.create(
            unit, world.organisations["north"], hidden, [world.users["north_supervisor"]]
        )
    client = world.client(timed, "north_coordinator")
    answer = client.post(f"{BASE}/travel-builds", json={"day": "2026-12-01"})
    assert turn(world.store, settings=timed)
    job = client.get(answer.headers["Location"]).json()
    assert (job["state"], job["travel"]["day"]) == ("done", "2026-12-01")
    assert timed.travel_store is not None
    rows = _rows(timed.travel_store)
    assert rows
    assert place_number(Point(**SECRET)) not in {row[0] for row in rows}
    assert "P9" not in timed.travel_store.read_bytes().decode("latin-1")


def test_what_has_expired_is_unknown_and_then_gone(tiny: Town, timed: Settings) -> None:
    """91 days on nobody knows any more, as the store has it; the next build takes them out."""
    _built(tiny, timed)
    path, later = timed.travel_store, DAY + timedelta(days=91)
    assert path is not None
    last = (later - timedelta(days=1)).isoformat()
    assert "minutes" in _kinds(_journeys(tiny, timed, "P01", asOf=last))
    assert "minutes" not in _kinds(_journeys(tiny, timed, "P01", asOf=later.isoformat()))
    with renewed(path, later, lambda: None):
        pass
    assert _rows(path) == []


def test_what_expires_soon_is_asked_again(tiny: Town, timed: Settings) -> None:
    """Whoever builds every month never runs out: after 60 days nothing is, after 61 all is."""
    first = _built(tiny, timed)["travel"]["fresh"]
    found = []
    for days in (60, 61):
        later = replace(tiny.store, clock=lambda days=days: NOON + timedelta(days=days))
        found.append(_built(replace(tiny, store=later), timed)["travel"]["fresh"])
    assert found == [0, first]


def _kinds(journeys: dict[str, Any]) -> set[str]:
    return {journey["kind"] for journey in journeys.values()}
