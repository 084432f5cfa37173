"""Plans of an organisation: a summary without persons in clear, everything else sealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store.editing import edited, version_held
from api.store.engine import SWEDEN, moment_of, store_of
from api.store.tables import Document, OpeningRow, Organisation, ParticipantRow, PlanRow
from matcher.outcome import Goal, Plan

COLUMN = "plan.rows"
_PLAN, _GOALS = TypeAdapter(Plan), TypeAdapter(tuple[Goal, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan that a job made, for an organisation."""

    organisation_id: UUID
    job_id: UUID
    plan_date: date
    policy: Document
    summary: Document
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """The first thing that a plan suggested to somebody, and the Swedish day of that plan."""

    participant_id: UUID
    opening_id: UUID
    on: date


def keep(session: Session, new: NewPlan) -> PlanRow:
    """Keep a plan."""
    moment, row = moment_of(session), uuid4()
    content = _PLAN.dump_json(new.plan)
    plan = PlanRow(
        id=row,
        organisation_id=new.organisation_id,
        job_id=new.job_id,
        plan_date=new.plan_date,
        policy=new.policy,
        summary=new.summary,
        rows=store_of(session).keyring.seal(content, COLUMN, row),
        version=1,
        created_at=moment,
        updated_at=moment,
    )
    session.add(plan)
    session.flush()
    return plan


def own(session: Session, who: Principal, plan: UUID) -> PlanRow:
    """A plan of somebody's organisation.

    Raises:
        Refusal: there is none with that id (``NOT_FOUND``).
    """
    found = session.scalar(
        select(PlanRow).where(PlanRow.id == plan, PlanRow.organisation_id == who.organisation_id)
    )
    if found is None:
        raise Refusal(RefusalCode.NOT_FOUND)
    return found


def of(session: Session, organisation: UUID, plan: UUID) -> Plan | None:
    """A plan of an organisation, opened; None if it has none with that id."""
    row = session.get(PlanRow, plan)
    return opened(session, row) if row and row.organisation_id == organisation else None


def of_organisation(
    session: Session, organisation: UUID | None, limit: int, offset: int
) -> tuple[list[PlanRow], int]:
    """Some of the plans of an organisation, newest first, and how many there are."""
    everything = select(PlanRow).where(PlanRow.organisation_id == organisation)
    total = session.scalar(select(func.count()).select_from(everything.subquery())) or 0
    newest = everything.order_by(PlanRow.created_at.desc(), PlanRow.id)
    return list(session.scalars(newest.limit(limit).offset(offset))), total


def opened(session: Session, row: PlanRow) -> Plan:
    """Who a plan proposes where, and who is left."""
    content = store_of(session).keyring.open(row.rows, COLUMN, row.id)
    return _PLAN.validate_json(content)


def people(session: Session, row: PlanRow) -> Mapping[str, UUID]:
    """The people of a plan's organisation by pseudonym, as they are now."""
    found = select(ParticipantRow.code, ParticipantRow.id).where(
        ParticipantRow.organisation_id == row.organisation_id
    )
    return {code: person for code, person in session.execute(found)}  # noqa: C416 -- rows


def suggested(session: Session) -> list[Suggested]:
    """Of everybody whom a plan of their organisation suggested something: the first that did.

    By when plans were made: another cannot be chosen once it is known what people decided, and a
    plan's own date may lie ahead. A pseudonym that somebody took over later is not theirs.
    """
    places = {code: row for code, row in session.execute(select(OpeningRow.code, OpeningRow.id))}  # noqa: C416 -- rows
    people: dict[tuple[UUID, str], ParticipantRow] = {
        (row.organisation_id, row.code): row for row in session.scalars(select(ParticipantRow))
    }
    found: dict[UUID, Suggested] = {}
    for plan in session.scalars(select(PlanRow).order_by(PlanRow.created_at, PlanRow.id)):
        for code, opening in opened(session, plan).proposals:
            row = people.get((plan.organisation_id, code))
            known = row is not None and row.created_at <= plan.created_at
            if row and known and opening in places and row.id not in found:
                found[row.id] = Suggested(
                    participant_id=row.id,
                    opening_id=places[opening],
                    on=plan.created_at.astimezone(SWEDEN).date(),
                )
    return list(found.values())


def goals(row: PlanRow) -> tuple[Goal, ...]:
    """What a plan reaches."""
    return _GOALS.validate_python(row.summary["goals"])


def adopted(session: Session, who: Principal, row: PlanRow, version: int) -> None:
    """Note that somebody took a plan over.

    Raises:
        Refusal: it was changed meanwhile (``PRECONDITION_FAILED``), or was taken over already
            (``WRONG_STATE``).
    """
    if row.adopted_at is not None:
        raise Refusal(RefusalCode.WRONG_STATE)
    version_held(session, row, version)
    row.adopted_at, row.adopted_by = moment_of(session), who.user_id
    edited(session, row)


def policy(session: Session, organisation: UUID) -> Mapping[str, object]:
    """What the plans of an organisation are made with, as a policy document."""
    found = session.get(Organisation, organisation)
    return found.policy if found else {}


def reseal(session: Session, row: PlanRow, plan: Plan) -> None:
    """Keep other rows of a plan: those without somebody who was erased."""
    row.rows = store_of(session).keyring.seal(_PLAN.dump_json(plan), COLUMN, row.id)
    session.flush()


def current(session: Session, organisation: UUID | None) -> PlanRow | None:
    """The plan that answers are about: the one adopted last, else the newest; None: no plan."""
    mine = select(PlanRow).where(PlanRow.organisation_id == organisation).limit(1)
    adopted_ = mine.where(PlanRow.adopted_at.is_not(None))
    found = session.scalar(adopted_.order_by(PlanRow.adopted_at.desc(), PlanRow.id))
    return found or session.scalar(mine.order_by(PlanRow.created_at.desc(), PlanRow.id))
