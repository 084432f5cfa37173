"""Figures: measured here, printed, and written into docs/performance.md."""

import os
import platform
import re
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

DOC = Path(__file__).parents[2] / "docs" / "performance.md"
PACKAGES = ("ortools", "numpy", "pyarrow", "scipy", "pandas")


class Figures:
    """Rows of (what, figure, aim), in the order in which they are measured."""

    def __init__(self) -> None:
        """Nothing is measured yet."""
        self.rows: list[tuple[str, str, str]] = []

    def note(self, what: str, figure: str, aim: str = "") -> None:
        """Keep a figure and print it."""
        self.rows.append((what, figure, aim))
        print(f"\n{what}: {figure}" + (f" (aim: {aim})" if aim else ""))  # noqa: T201


@pytest.fixture(scope="session")
def figures() -> Iterator[Figures]:
    """Collects the figures of a run; at its end they replace those in docs/performance.md."""
    collected = Figures()
    yield collected
    lines = ["| what | measured | aim |", "|---|---:|---:|"]
    lines += [f"| {what} | {figure} | {aim} |" for what, figure, aim in collected.rows]
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cores, {packages}."
    block = "\n".join(["<!-- figures -->", machine, "", *lines, "<!-- end of figures -->"])
    text = DOC.read_text(encoding="utf-8")
    pattern = r"<!-- figures -->.*?<!-- end of figures -->"
    DOC.write_text(re.sub(pattern, lambda _: block, text, flags=re.DOTALL), encoding="utf-8")
