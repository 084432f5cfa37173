"""The notebooks run from top to bottom as they are shipped."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code(notebook: Path) -> list[dict[str, object]]:
    """The code cells of a notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_there_is_a_notebook() -> None:
    """A newcomer finds at least one."""
    assert NOTEBOOKS


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(notebook: Path) -> None:
    """No output of a run is committed: it could hold a participant's data."""
    for cell in code(notebook):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


SAYS = {
    "balance": "Steering, woman: index",
    "first_plan": "optimal",
    "places": "Seats that add something:",
    "weighing": "came out otherwise: []",
}
"""What each says when it has run to its end, or nearly."""


def run(notebook: Path) -> None:
    """The cells of a notebook, in order, in one namespace."""
    namespace: dict[str, object] = {}
    for cell in code(notebook):
        exec("".join(cell["source"]), namespace)  # noqa: S102 -- our own notebook


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No service, whatever the environment says."""
    for name in ("STEGET_URL", "STEGET_TOKEN", "STEGET_SCENARIO"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(
    notebook: Path, alone: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From top to bottom on the town; what is said at the end is said."""
    alone.setenv("STEGET_SCENARIO", "town")
    run(notebook)
    assert SAYS[notebook.stem] in capsys.readouterr().out


@pytest.mark.slow
def test_the_balance_of_the_county_runs(
    alone: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As it is shipped; ``alone`` takes every setting away."""
    alone.setenv("STEGET_SCENARIO", "mia")
    run(ROOT / "notebooks" / "balance.ipynb")
    assert SAYS["balance"] in capsys.readouterr().out


def test_every_notebook_says_something() -> None:
    """A new one has its line here."""
    assert {notebook.stem for notebook in NOTEBOOKS} == set(SAYS)
