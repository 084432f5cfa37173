"""Compiling: with a folder to keep what was compiled, and without one."""

import numba
import pytest

from matcher.compiled import compiled


def add(one: int, other: int) -> int:
    """A loop without a loop."""
    return one + other


def test_compiled_is_the_same() -> None:
    """The answer is that of the function."""
    assert compiled(add)(2, 3) == 5


def test_without_a_folder_to_write_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is kept, but it is compiled all the same, and holds no lock."""
    asked = []
    njit = numba.njit

    def without(**options: bool) -> object:
        asked.append(options)
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(numba, "njit", without)
    assert compiled(add)(2, 3) == 5
    assert asked == [{"cache": True, "nogil": True}, {"nogil": True}]
