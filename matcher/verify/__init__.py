"""The specification said once more, in plain Python over domain objects (R7).

It shares no line with the rules or the solver: only words, the need table and travel times.
Points, minutes and norm goals belong to eligible pairs: where a barrier is named, none is judged.
"""

from matcher.verify.door import causes, goal_values, violations
from matcher.verify.rules import Rule, Violation

__all__ = ["Rule", "Violation", "causes", "goal_values", "violations"]
