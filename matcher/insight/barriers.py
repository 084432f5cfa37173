"""Which barrier at which site, if it were removed, would do most for a plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

import numpy as np

from matcher import eligibility, pairs, scoring
from matcher.columns import Rows, Table, bit_count
from matcher.domain import Barrier, BarrierCode, SiteId
from matcher.insight.counts import CODES
from matcher.needs import needs_of
from matcher.pairs import Pairs, norm_goals
from matcher.policy import GoalName, Policy
from matcher.solve.components import Positions
from matcher.solve.standing import Standing
from matcher.solve.trials import Worth, opened_worths
from matcher.travel.atlas import Ints, Masks

REMOVABLE = (
    BarrierCode.OPENING_PAUSED,
    BarrierCode.NEED_UNMET,
    BarrierCode.NEED_UNKNOWN,
    BarrierCode.HOURS_TOO_FEW,
    BarrierCode.HOURS_TOO_MANY,
    BarrierCode.MUNICIPALITY_NOT_SERVED,
    BarrierCode.REMOTE_ONLY,
    BarrierCode.NO_EQUAL_TREATMENT_AGREEMENT,
)
"""What can be otherwise at a site. For planning: nobody is asked to give up a need."""
BITS = 32
"""More than there are bits in what a rule says of a pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteBarrier:
    """What it does to remove a barrier at all openings of a site, and nothing else.

    ``participants``: how many who look would get a further possible opening. ``goals``: what the
    plan made again with it has more; points are those that such pairs have as things are today.
    ``proven``: both plans are the best there are.
    """

    site_id: SiteId
    barrier: Barrier
    participants: int
    goals: Mapping[GoalName, int]
    proven: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class _Single:
    """Pairs that a removable barrier alone stands between.

    ``kind``: (pairs,) site, rule and bit in one whole number.
    """

    pairs: Pairs
    kind: Positions


def site_barriers(standing: Standing) -> tuple[SiteBarrier, ...]:
    """What it is worth to remove each barrier at each site, where it is all that stands between.

    Worth most to the goals first, then to most participants. What only people with protected
    identity meet is left out.
    """
    single = _single(standing.table, standing.policy)
    kinds, group = np.unique(single.kind, return_inverse=True)
    worths = opened_worths(standing, single.pairs, group)
    counts = _people(standing.table, single.pairs.participant, group)
    found = [
        _site_barrier(standing, kind, count, worth)
        for kind, count, worth in zip(kinds.tolist(), counts.tolist(), worths, strict=True)
        if count
    ]
    return tuple(sorted(found, key=_order))


def _order(found: SiteBarrier) -> tuple[list[int], int, str, str]:
    dearest = [-value for value in found.goals.values()]
    return dearest, -found.participants, found.site_id, str(found.barrier)


def _site_barrier(standing: Standing, kind: int, count: int, worth: Worth) -> SiteBarrier:
    rest, bit = divmod(kind, BITS)
    site, rule = divmod(rest, len(CODES))
    about = CODES[rule] in (BarrierCode.NEED_UNMET, BarrierCode.NEED_UNKNOWN)
    return SiteBarrier(
        site_id=standing.problem.sites[site].site_id,
        barrier=Barrier(code=CODES[rule], detail=needs_of(1 << bit)[0] if about else ""),
        participants=count,
        goals=worth.goals,
        proven=worth.proven,
    )


def _people(table: Table, participant: Ints, group: Positions) -> Positions:
    """(groups,) how many participants each has, without those with protected identity."""
    people = len(table.problem.participants)
    shown = ~table.p.protected[participant]
    once = np.unique(group[shown] * people + participant[shown])
    counts: Positions = np.bincount(once // people, minlength=int(group.max(initial=-1)) + 1)
    return counts


def _single(table: Table, policy: Policy) -> _Single:
    """Every pair of those who look that one removable barrier alone bars."""
    norm = norm_goals(table)
    who = np.flatnonzero(pairs.looking(table)).astype(np.int32)
    openings = np.arange(len(table.problem.openings), dtype=np.int32)
    parts = [_barred_once(rows, policy, norm) for rows in _blocks(table, who, openings)]
    columns = {
        f.name: np.concatenate([getattr(p.pairs, f.name) for p in parts]) for f in fields(Pairs)
    }
    return _Single(pairs=Pairs(**columns), kind=np.concatenate([p.kind for p in parts]))


def _blocks(table: Table, who: Ints, openings: Ints) -> Iterator[Rows]:
    """All pairs, in blocks; at least one block, that may be empty."""
    yield table.rows(who[:0], openings[:0])
    yield from pairs.every(table, who, openings)


def _barred_once(rows: Rows, policy: Policy, norm: Masks) -> _Single:
    """The pairs among some rows that one removable barrier alone bars."""
    said = eligibility.judged(rows, policy)
    removable = np.array([code in REMOVABLE for code in CODES])
    alone = (bit_count(said).sum(axis=0) == 1) & (said[removable] != 0).any(axis=0)
    at = np.flatnonzero(alone)
    rows, said = rows.take(at), said[:, at]
    rule = (said != 0).argmax(axis=0)
    bit = bit_count(said.sum(axis=0, dtype=np.int32) - 1)
    made = Pairs(
        participant=rows.participant,
        opening=rows.opening,
        minutes=rows.minutes,
        start=rows.start,
        points=scoring.points(rows, policy),
        norm=norm[rows.participant, rows.o.group] & (scoring.wish(rows, policy) > 0),
    )
    return _Single(
        pairs=made, kind=(rows.o.site.astype(np.int64) * len(CODES) + rule) * BITS + bit
    )
