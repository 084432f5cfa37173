"""Networks, their flows, and whoever finds them."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import numpy as np
from hypothesis import strategies as st

from matcher.solve import apart
from matcher.solve.apart import min_cost_flow

# ruff: noqa: SLF001 -- the process is nobody else's business

ROOT = Path(__file__).parents[4]
Network = tuple[apart.Numbers, ...]
ALL, NONE = -1, 1 << 60
"""Sizes beyond which a flow goes to the child: every flow, or none."""


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


def wait_for(true: Callable[[], bool]) -> None:
    """Wait until something is so."""
    pause = Event()
    while not true():
        pause.wait(0.001)
