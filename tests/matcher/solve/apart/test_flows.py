"""Large flows in a process of their own are the same flows, and others go on meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event, Thread

import numpy as np
import pytest
from hypothesis import given

from matcher.domain import Problem
from matcher.errors import PlanCancelledError
from matcher.solve import apart
from matcher.solve.apart import min_cost_flow
from matcher.solve.door import Watch, plan
from tests.examples import examples
from tests.matcher.solve.apart.flows import (
    ALL,
    NONE,
    Network,
    asked,
    chain,
    here,
    network,
    networks,
    paused,
    process_of,
    wait_for,
)

# ruff: noqa: SLF001 -- the process is nobody else's business


def outcome(given_network: Network, large: int) -> str | bytes:
    """The flow or what is said instead, where flows beyond a size go to the child."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "LARGE", large)
        try:
            return min_cost_flow(*given_network).tobytes()
        except RuntimeError as error:
            return str(error)


@given(networks())
@examples(200)
def test_the_child_finds_the_same_flow(given_network: Network) -> None:
    """Byte for byte; and where there is none it says the same."""
    assert outcome(given_network, ALL) == outcome(given_network, NONE)


def test_a_network_without_a_flow_is_an_error(child: apart._Child) -> None:
    """More sent than received, and more than the arc has room for; the child goes on."""
    one = [np.array([number]) for number in (0, 1, 1, 5)]
    with pytest.raises(RuntimeError, match="min-cost flow ended with UNBALANCED"):
        min_cost_flow(*one, np.array([2, -1]))
    process = process_of(child)
    with pytest.raises(RuntimeError, match="min-cost flow ended with INFEASIBLE"):
        min_cost_flow(*one, np.array([2, -2]))
    assert min_cost_flow(*one, np.array([1, -1])).tolist() == [1]
    assert process_of(child) is process


def test_small_flows_need_no_child(child: apart._Child, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many arcs as the limit stay here, one more goes to the child."""
    crowd = network(20, 10)
    monkeypatch.setattr(apart, "LARGE", len(crowd[0]))
    assert asked(crowd) == here(crowd)
    assert child._process is None
    monkeypatch.setattr(apart, "LARGE", len(crowd[0]) - 1)
    assert asked(crowd) == here(crowd)
    assert child._process is not None


def test_flows_larger_than_a_pipe_holds() -> None:
    """A megabyte each way is written and read piece by piece."""
    crowd = network(30_000, 3_000)
    assert asked(crowd) == here(crowd)


def test_several_threads_take_turns(child: apart._Child) -> None:
    """Forty flows of four threads: each has its own, and all are of one process."""
    crowds = [network(50, 20, seed) for seed in range(40)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(asked, crowds)) == [here(crowd) for crowd in crowds]
    process = process_of(child)
    asked(crowds[0])
    assert process_of(child) is process


def test_a_plan_is_the_same(child: apart._Child, greedy_trap: Problem) -> None:
    """Everything but the seconds."""
    apart_made = replace(plan(greedy_trap), seconds={})
    assert child._process is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "LARGE", NONE)
        assert replace(plan(greedy_trap), seconds={}) == apart_made


# Others go on meanwhile.


def test_other_threads_run_while_a_flow_is_under_way() -> None:
    """A flow of 300,000 arcs: in this process, others come to a few steps; now, to hundreds."""
    asked(network(2, 2))
    found = Event()

    def solve() -> None:
        min_cost_flow(*large)
        found.set()

    large = chain(50_000)
    thread = Thread(target=solve)
    thread.start()
    steps = 0
    while not found.is_set():
        sum(range(100_000))
        steps += 1
    thread.join()
    assert steps > 100


def test_cancelling_does_not_wait_for_a_flow(child: apart._Child, greedy_trap: Problem) -> None:
    """The child stands still before it has the flow: whoever cancels has an answer."""
    cancel = Event()

    def cancels() -> None:
        wait_for(child._turn.locked)
        cancel.set()

    with paused(child):
        other = Thread(target=cancels)
        other.start()
        with pytest.raises(PlanCancelledError):
            plan(greedy_trap, watch=Watch(cancelled=cancel.is_set))
        other.join()
        assert child._turn.locked()
    with child._turn:  # the thread that was left alone ends, now that it has its flow
        pass
