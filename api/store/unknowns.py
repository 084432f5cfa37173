"""What each unknown answer about a site would open: counted once a day, and kept as codes.

A number under five is never written, and nothing is counted again when somebody answers a
question: whoever tried answers to find one participant would learn nothing until the next day,
and then "a few" (några få) at most. Nobody is counted at a place that is new, or was moved of late
(``api.store.settling``). Nothing here knows a participant or a need.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from api.domain import Principal, surveys
from api.store.demand import FEWEST
from api.store.engine import day_of
from api.store.places import opening_of
from api.store.settling import SITE, STOOD, Settled, written
from api.store.sites import own, read
from api.store.tables import Document, OpeningRow, SiteRow, SiteUnknownsRow

Coded = int | None
"""How many wait for an answer: at least ``FEWEST``; None where they are fewer, but somebody."""
_COUNTED, _FROM = "counted", "from"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many wait for an answer: to a question about a site, or about the task of an opening.

    ``site`` and ``opening`` are codes; ``field`` is a name of the survey's.
    """

    site: str
    opening: str | None
    field: str
    participants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody waits for an answer about a site, or about the task of one of its openings."""

    field: str
    opening_id: UUID | None
    participants: Coded


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknowns:
    """What would help at a site, most first, as it was counted; None: not counted yet.

    ``counted_from``: the day from which it will have stood long enough for anybody to be counted;
    None: it has already, or nobody knows.
    """

    site_id: UUID
    counted_on: date | None
    counted_from: date | None
    waiting: tuple[Waiting, ...]


def coded(participants: int) -> Coded:
    """A number of people as it may be kept."""
    return participants if participants >= FEWEST else None


def due(session: Session) -> bool:
    """Whether there are sites, and nothing has been counted today."""
    last = session.scalar(select(func.max(SiteUnknownsRow.counted_on)))
    if last is not None and last >= day_of(session):
        return False
    return session.scalar(select(SiteRow.id).limit(1)) is not None


def keep(session: Session, counts: Iterable[Count], settled: Settled) -> None:
    """Keep what was counted today of every site, as codes, instead of what was counted before.

    ``settled``: what the count was of.
    """
    openings = {
        row.code: row.id for row in session.execute(select(OpeningRow.code, OpeningRow.id))
    }
    waiting: dict[str, dict[str, dict[str, Coded]]] = defaultdict(lambda: defaultdict(dict))
    for one in counts:
        if one.participants > 0 and (one.opening is None or one.opening in openings):
            subject = SITE if one.opening is None else openings[one.opening].hex
            waiting[one.site][subject][one.field] = coded(one.participants)
    session.execute(delete(SiteUnknownsRow))
    session.add_all(
        SiteUnknownsRow(
            site_id=number,
            counted_on=day_of(session),
            waiting=_document(number, waiting[code], settled),
        )
        for code, number in session.execute(select(SiteRow.code, SiteRow.id)).all()
    )
    session.flush()


def _document(
    site: UUID, counted: Mapping[str, Mapping[str, Coded]], settled: Settled
) -> Document:
    begins = settled.counted_from.get(site)
    return {
        _COUNTED: {subject: dict(fields) for subject, fields in counted.items()},
        STOOD: written(settled.stood.get(site, {})),
        _FROM: None if begins is None else begins.isoformat(),
    }


def of_site(session: Session, who: Principal, site: UUID) -> Unknowns:
    """What was counted of an own site, without the questions that have been answered since.

    Raises:
        Refusal: the site is another's, or none (``NOT_FOUND``).
    """
    number = own(session, who, site).id
    row = session.get(SiteUnknownsRow, number)
    if row is None:
        return Unknowns(site_id=number, counted_on=None, counted_from=None, waiting=())
    counted, begins = row.waiting.get(_COUNTED, {}), row.waiting.get(_FROM)
    known = surveys.known(read(session, who, site).site, day_of(session))
    answered = _answered(session, number)
    found = [
        *_waiting(counted.get(SITE, {}), None, known),
        *(
            one
            for opening, tasks in answered.items()
            for one in _waiting(counted.get(opening.hex, {}), opening, tasks)
        ),
    ]
    found.sort(key=lambda one: (-(one.participants or 0), one.field, str(one.opening_id or "")))
    return Unknowns(
        site_id=number,
        counted_on=row.counted_on,
        counted_from=begins and date.fromisoformat(begins),
        waiting=tuple(found),
    )


def _answered(session: Session, site: UUID) -> Mapping[UUID, Mapping[str, object]]:
    """What is known of the task of each opening of a site."""
    rows = session.scalars(select(OpeningRow).where(OpeningRow.site_id == site)).all()
    return {row.id: opening_of(row).work for row in rows}


def _waiting(
    counted: Mapping[str, Coded], opening: UUID | None, known: Mapping[str, object]
) -> list[Waiting]:
    return [
        Waiting(field=field, opening_id=opening, participants=number)
        for field, number in counted.items()
        if field not in known
    ]
