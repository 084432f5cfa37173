"""Waiting times: the median number of days, by group, where there are people enough to say one."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.balance.disclosure import ProtectedRelease, cell_keys, perturbed
from matcher.balance.events import NONE
from matcher.balance.figures import cell
from matcher.balance.measures import Counting, groups
from matcher.balance.words import Few, Stage
from matcher.travel.atlas import Ints

WAITED_FOR = (Stage.PROPOSED, Stage.STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """From ``waiting_since`` to the first proposal, or to the first start: the median, in days.

    ``of_whom``: dimension and code; None: everybody. ``few``: why there is none.
    """

    stage: str
    of_whom: tuple[str, str | None]
    days: int | None = None
    few: Few | None = None


def waits(counting: Counting, release: ProtectedRelease, floor: int) -> tuple[Wait, ...]:
    """The waiting times of every gender, age band and association, and of everybody.

    Told where the number of people is shown in the release, and at least ``floor`` of them have
    both days: with noise, surely so many, by their number with noise. A day before
    ``waiting_since`` counts as none waited.
    """
    return tuple(wait for stage in WAITED_FOR for wait in _waits(counting, release, stage, floor))


def _waits(
    counting: Counting, release: ProtectedRelease, stage: Stage, floor: int
) -> Iterator[Wait]:
    people = counting.events.people
    found = counting.reached[stage]
    since, until = people.waiting_since[found.person], found.of(counting.events.day)
    known = (since != NONE) & (until != NONE)
    days = np.maximum(0, until - since)
    for name, by in groups(counting):
        table = release.table(f"{stage}/{'age' if name == 'gender' else name}")
        values = by.values[found.person]
        for at, code in enumerate(by.variable.dimension.codes):
            number = cell(table, code, None) if name == "gender" else cell(table, None, code)
            here = known & (values == at)
            enough = _enough(counting, found.person[here], floor)
            yield _wait(stage, (name, code), number, days[here], enough=enough)
        if name == "gender":
            enough = _enough(counting, found.person[known], floor)
            number = cell(table, None, None)
            yield _wait(stage, (name, None), number, days[known], enough=enough)


def _enough(counting: Counting, who: Ints, floor: int) -> bool:
    """Whether a median of so many people may be told.

    With noise it hangs on their number with noise, lest it tells the exact one; and that is as
    much above the floor as noise can add.
    """
    keys, number, most = counting.keys(who), len(who), max(floor, 1)
    if counting.noising and keys is not None:
        sums = cell_keys(keys, np.zeros(number, dtype=np.int64), 1)
        number = int(perturbed(np.array([number]), sums, counting.noising.noise)[0])
        most += counting.noising.noise.reach
    return number >= most


def _wait(
    stage: Stage, of_whom: tuple[str, str | None], number: int | None, days: Ints, *, enough: bool
) -> Wait:
    if number is None:
        return Wait(stage=stage, of_whom=of_whom, few=Few.HIDDEN)
    if not enough:
        few = Few.TOO_FEW if number else Few.NOBODY
        return Wait(stage=stage, of_whom=of_whom, few=few)
    return Wait(stage=stage, of_whom=of_whom, days=_middle(days))


def _middle(days: npt.NDArray[np.int32]) -> int:
    """The median in whole days, halves up."""
    return int(np.floor(np.median(days) + 0.5))
