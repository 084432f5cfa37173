"""The balance of the service: what has happened, counted and protected, release by release."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from api.jobs import balancing
from api.jobs.desk import Desk, JobFaultError
from api.settings import Settings
from api.store import jobs, releases
from api.store.history import happened
from api.store.tables import ParticipantRow, ReleaseRow
from matcher.domain import Gender
from tests.builders import opening, participant, problem_of, provider, seek, site
from tests.service.lives import at_noon, look, started
from tests.service.working import BASE, brought, turn, zipped
from tests.service.world import World


def released(world: World, settings: Settings) -> dict[str, Any]:
    """The balance, counted by a worker because an analyst asked."""
    client = world.client(settings, "analyst")
    answer = client.post(f"{BASE}/balance")
    assert answer.status_code == 202, answer.text
    assert turn(world.store)
    job = client.get(answer.headers["Location"]).json()
    assert job["state"] == "done", job
    return dict(client.get(f"{BASE}/balance").json())


def peopled(world: World, settings: Settings, women: int, men: int) -> None:
    """So many who look for kitchen work, brought in."""
    some = [
        participant(
            f"N{at}",
            gender=Gender.WOMAN if at < women else Gender.MAN,
            wishes=(seek("9412", 1),),
        )
        for at in range(women + men)
    ]
    places = (provider("C9"), site("S9", provider_id="C9"), opening("O9", site_id="S9", seats=9))
    client = world.client(settings, "north_supervisor")
    found = brought(client, world.store, zipped(problem_of(*some, *places)))
    assert found["state"] == "done", found


def openable(book: bytes) -> int:
    """How many sheets a workbook has."""
    return len(CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names)


def packed(content: bytes) -> list[str]:
    """The names in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return found.namelist()


def cell(found: dict[str, Any], table: str, *codes: str | None) -> int | None:
    """A cell of a table; None as a code is the total, None as an answer is hidden."""
    one = next(one for one in found["tables"] if one["name"] == table)
    at = 0
    for dimension, code in zip(one["dimensions"], codes, strict=True):
        names = dimension["codes"]
        at = at * (len(names) + dimension["total"])
        at += len(names) if code is None else names.index(code)
    value: int | None = one["values"][at]
    return value


def test_many_are_told_and_few_are_not(world: World, settings: Settings) -> None:
    """Of thirty women and twenty men who wish, so many are told; of two in the world nobody is."""
    peopled(world, settings, 30, 20)
    found = released(world, settings)
    assert found["threshold"] == 5
    assert cell(found, "wished/branch", None, None) >= 50
    for table in found["tables"]:
        assert all(value is None or value == 0 or value >= 5 for value in table["values"])
        shown = [at for at, value in enumerate(table["values"]) if value is None]
        assert sorted(at for some in table["hidden"].values() for at in some) == shown


def test_every_stage_of_a_life_is_an_event(world: World, settings: Settings) -> None:
    """Proposed, accepted, started: with the group of the opening, and the hours."""
    world, _ = at_noon(world)
    started(world, settings)
    found = look(world, lambda unit: list(happened(unit)))
    assert [str(one.state) for one in found] == ["proposed", "accepted", "started"]
    assert {one.opening_id for one in found} == {world.openings["O1"]}
    assert found[-1].hours_first == found[-1].hours_last is not None


def test_protected_identities_are_in_no_number(world: World, settings: Settings) -> None:
    """Whoever has one is in no table, totals too: the release is as if they were not there."""
    peopled(world, settings, 30, 20)
    with world.store.writing() as unit:
        hidden = select(ParticipantRow.id).where(ParticipantRow.code == "N0")
        unit.execute(
            update(ParticipantRow)
            .where(ParticipantRow.id.in_(hidden))
            .values(protected_identity=True)
        )
    found = released(world, settings)
    everybody = len(look(world, lambda unit: list(unit.scalars(select(ParticipantRow.id)))))
    assert cell(found, "participants/age", None, None) in {everybody - 1, None}


