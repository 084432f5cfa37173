"""The attack: every hidden figure computed from all that is published, and none is found."""

from collections.abc import Callable

import numpy as np
import pytest

from matcher.balance.disclosure import Release, Rules, protect
from tests.matcher.balance.disclosure.attack import Reckoner
from tests.matcher.balance.disclosure.releases import KINDS

Make = Callable[[np.random.Generator], Release]


def attacked(make: Make, seed: int, rules: Rules | None = None) -> int:
    """How many figures of a release were attacked; none was found."""
    rules = rules or Rules()
    release = make(np.random.default_rng(seed))
    reckoner = Reckoner(threshold=rules.threshold)
    reckoner.read(release, protect(release, rules))
    assert reckoner.pinned() == [], (make.__name__, seed)
    return len(reckoner.marks)


@pytest.mark.parametrize("make", KINDS)
def test_none_is_found(make: Make) -> None:
    """Tables of each kind: no hidden figure, remainder or difference can be computed."""
    assert sum(attacked(make, seed) for seed in range(12)) > 12


@pytest.mark.slow
@pytest.mark.parametrize("make", KINDS)
def test_none_of_thousands_is_found(make: Make) -> None:
    """The same a thousand times over."""
    assert sum(attacked(make, seed) for seed in range(1000, 1300)) > 300
