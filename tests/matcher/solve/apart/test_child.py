"""The child itself, in this process."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from matcher.solve import apart
from tests.matcher.solve.apart.flows import Network, here, network

# ruff: noqa: SLF001 -- the process is nobody else's business


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
