"""The attack: every hidden figure computed from all that is published, and none is found."""

from collections.abc import Callable

import numpy as np
import pytest

from matcher.balance.disclosure import Registry, Release, Rules, percentages, protect
from tests.matcher.balance.disclosure.attack import Reckoner
from tests.matcher.balance.disclosure.releases import KINDS, stages

Make = Callable[[np.random.Generator], Release | tuple[Release, ...]]


def attacked(make: Make, seed: int, rules: Rules | None = None) -> int:
    """How many figures of some releases were attacked, each time knowing all; none was found."""
    rules = rules or Rules()
    made = make(np.random.default_rng(seed))
    reckoner = Reckoner(threshold=rules.threshold, protection=rules.protection)
    registry = Registry()
    for release in made if isinstance(made, tuple) else (made,):
        found = protect(release, rules, registry)
        registry = Registry.of_json(registry.with_release(found).to_json())
        reckoner.read(release, found)
        assert reckoner.pinned() == [], (make.__name__, seed, release.name)
    return len(reckoner.hidden)


@pytest.mark.parametrize("make", KINDS)
def test_none_is_found(make: Make) -> None:
    """Releases of each kind: no hidden figure, remainder or difference can be computed."""
    assert sum(attacked(make, seed) for seed in range(6)) > 6


@pytest.mark.parametrize("rules", [Rules(3, 1), Rules(10, 5)])
def test_none_is_found_by_other_rules(rules: Rules) -> None:
    """The same where 2 is few, and where 9 is, and has to stay 5 wide."""
    assert sum(attacked(make, 50, rules) for make in KINDS) > 0


@pytest.mark.slow
@pytest.mark.parametrize("make", KINDS)
def test_none_of_hundreds_is_found(make: Make) -> None:
    """The same many times over; the benchmark tries more."""
    assert sum(attacked(make, seed) for seed in range(1000, 1080)) > 80


def test_a_share_is_told_of_shown_figures_alone() -> None:
    """Whatever is hidden at either stage, a share neither tells nor bounds it."""
    for seed in range(20):
        below, above, _ = protect(stages(np.random.default_rng(seed))).tables
        told = percentages(above, below).shown
        assert not told[~above.shown | ~below.shown].any()
        assert (below.values[told] >= Rules().floor).all()
