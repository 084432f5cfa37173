"""Prices to begin with: true whatever they are, and what they prove where few openings bind."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.solve import prices, starts
from matcher.solve.components import Component
from matcher.solve.layout import Wide, lay_out
from matcher.solve.prices import Prices, Task, Work
from tests.examples import examples
from tests.matcher.solve.small import Case, all_values, cases, component, components, kept

NEVER = 1 << 40
"""More pairs than there are: few openings bind nowhere."""
WORK = Work(200)


def street() -> Component:
    """A shop of one seat, and a café of three with room for one on each of two half-days.

    P0 and P1 come on Mondays, so one of them can be at the café: P0 gives 2 there, P1 gives 5,
    and 2 in the shop. Best: P1 at the café.
    """
    return component(
        [(0, 1), (1, 0), (1, 1)],
        [[2, 2, 5]],
        [1, 3],
        half_days=[[1, 1], [1, 1]],
        sessions=[1] * 3,
        per_week=[1] * 2,
    )


BEST, AT = 5, np.array([2])
"""What the best plan of the street is worth, and its pair."""


def begun(part: Component, chosen: Wide, *, large: bool = False, work: Work = WORK) -> Prices:
    """The prices to begin with for a component's last goal, nothing before it proven."""
    goal, layout = len(part.gain) - 1, lay_out(part)
    values = part.values(chosen)
    unit = prices.unit_of(layout, goal)
    task = Task(
        goal=goal, floors=values[:goal], known=values[goal], unit=unit, held=(False,) * goal
    )
    return starts.likeliest(starts.market(part, layout, large=large), task, chosen, work, 0)


@pytest.mark.parametrize("large", [False, True])
def test_split_prices_prove_what_those_of_the_flow_do_not(
    monkeypatch: pytest.MonkeyPatch, *, large: bool
) -> None:
    """By seats both have room at the café. The shop says what P1 is worth to the flow: 2."""
    monkeypatch.setattr(starts, "FEW_BIND", NEVER)
    assert begun(street(), AT, large=large).bound == 7
    monkeypatch.setattr(starts, "FEW_BIND", 0)
    assert begun(street(), AT, large=large).bound == BEST


@given(cases(), st.tuples(st.booleans(), st.sampled_from([0, 1, 30])))
@examples(100)
def test_they_prove_nothing_false_and_no_less_than_the_flow(
    case: Case, how: tuple[bool, int]
) -> None:
    """From any plan, with any steps; no plan that keeps the floors exceeds the bound."""
    (part, chosen), (large, steps) = case, how
    assume(len(part))
    found: list[Prices] = []
    for share in (NEVER, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(starts, "FEW_BIND", share)
            found.append(begun(part, np.sort(chosen), large=large, work=Work(steps)))
    flow, split = found
    floors = part.values(chosen)[:-1]
    best = max(values[-1] for values in all_values(part) if kept(values, floors))
    assert best <= split.bound
    assert large or split.bound <= flow.bound  # in large parts the flow is not always asked
    assert split.floors == floors


@given(components(loose=True), st.data())
@examples(60)
def test_where_no_half_days_bind_the_first_turn_is_the_flow(
    part: Component, data: st.DataObject
) -> None:
    """And proves what the flow does, whatever pairs are worth and whatever plan is known."""
    number = st.integers(0, 1_000)
    assume(len(part))
    drawn = [data.draw(number) for _ in range(len(part))]
    alone = replace(
        part,
        gain=np.array([drawn], dtype=np.int64),
        supervisor=np.full_like(part.supervisor, -1),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starts, "FEW_BIND", NEVER)
        flow = begun(alone, np.zeros(0, dtype=np.int64))
        patch.setattr(starts, "FEW_BIND", 0)
        split = begun(alone, np.zeros(0, dtype=np.int64), large=True)
    assert split.units == flow.units


@given(cases(), st.data())
@examples(80)
def test_every_turn_gives_prices_the_same_every_time(case: Case, data: st.DataObject) -> None:
    """Never below nothing, one for everybody, from any plan, worth and number of steps."""
    part, chosen = case
    assume(len(part))
    number = st.integers(0, 1_000)
    worth = np.array([data.draw(number) for _ in range(len(part))], dtype=np.int64)
    work = Work(data.draw(st.sampled_from([0, 1, 30])))

    def turns() -> list[Wide]:
        market = starts.market(part, lay_out(part), large=True)
        found = starts.split(market, worth, chosen, work, 3)
        return [next(found) for _ in range(3)]

    for people, again in zip(turns(), turns(), strict=True):
        assert people.shape == part.per_week.shape
        assert (people >= 0).all()
        assert people.tolist() == again.tolist()


@given(cases())
@examples(60)
def test_the_best_turn_is_taken(case: Case) -> None:
    """More turns never prove less."""
    part, chosen = case
    assume(len(part))
    found: list[int] = []
    for turns in (1, 2, 5):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(starts, "FEW_BIND", 0)
            patch.setattr(starts, "TURNS", turns)
            found.append(begun(part, np.sort(chosen), large=True, work=Work(20)).units)
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize(("stopped", "turns"), [(True, 1), (False, 3)])
def test_an_emergency_stop_ends_the_turns(
    monkeypatch: pytest.MonkeyPatch, *, stopped: bool, turns: int
) -> None:
    """What was found until then holds."""
    taken = []

    def split(*_: object) -> Iterator[Wide]:
        for turn in range(100, 0, -1):  # each a little better
            taken.append(turn)
            yield np.full(2, 10_000 * turn, dtype=np.int64)

    monkeypatch.setattr(starts, "FEW_BIND", 0)
    monkeypatch.setattr(starts, "split", split)
    found = begun(street(), AT, large=True, work=Work(5, stop=lambda: stopped))
    assert found.bound >= BEST
    assert len(taken) == turns


@pytest.mark.parametrize(
    ("gain", "tells"),
    [
        pytest.param([2, 7, 7], False, id="hangs on the person"),
        pytest.param([0, 1, 0], False, id="counts"),
        pytest.param([0, 2, 0], True, id="hangs on the place"),
    ],
)
def test_which_goals_tell_places_apart(gain: list[int], *, tells: bool) -> None:
    """Several multipliers and turns are for those."""
    part = replace(street(), gain=np.array([gain]))
    assert starts.market(part, lay_out(part), large=True).by_place == (tells,)
