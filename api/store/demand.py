"""Unmet demand (det som saknas): what was looked for and not found; no person is in it.

A record has a day, a field, a municipality and codes. It is told in sums alone, and under
disclosure control: a number that is told is at least ``FEWEST``; what is fewer goes into a rest
without names, and the rest obeys the same rule, so that it never gives away a single cell. Sums
are of whole quarters that are over: every answer is alike, and no two periods overlap, so that
nobody finds one record by taking one answer from another.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.engine import day_of
from api.store.tables import UnmetDemandRow
from data import reference

FEWEST = 5
"""What may be told: no number under it."""
EXPIRED = "expired"
"""The code of an offer that nobody answered."""
NO_FIELD = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Numbers by code, largest first; ``rest`` is what all others have together.

    Either is at least ``FEWEST``, or the rest is 0. ``total`` is None where it is fewer.
    """

    cells: tuple[tuple[str, int], ...]
    rest: int | None
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The unmet demand of one quarter, three ways; a record counts once for each of its codes."""

    fields: Told
    barriers: Told
    municipalities: Told


def record(
    session: Session,
    *,
    field: str,
    municipality: str,
    barriers: Iterable[str],
    protected: bool,
) -> None:
    """Keep what was not found; nothing at all for somebody with protected identity.

    Args:
        session: a writing unit of work.
        field: the occupation field (``field_of`` an occupation group).
        municipality: the code of where the participant lives.
        barriers: codes of barriers, or of why it was declined.
        protected: whether the participant's identity is protected.
    """
    if protected:
        return
    session.add(
        UnmetDemandRow(
            id=uuid4(),
            on=day_of(session),
            field=field,
            municipality_code=municipality,
            barriers=sorted(set(barriers)),
        )
    )
    session.flush()


def quarter(year: int, number: int) -> tuple[date, date]:
    """The first day of a quarter (1 to 4), and the first one after it."""
    after = date(year + 1, 1, 1) if number == 4 else date(year, 3 * number + 1, 1)  # noqa: PLR2004
    return date(year, 3 * number - 2, 1), after


def told(session: Session, first: date, after: date) -> Demand:
    """The unmet demand from one day to before another, once that is over.

    Before, nothing: whoever asked every day would find each record by taking yesterday's numbers
    from today's.
    """
    until = after if after <= day_of(session) else first
    rows = session.execute(
        select(
            UnmetDemandRow.field, UnmetDemandRow.municipality_code, UnmetDemandRow.barriers
        ).where(UnmetDemandRow.on >= first, UnmetDemandRow.on < until)
    ).all()
    codes = Counter(code for _, _, codes in rows for code in codes)
    return Demand(
        fields=controlled(Counter(field for field, _, _ in rows)),
        barriers=controlled(codes if len(rows) >= FEWEST else {}),
        municipalities=controlled(Counter(code for _, code, _ in rows)),
    )


def controlled(counts: Mapping[str, int]) -> Told:
    """Numbers under disclosure control.

    Whatever is under ``FEWEST`` goes into the rest. Where the rest is then fewer itself, the
    smallest of the others goes there too: it would be found by taking them from the total.
    """
    total = sum(counts.values())
    if total < FEWEST:
        return Told(cells=(), rest=None, total=None)
    order = sorted(counts.items(), key=lambda cell: (-cell[1], cell[0]))
    shown = [cell for cell in order if cell[1] >= FEWEST]
    while 0 < _rest(total, shown) < FEWEST:
        shown.pop()
    return Told(cells=tuple(shown), rest=_rest(total, shown), total=total)


def field_of(occupation_group: str) -> str:
    """The field of a group of four digits; ``NO_FIELD`` where the reference does not have it."""
    return _fields().get(occupation_group, NO_FIELD)


def _rest(total: int, shown: Iterable[tuple[str, int]]) -> int:
    return total - sum(count for _, count in shown)


@cache
def _fields() -> Mapping[str, str]:
    return {row["occupation_group"]: row["field"] for row in reference.occupations()}
