"""A plan as it stands, ready to be asked: what would a choice, or a change, do to it?

The plan is seated once (``seating``). A question is answered by solving again from there: chains
of moves bring the plan with the choice to where no chain improves it. Without binding half-days
and supervisors' limits that is the best there is. Small parts where half-days bind are solved
exactly besides; of large ones the answer is a plan that holds, and is said not to be proven.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from os import cpu_count

import numpy as np
import numpy.typing as npt

from matcher import columns, pairs
from matcher.columns import Table
from matcher.domain import OpeningId, ParticipantId, Problem
from matcher.outcome import Effect, Plan, Proposals
from matcher.pairs import Pairs
from matcher.policy import GoalName, Limits, Policy
from matcher.solve import chains, demand, goals, halfdays, places, proposals, seating
from matcher.solve.budget import Budget
from matcher.solve.components import NOBODY, Component, Positions, split
from matcher.solve.flow import ceiling
from matcher.solve.layout import Layout, Wide, lay_out, rows_of
from matcher.solve.order import NOT_SUMS, Solution, solve
from matcher.solve.rosters import MUSTS
from matcher.solve.seating import Seating, copied
from matcher.solve.ways import Ways, look, new_ways

SMALL = 3_000
"""Parts of at most so many pairs are solved exactly where half-days bind."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing:
    """A plan of a problem, with everything that is needed to ask it things.

    ``names`` are the policy's goals that are sums over pairs, ``values`` what the plan reaches in
    them. ``found`` are the eligible pairs, ``whole`` those with room, laid out and seated.
    ``proven``: no plan is better in these goals. ``seated`` is the plan; ``ground`` is where
    answers begin: the same, but where the policy has goals that are no sums (``lowest_points``,
    ``parity``), with what chains gain when those are left out. ``former``: the plan to stay near.
    """

    problem: Problem
    policy: Policy
    table: Table
    found: Pairs
    whole: Component
    layout: Layout
    seated: Seating
    ground: Seating
    names: tuple[GoalName, ...]
    former: Proposals
    proven: bool

    @property
    def chosen(self) -> Positions:
        """Positions of the chosen pairs in ``whole``, ascending."""
        return chosen_of(self.layout, self.seated)

    @cached_property
    def values(self) -> tuple[int, ...]:
        """What the plan reaches in the goals that are sums."""
        return self.whole.values(self.chosen)

    @cached_property
    def bounds(self) -> tuple[int, ...]:
        """No plan has more: the values where they are proven, else everybody's best added up."""
        if self.proven:
            return self.values
        return tuple(ceiling(self.whole, goal) for goal in range(len(self.names)))

    @cached_property
    def proposals(self) -> Proposals:
        """Who is proposed where."""
        people, openings = self.problem.participants, self.problem.openings
        chosen = self.chosen
        who, where = self.whole.participant[chosen], self.whole.opening[chosen]
        return frozenset(
            (people[p].participant_id, openings[o].opening_id)
            for p, o in zip(who.tolist(), where.tolist(), strict=True)
        )

    @cached_property
    def plan(self) -> Plan:
        """The plan, with start days and half-days."""
        chosen = self.chosen
        solution = Solution(
            pair=self.whole.pair[chosen],
            half_days=halfdays.rosters(self.whole, chosen).half_days,
            values=self.values,
            bounds=self.values,
        )
        return proposals.make(self.table, self.found, self.policy, solution)

    @cached_property
    def ways(self) -> Ways:
        """What is best to do with everybody, had they no place."""
        ways = new_ways(self.ground)
        look(self.layout, self.ground, ways)
        return ways

    @cached_property
    def ground_chosen(self) -> Positions:
        """Positions in ``whole`` of the pairs where answers begin, ascending."""
        return chosen_of(self.layout, self.ground)

    @cached_property
    def parts(self) -> list[Component]:
        """The independent parts; ``pair`` is where each stands in ``whole``."""
        return _parts(self.whole)

    @cached_property
    def part_of(self) -> Wide:
        """(pairs of ``whole``,) which part each is in."""
        number = np.empty(len(self.whole), dtype=np.int64)
        for at, part in enumerate(self.parts):
            number[part.pair] = at
        return number

    @cached_property
    def limited(self) -> bool:
        """Whether anything but seats binds: then chains need not find the best."""
        return limited(self.whole)

    @cached_property
    def _keys(self) -> npt.NDArray[np.int64]:
        """(pairs of ``whole``,) one whole number for each, ascending."""
        people = self.whole.participant.astype(np.int64)
        return people * len(self.problem.openings) + self.whole.opening

    def warm(self) -> None:
        """Make now what questions need, so that several threads can ask at once."""
        _ = self.values, self.ways, self.ground_chosen, self.row, self._keys, self.limited
        if self.limited:
            _ = self.part_of

    def pair(self, participant_id: ParticipantId, opening_id: OpeningId) -> int | None:
        """Where a pair stands in ``whole``; None where there is a barrier, or no room at all.

        Raises:
            KeyError: nobody, or no opening, of that name.
        """
        person, opening = (
            self.problem.participant_at[participant_id],
            self.problem.opening_at[opening_id],
        )
        key = person * len(self.problem.openings) + opening
        at = int(np.searchsorted(self._keys, key))
        return at if at < len(self._keys) and self._keys[at] == key else None

    @cached_property
    def row(self) -> Wide:
        """(pairs of ``whole``,) the row of each."""
        return rows_of(self.layout)


