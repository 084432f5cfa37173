"""Retention: whose time is over is erased, holders are not; what has no person in it is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from api.auth import tokens
from api.domain import Principal, Role, State
from api.store import Session, Store, audit, jobs, replays
from api.store.jobs import Kind
from api.store.tables import (
    ApiToken,
    AuditEntry,
    JobRow,
    LoginAttempt,
    LoginFailure,
    LoginSession,
    OpeningRow,
    ParticipantRow,
    PlacementRow,
    Reader,
    Replay,
    Table,
    UnmetDemandRow,
    UsedLink,
)
from tests.service.commanding import Machine, opened, said, set_up
from tests.service.world import World, settle

KEPT = timedelta(days=730)
KINDS = ("participants", "sessions", "answers", "files")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_url: str) -> Machine:
    """A machine with a database of either kind."""
    return set_up(monkeypatch, tmp_path, empty_url)


@pytest.fixture
def here(machine: Machine, empty_url: str) -> Iterator[World]:
    """The world, in which P1, P2 and P3 have looked for the last time long ago."""
    assert machine.folder.is_dir()
    with opened(empty_url) as store:
        world = settle(store)
        close(world, P1=KEPT, P2=KEPT, P3=KEPT - timedelta(days=1))
        yield world


def close(world: World, **ago: timedelta) -> None:
    """Somebody no longer looks, since so long."""
    with world.store.writing() as unit:
        for code, time in ago.items():
            closed = {"closed_at": datetime.now(UTC) - time}
            mine = ParticipantRow.id == world.participants[code]
            unit.execute(update(ParticipantRow).where(mine).values(**closed))


def place(world: World, code: str, state: State) -> None:
    """A placement of somebody at O2, where it is."""
    now = datetime.now(UTC)
    with world.store.writing() as unit:
        opening = unit.get_one(OpeningRow, world.openings["O2"])
        unit.add(
            PlacementRow(
                id=uuid4(),
                version=1,
                created_at=now,
                updated_at=now,
                organisation_id=world.organisations["north"],
                participant_id=world.participants[code],
                opening_id=opening.id,
                provider_id=opening.provider_id,
                state=str(state),
                sessions=1,
                hours_per_week=4,
                ending="work" if state is State.ENDED else None,
            )
        )


def who_is_there(store: Store) -> set[str]:
    """The participants by their pseudonyms."""
    with store.reading() as unit:
        return set(unit.scalars(select(ParticipantRow.code)))


def counts(store: Store, *tables: type[Table]) -> list[int]:
    """How many rows there are of each."""
    with store.reading() as unit:
        return [unit.scalar(select(func.count()).select_from(one)) or 0 for one in tables]


def told(how: str, *numbers: int) -> list[str]:
    """What the command says of each kind."""
    return [said(f"{how}_{kind}", rows=rows) for kind, rows in zip(KINDS, numbers, strict=True)]


def test_a_dry_run_counts_and_changes_nothing(machine: Machine, here: World) -> None:
    """P1 and P2 are due; everybody is there after, and the audit has nothing to tell."""
    assert machine.done("retention", "--dry-run") == told("due", 2, 0, 0, 0)
    assert who_is_there(here.store) == {"P1", "P2", "P3"}
    assert counts(here.store, AuditEntry) == [0]


def test_whose_time_is_over_is_erased(machine: Machine, here: World) -> None:
    """With whom they were shared; each with an entry, by the clock; again nobody is due."""
    assert machine.done("retention") == told("erased", 2, 0, 0, 0)
    assert who_is_there(here.store) == {"P3"}
    with here.store.reading() as unit:
        left = set(unit.scalars(select(Reader.participant_id)))
        assert left == {here.participants["P3"]}
        entries = unit.execute(
            select(AuditEntry.who, AuditEntry.action, AuditEntry.subject).order_by(
                AuditEntry.number
            )
        ).all()
        assert audit.verify(unit)[2] == ()
    erased = {f"participant:{here.participants[code]}" for code in ("P1", "P2")}
    assert {tuple(entry) for entry in entries[:2]} == {
        (audit.CLOCK, "participant.retention", one) for one in erased
    }
    assert tuple(entries[2]) == ("command", "retention.run", "")
    assert machine.done("retention") == told("erased", 0, 0, 0, 0)


def test_the_setting_says_how_long(machine: Machine, here: World) -> None:
    """A day more, and nobody is due; a day less, and P3 is too."""
    machine.set(retention_days="731")
    assert machine.done("retention", "--dry-run")[0] == said("due_participants", rows=0)
    machine.set(retention_days="729")
    assert machine.done("retention", "--dry-run")[0] == said("due_participants", rows=3)
    assert len(who_is_there(here.store)) == 3


@pytest.mark.parametrize("state", [State.OFFERED, State.ACCEPTED, State.STARTED])
def test_who_holds_a_seat_is_kept(machine: Machine, here: World, state: State) -> None:
    """Closed or not: the placement has to end first."""
    place(here, "P1", state)
    assert machine.done("retention")[0] == said("erased_participants", rows=1)
    assert who_is_there(here.store) == {"P1", "P3"}


def test_who_looks_again_is_kept(machine: Machine, here: World) -> None:
    """Only ``closed_at`` counts, however old a row is."""
    with here.store.writing() as unit:
        unit.execute(update(ParticipantRow).values(closed_at=None))
    machine.done("retention")
    assert who_is_there(here.store) == {"P1", "P2", "P3"}


@pytest.mark.parametrize("state", [State.ENDED, State.DECLINED, State.PROPOSED])
def test_statistics_are_kept_without_the_person(
    machine: Machine, here: World, state: State
) -> None:
    """A placement that is over counts on, and leads to nobody; so does unmet demand."""
    place(here, "P1", state)
    with here.store.writing() as unit:
        unit.add(
            UnmetDemandRow(
                id=uuid4(),
                on=datetime.now(UTC).date() - KEPT * 3,
                field="9413",
                municipality_code="0180",
                barriers=["TRAVEL_TOO_LONG"],
            )
        )
    machine.done("retention")
    with here.store.reading() as unit:
        (row,) = unit.scalars(select(PlacementRow))
        assert row.participant_id is None
        assert row.state == str(State.WITHDRAWN if state is State.PROPOSED else state)
        assert row.ending == ("work" if state is State.ENDED else None)
    assert counts(here.store, UnmetDemandRow) == [1]


def leave_things(unit: Session, world: World, moment: datetime) -> None:
    """A login, a token, a failure, a link, an answer, an upload and so on, all of one moment."""
    user, name = world.users["north_supervisor"], moment.isoformat()
    tokens.make(unit, user, "passing", moment)
    unit.add_all(
        [
            LoginSession(
                hash=name,
                user_id=user,
                created_at=moment,
                seen_at=moment,
                ends_at=moment,
            ),
            LoginFailure(id=uuid4(), who="x", at=moment),
            LoginAttempt(state=name, nonce="n", verifier="v", back_to="/", ends_at=moment),
            UsedLink(hash=name, ends_at=moment),
        ]
    )
    kept = replays.Kept(body_hash="x", status=201, headers={}, content=b"{}")
    replays.keep(unit, user, name, kept)
    who = Principal(
        user_id=user, role=Role.SUPERVISOR, organisation_id=world.organisations["north"]
    )
    job = jobs.queue(unit, who, Kind.IMPORT, {}, b"an upload")
    job.state, job.finished_at = "done", moment


PASSING = (LoginSession, LoginFailure, LoginAttempt, UsedLink, Replay)


def test_what_passes_is_erased_sooner(machine: Machine, here: World) -> None:
    """Logins when they end, answers after a day, uploads after thirty; the job itself stays."""
    now = datetime.now(UTC)
    for ago in (timedelta(days=31), timedelta(hours=-1)):
        store = replace(here.store, clock=lambda moment=now - ago: moment)
        with store.writing() as unit:
            leave_things(unit, here, now - ago)
    close(here, P1=timedelta(0), P2=timedelta(0), P3=timedelta(0))
    assert counts(here.store, *PASSING, JobRow) == [2] * 6
    assert machine.done("retention", "--dry-run") == told("due", 0, 1, 1, 1)
    assert machine.done("retention") == told("erased", 0, 1, 1, 1)
    assert counts(here.store, *PASSING, JobRow) == [1, 1, 1, 1, 1, 2]
    with here.store.reading() as unit:
        found = unit.scalars(select(JobRow).order_by(JobRow.finished_at)).all()
        assert [job.content is None for job in found] == [True, False]
        assert len(unit.scalars(select(ApiToken).where(ApiToken.name == "passing")).all()) == 1
