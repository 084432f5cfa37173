"""Shadow mode in the service: what plans suggested, beside what people decided since."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.matching import history
from api.matching.problems import problem_of_all
from api.settings import Settings
from api.store import Session, plans, rights
from api.store.plans import NewPlan
from api.store.tables import JobRow, ParticipantRow, PlanRow
from matcher.balance.measures import Counting
from matcher.balance.shadow import agreement
from matcher.balance.words import Stage
from matcher.domain import OpeningId, ParticipantId, Sessions
from matcher.outcome import Assignment, Plan
from tests.matcher.balance.frames import KNOWN, named, number
from tests.service.lives import V1, accepted, desk, look
from tests.service.pages.reading import person
from tests.service.test_balance import cell, peopled, released
from tests.service.world import World

LATER = date(2030, 1, 1)
"""A plan is often for a day ahead: what was suggested was suggested when it was made."""


def _job(unit: Session, organisation: UUID) -> UUID:
    """A plan's job that is over."""
    moment = datetime.now(UTC)
    job = JobRow(
        id=uuid4(),
        organisation_id=organisation,
        user_id=uuid4(),
        kind="plan",
        state="done",
        asked={},
        progress={},
        created_at=moment,
        finished_at=moment,
    )
    unit.add(job)
    unit.flush()
    return job.id


def planned(world: World, organisation: str = "north", **where: str) -> None:
    """A plan that suggests openings to people of an organisation, made now."""
    rows = tuple(
        Assignment(
            participant_id=ParticipantId(code),
            opening_id=OpeningId(opening),
            starts_on=None,
            sessions=Sessions(1),
            travel_minutes=None,
            points=1,
            norm_goal_met=False,
        )
        for code, opening in sorted(where.items())
    )
    home = world.organisations[organisation]
    with world.store.writing() as unit:
        new = NewPlan(
            organisation_id=home,
            job_id=_job(unit, home),
            plan_date=LATER,
            policy={},
            summary={},
            plan=Plan(assignments=rows, unplaced=()),
        )
        plans.keep(unit, new)


def chosen(world: World, settings: Settings, **more: object) -> None:
    """P1 and the café say yes to O1, which was proposed as it says."""
    supervisor = desk(world, settings, "north_supervisor")
    made = supervisor.offered("P1", "O1", **more)
    assert supervisor.step(made, "acceptances").status_code == 200
    said = world.client(settings, "cafe_manager").post(f"{V1}/offers/{made}/acceptances")
    assert said.status_code == 200


def compared(world: World, name: str = "agreement", *over: str | None) -> dict[str, int]:
    """The raw cells of a table, by its last dimension; without what nobody is in."""
    today = datetime.now(UTC).date()

    def counts(unit: Session) -> dict[str, int]:
        lived = history.lived(unit, today)
        kept = history.suggestions(lived)
        if kept is None:
            return {}
        events = history.events(lived, problem_of_all(unit, today))
        tables, _ = agreement(Counting(events, KNOWN, Stage.STARTED, ()), kept)
        table = named(tables, name)
        codes = table.dimensions[-1].codes
        found = {str(code): number(table, *(over or (None,)), code) for code in codes}
        return {way: count for way, count in found.items() if count}

    return look(world, counts)


def test_before_any_plan_there_is_nothing_to_compare(world: World, settings: Settings) -> None:
    """No table, and the page says so; a plan that places nobody suggests nothing either."""
    assert compared(world) == {}
    planned(world)
    assert compared(world) == {}
    peopled(world, settings, 30, 20)
    found = released(world, settings)
    assert "agreement" not in {one["name"] for one in found["tables"]}
    page = person(world, settings, "analyst").open("/").text
    assert "Ingen plan har föreslagit något än" in page


@pytest.mark.parametrize(
    ("suggested", "rank", "found"),
    [
        ("O1", None, {"same": 1}),
        ("O2", 1, {"otherwise": 1, "recommended": 1}),
        ("O2", None, {"otherwise": 1, "other": 1}),
    ],
)
def test_what_was_suggested_or_another(
    world: World, settings: Settings, suggested: str, rank: int | None, found: dict[str, int]
) -> None:
    """P1 says yes to O1, recommended when it was proposed or not; P3 has decided nothing."""
    planned(world, P1=suggested)
    planned(world, "south", P3="O3")
    chosen(world, settings, recommended=rank)
    assert compared(world) == found | {"open": 1}


@pytest.mark.parametrize(("rank", "way"), [(5, "recommended"), (6, "other")])
def test_why_it_was_another(world: World, settings: Settings, rank: int, way: str) -> None:
    """Said when the place was proposed against the first; the first five were recommended."""
    planned(world, P1="O2")
    chosen(world, settings, recommended=rank, reason="too_far")
    assert compared(world) == {"otherwise": 1, way: 1}
    assert compared(world, "overrides", "otherwise") == {"too_far": 1}


def test_the_first_plan_counts_and_no_later_one(world: World, settings: Settings) -> None:
    """Nobody can choose the plan that agrees; another organisation's is not about P1."""
    planned(world, P1="O2")
    accepted(world, settings, "O1")
    planned(world, P1="O1")
    planned(world, "south", P1="O1")
    assert compared(world) == {"otherwise": 1, "other": 1}


def test_what_was_decided_before_is_no_answer(world: World, settings: Settings) -> None:
    """P1 said yes to O1 before any plan was made: a suggestion of later is open."""
    accepted(world, settings, "O1")
    planned(world, P1="O1")
    with world.store.writing() as unit:
        for plan in unit.scalars(select(PlanRow)):
            plan.created_at += timedelta(days=2)
    assert compared(world) == {"open": 1}


def test_a_pseudonym_that_somebody_took_over_is_not_theirs(world: World) -> None:
    """Plans know pseudonyms: what was suggested to an earlier P1 was not suggested to this one."""
    planned(world, P1="O1", P2="O2", unknown="O1")
    with world.store.writing() as unit:
        unit.get_one(ParticipantRow, world.participants["P1"]).created_at += timedelta(days=2)
    assert compared(world) == {"open": 1}


def test_who_is_erased_or_protected_is_in_no_comparison(world: World) -> None:
    """P1 is erased, P3 gets a protected identity: P2 alone is left."""
    planned(world, P1="O1", P2="O2")
    planned(world, "south", P3="O3")
    assert compared(world) == {"open": 3}
    with world.store.writing() as unit:
        row = unit.get_one(ParticipantRow, world.participants["P1"])
        rights.erase(unit, None, row, row.version)
        unit.get_one(ParticipantRow, world.participants["P3"]).protected_identity = True
    assert compared(world) == {"open": 1}


def test_many_are_told_and_the_one_who_agreed_is_hidden(world: World, settings: Settings) -> None:
    """Of forty and P1, who alone has decided: what P1 did follows from nothing that is told."""
    peopled(world, settings, 30, 20)
    planned(world, P1="O1", **{f"N{at}": "O9" for at in range(40)})
    accepted(world, settings, "O1")
    found = released(world, settings)
    assert cell(found, "agreement", None, "same") is None
    assert None in {
        cell(found, "agreement", None, "open"),
        cell(found, "agreement", None, None),
    }
    assert cell(found, "overrides", "otherwise", None) in {0, None}
    page = person(world, settings, "analyst").open("/").text
    assert "Vad planer föreslog, och vad människor bestämde" in page
    assert "Bestämt sedan förslaget, efter kön" in page
    report = world.client(settings, "analyst").get("/steget/v1/balance/report")
    assert "Vad som föreslogs, och vad människor bestämde" in report.text
