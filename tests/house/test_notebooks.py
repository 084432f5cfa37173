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


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The cells run in order in one namespace, and say something."""
    namespace: dict[str, object] = {}
    for cell in code(notebook):
        exec("".join(cell["source"]), namespace)  # noqa: S102 -- our own notebook
    assert "optimal" in capsys.readouterr().out
