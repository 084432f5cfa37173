"""Tables in, plan out: everything of Steget that is a file of a data set, a policy or a plan.

Importing this package is cheap; what reads and writes files is fetched when first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matcher.dataset.assemble import to_problem
    from matcher.dataset.door import Dataset, load, read
    from matcher.dataset.export import tables_of
    from matcher.dataset.former import (
        FormerPlan,
        check_asked,
        check_same,
        former_notices,
        read_former,
    )
    from matcher.dataset.notices import Notice, NoticeCode
    from matcher.dataset.plan_files import PlanFile, PlanReport, read_plan, write_plan
    from matcher.dataset.policy_file import policy_document, policy_of, read_policy
    from matcher.dataset.tables import Tables, read_tables, write_tables

__all__ = [
    "Dataset",
    "FormerPlan",
    "Notice",
    "NoticeCode",
    "PlanFile",
    "PlanReport",
    "Tables",
    "check_asked",
    "check_same",
    "former_notices",
    "load",
    "policy_document",
    "policy_of",
    "read",
    "read_former",
    "read_plan",
    "read_policy",
    "read_tables",
    "tables_of",
    "to_problem",
    "write_plan",
    "write_tables",
]
_HOMES = {
    "assemble": ("to_problem",),
    "door": ("Dataset", "load", "read"),
    "export": ("tables_of",),
    "former": ("FormerPlan", "check_asked", "check_same", "former_notices", "read_former"),
    "notices": ("Notice", "NoticeCode"),
    "plan_files": ("PlanFile", "PlanReport", "read_plan", "write_plan"),
    "policy_file": ("policy_document", "policy_of", "read_policy"),
    "tables": ("Tables", "read_tables", "write_tables"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
