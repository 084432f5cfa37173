"""What import-linter cannot see: what a fresh interpreter loads, and what columns leave out."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from matcher.columns import OpeningColumns, ParticipantColumns, Rows, Wishes
from matcher.pairs import Pairs

ROOT = Path(__file__).parents[2]
SLOW = ("ortools", "pandas", "pyarrow", "numpy")
LOADED = f"import api.cli, sys; print(*(name for name in {SLOW} if name in sys.modules))"


def test_the_command_line_starts_without_the_slow_libraries() -> None:
    """``import api.cli`` loads neither solver nor tables: help and mistakes answer at once."""
    fresh = subprocess.run(  # noqa: S603 -- our own interpreter and our own words
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (fresh.returncode, fresh.stdout.split()) == (0, []), fresh.stderr


@pytest.mark.parametrize("columns", [ParticipantColumns, OpeningColumns, Rows, Wishes, Pairs])
def test_gender_is_not_in_the_columns(columns: type) -> None:
    """What must not matter is not in the table: rules and points cannot read a gender."""
    assert "gender" not in {field.name for field in fields(columns)}
