"""The leaks of printed reports, by name; releases one after the other; errors; ratios; noise."""

import numpy as np
import pytest

from matcher.balance.disclosure import (
    Dimension,
    Nesting,
    Noise,
    Reason,
    Registry,
    Release,
    ReleaseError,
    ReleaseFault,
    Rules,
    Table,
    cell_keys,
    percentages,
    perturbed,
    protect,
    record_keys,
)
from tests.matcher.balance.disclosure.attack import Reckoner

GENDER = Dimension("gender", ("woman", "man", "other"))
BINARY = Dimension("gender", ("woman", "man"))
MIA = Dimension("association", ("HBS", "SUVS", "Roslagen", "Stockholm", "VarNa"))
COUNTS = np.array([[157, 82, 22], [69, 41, 2], [164, 120, 1], [80, 64, 6], [80, 102, 0]])


def table(counts: list[int], population: str = "all", name: str = "t") -> Table:
    """One row of genders with its total."""
    dimension = GENDER if len(counts) == 4 else BINARY
    return Table(name, population, (dimension,), np.array(counts))


def released(*tables: Table, nestings: tuple[Nesting, ...] = ()) -> Release:
    """A release of some tables."""
    return Release("r", tables, nestings)


def test_the_printed_rests_cannot_be_subtracted() -> None:
    """Roslagen 285 - 164 - 120 = 1, SUVS 112 - 69 - 41 = 2; 6 and 0 are shown."""
    release = released(Table.of("t", "MIA", (MIA, GENDER), COUNTS))
    found = protect(release)
    cell = found.table("t").cell
    assert cell("Roslagen", "other") is Reason.FEW
    assert cell("SUVS", "other") is Reason.FEW
    assert cell("VarNa", "other") == 0
    assert Reason.FEW in {cell("Roslagen", one) for one in ("woman", "man", None)}
    reckoner = Reckoner()
    reckoner.read(release, found)
    assert reckoner.pinned() == []


@pytest.mark.parametrize("counts", [[164, 120, 285], [69, 41, 112]])
def test_an_unprinted_rest_is_protected_too(counts: list[int]) -> None:
    """Women, men and the total alone tell the rest, of 1 or 2 people: one of them is hidden."""
    assert not protect(released(table(counts))).table("t").shown.all()


def test_enough_is_shown() -> None:
    """150 - 80 - 64 = 6 is no small number."""
    found = protect(released(table([80, 64, 150])))
    assert found.table("t").shown.all()
    assert found.kept.hidden == 0


def test_two_releases_are_not_subtracted() -> None:
    """One man more than last time: what is so far is nested in what is so far now."""
    first = protect(released(table([40, 30, 70], "june")))
    registry = Registry.of_json(Registry().with_release(first).to_json())
    inside = (Nesting("june", "july"),)
    release = released(table([40, 31, 71], "july"), nestings=inside)
    found = protect(release, earlier=registry)
    assert found.table("t").cell("woman") == 40
    assert found.table("t").cell("man") is Reason.FEW
    assert found.table("t").cell(None) is Reason.FEW
    assert protect(release).table("t").shown.all()


def test_a_corrected_figure_is_not_subtracted() -> None:
    """The same population, one man less than was published: a new revision, which hides it."""
    registry = Registry().with_release(protect(released(table([40, 30, 70]))))
    found = protect(released(table([40, 29, 69])), earlier=registry)
    assert found.table("t").cell("man") is Reason.FEW
    again = registry.with_release(found)
    assert again.latest() == {"all": 1}
    assert protect(released(table([40, 30, 70])), earlier=registry).table("t").shown.all()


def test_what_was_hidden_stays_hidden() -> None:
    """A finer table later does not tell what the coarser one hid."""
    first = released(Table.of("t", "MIA", (MIA, GENDER), COUNTS))
    published = protect(first)
    registry = Registry().with_release(published)
    row = [164, 120, 1, 285]
    later = released(
        table(row, "other"),
        Table("u", "MIA", (MIA,), Table.of("x", "MIA", (MIA,), COUNTS.sum(axis=1)).counts),
    )
    found = protect(later, earlier=registry)
    reckoner = Reckoner()
    reckoner.read(first, published)
    reckoner.read(later, found)
    assert reckoner.pinned() == []


def test_faults_are_named() -> None:
    """Each fault has its code."""
    both = released(table([5, 5, 10]), table([5, 6, 11], name="u"))
    nested = released(
        table([9, 9, 18], "a"), table([5, 5, 10], "b", "u"), nestings=(Nesting("a", "b"),)
    )
    fine = tuple(Dimension(one, ("x",)) for one in ("association", "branch", "gender", "need"))
    cases = [
        (ReleaseFault.DISAGREE, lambda: protect(both)),
        (ReleaseFault.NOT_NESTED, lambda: protect(nested)),
        (ReleaseFault.EXCEEDS, lambda: protect(released(table([9, 9, 10])))),
        (ReleaseFault.NEGATIVE, lambda: table([-1, 5, 4])),
        (ReleaseFault.SHAPE, lambda: Table("t", "all", (BINARY,), np.zeros(2, dtype=int))),
        (ReleaseFault.TWICE, lambda: released(table([5, 5, 10]), table([5, 5, 10]))),
        (ReleaseFault.TWICE, lambda: Table.of("t", "a", (BINARY, BINARY), np.zeros((2, 2)))),
        (ReleaseFault.CODES, lambda: Dimension("d", ("a", "a"))),
        (ReleaseFault.CODES, lambda: Dimension("d", ("a", "b"), ("b", "a"))),
        (ReleaseFault.RULES, lambda: Rules(threshold=2)),
        (ReleaseFault.RULES, lambda: Noise(reach=0)),
        (
            ReleaseFault.TOO_FINE,
            lambda: protect(released(Table.of("t", "a", fine, np.ones((1, 1, 1, 1))))),
        ),
    ]
    for code, do in cases:
        with pytest.raises(ReleaseError) as caught:
            do()
        assert caught.value.code is code


def test_ratios_need_both_parts_and_twenty() -> None:
    """A hidden part hides the share; 30 of 40 are 75 %; of 19 no share is told."""
    started = protect(released(table([30, 9, 39], "s"))).table("t")
    of = protect(released(table([40, 19, 59], "p"))).table("t")
    found = percentages(started, of)
    assert found.values.tolist() == [75, 0, 66]
    assert found.reasons.tolist() == [0, 4, 0]
    hidden = protect(released(table([30, 3, 33], "s"))).table("t")
    assert percentages(hidden, of).reasons.tolist()[1] == 3
    assert found.shown.tolist() == [True, False, True]


def test_noise_is_the_same_for_the_same_people() -> None:
    """0 stays 0, nothing moves further than 2, and the mean of many is near 0."""
    keys = record_keys([f"P{one}" for one in range(4000)], b"secret")
    cells = np.arange(4000) // 4
    sums = cell_keys(keys, cells, 1001)
    counts = np.bincount(cells, minlength=1001)
    found = perturbed(counts, sums)
    assert found[-1] == 0
    assert abs(found - counts).max() == 2
    assert abs((found - counts).mean()) < 0.2
    assert (found == perturbed(counts, sums)).all()
    assert (record_keys(["P0"], b"other") != keys[:1]).all()
