"""Noise: the same for the same people, true in the mean, 0 stays 0, nothing small is told."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.balance.cells import counted, variable
from matcher.balance.disclosure import (
    Dimension,
    Noise,
    Noising,
    Registry,
    Release,
    ReleaseError,
    ReleaseFault,
    Rules,
    Table,
    cell_keys,
    noised,
    perturbed,
    protect,
    record_keys,
)
from matcher.balance.disclosure.noise import RANGE, probabilities
from matcher.balance.disclosure.noising import VARIANCE

SECRET = bytes(range(32))
NOISING = Noising.of(SECRET, 5)
CODES = ("a", "b", "c")
PLAIN = Table.of("t", "all", (Dimension("d", CODES),), np.array([40, 30, 20]))


def table(values: list[int], name: str = "t", population: str = "all") -> Table:
    """A table of some people by one thing, with keys."""
    known = np.arange(len(values), dtype=np.uint64)
    codes = [np.array(values, dtype=np.int32)]
    keys = NOISING.keys("person", known)
    return counted(name, population, [variable("d", CODES)], codes, keys)


def released(*tables: Table) -> Release:
    """A release of some tables."""
    return Release("r", tables)


def fault(do: object) -> ReleaseFault:
    """What is wrong."""
    with pytest.raises(ReleaseError) as caught:
        do()  # type: ignore[operator]
    return caught.value.code


@settings(max_examples=60, deadline=None)
@given(threshold=st.integers(3, 12), count=st.integers(1, 40))
def test_the_mean_of_noise_is_nothing_and_nothing_small_comes_out(
    threshold: int, count: int
) -> None:
    """Of every count the chances add up to 1, the mean change is 0, and what is told is legal."""
    noise = Noise(reach=threshold, variance=VARIANCE, least=threshold)
    rows = probabilities(noise)
    row = rows[min(count, len(rows) - 1)]
    steps = np.arange(-threshold, threshold + 1)
    assert row.sum() == pytest.approx(1)
    assert row @ steps == pytest.approx(0, abs=1e-3)
    told = count + steps[row > 0]
    assert ((told == 0) | (told >= threshold)).all()
    if count > 2 * threshold:
        assert row @ steps**2 == pytest.approx(VARIANCE, abs=1e-2)
        assert len(told) == len(steps)


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 60), min_size=1, max_size=40),
    seed=st.integers(0, 2**32 - 1),
    threshold=st.integers(3, 12),
)
def test_zero_stays_zero_and_nothing_is_told_below_the_threshold(
    counts: list[int], seed: int, threshold: int
) -> None:
    """Whatever the keys are."""
    noise = Noise(reach=threshold, variance=VARIANCE, least=threshold)
    keys = np.random.default_rng(seed).integers(0, RANGE, len(counts), dtype=np.uint64)
    keys[0] = RANGE - 1
    raw = np.array(counts)
    found = perturbed(raw, keys, noise)
    assert (found[raw == 0] == 0).all()
    assert ((found == 0) | (found >= threshold)).all()
    assert (abs(found - raw) <= threshold).all()


def test_noise_is_true_in_the_mean_of_many_cells() -> None:
    """Of 20,000 cells of each of some sizes."""
    keys = record_keys([f"{one}" for one in range(20_000)], SECRET)
    for count in (1, 4, 5, 30):
        found = perturbed(np.full(len(keys), count), keys, NOISING.noise)
        assert abs(found.mean() - count) < 0.08, count


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(0, 2), min_size=1, max_size=80))
def test_the_same_people_have_the_same_noise_in_every_table_and_release(
    values: list[int],
) -> None:
    """Everybody who is ``a``, by one thing and by two; again; and at another stage."""
    other = variable("e", ("x",))
    codes = [np.array(values, dtype=np.int32), np.zeros(len(values), dtype=np.int32)]
    keys = NOISING.keys("person", np.arange(len(values), dtype=np.uint64))
    fine = counted("u", "started", [variable("d", CODES), other], codes, keys)
    first = noised(released(table(values), fine), NOISING)
    again = noised(released(table(values)), NOISING, earlier=Registry().with_release(first))
    coarse = first.table("t").values
    assert (coarse == first.table("u").values[:, 0]).all()
    assert (coarse == first.table("u").values[:, -1]).all()
    assert (coarse == again.table("t").values).all()
    assert first.table("t").shown.all()
    assert first.kept.hidden == 0
    alone = cell_keys(keys, np.zeros(len(keys), dtype=np.int64), 1)
    assert coarse[-1] == perturbed(np.array([len(values)]), alone, NOISING.noise)[0]


def test_one_more_has_noise_drawn_anew() -> None:
    """A difference of two figures is not the number of people between them."""
    sizes = [int(noised(released(table([0] * n)), NOISING).tables[0].values[0]) for n in range(90)]
    assert {later - before for before, later in pairwise(sizes[40:])} - {1}


def test_totals_do_not_add_up() -> None:
    """In some table; in none where everything is exact."""
    rng = np.random.default_rng(1)
    tables = [table(rng.integers(0, 3, 90).tolist()) for _ in range(9)]
    found = [noised(released(one), NOISING).table("t").values for one in tables]
    assert any(one[:-1].sum() != one[-1] for one in found)


def test_hidden_and_noisy_releases_are_not_mixed() -> None:
    """Either way is refused; another key and another amount of noise, too."""
    values = [0, 1, 2] * 20
    hidden = Registry().with_release(protect(released(PLAIN)))
    noisy = Registry().with_release(noised(released(table(values)), NOISING))
    assert noisy.tables == ()
    for kept in (noisy, Registry.of_json(noisy.to_json())):
        assert kept.noise == NOISING.noised
        assert fault(lambda kept=kept: protect(released(PLAIN), earlier=kept)) == "MIXED"
        for other in (Noising.of(SECRET[::-1], 5), Noising.of(SECRET, 6)):
            again = noised(released(table(values)), NOISING, earlier=kept)
            assert kept.with_release(again).noise == kept.noise
            code = fault(
                lambda kept=kept, other=other: noised(
                    released(table(values)), other, Rules(), kept
                )
            )
            assert code is ReleaseFault.OTHER_NOISE
    old = Registry.of_json(hidden.to_json())
    assert "noise" not in json.loads(hidden.to_json())
    assert fault(lambda: noised(released(table(values)), NOISING, earlier=old)) == "MIXED"
    assert protect(released(PLAIN), earlier=old).table("t").shown.all()
    both = json.dumps(
        json.loads(hidden.to_json()) | {"noise": json.loads(noisy.to_json())["noise"]}
    )
    assert fault(lambda: Registry.of_json(both)) == "MIXED"
    assert SECRET.hex() not in noisy.to_json() + repr(NOISING)


def test_what_noise_refuses() -> None:
    """A table without keys, too little noise for the rules, a short secret, bounds, a fine one."""
    fine = tuple(Dimension(one, ("x",)) for one in ("association", "branch", "gender", "need"))
    over = Table.of("t", "a", fine, np.ones((1, 1, 1, 1)))
    strict = Rules(threshold=6)
    assert fault(lambda: noised(released(PLAIN), NOISING)) is ReleaseFault.KEYS
    assert fault(lambda: noised(released(table([0])), NOISING, strict)) is ReleaseFault.RULES
    assert fault(lambda: noised(released(over), NOISING)) is ReleaseFault.TOO_FINE
    assert fault(lambda: Noising.of(SECRET[1:], 5)) is ReleaseFault.RULES
    assert fault(lambda: Noise(reach=4, least=5)) is ReleaseFault.RULES
    assert fault(lambda: Noise(variance=3.0)) is ReleaseFault.RULES
