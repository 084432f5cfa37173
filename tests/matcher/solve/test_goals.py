"""A component goal by goal: the optimum with enough work, true bounds with any."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.solve import anneal, exact, goals, halfdays, packing, starts, together
from matcher.solve.components import NOBODY, Component, Positions, split
from matcher.solve.layout import Wide
from matcher.solve.prices import Task
from tests.examples import examples
from tests.matcher.solve.small import (
    Values,
    all_values,
    budget,
    component,
    components,
    crowded,
    days_of,
    is_plan,
    solved,
    true_bounds,
)

WORK = st.tuples(st.sampled_from([0, 1, 2, 20]), st.sampled_from([0, 1, 1000]))
PARTS = st.one_of(components(), crowded())


OPEN = component(
    [(0, 0), (0, 1), (1, 0)],
    [[1, 0, 0], [0, 1, 1]],
    [2, 2],
    half_days=[[1, 1], [1, 1]],
    sessions=[1, 1, 1],
)
"""Two people on one half-day: the first goal is proven at once, and prices alone leave the second
open, so that the exact model is asked as often as it may be."""

OPEN_BEFORE = replace(OPEN, gain=OPEN.gain[[0, 1, 1]])
"""The second goal once more: the third is raised while one before it is not proven."""


THIN = [
    {},
    {(anneal, "LEAST_ROUNDS"): 1, (goals, "EXACT_PAIRS"): 3, (goals, "CORE_PAIRS"): 2},
    {(anneal, "LEAST_ROUNDS"): 1, (goals, "EXACT_PAIRS"): 3, (starts, "FEW_BIND"): 0},
    {(anneal, "LEAST_ROUNDS"): 1, (goals, "LARGE"): -1},
    {(anneal, "LEAST_ROUNDS"): 1, (goals, "LARGE"): -1, (starts, "FEW_BIND"): 0},
    {(anneal, "LEAST_ROUNDS"): 1, (goals, "FEW"): 0, (packing, "FEW"): 0},
]


@pytest.fixture(scope="class", params=THIN)  # a module's would thin the tests after it, too
def thin(request: pytest.FixtureRequest) -> object:
    """As it is; and with so few rounds and such small models that gaps stay."""
    with pytest.MonkeyPatch.context() as patch:
        for (module, name), number in request.param.items():
            patch.setattr(module, name, number)
        yield


def holds(everything: list[Values], values: Values, bounds: Values) -> None:
    """The plan is lawful, no bound is below what a plan reaches, what is proven is the best."""
    assert values in everything
    true = true_bounds(everything, values)
    assert all(b >= t >= v for b, t, v in zip(bounds, true, values, strict=True))
    proven = next((at for at, v in enumerate(values) if v != bounds[at]), len(values))
    assert values[:proven] == max(everything)[:proven]


@given(PARTS)
@examples(120)
def test_with_enough_work_every_goal_is_proven(whole: Component) -> None:
    """All lawful plans tried: no goal can be better, in order, and every bound says so."""
    parts, values, bounds = solved(whole, budget())
    assert values == max(all_values(whole))
    if len(parts) == 1:
        assert bounds == values


@given(components(loose=True), WORK)
@examples(60)
def test_where_half_days_do_not_bind_no_work_is_needed(
    whole: Component, work: tuple[int, int]
) -> None:
    """The flow alone proves every goal."""
    _, values, bounds = solved(whole, budget(*work))
    assert values == bounds == max(all_values(whole))


@given(whole=PARTS, work=WORK, seed=st.integers(0, 3))
@examples(100)
@pytest.mark.usefixtures("thin")
def test_with_any_work_the_bounds_are_true(
    whole: Component, work: tuple[int, int], seed: int
) -> None:
    """No plan that reaches the values of the goals before exceeds a bound; and ours is lawful."""
    parts, values, bounds = solved(whole, budget(*work, seed=seed))
    holds(all_values(whole), values, bounds)
    for part in parts:
        mine = part.component
        assert is_plan(mine, part.chosen.tolist())
        weeks = mine.per_week[mine.participant[part.chosen]]
        assert [len(days_of(days)) for days in part.half_days] == weeks.tolist()
        assert (part.half_days & ~mine.sessions[part.chosen] == 0).all()


@given(pair=st.lists(crowded(), min_size=2, max_size=2), work=WORK)
@example(pair=[OPEN_BEFORE, OPEN_BEFORE], work=(0, 0))
@examples(60)
@pytest.mark.usefixtures("thin")
def test_bounds_of_parts_that_stand_apart_are_true_together(
    pair: list[Component], work: tuple[int, int]
) -> None:
    """Two components at once, each cut short in its own way: what one lacks another may give.

    All pairs of plans are tried: the bounds hold for every one that reaches the values before.
    """
    number = min(len(part.gain) for part in pair)
    each = [replace(part, gain=part.gain[:number]) for part in pair]
    how = budget(*work)
    parts = [goals.solve(part, how) for whole in each for part in split(whole)]
    values = tuple(sum(part.values[goal] for part in parts) for goal in range(number))
    one, other = (all_values(part) for part in each)
    everything = {tuple(map(sum, zip(a, b, strict=True))) for a in one for b in other}
    holds(sorted(everything), values, together.bounds(parts, number, how))


def stood(search: anneal.Search, _: object, __: object, rows: Wide, ___: object) -> Wide:
    """Everybody stays where they are."""
    at = np.full(len(search.layout.desk), NOBODY)
    at[search.layout.person[rows]] = rows
    return at


def test_a_bound_holds_for_the_floors_of_the_plan_that_came_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Points are bounded by 12 while P0, who fills a norm goal, has the place; then P1 comes.

    P1 has waited longer and fills none. Of those who have waited as long P2 has 50 points: 12
    was true of plans with the norm goal, and is not of those without.
    """
    gain = [[1, 1, 1, 1], [5, 6, 6, 5], [3, 0, 0, 3], [10, 2, 50, 12]]
    part = component([(person, 0) for person in range(4)], gain, [2],
                     half_days=[[1, 1]], sessions=[1] * 4, per_week=[1] * 4)  # fmt: skip
    raised = []

    def annealed(search: anneal.Search, task: Task, _: object, rows: Wide, __: object) -> Wide:
        raised.append(task.goal)
        return stood(search, task, _, rows, __)

    def chained(*_: object) -> Positions:
        return np.array([1 if 3 in raised else 0])

    monkeypatch.setattr(anneal, "annealed", annealed)
    monkeypatch.setattr("matcher.solve.goals._Climb._chained", chained)
    monkeypatch.setattr(exact, "better", lambda *_: exact.Exact(chosen=None, bound=None))
    found = goals.solve(part, budget())
    assert 3 in raised
    assert found.values == (1, 6, 0, 2)
    holds(all_values(part), found.values, found.bounds)


