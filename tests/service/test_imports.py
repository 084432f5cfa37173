"""Imports: everything or nothing, every fault together; and what goes out comes in again."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

import data
from api.jobs import chores
from api.matching.problems import problem_of_organisation
from api.settings import Settings
from api.store import Store, audit, profiles, seats
from api.store.tables import (
    AuditEntry,
    JobRow,
    OpeningRow,
    ParticipantRow,
    PlacementRow,
    ProviderRow,
    Reader,
    SiteRow,
    SurveyRow,
    Table,
    User,
)
from matcher.dataset import read, tables_of
from matcher.domain import PlacementStatus, Problem, YesNoUnknown
from tests.builders import opening, participant, placement, problem_of, provider, site
from tests.service.working import BASE, brought, packed, turn, upload, zipped
from tests.service.world import OPENINGS, PLAN_DATE, PROVIDERS, SITES, World

TOWN = read(Path(data.__file__).parent / "town", PLAN_DATE)
KEPT: tuple[type[Table], ...] = (ProviderRow, SiteRow, SurveyRow, OpeningRow, PlacementRow)


def _counts(store: Store) -> dict[str, int]:
    with store.reading() as unit:
        return {
            table.__tablename__: unit.scalar(select(func.count()).select_from(table)) or 0
            for table in (*KEPT, ParticipantRow, Reader)
        }


def _stored(world: World) -> Problem:
    """What the store says of the town: everything but the world's own."""
    with world.store.reading() as unit:
        found = problem_of_organisation(unit, world.organisations["north"], PLAN_DATE)
    return replace(
        found,
        participants=tuple(p for p in found.participants if p.participant_id in TOWN.participant),
        providers=tuple(p for p in found.providers if p.provider_id not in PROVIDERS),
        sites=tuple(s for s in found.sites if s.site_id not in SITES),
        openings=tuple(o for o in found.openings if o.opening_id not in OPENINGS),
    )


def _named(problem: Problem) -> Problem:
    """Without the placements of those who are nobody here: their names are not kept."""
    known = tuple(p for p in problem.placements if p.participant_id in TOWN.participant)
    return replace(problem, placements=known)


def _same(one: Problem, other: Problem) -> bool:
    """Whether two problems say the same, cell by cell."""
    return {name: table.to_pydict() for name, table in tables_of(one).items()} == {
        name: table.to_pydict() for name, table in tables_of(other).items()
    }


def test_what_goes_in_stands_in_the_store_and_comes_out(world: World, settings: Settings) -> None:
    """Upload, read by the engine, download, upload again: the same problem, and nothing new."""
    client = world.client(settings, "north_supervisor")
    found = brought(client, world.store, zipped(TOWN))
    assert (found["state"], found["faults"]) == ("done", [])
    assert found["new"]["participants"] == len(TOWN.participants)
    assert found["new"]["placements"] == len(TOWN.placements)
    assert _same(_named(_stored(world)), _named(TOWN))
    before = _counts(world.store)
    for name in ("tables", "workbook"):
        out = client.get(f"{BASE}/exports/{name}")
        assert out.status_code == 200
        again = brought(client, world.store, out.content)
        assert again["state"] == "done", again
        assert sum((*again["new"].values(), *again["changed"].values())) == 0
    assert _counts(world.store) == before
    assert _same(_named(_stored(world)), _named(TOWN))
    with world.store.reading() as unit:
        assert seats.miscounted(unit) == []
        assert audit.verify(unit)[2] == ()


def test_supervisors_who_are_known_get_their_participants(
    world: World, settings: Settings
) -> None:
    """By their login; without one they are nobody's where a coordinator brings them in."""
    people = [
        participant("N1", supervisor_id="north_other"),
        participant("N2", supervisor_id="south_supervisor"),
    ]
    client = world.client(settings, "north_coordinator")
    places = provider("C"), site("S9", provider_id="C"), opening("O9", site_id="S9")
    found = brought(client, world.store, zipped(problem_of(*people, *places)))
    assert (found["state"], found["unshared"]) == ("done", 1)
    with world.store.reading() as unit:
        shared = dict(
            unit.execute(
                select(ParticipantRow.code, Reader.user_id)
                .join(Reader, Reader.participant_id == ParticipantRow.id)
                .where(ParticipantRow.code.in_(["N1", "N2"]))
            ).all()
        )
        content = unit.scalars(select(ParticipantRow.profile)).all()
    assert shared == {"N1": world.users["north_other"]}
    assert not any(b"north_other" in profile for profile in content)