def stand(
    problem: Problem,
    policy: Policy,
    proposed: Proposals,
    *,
    former: Proposals = frozenset(),
    proven: bool = False,
) -> Standing:
    """A plan as it stands; what no longer fits is left out, and what chains improve is improved.

    A plan of ``matcher.plan`` for the same problem and policy is not changed by it: no chain
    improves it.

    Args:
        problem: who looks for what, and what there is.
        policy: the weighing. Its goals that are no sums (``lowest_points``, ``parity``) play no
            part in these answers.
        proposed: who is proposed where.
        former: the plan to stay near, where the policy lists ``stability``.
        proven: the plan is known to be the best.
    """
    table = columns.load(problem, policy)
    found = pairs.eligible(table, policy)
    whole = demand.component(table, found, policy, former)
    layout = lay_out(whole)
    start = pairs_of(problem, whole, proposed)
    ground, best = solved(whole, layout, start, known=proven)
    sums_alone = not NOT_SUMS & set(policy.goals)
    return Standing(
        problem=problem,
        policy=policy,
        table=table,
        found=found,
        whole=whole,
        layout=layout,
        seated=ground if sums_alone else _as_it_is(layout, start),
        ground=ground,
        names=tuple(name for name in policy.goals if name not in NOT_SUMS),
        former=former,
        proven=best and sums_alone,
    )


def again(standing: Standing, problem: Problem, policy: Policy) -> Standing:
    """The plan made again for a problem or policy that is otherwise, from where it stands.

    Where the policy has goals that are no sums, it is made by the engine from the beginning.
    """
    former = standing.former
    if not NOT_SUMS & set(policy.goals):
        return stand(problem, policy, standing.proposals, former=former)
    table = columns.load(problem, policy)
    found = pairs.eligible(table, policy)
    whole = demand.component(table, found, policy, former)
    points = found.points[whole.pair].astype(np.int64)
    chosen = solve(whole, points, table, policy, Budget(Limits())).pair
    people, openings = problem.participants, problem.openings
    who, where = found.participant[chosen].tolist(), found.opening[chosen].tolist()
    made = (
        (people[p].participant_id, openings[o].opening_id) for p, o in zip(who, where, strict=True)
    )
    return stand(problem, policy, frozenset(made), former=former)


def choose(
    standing: Standing, participant_id: ParticipantId, opening_id: OpeningId
) -> Effect | None:
    """What it does to the plan if somebody is to have an opening, everybody else planned anew.

    Returns:
        None when it cannot be: a barrier, or no room whoever gives way.

    Raises:
        KeyError: nobody, or no opening, of that name.
    """
    pair = standing.pair(participant_id, opening_id)
    if pair is None:
        return None
    trial = copied(standing.ground)
    row = int(standing.row[pair])
    if not places.enter(standing.layout, trial, standing.ways, row, MUSTS):
        return None
    chains.improve_again(standing.layout, (standing.ground, trial), standing.ways, np.array([row]))
    chosen = chosen_of(standing.layout, trial)
    values = standing.whole.values(chosen)
    proven = standing.proven and (
        np.array_equal(values, standing.whole.values(standing.ground_chosen))
        or not standing.limited
    )
    if not proven:
        chosen, proven = _forced(standing, pair, chosen)
        values = standing.whole.values(chosen)
    return _effect(standing, chosen, int(standing.whole.participant[pair]), proven=proven)


def choose_each(
    standing: Standing, participant_id: ParticipantId, opening_ids: Sequence[OpeningId]
) -> list[Effect | None]:
    """``choose`` for several openings, as many at a time as there are cores."""
    standing.warm()
    with ThreadPoolExecutor(cpu_count() or 1) as pool:
        return list(pool.map(lambda name: choose(standing, participant_id, name), opening_ids))


def _effect(standing: Standing, chosen: Positions, person: int, *, proven: bool) -> Effect:
    """The plan made again, less the plan as it stands."""
    before, after = (_where(standing.whole, c) for c in (standing.ground_chosen, chosen))
    others = np.arange(len(before)) != person
    values = standing.whole.values(chosen)
    was = standing.whole.values(standing.ground_chosen)
    return Effect(
        goals={
            name: new - old for name, new, old in zip(standing.names, values, was, strict=True)
        },
        lose=int(((before != NOBODY) & (after == NOBODY) & others).sum()),
        gain=int(((before == NOBODY) & (after != NOBODY) & others).sum()),
        move=int(((before != after) & (before != NOBODY) & (after != NOBODY) & others).sum()),
        proven=proven and standing.proven,
    )