@pytest.mark.parametrize(
    ("large", "bound", "runs"),
    [
        pytest.param(False, 10, [(3, 0, True), (3, 1_000, True)], id="much is missing"),
        pytest.param(True, 10, [(1, 0, True), (1, 1_000, True)], id="... of a large part"),
        pytest.param(False, 4, [(3, 0, True)], id="the bound is reached"),
        pytest.param(False, 3, [(1, 0, False)], id="little is missing"),
    ],
)
def test_where_much_is_missing_it_is_searched_longer_and_packed(
    monkeypatch: pytest.MonkeyPatch, *, large: bool, bound: int, runs: list[tuple[int, int, bool]]
) -> None:
    """Twice, with one pool. It begins with P0, who counts 1; packed, P1 comes, who counts 4."""
    part = component([(0, 0), (1, 0)], [[1, 4]], [1])
    made: list[tuple[int, int, bool]] = []
    pools: list[packing.Pool | None] = []

    def annealed(_: object, __: object, ___: object, rows: Wide, run: anneal.Run) -> Wide:
        made.append((run.times, run.dice, run.warm))
        pools.append(run.pool)
        return np.array([0, NOBODY] if rows.tolist() == [0] else [NOBODY, 1])

    def packed(_: object, pool: packing.Pool, *__: object) -> Wide:
        assert pool is pools[0]
        assert pool is pools[-1]
        assert (0,) in pool
        return np.array([NOBODY, 1])

    monkeypatch.setattr(goals, "LARGE", -1 if large else 1 << 40)
    monkeypatch.setattr(goals, "_repaired", lambda *_: np.array([0]))
    monkeypatch.setattr(goals.flow, "best", lambda *_: np.zeros(0, dtype=np.int64))
    monkeypatch.setattr("matcher.solve.goals._Climb._capped", lambda *_: bound)
    monkeypatch.setattr("matcher.solve.goals._Climb._chained", lambda _, chosen: chosen)
    monkeypatch.setattr("matcher.solve.goals._Climb._placed", lambda _, chosen: chosen)
    monkeypatch.setattr(anneal, "annealed", annealed)
    monkeypatch.setattr(packing, "packed", packed)
    monkeypatch.setattr(exact, "better", lambda *_: exact.Exact(chosen=None, bound=None))
    found = goals.solve(part, budget())
    assert made == runs
    assert found.values == ((1,) if bound == 3 else (4,))


