"""Ratios of protected figures: never more than their parts tell."""

from dataclasses import dataclass

import numpy as np

from matcher.balance.disclosure.release import REASONS, Marks, ProtectedTable, Reason
from matcher.balance.disclosure.tables import Rules, Wide
from matcher.travel.atlas import Masks

_RATIO = REASONS.index(Reason.RATIO) + 1
_DENOMINATOR = REASONS.index(Reason.DENOMINATOR) + 1


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Percentages:
    """Shares in whole per cent, 0 where hidden: read ``values`` together with ``reasons``."""

    values: Wide
    reasons: Marks

    @property
    def shown(self) -> Masks:
        """Where a share may be told, and with it whatever else is said of its denominator."""
        shown: Masks = self.reasons == 0
        return shown


def percentages(
    numerator: ProtectedTable, denominator: ProtectedTable, rules: Rules | None = None
) -> Percentages:
    """The numerator's cells in per cent of the denominator's.

    Both parts of what is told are shown, so that it tells nothing more; a hidden part hides the
    ratio, since a rounded ratio and one part bound the other. Halves are rounded up.

    Args:
        numerator: its axes stand for themselves.
        denominator: of the same shape, or of one that numpy stretches to it.
        rules: the ``floor`` of denominators.

    Raises:
        ValueError: the shapes do not fit.
    """
    rules = rules or Rules()
    shape = numerator.values.shape
    below = np.broadcast_to(denominator.values, shape)
    hidden = ~(numerator.shown & np.broadcast_to(denominator.shown, shape))
    few = ~hidden & (below < rules.floor)
    reasons = np.where(hidden, _RATIO, np.where(few, _DENOMINATOR, 0)).astype(np.uint8)
    safe = np.maximum(below, 1)
    part = np.minimum(numerator.values, below)  # with noise it may seem more than the whole
    values = np.where(reasons == 0, (200 * part + safe) // (2 * safe), 0)
    return Percentages(values=values, reasons=reasons)
