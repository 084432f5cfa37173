"""Shadow mode under attack: sums that tie its tables together give nobody away."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.balance.disclosure import ProtectedRelease, Registry, Release, Rules, protect
from matcher.balance.shadow import Agreement, agreement
from matcher.balance.words import Ending, Stage
from tests.matcher.balance.disclosure.attack import Reckoner
from tests.matcher.balance.frames import DAY, Event, Person, after, counting, frame

LEAVES = (Agreement.SAME, Agreement.RECOMMENDED, Agreement.OTHER, Agreement.OPEN)
PLACE = {Agreement.SAME: "O1", Agreement.RECOMMENDED: "O2", Agreement.OTHER: "O3"}
GROUP = "9413"


def release(*counts: int, reason: str = "too_far") -> Release:
    """So many of each way of agreeing, as raw tables; the overrides have one reason."""
    people, before, later = [], [], []
    for way, count in zip(LEAVES, counts, strict=True):
        for at in range(count):
            who = f"{way}-{at}"
            people.append(Person(who))
            before += [
                Event(who, Stage.PROPOSED, GROUP, opening="O1"),
                Event(who, Stage.RECOMMENDED, GROUP, opening="O2", rank=2),
            ]
            if way in PLACE:
                chosen = PLACE[way]
                later.append(Event(who, Stage.ACCEPTED, GROUP, after(2), opening=chosen))
            if way in {Agreement.RECOMMENDED, Agreement.OTHER}:
                no = Event(who, Stage.DECLINED, GROUP, after(1), opening="O1", reason=reason)
                later.append(no)
    kept = frame(*people, *before)
    tables, nested = agreement(counting(*people, *later), kept, DAY)
    return Release("shadow", tables, nested)


def possible(found: ProtectedRelease, total: int) -> dict[Agreement, set[int]]:
    """What each way may have been, for a reader who knows that overrides are what was other.

    Every way of dividing everybody that agrees with each figure that is shown, tried in turn.
    """
    told, why = found.table("agreement"), found.table("overrides")
    over = [told.cell(None, Agreement.OTHERWISE), why.cell(Agreement.OTHERWISE, None)]
    left: dict[Agreement, set[int]] = {way: set() for way in LEAVES}
    for first in product(range(total + 1), repeat=3):
        counts = (*first, total - sum(first))
        shown = [told.cell(None, way) for way in LEAVES]
        pairs = [*zip(shown, counts, strict=True), *((one, counts[1] + counts[2]) for one in over)]
        if counts[-1] >= 0 and all(
            number == value if isinstance(number, int) else value > 0 for number, value in pairs
        ):
            for way, count in zip(LEAVES, counts, strict=True):
                left[way].add(count)
    return left


@pytest.mark.parametrize("counts", [(3, 10, 20, 8), (3, 6, 20, 12)])
def test_who_followed_is_not_found_by_the_reasons_of_who_did_not(
    counts: tuple[int, int, int, int],
) -> None:
    """Three followed, many did not, some are open: 3 is not 41 - 26 - 12."""
    found = protect(release(*counts))
    assert found.table("agreement").cell(None, None) == 41
    left = possible(found, 41)
    assert 3 in left[Agreement.SAME]
    assert len(left[Agreement.SAME]) > Rules().protection


@given(st.tuples(*[st.integers(0, 8)] * 4).filter(any))
def test_no_division_gives_anybody_away(counts: tuple[int, int, int, int]) -> None:
    """However many there are of each: no small count is alone among what may have been."""
    found = protect(release(*counts))
    if isinstance(found.table("agreement").cell(None, None), int):
        left = possible(found, sum(counts))
        for way, count in zip(LEAVES, counts, strict=True):
            assert count in left[way]
            assert len(left[way]) > 1 or count not in range(1, Rules().threshold)


def test_the_reckoner_finds_nothing_in_either_of_two_releases() -> None:
    """A month later some who were open have decided; all tables of both are reckoned with."""
    registry = Registry()
    for one in (release(3, 10, 20, 8), release(6, 14, 20, 1)):
        found = protect(one, None, registry)
        registry = registry.with_release(found)
        reckoner = Reckoner()
        reckoner.read(one, found)
        assert reckoner.hidden
        assert reckoner.pinned() == []


def test_endings_lie_under_what_was_decided() -> None:
    """The tables share their cells: what is hidden in one is hidden in all."""
    tables = {one.name: one for one in release(3, 10, 20, 8).tables}
    found = protect(release(3, 10, 20, 8))
    for way in Agreement:
        told = found.table("agreement").cell(None, way)
        assert told == found.table("agreement/ending").cell(way, None)
    assert set(tables) == {"agreement", "agreement/ending", "overrides"}
    assert found.table("agreement/ending").cell(None, Ending.WORK) == 0
