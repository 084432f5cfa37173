"""Flows of least cost; large ones in a process of their own, for OR-Tools holds Python's lock.

While its solver runs no other thread of the process does: for seconds where there are a million
arcs, and nobody could cancel a plan. So one child process solves the large flows, one after the
other, and whoever waits for it lets the others run. It starts at the first large flow and ends
with its parent. Where none can be had, or it dies, the flow is solved here: the same solver, the
same flow.

The two talk in 64-bit numbers. A question: how many arcs and nodes; tail, head, room and cost of
the arcs; supply of the nodes. An answer: ``MARK``, a status; where it is optimal, the arcs' flow.
"""

import os
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO, FileIO
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Lock
from typing import cast
from weakref import finalize

import numpy as np
import numpy.typing as npt
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

Numbers = npt.NDArray[np.int64]
Answer = tuple[int, Numbers]
"""A status, and the flow of every arc where it is optimal."""

LARGE = 200_000
"""A flow of more arcs is solved in the child. It takes a tenth of a second and more; to ask the
child adds some hundredths, and to start it a quarter of a second, once."""

OPTIMAL = int(SimpleMinCostFlow.OPTIMAL)
MARK = int.from_bytes(b"Steget 1", "big")
"""An answer begins with it: what a child prints before it can be stopped is none."""

SERVE = "from matcher.solve import apart; apart.serve()"


def min_cost_flow(
    tail: Numbers, head: Numbers, room: Numbers, cost: Numbers, supply: Numbers
) -> Numbers:
    """The flow of least cost.

    Args:
        tail: (arcs,) the node an arc leaves.
        head: (arcs,) the node it enters.
        room: (arcs,) how much it carries at most.
        cost: (arcs,) what one unit in it costs.
        supply: (nodes,) what a node sends; negative: what it receives. All together 0.

    Returns:
        (arcs,) what each carries.

    Raises:
        RuntimeError: there is no such flow, or its costs are beyond 64 bits.
    """
    network = (tail, head, room, cost, supply)
    answer = _child().answer(network) if len(tail) > LARGE else None
    status, flow = answer or _solved(*network)
    if status != OPTIMAL:
        raise RuntimeError(f"min-cost flow ended with {SimpleMinCostFlow.Status(status).name}")
    return flow


def _solved(tail: Numbers, head: Numbers, room: Numbers, cost: Numbers, supply: Numbers) -> Answer:
    """The answer, found in this process."""
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    solver.set_nodes_supplies(np.arange(len(supply)), supply)
    status = int(solver.solve())
    arcs = np.arange(len(tail) if status == OPTIMAL else 0)
    return status, np.asarray(solver.flows(arcs), dtype=np.int64)


def let_go() -> None:
    """End this process's child, if it has one; the next large flow starts another."""
    child = _children.pop(os.getpid(), None)
    if child is not None:
        child.end()


@dataclass(frozen=True, eq=False)
class _Process:
    """A process, and what ends it; the interpreter calls that at its exit."""

    runs: Popen[bytes]
    end: "finalize[[Popen[bytes], int], _Child]"


class _Child:
    """The process that solves flows for this one, whichever it is by now; threads take turns."""

    def __init__(self) -> None:
        """No process yet."""
        self._turn = Lock()
        self._process: _Process | None = None

    def answer(self, network: tuple[Numbers, ...]) -> Answer | None:
        """What the process answers; None where none can be started, or it dies."""
        with self._turn:
            try:
                process = self._alive()
            except OSError:
                return None
            try:
                return _asked(process.runs, network)
            except (EOFError, OSError, ValueError):
                if not process.end.alive:  # the interpreter, at its exit: nobody waits any more
                    raise SystemExit from None
                process.end()
                return None
            except BaseException:  # such as Ctrl-C: what it answers now belongs to no later flow
                process.end()
                raise

    def _alive(self) -> _Process:
        """The process, started anew where there is none or it has died."""
        if self._process is None or self._process.runs.poll() is not None:
            self.end()
            runs = _started()
            self._process = _Process(runs, finalize(self, _ended, runs, os.getpid()))
        return self._process

    def end(self) -> None:
        """End the process, where there is one."""
        if self._process is not None:
            self._process.end()
            self._process = None


_children: dict[int, _Child] = {}
"""By process: one that is forked from this must not talk into our pipes."""


def _child() -> _Child:
    return _children.setdefault(os.getpid(), _Child())


def _started() -> Popen[bytes]:
    """A child that finds the modules that we find, and is not stopped by Ctrl-C in a terminal."""
    home = str(Path(__file__).parents[2])
    path = [str(part) for part in sys.path if part]
    found = os.pathsep.join(path if home in path else [home, *path])
    return Popen(  # noqa: S603 -- our own interpreter
        [sys.executable, "-P", "-c", SERVE],
        stdin=PIPE,
        stdout=PIPE,
        bufsize=0,
        env={**os.environ, "PYTHONPATH": found},
        process_group=0,
    )


def _ended(process: Popen[bytes], owner: int) -> None:
    """End a child, whatever it does, unless it is the child of whom we were forked from."""
    if os.getpid() == owner:
        with process:  # closes the pipes, and waits
            process.kill()


def _asked(process: Popen[bytes], network: tuple[Numbers, ...]) -> Answer:
    """The answer of a child."""
    questions, answers = cast(FileIO, process.stdin), cast(FileIO, process.stdout)
    arcs, nodes = len(network[0]), len(network[-1])
    _write(questions, np.array([arcs, nodes]), *network)
    mark, status = _read(answers, 2).tolist()
    if mark != MARK:
        raise EOFError
    return status, _read(answers, arcs if status == OPTIMAL else 0)


def serve() -> None:
    """What the child does: it answers on its stdout until its stdin ends. Nothing else goes there.

    Only the parent decides when it ends.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with FileIO(0, closefd=False) as questions, FileIO(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # OR-Tools may print
        _answer_all(questions, answers)


def _answer_all(questions: FileIO | BytesIO, answers: FileIO | BytesIO) -> None:
    """Answer until there is no question any more, or nobody to hear the answer."""
    with suppress(EOFError, OSError):
        while True:
            arcs, nodes = _read(questions, 2).tolist()
            tail, head, room, cost = (_read(questions, arcs) for _ in range(4))
            status, flow = _solved(tail, head, room, cost, _read(questions, nodes))
            _write(answers, np.array([MARK, status]), flow)


def _write(pipe: FileIO | BytesIO, *parts: Numbers) -> None:
    """Write numbers, all of them."""
    for part in parts:
        left = np.ascontiguousarray(part, dtype=np.int64).view(np.uint8).data
        while left:
            left = left[pipe.write(left) :]


def _read(pipe: FileIO | BytesIO, count: int) -> Numbers:
    """Read so many numbers.

    Raises:
        EOFError: there are no more.
    """
    numbers = np.empty(count, dtype=np.int64)
    left = numbers.view(np.uint8).data
    while left:
        read = pipe.readinto(left)
        if not read:
            raise EOFError
        left = left[read:]
    return numbers
