"""Taking a plan over (anta en plan): a proposal for each of its rows, in one unit of work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.domain import Principal, Refusal, RefusalCode
from api.store import audit, demand, plans, profiles, proposals, seats
from api.store.engine import day_of
from api.store.proposals import Draft
from api.store.tables import OpeningRow, PlanRow

Pair = tuple[str, str]
"""The pseudonym of a participant and the code of an opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotProposed:
    """A row that became no proposal: why, and, of ``BARRED``, the codes of the barriers."""

    participant: str
    opening: str
    code: RefusalCode
    barriers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What came of it.

    ``waiting``: pseudonym, placement, and the day until which its seat is taken.
    """

    proposed: int
    waiting: tuple[tuple[str, UUID, date], ...]
    refused: tuple[NotProposed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """What somebody looked for and did not get: the wished field, and codes of why not.

    ``codes`` is empty where there is no opening in that field at all.
    """

    participant_id: UUID
    field: str
    municipality: str
    codes: tuple[str, ...]


def note_lacks(session: Session, lacks: Iterable[Lack]) -> int:
    """Leave records of unmet demand; how many are new.

    Nobody with protected identity may be among them. Of each participant one is left in a while
    (``profiles.first_unmet``), whether by a plan or by advice; the record has no person in it.
    """
    noted = 0
    for lack in lacks:
        if profiles.first_unmet(session, lack.participant_id):
            noted += 1
            demand.record(
                session,
                field=lack.field,
                municipality=lack.municipality,
                barriers=lack.codes,
                protected=False,
            )
    return noted


def adopt(
    session: Session, who: Principal, row: PlanRow, barred: Mapping[Pair, tuple[str, ...]]
) -> Adopted:
    """Propose every row of a plan that is no pinned one; who was erased since is passed over.

    Args:
        session: a writing unit of work.
        who: a coordinator of the organisation.
        row: the plan.
        barred: codes of what is known by now to stand between; such rows are not proposed.
    """
    people = {
        person.code: (person.id, profile.hours_per_week)
        for person, profile in profiles.everybody(session, row.organisation_id)
    }
    known = plans.people(session, row)
    openings = {opening.code: opening for opening in session.scalars(select(OpeningRow))}
    names: list[Pair] = []
    drafts: list[Draft] = []
    refused: list[NotProposed] = []
    for one in plans.opened(session, row).assignments:
        if one.pinned:
            continue
        name = str(one.participant_id), str(one.opening_id)
        person, opening = people.get(name[0]), openings.get(name[1])
        if name[0] not in known:
            continue
        if opening is None:
            refused.append(_not_proposed(name, RefusalCode.NOT_FOUND))
            continue
        if person is None:  # looks no more
            refused.append(_not_proposed(name, RefusalCode.WRONG_STATE))
            continue
        names.append(name)
        drafts.append(
            Draft(
                participant_id=person[0],
                opening_id=opening.id,
                sessions=int(one.sessions),
                hours_per_week=person[1],
                starts_on=one.starts_on,
                waits_until=_waits(session, opening, int(one.sessions)),
                plan_id=row.id,
                barriers=barred.get(name, ()),
            )
        )
    waiting, proposed = [], 0
    for name, draft, found in zip(
        names, drafts, proposals.propose_all(session, who, drafts), strict=True
    ):
        if isinstance(found, Refusal):
            refused.append(_refused(session, who, name, draft, found))
            continue
        proposed += 1
        if found.waits_until is not None:
            waiting.append((name[0], found.id, found.waits_until))
    return Adopted(proposed=proposed, waiting=tuple(waiting), refused=tuple(refused))


def _not_proposed(name: Pair, code: RefusalCode, barriers: tuple[str, ...] = ()) -> NotProposed:
    return NotProposed(participant=name[0], opening=name[1], code=code, barriers=barriers)


def _refused(
    session: Session, who: Principal, name: Pair, draft: Draft, why: Refusal
) -> NotProposed:
    """Whoever is told of a barrier has read something of the profile, which the audit notes."""
    if why.code is not RefusalCode.BARRED:
        return _not_proposed(name, why.code)
    subject = f"participant:{draft.participant_id}"
    audit.note(session, who, "participant.judge", subject, opening=str(draft.opening_id))
    return _not_proposed(name, why.code, draft.barriers)


def _waits(session: Session, opening: OpeningRow, sessions: int) -> date | None:
    """The day from which the seat is free; None where it is now, or nobody knows."""
    if opening.taken == 0:
        return None
    today = day_of(session)
    free = seats.free_from(session, opening, sessions, today)
    return None if free == today else free
