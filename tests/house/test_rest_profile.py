"""docs/rest-profile.md, the rules of Spectral, and docs/permissions.md agree with the program."""

import re
from collections.abc import Iterator
from pathlib import Path

from api.domain import Role
from api.permissions import OPERATIONS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
RULES = re.findall(
    r"^  ([a-z0-9-]+):$", (DOCS / "rest-profile.yaml").read_text(encoding="utf-8"), re.MULTILINE
)


def _rows(name: str) -> Iterator[list[str]]:
    """The cells of every table row of a document, but for heads."""
    for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] not in {"Rule", "Operation"}:
            yield cells


def test_every_rule_is_judged_in_words() -> None:
    """What the table names is a rule of the ruleset or judged by hand, and no rule is left out."""
    named: set[str] = set()
    for code, _, held, met in _rows("rest-profile.md"):
        rules = re.findall(r"`([a-z0-9-]+)`", held)
        assert rules or held == "by hand", code
        assert met, code
        named.update(rules)
    assert named == set(RULES)


def test_a_rule_is_named_by_its_code() -> None:
    """The name of a rule begins as a code of the table, so that what fires can be looked up."""
    codes = {row[0].split()[0].lower().replace(".", "-") for row in _rows("rest-profile.md")}
    assert {re.sub(r"^([a-z]+-\d+).*", r"\1", rule) for rule in RULES} <= codes


def test_ci_lints_the_api() -> None:
    """CI runs the lint, and does not go on without it."""
    assert "lint-api" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_permissions_stand_in_the_documents() -> None:
    """docs/permissions.md shows every operation with the roles that may call it, in order."""
    shown = {
        cells[0].strip("`"): None
        if cells[1] == "everybody"
        else frozenset(role for role, cell in zip(Role, cells[1:], strict=False) if cell == "yes")
        for cells in _rows("permissions.md")
    }
    assert shown == dict(OPERATIONS)