def test_every_fault_is_told_and_nothing_loaded(world: World, settings: Settings) -> None:
    """Three faults in three tables, each by row and column; what stands there is not repeated."""
    before = _counts(world.store)
    tables = {name: table.to_pandas() for name, table in tables_of(TOWN).items()}
    tables["participants"].loc[1, "needs"] = "DIABETES"
    tables["participants"].loc[3, "birth_year"] = "1891"
    tables["openings"].loc[0, "site_id"] = "NOWHERE"
    files = {f"{name}.csv": table.to_csv(index=False) for name, table in tables.items()}
    client = world.client(settings, "north_supervisor")
    found = brought(client, world.store, packed(files))
    assert (found["state"], found["fault"]) == ("failed", "dataset-faults")
    assert [
        (fault["table"], fault["row"], fault["column"], fault["code"]) for fault in found["faults"]
    ] == [
        ("participants", 3, "needs", "not_one_of"),
        ("participants", 5, "birth_year", "age_out_of_range"),
        ("openings", 2, "site_id", "dangling"),
    ]
    assert "DIABETES" not in str(found)
    assert found["faults"][1]["detail"]
    assert _counts(world.store) == before


def test_what_is_not_yours_is_not_changed(world: World, settings: Settings) -> None:
    """Another's participant, a place that its provider keeps: told together, nothing changed."""
    before = _counts(world.store)
    mine = problem_of(
        participant("P2"),
        participant("N1"),
        *(PROVIDERS.values()),
        *(SITES.values()),
        replace(OPENINGS["O2"], seats=9),
        opening("O9", site_id="S1"),
    )
    client = world.client(settings, "north_supervisor")
    found = brought(client, world.store, zipped(mine))
    assert (found["state"], found["fault"]) == ("failed", "clashes")
    assert {(one["table"], one["row"], one["code"]) for one in found["faults"]} == {
        ("openings", 2, "kept_by_provider"),
        ("openings", 3, "kept_by_provider"),
        ("participants", 3, "already_there"),
    }
    assert _counts(world.store) == before


def _kept_by_nobody(*openings_: object) -> Problem:
    return problem_of(
        participant("N1"),
        participant("N2"),
        provider("C"),
        site("S9", provider_id="C"),
        *openings_,
    )


def test_places_that_nobody_keeps_are_changed(world: World, settings: Settings) -> None:
    """New seats, name and survey; but not fewer seats than are taken."""
    client = world.client(settings, "north_coordinator")
    first = _kept_by_nobody(
        opening("O9", site_id="S9", seats=2),
        placement(participant_id="N1", opening_id="O9"),
        placement(participant_id="N2", opening_id="O9", status=PlacementStatus.OFFERED),
    )
    assert brought(client, world.store, zipped(first))["state"] == "done"
    more = replace(
        first,
        providers=(provider("C", equal_treatment=YesNoUnknown.YES),),
        sites=(site("S9", provider_id="C", latitude=59.4),),
        openings=(opening("O9", site_id="S9", seats=4, title="Trä"),),
    )
    found = brought(client, world.store, zipped(more))
    assert found["changed"] == {"providers": 1, "sites": 1, "openings": 1}
    fewer = replace(more, openings=(opening("O9", site_id="S9", seats=1),))
    refused = brought(client, world.store, zipped(fewer))
    assert [(one["table"], one["code"]) for one in refused["faults"]] == [
        ("openings", "below_taken")
    ]
    with world.store.reading() as unit:
        row = unit.scalars(select(OpeningRow).where(OpeningRow.code == "O9")).one()
        assert (row.seats, row.taken, row.title, row.version) == (4, 2, "Trä", 2)
        assert seats.miscounted(unit) == []


