"""The most people placed, where few openings have binding half-days: those at once, and a flow.

    max  Σ_hot x(p,o) + θ
    s.t. everybody at most one place, and a roster at each opening where half-days bind (``exact``)
         θ <= seats_k + Σ_p free_k(p) (1 - Σ_hot x(p,o))     for every cut k

Half-days couple people at the hot openings, where they bind. Once it is settled who comes there,
a flow places the others, θ of them. Some openings hold that up: nobody beyond their seats and
those who could go elsewhere too (``free``) has a place (König). That holds whoever is at the hot
openings, so it is a cut; the model finds who should be, by all cuts so far, the flow says what
that gives, and why not more. Someone who is free in every cut is worth nothing at a hot opening
and is left out, which leaves the model small. It keeps to the plan so far where it can.
Sources: Benders, Numer. Math. 4 (1962); Hooker and Ottosson, Math. Program. 96 (2003).
"""

from dataclasses import dataclass, replace
from math import floor

import numpy as np
from scipy import optimize, sparse

from matcher.solve import exact, flow, halfdays
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions
from matcher.travel.atlas import Ints, Masks

CUTS = 8
"""At most so many cuts."""
NEARLY = 0.25
"""How far a bound may be off and be the same whole number: to stay is worth less than 0.5."""
HOT_PAIRS = 25_000
"""At most so many pairs in a model: one of 20,000 takes some seconds, one of 45,000 a minute."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Settled:
    """Pairs of a lawful plan, ascending, and a bound of the first goal."""

    chosen: Positions
    bound: int


@dataclass(frozen=True, eq=False, kw_only=True)
class _Answer:
    """Pairs at hot openings, how many people the cuts promise then, and how many at most."""

    there: Positions
    promised: int
    bound: int


@dataclass(frozen=True, eq=False)
class _Cut:
    """At most ``most`` people beside the hot openings, one less for each of ``free`` at those."""

    most: int
    free: Masks


def most_placed(component: Component, chosen: Positions, budget: Budget) -> Settled:
    """Who should be where half-days bind, so that more people can be placed, and a bound.

    Those who are elsewhere keep their places, if they are not wanted there; who of the others can
    be placed then, and where, is left to chains of moves. If no more can be placed, the plan is
    the same. Nothing is tried where the first goal does not count everybody alike, or supervisors
    have limits. A model that would be large is not made; what was found until then holds.

    Args:
        component: what to plan.
        chosen: the pairs of a lawful plan.
        budget: rounds, how many nodes may be looked at, and seconds.
    """
    people = len(np.unique(component.participant))
    each = int(component.gain[0].max(initial=0))
    alike, limited = (component.gain[0] == each).all(), (component.supervisor != NOBODY).any()
    hot = halfdays.binding(component)[component.opening]
    if not hot.any() or not alike or limited:
        return Settled(chosen=chosen, bound=people * each)
    seats = halfdays.seat_bound(component)
    there = best = chosen[hot[chosen]]
    most, bound, promised = len(chosen), people, people + 1
    cuts: list[_Cut] = []
    for _ in budget.pieces(min(CUTS, budget.rounds), 1):
        placed, cut = _rest(component, hot, seats, there)
        cuts.append(cut)
        if len(there) + placed > most:
            best, most = there, len(there) + placed
        if most >= bound or len(there) + placed >= promised:  # else the next model is the same
            break
        found = _master(component, hot, seats, (cuts, best), budget)
        if found is None:
            break
        there, promised, bound = found.there, found.promised, min(bound, found.bound)
    if most > len(chosen):
        stay = chosen[halfdays.elsewhere(component, hot, best)[chosen]]
        chosen = np.sort(np.concatenate([best, stay]))
    return Settled(chosen=chosen, bound=max(bound, most) * each)


def _rest(component: Component, hot: Masks, seats: Ints, there: Positions) -> tuple[int, _Cut]:
    """How many more have a place when these pairs stand at the hot openings, and the cut."""
    placed, full = flow.fullest(component.keep(halfdays.elsewhere(component, hot, there)), seats)
    elsewhere = ~hot & ~full[component.opening]
    free = np.zeros(len(component.per_week), dtype=np.bool_)
    free[component.participant[elsewhere]] = True
    return placed, _Cut(int(seats[full].sum() + free.sum()), free)


def _master(
    component: Component,
    hot: Masks,
    seats: Ints,
    known: tuple[list[_Cut], Positions],
    budget: Budget,
) -> _Answer | None:
    """Who should be at the hot openings by all cuts; None: not found, or the model is large."""
    cuts, now = known
    mask = hot & ~np.logical_and.reduce([cut.free for cut in cuts])[component.participant]
    mask[now] = True
    rows = np.flatnonzero(mask)
    if not len(rows):  # everybody is free: the cuts alone say how many there can be
        most = min(cut.most for cut in cuts)
        return _Answer(there=rows, promised=most, bound=most)
    if len(rows) > HOT_PAIRS:
        return None
    part = replace(component.keep(mask), seats=seats)
    model = exact.Model(part, others=1, most=len(component.per_week))
    reward = np.zeros(model.width)
    reward[: len(rows)] = 1.0
    reward[np.searchsorted(rows, now)] += 1 / (2 * len(now) + 2)  # less than 0.5, all together
    reward[-1] = 1.0
    limits = np.zeros((len(cuts), model.width))
    limits[:, model.people] = [cut.free for cut in cuts]
    limits[:, -1] = 1.0
    room = np.array([cut.most for cut in cuts])
    cut_rows = optimize.LinearConstraint(sparse.csr_array(limits), -np.inf, room)
    found = model.solved(-reward, [cut_rows], budget)
    if found.x is None or found.mip_dual_bound is None or not np.isfinite(found.mip_dual_bound):
        return None
    there = model.pairs_in(found.x)
    if not _lawful(part, there):
        return None
    promised = len(there) + floor(NEARLY + found.x[-1])
    bound = floor(NEARLY - found.mip_dual_bound)
    return _Answer(there=rows[there], promised=promised, bound=bound)


def _lawful(part: Component, chosen: Positions) -> bool:
    """Whether an answer in floating point is a plan."""
    once = len(np.unique(part.participant[chosen])) == len(chosen)
    taken = np.bincount(part.opening[chosen], minlength=len(part.seats))
    rosters = halfdays.rosters(part, chosen)
    return once and bool((taken <= part.seats).all()) and bool(rosters.full.all())
