"""Figures made of protected tables alone: a share is hidden when a part of it is.

Intervals are Wilson's (1927) for a share and Newcombe's tenth method (1998) for a difference, at
95 per cent. They say how far chance alone could have moved a figure of so few people.
"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

from matcher.balance.disclosure import ProtectedTable, Reason
from matcher.balance.words import Few

CONFIDENCE = 0.95
Z = float(ndtri((1 + CONFIDENCE) / 2))
WIDE = 30
"""Percentage points: an interval wider than this says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share: ``count`` of ``of`` people in whole ``percent``, between ``low`` and ``high``.

    ``few``: why there is none, or why it says little. Without a figure all of it is None, but
    ``count`` and ``of`` where they are in a table anyway.
    """

    count: int | None
    of: int | None
    percent: int | None = None
    low: int | None = None
    high: int | None = None
    few: Few | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How many percentage points one share is above another, between ``low`` and ``high``.

    ``told``: the interval leaves out 0, so that it is more than chance. ``few``: why there is no
    figure, or why it says little.
    """

    points: int | None = None
    low: int | None = None
    high: int | None = None
    told: bool = False
    few: Few | None = None


def cell(table: ProtectedTable, *codes: str | None) -> int | None:
    """What a cell says; None where it is hidden. A code of None is the total."""
    found = table.cell(*codes)
    return None if isinstance(found, Reason) else int(found)


def added(*parts: int | None) -> int | None:
    """The sum of some cells; hidden when one of them is."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def share(count: int | None, of: int | None, floor: int) -> Share:
    """A share of people, where its parts are shown and there are people enough.

    Args:
        count: of them; None where hidden.
        of: how many they are; None where hidden.
        floor: the least denominator of a percentage.
    """
    if count is None or of is None:
        return Share(count=count, of=of, few=Few.HIDDEN)
    count = min(count, of)  # with noise a part may seem more than the whole
    if of < max(floor, 1):
        return Share(count=count, of=of, few=Few.TOO_FEW if of else Few.NOBODY)
    low, high = wilson(count, of)
    few = Few.UNSURE if 100 * (high - low) > WIDE else None
    return Share(
        count=count,
        of=of,
        percent=_whole(count / of),
        low=_whole(low),
        high=_whole(high),
        few=few,
    )


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of a share, both between 0 and 1. Source: Wilson, JASA 22 (1927)."""
    part, less = count / of, Z * Z / of
    middle = (part + less / 2) / (1 + less)
    width = Z / (1 + less) * sqrt(part * (1 - part) / of + less / (4 * of))
    return (0.0 if count == 0 else middle - width), (1.0 if count == of else middle + width)


def difference(one: Share, other: Share) -> Difference:
    """How far a share is above another. Source: Newcombe, Stat. Med. 17 (1998) 873."""
    if one.percent is None or other.percent is None:
        return Difference(few=one.few if one.percent is None else other.few)
    (first, low, high), (second, least, most) = _exact(one), _exact(other)
    apart = first - second
    bottom = apart - sqrt((first - low) ** 2 + (most - second) ** 2)
    top = apart + sqrt((high - first) ** 2 + (second - least) ** 2)
    told = bottom > 0 or top < 0
    return Difference(
        points=_whole(apart),
        low=_whole(bottom),
        high=_whole(top),
        told=told,
        few=None if told or 100 * (top - bottom) <= WIDE else Few.UNSURE,
    )


def _exact(one: Share) -> tuple[float, float, float]:
    count, of = one.count or 0, one.of or 1
    return count / of, *wilson(count, of)


def _whole(part: float) -> int:
    """A part of 1 in whole per cent, halves away from zero."""
    return int(100 * part + 0.5) if part >= 0 else -int(0.5 - 100 * part)
