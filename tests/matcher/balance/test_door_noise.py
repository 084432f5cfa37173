"""The door with noise: everything is made of counts with noise, and all of it holds together."""

from collections.abc import Iterator

import pytest

from matcher.balance.disclosure import Noising, Registry, ReleaseError
from matcher.balance.door import Asked, Balance, balance, reference_of
from matcher.balance.figures import share
from matcher.balance.words import SEXES, Few, Stage
from tests.matcher.balance.frames import DAY, KNOWN, Event, Person, after, frame, many, wish

REFERENCE = reference_of(KNOWN)
NOISING = Noising.of(bytes(range(32)), 5)
PEOPLE = [
    *many(
        60,
        Person("A", waiting_since=after(-30)),
        wish("A", "9413"),
        Event("A", Stage.STARTED, "9413"),
    ),
    *many(23, Person("C", "man", waiting_since=after(-30)), wish("C", "9413")),
    *many(2, Person("B", "man", supervisor="H2"), Event("B", Stage.STARTED, "7231")),
]


def found(earlier: Registry | None = None, noising: Noising | None = NOISING) -> Balance:
    """The balance of the same people."""
    asked = Asked(noising=noising, earlier=earlier or Registry())
    return balance(frame(*PEOPLE), REFERENCE, asked)


def numbers(one: Balance) -> Iterator[int]:
    """Every number of people that is told."""
    for table in one.release.tables:
        yield from table.values.ravel().tolist()
    for told in one.ratios:
        yield from (told.share.count or 0, told.share.of or 0)
    for steered in one.steering:
        yield from (steered.wish_not_stated or 0, steered.place_even or 0)


def test_nothing_is_hidden_and_nothing_small_is_told() -> None:
    """Every table whole; no number from 1 to 4 in tables, shares or the steering index."""
    told = found()
    assert all(table.shown.all() for table in told.release.tables)
    assert told.release.kept.hidden == 0
    assert all(one == 0 or one >= 5 for one in numbers(told))
    assert not any(one.share.few is Few.HIDDEN for one in told.ratios)


def test_the_same_people_stand_with_one_figure_everywhere() -> None:
    """Of those who started every woman is in one field: one figure in all tables of them."""
    release = found().release
    women = {
        release.table("started/age").cell("woman", None),
        release.table("started/association").cell("woman", None),
        release.table("started/branch").cell("woman", "9413"),
        release.table("started/branch").cell("woman", "hotel"),
        release.table("wished/age").cell("woman", None),
        release.table("steering").cell("woman", "typical", None),
        release.table("hours/gender").cell("woman", None),
    }
    assert len(women) == 1
    assert women != {60} or found().release.table("participants/age").cell(None, None) != 85


def test_releases_follow_each_other_and_are_not_mixed() -> None:
    """The same figures again; hidden ones are refused beside them, and the other way round."""
    first = found()
    again = found(first.registry)
    for one, other in zip(first.release.tables, again.release.tables, strict=True):
        assert (one.values == other.values).all()
    with pytest.raises(ReleaseError, match="MIXED"):
        found(first.registry, None)
    with pytest.raises(ReleaseError, match="MIXED"):
        found(found(noising=None).registry)


def test_what_is_made_of_figures_with_noise_stays_within_bounds() -> None:
    """No share over 100, no rest below 0, no median of fewer than the floor and the noise."""
    told = found()
    assert share(25, 20, 20).percent == 100
    assert all(0 <= (one.share.percent or 0) <= 100 for one in told.ratios)
    waits = {(one.stage, one.of_whom): one for one in told.waits}
    assert waits["started", ("gender", SEXES[0])].days == (DAY - after(-30)).days
    assert waits["started", ("gender", SEXES[1])].days is None
    assert all(
        one.effective_tenths is None or one.effective_tenths >= 10 for one in told.diversity
    )
    assert told.caseload.mean_tenths is None or told.caseload.mean_tenths > 0
