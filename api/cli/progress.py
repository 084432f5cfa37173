"""What the engine is doing, in words: the stage and, while it plans, how good a plan it has."""

from typing import TYPE_CHECKING

from api import texts
from api.texts import Language

if TYPE_CHECKING:
    from matcher.policy import GoalName
    from matcher.solve.door import Progress


class Doing:
    """Puts what the engine tells into words; where it tells no bound, the goal's last one holds.

    Value and bound are those of the part that is being planned.
    """

    def __init__(self, language: Language) -> None:
        """Speak a language."""
        self._language = language
        self._goal: GoalName | None = None
        self._bound: int | None = None

    def words(self, told: "Progress") -> str:
        """The stage and, where one is told, the goal with its value and at most what it can be."""
        if told.goal is not self._goal or told.bound is not None:
            self._goal, self._bound = told.goal, told.bound
        stage = texts.say(self._language, f"cli.stage_{told.stage}")
        if told.goal is None or told.value is None:
            return stage
        goal = texts.say(self._language, f"goals.{told.goal}")
        said = "so_far" if self._bound is None else "so_far_bound"
        known = {"stage": stage, "goal": goal, "value": told.value, "bound": self._bound}
        return texts.say(self._language, f"cli.{said}", **known)
