"""Wishes for which no eligible opening exists: what kind of opening is missing, and where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher import eligibility, scoring
from matcher.columns import Rows, Table
from matcher.domain import BarrierCode, Participant, Wish, WishKind, WishLevel
from matcher.insight.counts import CODES
from matcher.pairs import every, looking
from matcher.policy import Policy
from matcher.solve.components import NOBODY
from matcher.travel.atlas import Ints, Masks


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmetDemand:
    """People of a municipality whose dearest wish is in a field, and whose wishes nothing meets.

    ``barrier_code``: what most often stands between them and the openings that fit a wish of
    theirs; None where there is no such opening.
    """

    field: str
    municipality_code: str
    barrier_code: BarrierCode | None
    participants: int


def unmet_demand(table: Table, policy: Policy) -> tuple[UnmetDemand, ...]:
    """Those who look and seek something, but for whom no eligible opening fits any wish.

    Most participants first, then by field, municipality and barrier. People with protected
    identity are in no count.
    """
    who = np.flatnonzero(looking(table) & ~table.p.protected & table.p.has_seek).astype(np.int32)
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    counts: Counter[tuple[str, str, BarrierCode | None]] = Counter()
    if not len(openings):
        _count(counts, table, who, np.full(len(who), NOBODY))
    for rows in every(table, who, openings):
        unmet, rule = _judged(rows, policy, len(openings))
        people = rows.participant[:: len(openings)]
        _count(counts, table, people[unmet], rule[unmet])
    found = [
        UnmetDemand(field=field, municipality_code=code, barrier_code=barrier, participants=number)
        for (field, code, barrier), number in counts.items()
    ]
    return tuple(sorted(found, key=_order))


def _order(unmet: UnmetDemand) -> tuple[int, str, str, str]:
    return -unmet.participants, unmet.field, unmet.municipality_code, unmet.barrier_code or ""


def _judged(rows: Rows, policy: Policy, openings: int) -> tuple[Masks, Ints]:
    """Whose wishes nothing meets, and the rule that bars most of what would fit.

    Args:
        rows: all pairs of some people and all openings, by person.
        policy: the weighing.
        openings: how many there are.

    Returns:
        (people,) each; the rule is ``NOBODY`` where nothing fits, and of equals the first.
    """
    bars = eligibility.judged(rows, policy) != 0
    fits = scoring.wish(rows, policy) > 0
    met = (fits & ~bars.any(axis=0)).reshape(-1, openings).any(axis=1)
    often = (bars & fits).reshape(len(bars), -1, openings).sum(axis=2)
    rule = np.where(often.any(axis=0), often.argmax(axis=0), NOBODY).astype(np.int32)
    return ~met, rule


def _count(
    counts: Counter[tuple[str, str, BarrierCode | None]], table: Table, people: Ints, rules: Ints
) -> None:
    """Count some people, each by what is dearest to them, in place."""
    for at, rule in zip(people.tolist(), rules.tolist(), strict=True):
        person = table.problem.participants[at]
        barrier = None if rule == NOBODY else CODES[rule]
        counts[_dearest_field(table, person), person.municipality_code, barrier] += 1


def _dearest_field(table: Table, person: Participant) -> str:
    """The field of the dearest wish; of equals, the first by code."""
    wish = min(_sought(person.wishes), key=lambda wish: (wish.rank, wish.code))
    by_field = wish.level is WishLevel.FIELD
    return wish.code if by_field else table.problem.occupations[wish.code].field


def _sought(wishes: Sequence[Wish]) -> list[Wish]:
    return [wish for wish in wishes if wish.kind is WishKind.SEEK]