def test_what_was_ruled_out_for_a_goal_that_has_fallen_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same, after the exact model has found P3: chains make P1 of it, and a goal is left.

    For 10 points and the norm goal P2 was ruled out; in the last goal it is P2 who has most.
    """
    gain = [[1, 1, 1, 1], [5, 6, 6, 5], [3, 0, 0, 3], [10, 2, 50, 12], [1, 1, 5, 1]]
    part = component([(person, 0) for person in range(4)], gain, [2],
                     half_days=[[1, 1]], sessions=[1] * 4, per_week=[1] * 4)  # fmt: skip
    asked: list[tuple[int, list[int]]] = []

    def better(rest: Component, goal: int, *_: object) -> exact.Exact:
        asked.append((goal, rest.participant.tolist()))
        found = np.flatnonzero(rest.participant == 3) if goal == 3 else None
        return exact.Exact(chosen=found, bound=None)

    def chained(*_: object) -> Positions:
        return np.array([1 if any(goal == 3 for goal, _ in asked) else 0])

    monkeypatch.setattr(anneal, "annealed", stood)
    monkeypatch.setattr("matcher.solve.goals._Climb._chained", chained)
    monkeypatch.setattr(exact, "better", better)
    found = goals.solve(part, budget())
    people = dict(asked)
    assert 2 not in people[3]
    assert 2 in people[4]
    assert found.values == (1, 6, 0, 2, 1)
    holds(all_values(part), found.values, found.bounds)


@given(crowded(), WORK)
@examples(60)
def test_the_bound_of_the_first_goal_is_never_above_the_flows(
    whole: Component, work: tuple[int, int]
) -> None:
    """The flow without half-days bounds it: whatever is cut short cannot unsay that."""
    parts, _, bounds = solved(whole, budget(*work))
    assert bounds[0] <= sum(goals.relaxed(part.component)[0] for part in parts)


@given(crowded(), WORK)
@examples(60)
def test_a_budget_never_makes_it_worse(whole: Component, work: tuple[int, int]) -> None:
    """With some work the plan is at least as good as with none, in order of the goals."""
    assert solved(whole, budget(*work))[1] >= solved(whole, budget(0, 0))[1]


@given(crowded(), WORK)
@examples(40)
def test_twice_is_the_same(whole: Component, work: tuple[int, int]) -> None:
    """The same component and the same work: the same pairs, half-days and bounds."""
    once, again = (solved(whole, budget(*work)) for _ in range(2))
    assert once[1:] == again[1:]
    for a, b in zip(once[0], again[0], strict=True):
        assert np.array_equal(a.chosen, b.chosen)
        assert np.array_equal(a.half_days, b.half_days)


@given(crowded())
@examples(20)
def test_threads_change_nothing(whole: Component) -> None:
    """Shared among threads or not: the same values and bounds."""
    alone = solved(whole, budget())[1:]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goals, "THREADED", 0)
        assert solved(whole, budget())[1:] == alone


@given(crowded(), st.sampled_from([0, 20]))
@example(OPEN_BEFORE, 0)
@examples(40)
def test_where_no_pair_is_ruled_out(whole: Component, rounds: int) -> None:
    """In large components prices and rounds alone: true bounds, a lawful plan, no exact model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goals, "LARGE", -1)
        patch.setattr(exact, "better", lambda *_: pytest.fail("too large for the exact model"))
        _, values, bounds = solved(whole, budget(rounds))
    holds(all_values(whole), values, bounds)


def test_no_parts_reach_nothing_and_that_is_proven() -> None:
    """An empty plan of an empty problem is the best there is."""
    assert together.bounds([], 4, budget()) == (0, 0, 0, 0)