def _forced(standing: Standing, pair: int, chosen: Positions) -> tuple[Positions, bool]:
    """A plan with a pair, at least as good as one that is known, and whether it is the best."""
    whole = standing.whole
    part = standing.parts[standing.part_of[pair]]
    if len(part) > SMALL:
        return chosen, False
    there = np.isin(part.pair, pair).astype(np.int64)
    forced = replace(part, gain=np.concatenate([there[None, :], part.gain]))
    solved = goals.solve(forced, Budget(Limits(workers=1)))
    inside = np.isin(chosen, part.pair)
    proven = solved.values == solved.bounds
    if solved.values[1:] > whole.values(chosen[inside]):
        chosen = np.sort(np.concatenate([chosen[~inside], part.pair[solved.chosen]]))
    return chosen, proven


def solved(
    whole: Component, layout: Layout, start: Positions, *, known: bool = False, prove: bool = True
) -> tuple[Seating, bool]:
    """The best plan found from some pairs, and whether there is no better one.

    ``known``: these pairs are known to be the best. Without ``prove`` nothing is proven of large
    parts where more than seats binds.
    """
    seated = _settled(layout, rows_of(layout)[start])
    chosen = chosen_of(layout, seated)
    if known and np.array_equal(chosen, start):
        return seated, True
    better, proven = _best(whole, chosen, prove=prove)
    if not np.array_equal(better, chosen):
        seated = seating.seat(layout, rows_of(layout)[better])
    return seated, proven


def _best(whole: Component, chosen: Positions, *, prove: bool) -> tuple[Positions, bool]:
    """A plan at least as good, solved exactly in small parts, and whether it is the best."""
    if not limited(whole):
        return chosen, True
    if prove and whole.values(chosen) == goals.relaxed(whole):
        return chosen, True
    made, proven = [np.zeros(0, dtype=np.int64)], True
    for part in _parts(whole):
        inside = chosen[np.isin(chosen, part.pair)]
        if len(part) > SMALL:
            proven = proven and prove and whole.values(inside) == goals.relaxed(part)
        elif whole.values(inside) != goals.relaxed(part):
            solved = goals.solve(part, Budget(Limits(workers=1)))
            proven = proven and solved.values == solved.bounds
            if solved.values > whole.values(inside):
                inside = part.pair[solved.chosen]
        made.append(inside)
    return np.sort(np.concatenate(made)), proven


def _parts(whole: Component) -> list[Component]:
    """The independent parts; ``pair`` is where each stands in the whole."""
    return list(split(replace(whole, pair=np.arange(len(whole)))))


def limited(whole: Component) -> bool:
    """Whether anything but seats binds: then chains need not find the best."""
    return bool(halfdays.binding(whole).any() or (whole.supervisor != NOBODY).any())


def _as_it_is(layout: Layout, start: Positions) -> Seating:
    """A seating of as many of these pairs as there is room for."""
    seated = seating.seat(layout, np.zeros(0, dtype=np.int64))
    places.settle(layout, seated, rows_of(layout)[start], MUSTS)
    return seated


def _settled(layout: Layout, rows: Wide) -> Seating:
    """A seating of as many of these rows as there is room for, improved by chains."""
    seated = seating.seat(layout, rows[:0])
    order = np.argsort(-seated.worth[rows], kind="stable")
    places.settle(layout, seated, rows[order], MUSTS)
    chains.improve(layout, seated, MUSTS, chains.ROUNDS)
    return seated


def chosen_of(layout: Layout, seated: Seating) -> Positions:
    """Positions of the chosen pairs in the component, ascending."""
    return np.sort(layout.pair[seated.at[seated.at != NOBODY]])


def _where(whole: Component, chosen: Positions) -> Positions:
    """(participants,) the opening of each, or ``NOBODY``."""
    found = np.full(len(whole.per_week), NOBODY, dtype=np.int64)
    found[whole.participant[chosen]] = whole.opening[chosen]
    return found


def pairs_of(problem: Problem, whole: Component, proposed: Proposals) -> Positions:
    """Where proposals stand among the pairs; those that are no pairs are left out."""
    people, openings = problem.participant_at, problem.opening_at
    known = [(people[who], openings[o]) for who, o in proposed if who in people and o in openings]
    wanted = [person * len(openings) + opening for person, opening in known]
    keys = whole.participant.astype(np.int64) * len(openings) + whole.opening
    return np.flatnonzero(np.isin(keys, np.array(wanted, dtype=np.int64)))
