"""Whatever becomes of the child, the flow is found."""

import os
import signal
import sys
from threading import Thread

import numpy as np
import pytest

from matcher.solve import apart
from matcher.solve.apart import min_cost_flow
from tests.matcher.solve.apart.flows import asked, here, network, paused, process_of, wait_for

# ruff: noqa: SLF001 -- the process is nobody else's business


def test_a_child_that_has_died_is_replaced(child: apart._Child) -> None:
    """Killed between two flows: the next has a child of its own."""
    crowd = network(50, 20)
    asked(crowd)
    dead = process_of(child)
    dead.kill()
    dead.wait()
    assert asked(crowd) == here(crowd)
    assert process_of(child).pid != dead.pid
    assert process_of(child).poll() is None


def test_a_flow_is_not_lost_with_its_child(child: apart._Child) -> None:
    """Killed while a flow is under way: it is found all the same."""
    crowd = network(5_000, 500)
    flows: list[bytes] = []
    with paused(child) as process:
        thread = Thread(target=lambda: flows.append(asked(crowd)))
        thread.start()
        wait_for(child._turn.locked)
        process.kill()
        thread.join()
    assert flows == [here(crowd)]


@pytest.mark.parametrize(
    "does",
    [
        "raise SystemExit",
        "import os; os.read(0, 99); raise SystemExit",
        "import os; os.write(1, bytes(16)); os.read(0, 99)",
        "print('Welcome to this machine!', flush=True); " + apart.SERVE,
    ],
    ids=["leaves", "reads and leaves", "answers nonsense", "prints before it begins"],
)
def test_what_is_no_answer_is_not_taken_for_one(
    does: str, child: apart._Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that does not do what ours does: the flow is found here, and the child ended."""
    crowd = network(5_000, 500)
    with monkeypatch.context() as patch:
        patch.setattr(apart, "SERVE", does)
        assert asked(crowd) == here(crowd)
        assert process_of(child).returncode is not None
    assert asked(crowd) == here(crowd)
    assert process_of(child).poll() is None


@pytest.mark.parametrize("interpreter", ["", "/nowhere/python"])
def test_without_a_child_the_flow_is_found_here(
    interpreter: str, child: apart._Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No interpreter can be started; once it can, it is."""
    crowd = network(50, 20)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", interpreter)
        assert asked(crowd) == here(crowd)
        assert child._process is None
    assert asked(crowd) == here(crowd)
    assert child._process is not None


def test_an_interrupted_flow_leaves_no_answer_behind(child: apart._Child) -> None:
    """Ctrl-C between question and answer: the next flow is not answered with that of before."""
    asked(network(2, 2))
    process = process_of(child)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "_read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            min_cost_flow(*network(50, 20, seed=1))
    assert process.returncode is not None
    other = network(50, 20, seed=2)
    assert asked(other) == here(other)


def test_at_the_exit_nobody_begins_to_solve(
    child: apart._Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The interpreter has ended the child under a thread: that thread ends, and quietly."""

    def ended(*_: object) -> None:
        assert child._process is not None
        child._process.end()
        raise EOFError

    monkeypatch.setattr(apart, "_asked", ended)
    with pytest.raises(SystemExit):
        min_cost_flow(*network(2, 2))


def test_nobody_ends_the_child_of_another(child: apart._Child) -> None:
    """What is called at the exit does nothing in a process that was forked from the parent."""
    asked(network(2, 2))
    apart._ended(process_of(child), os.getpid() + 1)
    assert process_of(child).poll() is None


def test_ctrl_c_is_for_the_parent(child: apart._Child) -> None:
    """In a terminal it reaches the group of the parent, and the child ignores it besides."""
    crowd = network(50, 20)
    asked(crowd)
    process = process_of(child)
    assert os.getpgid(process.pid) != os.getpgid(0)
    process.send_signal(signal.SIGINT)
    assert asked(crowd) == here(crowd)
    assert process_of(child) is process


def test_it_is_gone_when_it_is_ended(child: apart._Child) -> None:
    """No zombie and no open pipe; ended twice is ended."""
    asked(network(2, 2))
    process = process_of(child)
    child.end()
    child.end()
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdin.closed
    assert process.stdout.closed
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_child_can_be_let_go() -> None:
    """The next large flow starts another one; where there is none nothing happens."""
    first = min_cost_flow(*network(6, 3))
    apart.let_go()
    apart.let_go()
    assert np.array_equal(min_cost_flow(*network(6, 3)), first)
    apart.let_go()