@pytest.mark.parametrize(("rounds", "nodes"), [(0, 0), (1, 0), (0, 1), (1, 1), (40, 1000)])
def test_the_lower_of_two_bounds_is_told(rounds: int, nodes: int) -> None:
    """Four people on four half-days: the flow knows that 850 + 480 + 380 = 1710 is the most.

    It thinks that three fit. In truth P0, P1 and P3 fit, two, one and one half-days:
    850 + 480 + 143 = 1473.
    """
    part = component(
        [(0, 0), (1, 0), (2, 0), (3, 0)],
        [[850, 480, 380, 143]],
        [4],
        half_days=[[1, 2, 1]],
        sessions=[0b111] * 4,
        per_week=[2, 1, 2, 1],
    )
    _, (value,), (bound,) = solved(part, budget(rounds, nodes))
    assert value <= 1473 <= bound <= 1710


TRIANGLE = component(
    [(0, 0), (1, 0), (2, 0)],
    [[1, 1, 1], [1, 2, 3]],
    [3],
    half_days=[[1, 1, 1]],
    sessions=[0b011, 0b011, 0b011],
    per_week=[1, 1, 1],
)
"""Three people, once each, all on the same two of three half-days: two of them fit."""


def test_prices_know_whole_rosters() -> None:
    """No work at all: by the sum of half-days three fit, but the opening's best roster has two.

    The two who add most are 2 + 3.
    """
    assert goals.relaxed(TRIANGLE) == (3, 6)
    _, values, bounds = solved(TRIANGLE, budget(0, 0))
    assert values == bounds == (2, 5)


@pytest.mark.parametrize(("starts", "best"), [(0, (1, 1)), (1, (2, 4)), (2, (2, 5))])
def test_supervisors_within_their_starts(starts: int, best: Values) -> None:
    """P1 and P2, who add 2 and 3, share a supervisor; two of the three fit."""
    part = replace(TRIANGLE, supervisor=np.array([-1, 0, 0], dtype=np.int32), starts=starts)
    _, values, bounds = solved(part, budget())
    assert values == bounds == best


def test_the_emergency_stop_stops_it() -> None:
    """No seconds left: a lawful plan, and bounds that hold."""
    _, values, bounds = solved(TRIANGLE, budget(seconds=0.0))
    holds(all_values(TRIANGLE), values, bounds)


@given(crowded())
@example(OPEN)
@examples(40)
def test_better_plans_among_the_likeliest_are_sought_a_few_times(whole: Component) -> None:
    """However poor what the exact model gives, chains make a lawful plan of it; bounds hold."""
    poor = exact.Exact(chosen=np.zeros(0, dtype=np.int64), bound=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(goals, "EXACT_PAIRS", -1)
        patch.setattr(exact, "better", lambda *_: poor)
        solved(whole, budget(0))


@given(crowded())
@example(OPEN)
@examples(40)
def test_a_stop_before_the_exact_model_is_kept(whole: Component) -> None:
    """Where the clock stops the work after pairs are ruled out, no exact model is asked."""
    asked, slack = budget(0), goals.prices.slack
    with pytest.MonkeyPatch.context() as patch:

        def last(*given_: object) -> object:
            patch.setattr(asked, "stopped", lambda: True)
            return slack(*given_)

        patch.setattr(goals.prices, "slack", last)
        patch.setattr(exact, "better", lambda *_: pytest.fail("the work was stopped"))
        _, values, bounds = solved(whole, asked)
    holds(all_values(whole), values, bounds)


@pytest.mark.slow
def test_an_opening_with_a_thousand_seats_where_half_days_bind() -> None:
    """3,000 people for it, and two other openings: a lawful plan and bounds, in seconds."""
    people, dice = 3_000, np.random.default_rng(1)
    who, where = np.divmod(np.arange(3 * people), 3)
    kept = (where == 0) | (dice.random(3 * people) < 0.2)
    pairs = list(zip(who[kept].tolist(), where[kept].tolist(), strict=True))
    waiting = dice.integers(1, 200, people)[who[kept]]
    part = component(pairs, [[1] * len(pairs), waiting.tolist()], [1_000, 2, 3],
                     half_days=[[250] * 10, [1] * 10, [1] * 10],
                     per_week=dice.integers(1, 6, people).tolist(),
                     sessions=(dice.integers(1, 1024, len(pairs)) | 31).tolist())  # fmt: skip
    found = goals.solve(part, budget())
    assert not len(halfdays.crowded(part, found.chosen))
    assert len(np.unique(part.participant[found.chosen])) == len(found.chosen) == found.values[0]
    assert all(v <= b for v, b in zip(found.values, found.bounds, strict=True))
    assert found.values[0] > 0.95 * found.bounds[0]