def test_a_second_release_knows_of_the_first(world: World, settings: Settings) -> None:
    """One person less between two releases is in no difference of what they tell.

    Where almost nothing could be told, the first one stays the newest, and the job says why.
    """
    peopled(world, settings, 30, 20)
    first = released(world, settings)
    with world.store.writing() as unit:
        row = unit.scalars(select(ParticipantRow).where(ParticipantRow.code == "N1")).one()
        unit.delete(row)
    client = world.client(settings, "analyst")
    asked = client.post(f"{BASE}/balance")
    assert turn(world.store)
    job = client.get(asked.headers["Location"]).json()
    assert (job["state"], job["fault"]) in {("done", None), ("failed", "too-little-new")}
    second = dict(client.get(f"{BASE}/balance").json())
    assert 2 * second["shown"] >= first["shown"]
    for before, after in zip(first["tables"], second["tables"], strict=True):
        assert before["dimensions"] == after["dimensions"]
        pairs = zip(before["values"], after["values"], strict=True)
        assert all(
            one is None or other is None or abs(one - other) not in range(1, 5)
            for one, other in pairs
        )
    numbers = look(world, lambda unit: list(unit.scalars(select(ReleaseRow.number))))
    assert sorted(numbers) == ([1, 2] if job["state"] == "done" else [1])


def test_two_years_are_told_apart_and_nothing_else(world: World, settings: Settings) -> None:
    """Last year and this one so far, of what has days; no association, and nothing to choose."""
    world, _ = at_noon(world)
    peopled(world, settings, 30, 20)
    started(world, settings)
    found = released(world, settings)
    apart = {one["name"]: one for one in found["tables"] if one["name"].count("/") == 2}
    stages = ("proposed", "accepted", "started")
    years = {f"{stage}/branch/{year}" for stage in stages for year in (2025, 2026)}
    kinds = {f"{stage}/branch/kind" for stage in ("recommended", *stages, "ended")}
    assert set(apart) == years | kinds
    assert set(apart["started/branch/2025"]["values"]) == {0}
    assert apart["started/branch/2026"]["population"] == "started 2026"
    page = world.client(settings, "analyst").get(
        f"{BASE}/balance/report", headers={"Accept-Language": "en"}
    )
    assert "Started, from 2026-01-01 to 2026-12-01: field by gender" in page.text
    assert "Periods must not be added up" in page.text


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2024, 2, 29), date(2026, 12, 31)])
def test_the_years_that_a_release_tells(day: date) -> None:
    """They meet at New Year, and today is in."""
    last, this = balancing.years(day)
    assert (last.name, this.name) == (f"{day.year - 1}", f"{day.year}")
    assert (last.first, last.after) == (date(day.year - 1, 1, 1), date(day.year, 1, 1))
    assert (this.first, this.after) == (last.after, date.fromordinal(day.toordinal() + 1))


def test_a_release_that_was_overtaken_is_not_kept(world: World, settings: Settings) -> None:
    """Of two that stand on the same past only one is told; the other is to be started again."""
    queued = world.client(settings, "analyst").post(f"{BASE}/balance")
    assert queued.status_code == 202
    with world.store.writing() as unit:
        job = jobs.claim(unit, "w1")
    assert job is not None
    desk = Desk(
        store=world.store, settings=settings, job=job, tell=lambda _: None, cancelled=lambda: False
    )
    made = balancing.balance(desk)
    with world.store.writing() as unit:
        releases.keep(
            unit, releases.New(job=world.users["analyst"], after=0, published={}, reports=b"")
        )
    with pytest.raises(JobFaultError) as told, world.store.writing() as unit:
        made.keep(unit)
    assert told.value.code == "overtaken"
    assert look(world, lambda unit: releases.newest(unit)[0]) == 1


def test_the_reports_of_a_release(world: World, settings: Settings) -> None:
    """A page, a workbook and tables, in the language that is asked for; before a release none."""
    client = world.client(settings, "analyst")
    assert client.get(f"{BASE}/balance/report").status_code == 404
    peopled(world, settings, 30, 20)
    released(world, settings)
    page = client.get(f"{BASE}/balance/report", headers={"Accept-Language": "en"})
    assert page.text.startswith("<!doctype html>")
    assert '<html lang="en"' in page.text
    assert "script" not in page.headers["content-security-policy"]
    book = client.get(f"{BASE}/balance/workbook")
    assert openable(book.content) > 3
    tables = client.get(f"{BASE}/balance/tables")
    assert any(name.startswith("table-") for name in packed(tables.content))


def test_only_those_who_plan_read_it_and_only_analysts_release(
    world: World, settings: Settings
) -> None:
    """Before the first there is none; what is asked with it is refused."""
    assert world.client(settings, "analyst").get(f"{BASE}/balance").status_code == 404
    for user in ("north_supervisor", "cafe_manager", "admin"):
        assert world.client(settings, user).get(f"{BASE}/balance").status_code == 403
    assert world.client(settings, "north_coordinator").post(f"{BASE}/balance").status_code == 403
    later = {"from": "2026-01-01"}
    assert (
        world.client(settings, "analyst").post(f"{BASE}/balance", params=later).status_code == 422
    )
