"""data/SOURCES.md: every shipped file is named, with its checksum."""

import hashlib
import re
from pathlib import Path

import data

ROOT = Path(data.__file__).parent
PAGE = (ROOT / "SOURCES.md").read_text(encoding="utf-8")


def _listed() -> dict[str, str]:
    """The checksum table of the page: file to SHA-256."""
    return dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", PAGE, flags=re.MULTILINE))


def test_every_shipped_table_is_listed() -> None:
    """The page lists each CSV file below data, and no other."""
    shipped = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.csv")}
    assert set(_listed()) == shipped


def test_checksums_agree() -> None:
    """No shipped file has changed without its line on the page."""
    found = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in _listed()}
    assert found == _listed()


def test_every_reference_table_has_its_section() -> None:
    """Source, licence and changes are told for each reference table."""
    for path in (ROOT / "reference").glob("*.csv"):
        assert f"## reference/{path.name}" in PAGE


def test_the_page_says_that_the_scenarios_are_invented() -> None:
    """Nobody should take an invented person, provider or site for a real one."""
    assert "describe nobody" in PAGE
    assert "CC BY 4.0" in PAGE
