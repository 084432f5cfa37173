"""How often each barrier stands between those who look and the openings."""

from dataclasses import dataclass

import numpy as np

from matcher import eligibility
from matcher.columns import Table, bit_count
from matcher.domain import BarrierCode
from matcher.pairs import every, looking
from matcher.policy import Policy

CODES = tuple(BarrierCode(rule.__name__.upper()) for rule in eligibility.BARRIERS)
"""The code of every rule, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierCount:
    """How often a barrier stands between a participant and an opening.

    ``pairs`` in which it occurs, in how many of them it stands ``alone``, and how many
    ``participants`` meet it somewhere.
    """

    code: BarrierCode
    pairs: int
    alone: int
    participants: int


def barrier_counts(table: Table, policy: Policy) -> tuple[BarrierCount, ...]:
    """How often each barrier occurs over all pairs of those who look, commonest first.

    Participants with protected identity are in no aggregate. Two needs that fail are two barriers.
    """
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    who = np.flatnonzero(looking(table) & ~table.p.protected).astype(np.int32)
    total = np.zeros((3, len(eligibility.BARRIERS)), dtype=np.int64)
    for rows in every(table, who, openings):
        said = eligibility.judged(rows, policy)
        bars = said != 0
        alone = bars & (bit_count(said).sum(axis=0) == 1)
        people = bars.reshape(len(bars), -1, len(openings)).any(axis=2)
        total += np.stack([bars.sum(axis=1), alone.sum(axis=1), people.sum(axis=1)])
    counts = [
        BarrierCount(
            code=code,
            pairs=int(total[0, at]),
            alone=int(total[1, at]),
            participants=int(total[2, at]),
        )
        for at, code in enumerate(CODES)
    ]
    return tuple(sorted(counts, key=lambda count: (-count.pairs, count.code)))
