"""Large flows in a process of their own: the same flows, whatever becomes of that process."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain import Problem
from matcher.errors import PlanCancelledError
from matcher.solve import apart
from matcher.solve.apart import min_cost_flow
from matcher.solve.door import Watch, plan

# ruff: noqa: SLF001 -- the process is nobody else's business

ROOT = Path(__file__).parents[3]
Network = tuple[apart.Numbers, ...]
ALL, NONE = -1, 1 << 60
"""Sizes beyond which a flow goes to the child: every flow, or none."""


@pytest.fixture(autouse=True)
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[apart._Child]:
    """A child of the test's own, which solves every flow."""
    own = apart._Child()
    monkeypatch.setattr(apart, "LARGE", ALL)
    monkeypatch.setattr(apart, "_children", {os.getpid(): own})
    yield own
    own.end()


def network(people: int, places: int, seed: int = 0) -> Network:
    """Everybody can go to four of the places, or past all to the last node."""
    dice = np.random.default_rng(seed)
    tail = np.repeat(np.arange(people), 5)
    head = people + dice.integers(0, places, (people, 5))
    last = people + places
    head[:, 4] = last
    cost = -dice.integers(0, 1000, 5 * people)
    supply = np.array([1] * people + [0] * places + [-people])
    room = np.ones(5 * people + places, dtype=np.int64)
    return (
        np.append(tail, np.arange(people, last)),
        np.append(head, [last] * places),
        room,
        np.append(cost, [0] * places),
        supply,
    )


def chain(people: int) -> Network:
    """Everybody can go to the four places from the own one on: whoever moves pushes the next."""
    dice = np.random.default_rng(0)
    who, last = np.arange(people), 2 * people
    head = people + (who[:, None] + np.arange(4)) % people
    return (
        np.concatenate([np.repeat(who, 4), people + who, who]),
        np.concatenate([head.ravel(), np.full(2 * people, last)]),
        np.ones(6 * people, dtype=np.int64),
        np.append(-dice.integers(1, 1 << 30, 4 * people), np.zeros(2 * people, dtype=np.int64)),
        np.append(np.repeat([1, 0], people), -people),
    )


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Anything small; in some there is no flow, or what is sent is not what is received."""
    nodes, arcs = draw(st.integers(1, 6)), draw(st.integers(0, 12))

    def row(low: int, high: int, count: int = arcs) -> apart.Numbers:
        numbers = st.lists(st.integers(low, high), min_size=count, max_size=count)
        return np.array(draw(numbers), dtype=np.int64)

    supply = row(-2, 2, nodes)
    supply[-1] -= supply.sum() * draw(st.sampled_from([1, 1, 1, 0]))
    return row(0, nodes - 1), row(0, nodes - 1), row(0, 3), row(-9, 9), supply


def here(given_network: Network) -> bytes:
    """The flow, found in this process."""
    status, flow = apart._solved(*given_network)
    assert status == apart.OPTIMAL
    return flow.tobytes()


def asked(given_network: Network) -> bytes:
    """The flow, from whoever finds it."""
    return min_cost_flow(*given_network).tobytes()


def process_of(own: apart._Child) -> subprocess.Popen[bytes]:
    """The process that runs."""
    assert own._process is not None
    return own._process.runs


def outcome(given_network: Network, large: int) -> str | bytes:
    """The flow or what is said instead, where flows beyond a size go to the child."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apart, "LARGE", large)
        try:
            return min_cost_flow(*given_network).tobytes()
        except RuntimeError as error:
            return str(error)


@contextmanager
def paused(own: apart._Child) -> Iterator[subprocess.Popen[bytes]]:
    """A child that has begun and does nothing until the end of this, or its own."""
    asked(network(2, 2))
    process = process_of(own)
    process.send_signal(signal.SIGSTOP)
    yield process
    process.send_signal(signal.SIGCONT)