def test_nameless_occupants_leave(world: World, settings: Settings) -> None:
    """When their last day is over; who has none gets it by an import that counts.

    X ends on the third, Y when nobody knows. The same tables again change nothing; with an end
    of Y they are a third occupant, for whom there is no seat, unless they are to count.
    """
    client = world.client(settings, "north_coordinator")

    def tables(**y: date) -> bytes:
        return zipped(
            _kept_by_nobody(
                opening("O9", site_id="S9", seats=2),
                placement(participant_id="X", opening_id="O9", ends_on=date(2026, 12, 3)),
                placement(participant_id="Y", opening_id="O9", **y),
            )
        )

    def seated(day: int) -> tuple[int, list[str]]:
        moment = datetime(2026, 12, day, 11, tzinfo=UTC)
        chores.do(replace(world.store, clock=lambda: moment), settings)
        with world.store.reading() as unit:
            assert seats.miscounted(unit) == []
            row = unit.scalars(select(OpeningRow).where(OpeningRow.code == "O9")).one()
            return row.taken, sorted(unit.scalars(select(PlacementRow.state)))

    for placements in (2, 0):
        assert brought(client, world.store, tables())["new"].get("placements", 0) == placements
    assert seated(3) == (2, ["started", "started"])
    later = tables(ends_on=date(2026, 12, 5))
    assert [one["code"] for one in brought(client, world.store, later)["faults"]] == [
        "opening_full"
    ]
    found = brought(client, world.store, later, replace="true")
    assert (found["state"], found["changed"]) == ("done", {"placements": 1})
    assert seated(4) == (1, ["ended", "started"])
    assert seated(6) == (0, ["ended", "ended"])
    with world.store.reading() as unit:
        assert set(unit.scalars(select(PlacementRow.ending))) == {"unknown"}
        assert audit.verify(unit)[2] == ()


def test_more_placements_than_seats(world: World, settings: Settings) -> None:
    """The second one has no seat: it is told, and the first is not there either."""
    before = _counts(world.store)
    full = _kept_by_nobody(
        opening("O9", site_id="S9", seats=1),
        placement(participant_id="N1", opening_id="O9"),
        placement(participant_id="N2", opening_id="O9"),
    )
    client = world.client(settings, "north_coordinator")
    found = brought(client, world.store, zipped(full))
    assert [(one["table"], one["row"], one["code"]) for one in found["faults"]] == [
        ("placements", 3, "opening_full")
    ]
    assert _counts(world.store) == before


def test_a_profile_that_may_be_newer_is_not_overwritten(world: World, settings: Settings) -> None:
    """Tables carry no versions: whoever brings them in says of when they are, or ``replace``."""
    client = world.client(settings, "north_supervisor")
    at_noon = datetime(2026, 12, 1, 11, tzinfo=UTC)
    before = replace(world.store, clock=lambda: at_noon)
    first = _kept_by_nobody(opening("O9", site_id="S9"))
    assert brought(client, before, zipped(first))["new"]["participants"] == 2
    hours = [replace(one, hours_per_week=20) for one in first.participants]
    other = zipped(replace(first, participants=(participant("N3"), *hours)))

    def clashing(**form: str) -> list[tuple[int, str]]:
        found = brought(client, before, other, **form)
        assert found["fault"] == "clashes"
        return [(one["row"], one["code"]) for one in found["faults"]]

    assert clashing() == [(2, "changed_here"), (3, "changed_here")]
    _edit(world, "N2", at_noon + timedelta(hours=1), hours_per_week=12)
    assert clashing(unchangedSince="2026-12-01T11:30:00Z") == [(3, "changed_here")]
    assert _hours(world) == {"N1": 8, "N2": 12}
    later = brought(client, before, other, unchangedSince="2026-12-01T12:00:00Z")
    assert (later["state"], later["changed"]) == ("done", {"participants": 2})
    assert _hours(world) == {"N1": 20, "N2": 20, "N3": 8}
    assert brought(client, world.store, zipped(first), replace="true")["state"] == "done"
    assert _hours(world) == {"N1": 8, "N2": 8, "N3": 8}


def _edit(world: World, code: str, at: datetime, **changes: Any) -> None:  # noqa: ANN401 -- fields
    """Somebody changes a profile in the service."""
    with replace(world.store, clock=lambda: at).writing() as unit:
        row = unit.scalars(select(ParticipantRow).where(ParticipantRow.code == code)).one()
        changed = replace(profiles.profile_of(unit, row), **changes)
        profiles.replace(unit, row, changed, row.version)


