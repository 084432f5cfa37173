"""Disclosure control (röjandekontroll): tables in which nobody can be found.

Small counts are hidden, and with them as many others as it takes that no hidden figure follows
from what is shown: in the same table, in another of the release, or in what was published before.
Why this way: docs/decisions/0010-disclosure.md.
"""

from matcher.balance.disclosure.noise import Noise, cell_keys, perturbed, record_keys
from matcher.balance.disclosure.noising import Noising, noised
from matcher.balance.disclosure.ratios import Percentages, percentages
from matcher.balance.disclosure.registry import Registry
from matcher.balance.disclosure.release import (
    REASONS,
    Kept,
    ProtectedRelease,
    ProtectedTable,
    Reason,
    protect,
)
from matcher.balance.disclosure.tables import (
    Dimension,
    Nesting,
    Release,
    ReleaseError,
    ReleaseFault,
    Rules,
    Table,
)

__all__ = [
    "REASONS",
    "Dimension",
    "Kept",
    "Nesting",
    "Noise",
    "Noising",
    "Percentages",
    "ProtectedRelease",
    "ProtectedTable",
    "Reason",
    "Registry",
    "Release",
    "ReleaseError",
    "ReleaseFault",
    "Rules",
    "Table",
    "cell_keys",
    "noised",
    "percentages",
    "perturbed",
    "protect",
    "record_keys",
]
