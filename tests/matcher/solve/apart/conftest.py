"""A child of each test's own, which solves every flow."""

import os
from collections.abc import Iterator

import pytest

from matcher.solve import apart
from tests.matcher.solve.apart.flows import ALL

# ruff: noqa: SLF001 -- the process is nobody else's business


@pytest.fixture(autouse=True)
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[apart._Child]:
    """A child of the test's own, which solves every flow."""
    own = apart._Child()
    monkeypatch.setattr(apart, "LARGE", ALL)
    monkeypatch.setattr(apart, "_children", {os.getpid(): own})
    yield own
    own.end()