def _hours(world: World) -> dict[str, int]:
    """How many hours those who were brought in come."""
    with world.store.reading() as unit:
        rows = unit.scalars(select(ParticipantRow).where(ParticipantRow.code.startswith("N")))
        return {row.code: profiles.profile_of(unit, row).hours_per_week for row in rows}


def test_the_name_of_an_export_says_of_when_it_is(world: World, settings: Settings) -> None:
    """That second is what an import of it says; a change after it is not overwritten."""
    client = world.client(settings, "north_supervisor")
    for path, shape in (
        ("tables", r"steget-tables-(\w+)\.zip"),
        ("workbook", r"steget-(\w+)\.xlsx"),
    ):
        answer = client.get(f"{BASE}/exports/{path}")
        told = re.search(shape, answer.headers["content-disposition"])
        assert told is not None
        moment = datetime.fromisoformat(told[1])
        assert timedelta(0) <= datetime.now(UTC) - moment < timedelta(minutes=5)
    _edit(world, "P1", moment + timedelta(seconds=2), hours_per_week=12)
    found = brought(client, world.store, answer.content, unchangedSince=moment.isoformat())
    assert [(one["table"], one["code"]) for one in found["faults"]] == [
        ("participants", "changed_here")
    ]


def test_a_repeated_import_is_one(world: World, settings: Settings) -> None:
    """The same key and upload give the same job; another upload under the key is refused."""
    client = world.client(settings, "north_supervisor")
    head = {"Idempotency-Key": "k1"}
    one, other = zipped(problem_of(participant("N1"))), zipped(problem_of(participant("N2")))

    def sent(content: bytes) -> tuple[int, str | None]:
        files = {"file": ("a.zip", content)}
        answer = client.post(f"{BASE}/imports", files=files, headers=head)
        return answer.status_code, answer.headers.get("Location")

    first = sent(one)
    assert first[0] == 202
    assert sent(one) == first
    assert sent(other)[0] == 409
    with world.store.reading() as unit:
        assert unit.scalar(select(func.count()).select_from(JobRow)) == 1


def test_whoever_was_deactivated_brings_nothing_in(world: World, settings: Settings) -> None:
    """Between the upload and the worker somebody lost the account."""
    client = world.client(settings, "north_supervisor")
    answer = upload(client, zipped(problem_of(participant("N1"))))
    with world.store.writing() as unit:
        user = unit.get(User, world.users["north_supervisor"])
        assert user is not None
        user.active = False
    assert turn(world.store)
    with world.store.reading() as unit:
        row = unit.get(JobRow, UUID(answer.json()["id"]))
        assert row is not None
        assert (row.state, row.fault) == ("failed", "not-allowed")


@pytest.mark.parametrize(
    ("user", "openings", "placements"),
    [
        ("north_coordinator", len(TOWN.openings) + len(OPENINGS), 8),
        ("cafe_manager", 2, 0),
        ("analyst", len(TOWN.openings) + len(OPENINGS), 0),
    ],
)
def test_exports_by_need_to_know(
    world: World, settings: Settings, user: str, openings: int, placements: int
) -> None:
    """Places, a manager's own; pseudonyms of placements for the coordinator; needs for nobody."""
    supervisor = world.client(settings, "north_supervisor")
    brought(supervisor, world.store, zipped(TOWN))
    answer = world.client(settings, user).get(f"{BASE}/exports/tables")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        rows = {
            name: len(archive.read(name).decode().splitlines()) - 1 for name in archive.namelist()
        }
    assert rows["participants.csv"] == rows["wishes.csv"] == rows["exclusions.csv"] == 0
    assert rows["placements.csv"] == placements
    assert rows["openings.csv"] == openings
    assert b"STEP_FREE" not in answer.content


def test_an_export_notes_every_profile(world: World, settings: Settings) -> None:
    """Whoever downloads needs has read them: one entry for each participant."""
    assert world.client(settings, "north_supervisor").get(f"{BASE}/exports/tables").is_success

    with world.store.reading() as unit:
        found = unit.scalars(
            select(AuditEntry.subject).where(AuditEntry.action == "participant.export")
        ).all()
    assert found == [f"participant:{world.participants['P1']}"]
    assert world.client(settings, "admin").get(f"{BASE}/exports/tables").status_code == 403
