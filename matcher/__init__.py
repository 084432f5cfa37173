"""The engine of Steget: eligibility, points, plan, verification, explanation.

Pure: no web and no database; files only in ``matcher.dataset``; the clock only as an emergency
stop and for the seconds in the summary.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.policy import Limits, Policy
    from matcher.solve.door import plan

__all__ = ["Limits", "Policy", "plan"]
_HOME = {"Limits": "matcher.policy", "Policy": "matcher.policy", "plan": "matcher.solve.door"}


def __getattr__(name: str) -> object:
    """What the package offers, loaded when it is first asked for: OR-Tools takes a second."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
