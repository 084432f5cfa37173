"""docs/model.md has one heading per rule, criterion, need and goal, in the order of the code."""

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from matcher.domain import Need
from matcher.eligibility import BARRIERS
from matcher.needs import FORMULAS, Fields
from matcher.policy import DEFAULT_WEIGHTS, GoalName, Policy
from matcher.scoring import CRITERIA

MODEL = Path(__file__).parents[2] / "docs" / "model.md"
LIMIT = "supervisor_starts"


def _sections(level: int) -> Mapping[tuple[str, str], str]:
    """The texts below each heading of a level, by the chapter (##) it stands in and its title."""
    found: dict[tuple[str, str], str] = {}
    chapter, key = "", ("", "")
    for line in MODEL.read_text(encoding="utf-8").splitlines():
        heading = re.match(r"(#+) (.+)", line)
        if heading is None:
            if key in found:
                found[key] += line + "\n"
            continue
        depth, title = len(heading[1]), heading[2]
        chapter = title if depth == 2 else chapter
        key = (chapter, title) if depth == level else ("", "")
        if depth == level:
            assert key not in found, f"{title} stands twice"
            found[key] = ""
    return found


def _titles(level: int, chapter: str) -> list[str]:
    return [title for (parent, title) in _sections(level) if parent == chapter]


class _Asked(Fields):
    """Fields that note which of them a formula reads."""

    def __init__(self) -> None:
        super().__init__([{}])
        self.names: set[str] = set()

    def number(self, name: str) -> Any:  # noqa: ANN401 -- whatever it is, it is passed on
        self.names.add(name)
        return super().number(name)

    def code(self, name: str) -> Any:  # noqa: ANN401 -- whatever it is, it is passed on
        self.names.add(name)
        return super().code(name)


def test_every_hard_rule_has_its_heading() -> None:
    """The headings below "Hard rules" are the functions of ``BARRIERS``, in that order."""
    assert _titles(3, "Hard rules") == [rule.__name__ for rule in BARRIERS]


def test_every_criterion_has_its_heading() -> None:
    """The headings below "Points of a pair" are the functions of ``CRITERIA``, in that order."""
    assert _titles(3, "Points of a pair") == [score.__name__ for score in CRITERIA]


def test_every_need_has_its_heading() -> None:
    """The fourth level is used for the needs alone, in the order of ``FORMULAS``."""
    assert [title for _, title in _sections(4)] == [f.__name__ for f in FORMULAS.values()]


def test_every_goal_has_its_heading() -> None:
    """The headings below "Goals of a plan" are ``GoalName``; the limit beside them stands last."""
    assert _titles(3, "Goals of a plan") == [*GoalName, LIMIT]
    assert LIMIT in {field.name for field in fields(Policy)}


@pytest.mark.parametrize("level", [3, 4])
def test_no_heading_is_empty(level: int) -> None:
    """Something is said below every heading of a rule, criterion, need or goal."""
    assert [title for (_, title), text in _sections(level).items() if not text.strip()] == []


def test_default_weights_are_those_of_the_policy() -> None:
    """Each criterion says "Default weight N", and N is the policy's."""
    texts = _sections(3)
    said = {
        criterion: re.findall(r"Default weight (\d+)\.", texts["Points of a pair", criterion])
        for criterion in DEFAULT_WEIGHTS
    }
    assert said == {criterion: [str(weight)] for criterion, weight in DEFAULT_WEIGHTS.items()}


@pytest.mark.parametrize("need", Need)
def test_a_need_names_the_fields_its_formula_reads(need: Need) -> None:
    """Neither more nor fewer; another need named in capitals brings its own fields along."""
    texts = {title: text for (_, title), text in _sections(4).items()}
    text = texts[need.lower()]
    others = [texts[name.lower()] for name in re.findall(r"`([A-Z_]+)`", text)]
    named = {name for part in (text, *others) for name in re.findall(r"`([a-z_]+\.\w+)`", part)}
    asked = _Asked()
    FORMULAS[need](asked)
    assert named == asked.names