def alone(code: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Another parent, in a process of its own.

    It returns once nobody holds its stdout and stderr any more, and the child holds stderr: so
    every call proves that the child has ended too.
    """
    start = f"import os, signal, sys, threading, time; sys.path.insert(0, {str(at)!r});"
    start += " from matcher.solve import apart; apart.LARGE = -1\n"
    start += "flow = lambda: apart.min_cost_flow(*([i] for i in (0, 1, 3, 5)), [2, -2]).tolist()\n"
    return subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-P", "-W", "error", "-c", start + code],
        capture_output=True,
        check=False,
        cwd=at,
        text=True,
        timeout=120,
    )


# The same flows.


@given(networks())
@settings(max_examples=200)
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


# Whatever becomes of the child.


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


# Parents of all kinds.


def test_the_child_ends_with_its_parent() -> None:
    """At its exit, with nothing said and no warning."""
    done = alone("print(flow())", ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[2]\n", "")


def test_the_child_leaves_when_its_parent_is_killed() -> None:
    """Nobody is left to end it: it sees that nobody asks any more."""
    done = alone("flow(); os.kill(os.getpid(), signal.SIGKILL)", ROOT)
    assert (done.returncode, done.stderr) == (-signal.SIGKILL, "")


def test_a_parent_leaves_while_a_flow_is_under_way() -> None:
    """A daemon thread waits for a child that does nothing: neither keeps the parent."""
    code = """
flow()
child = apart._children[os.getpid()]
child._process.runs.send_signal(signal.SIGSTOP)
threading.Thread(target=flow, daemon=True).start()
while not child._turn.locked():
    time.sleep(0.001)
"""
    done = alone(code, ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_forked_process_has_a_child_of_its_own() -> None:
    """Both go on, and neither ends the child of the other."""
    code = """
import warnings
warnings.simplefilter("ignore")  # where there are other threads, forking is unwise
flow()
mine = apart._children[os.getpid()]._process.runs
forked = os.fork()
if forked == 0:
    print(flow(), apart._children[os.getpid()]._process.runs.pid != mine.pid, flush=True)
    sys.exit()
os.waitpid(forked, 0)
print(flow(), apart._children[os.getpid()]._process.runs.pid == mine.pid, mine.poll())
"""
    done = alone(code, ROOT)
    assert (done.returncode, done.stdout) == (0, "[2] True\n[2] True None\n")


def test_the_child_is_of_the_same_engine_as_its_parent(tmp_path: Path) -> None:
    """Wherever the parent found it, and even if it is not to be found there any more."""
    package = tmp_path / "matcher" / "solve"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        folder.joinpath("__init__.py").touch()
    source = Path(apart.__file__).read_text(encoding="utf-8")
    package.joinpath("apart.py").write_text(source, encoding="utf-8")
    code = """
del sys.path[0]
apart.SERVE = "import sys; from matcher.solve import apart; " \
    "print(apart.__file__, file=sys.stderr); apart.serve()"
print(flow())
"""
    done = alone(code, tmp_path)
    assert done.stdout == "[2]\n"
    assert done.stderr.strip() == str(package / "apart.py")


# The child itself, in this process.


def question(given_network: Network) -> bytes:
    """As it is written to the child."""
    counts = np.array([len(given_network[0]), len(given_network[-1])])
    return b"".join(part.tobytes() for part in (counts, *given_network))


def answer(given_network: Network) -> bytes:
    """As the child writes it."""
    return np.array([apart.MARK, apart.OPTIMAL]).tobytes() + here(given_network)


def test_it_answers_until_nobody_asks() -> None:
    """Two questions, and half of a third from a parent that is gone."""
    crowds = [network(3, 2), network(5, 3)]
    questions = b"".join(question(crowd) for crowd in crowds)
    answers = BytesIO()
    apart._answer_all(BytesIO(questions + question(crowds[0])[:99]), answers)
    assert answers.getvalue() == b"".join(answer(crowd) for crowd in crowds)


def test_it_leaves_where_nobody_hears() -> None:
    """The parent is gone before the answer is there: no traceback."""

    class Broken(BytesIO):
        def write(self, *_: object) -> int:
            raise BrokenPipeError

    apart._answer_all(BytesIO(question(network(3, 2))), Broken())


@contextmanager
def standard(files: tuple[Path, Path]) -> Iterator[None]:
    """Files as stdin and stdout of this very process."""
    kept = [os.dup(0), os.dup(1)]
    handler = signal.getsignal(signal.SIGINT)
    with files[0].open("rb") as source, files[1].open("wb") as sink:
        os.dup2(source.fileno(), 0)
        os.dup2(sink.fileno(), 1)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)
        for number, end in enumerate(kept):
            os.dup2(end, number)
            os.close(end)


def test_nothing_but_answers_goes_to_its_stdout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the solver prints while it solves is not taken for a part of the answer."""
    crowd = network(5, 3)
    files = tmp_path / "questions", tmp_path / "answers"
    files[0].write_bytes(question(crowd))
    expected, true = answer(crowd), apart._solved

    def loud(*given_network: apart.Numbers) -> apart.Answer:
        os.write(1, b"solving\n")
        return true(*given_network)

    monkeypatch.setattr(apart, "_solved", loud)
    with standard(files):
        apart.serve()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert files[1].read_bytes() == expected


# Others go on meanwhile.


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    pause = Event()
    while not true():
        pause.wait(0.001)


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


def test_a_child_can_be_let_go() -> None:
    """The next large flow starts another one; where there is none nothing happens."""
    first = min_cost_flow(*network(6, 3))
    apart.let_go()
    apart.let_go()
    assert np.array_equal(min_cost_flow(*network(6, 3)), first)
    apart.let_go()
