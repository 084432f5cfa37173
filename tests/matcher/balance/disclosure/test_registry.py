"""What was published before: contradictions, corrections, and tables that are refused."""

import numpy as np
import pytest

from matcher.balance.disclosure import (
    Dimension,
    Nesting,
    Reason,
    Registry,
    Release,
    ReleaseError,
    ReleaseFault,
    Table,
    protect,
)
from matcher.balance.disclosure.registry import NO_END, Printed, Snapshot, Within, together
from tests.matcher.balance.disclosure.attack import Reckoner

FIVE = Dimension("d", ("a", "b", "c", "e", "f"))
TWO = Dimension("d", ("a", "b"))
WHOLE: tuple[Dimension, ...] = ()


def whole(count: int, population: str = "all", name: str = "whole") -> Table:
    """One figure."""
    return Table(name, population, WHOLE, np.array(count))


def parts(counts: list[int], population: str = "all", name: str = "parts") -> Table:
    """Some parts and their sum."""
    dimension = FIVE if len(counts) == 5 else TWO
    return Table.of(name, population, (dimension,), np.array(counts))


def known(*releases: Release) -> Registry:
    """What is known after some releases."""
    registry = Registry()
    for release in releases:
        found = protect(release, earlier=registry)
        registry = Registry.of_json(registry.with_release(found).to_json())
    return registry


def test_what_would_tell_everything_is_refused() -> None:
    """5 people were told; that there are some in each of five parts tells that each has one."""
    before = Release("before", (whole(5),))
    now = Release("now", (parts([1, 1, 1, 1, 1]), whole(30, "other")))
    found = protect(now, earlier=known(before))
    assert found.table("parts").cell("a") is Reason.REFUSED
    assert found.table("parts").cell(None) is Reason.REFUSED
    assert found.table("whole").cell() == 30
    assert [one.name for one in found.printed] == ["whole"]
    assert protect(now).table("parts").cell("a") is Reason.FEW


def test_a_figure_that_changed_is_a_revision() -> None:
    """The sum of what was shown is now less than a part of it: the people are others."""
    before = Release("before", (parts([40, 30]),))
    found = protect(Release("now", (parts([50, 10]),)), earlier=known(before))
    assert found.table("parts").shown.all()
    assert found.printed[0].snapshot == Snapshot("all", 1)


def test_what_lies_in_something_larger_than_itself_is_a_revision() -> None:
    """80 of now cannot lie in the 70 of earlier: what is told of now is of other people."""
    before = Release("before", (whole(70, "year"),))
    inside = (Nesting("quarter", "year"),)
    now = Release("now", (whole(80, "quarter"), whole(90, "year", "year")), inside)
    found = protect(now, earlier=known(before))
    assert {one.snapshot for one in found.printed} == {Snapshot("year", 1), Snapshot("quarter")}
    nowhere = Release("now", (whole(80, "quarter"),), (Nesting("quarter", "year"),))
    again = protect(nowhere, earlier=known(before))
    assert again.table("whole").cell() == 80


def test_unknown_earlier_figures_are_reckoned_with() -> None:
    """What was hidden is not known any more: whatever fits is taken, and it stays hidden."""
    first = Release("first", (parts([3, 40]), whole(20, "other")))
    second = Release("second", (parts([9, 60], "later"),), (Nesting("all", "later"),))
    registry = known(first)
    found = protect(second, earlier=registry)
    reckoner = Reckoner()
    reckoner.read(first, protect(first))
    reckoner.read(second, found)
    assert reckoner.pinned() == []


def test_what_cannot_hold_hidden_figures_is_a_revision() -> None:
    """Of 40 and some more all cannot lie in 40: they are other people now."""
    printed = Printed(
        release="first",
        name="parts",
        snapshot=Snapshot("all"),
        dimensions=(TWO,),
        low=np.array([1, 40, 1]),
        high=np.array([NO_END, 40, NO_END]),
    )
    later = Release("later", (whole(40, "later"),), (Nesting("all", "later"),))
    found = protect(later, earlier=Registry((printed,)))
    assert found.table("whole").cell() == 40
    assert found.nestings[-1].inner == Snapshot("all", 1)


def test_what_nobody_can_revise_is_an_error() -> None:
    """70 lie in something that is in no table, and that in 60: nothing of now is to blame."""
    registry = known(Release("first", (whole(70, "in"),), (Nesting("in", "between"),)))
    now = Release("now", (whole(60, "out"),), (Nesting("between", "out"),))
    with pytest.raises(ReleaseError) as caught:
        protect(now, earlier=registry)
    assert caught.value.code is ReleaseFault.DISAGREE


def test_only_what_touches_is_reckoned_with() -> None:
    """Of releases about others nothing is needed."""
    registry = known(
        Release("a", (whole(20, "a"), whole(30, "b", "b")), (Nesting("a", "b"),)),
        Release("c", (whole(50, "c"),)),
    )
    near = registry.touching({"a"})
    assert {one.snapshot.population for one in near.tables} == {"a", "b"}


def test_nestings_follow_from_nestings() -> None:
    """A quarter in a year in all, for what both hold for."""
    quarter, year, all_ = Snapshot("quarter"), Snapshot("year"), Snapshot("all")
    found = together(
        [
            Within(quarter, year, over=frozenset({"x", "y"})),
            Within(year, all_, guarded=False, over=frozenset({"y", "z"})),
        ]
    )
    assert found[-1] == Within(quarter, all_, guarded=False, over=frozenset({"y"}))


def test_codes_have_one_parent_and_can_be_numbered() -> None:
    """A code under two parents, and more combinations than there are numbers."""
    under = [Dimension("d", ("a", "b", "c"), ("", "", parent)) for parent in ("a", "b")]
    counts = np.array([9, 9, 9])
    two = tuple(Table.of(f"t{at}", "all", (one,), counts) for at, one in enumerate(under))
    with pytest.raises(ReleaseError) as caught:
        protect(Release("r", two))
    assert caught.value.code is ReleaseFault.DISAGREE
    many = tuple(Dimension(f"d{at}", tuple(str(one) for one in range(200))) for at in range(9))
    wide = tuple(Table.of(one.name, "all", (one,), np.ones(200, dtype=np.int64)) for one in many)
    with pytest.raises(ReleaseError) as caught:
        protect(Release("r", wide))
    assert caught.value.code is ReleaseFault.TOO_LARGE


def test_a_missing_parent_is_passed_over() -> None:
    """Groups whose field is in no table of these people lie in the total itself."""
    branch = Dimension("branch", ("f", "g", "h"), ("", "f", "f"))
    flat = Dimension("branch", ("g", "h"))
    fields = Table.of("fields", "some", (branch,), np.array([60, 30, 30]))
    groups = Table.of("groups", "all", (flat,), np.array([2, 60]))
    found = protect(Release("r", (fields, groups)))
    assert not found.table("groups").shown.all()
    assert found.table("groups").cell("g") is Reason.FEW


def test_no_sum_is_taken_where_there_is_no_total() -> None:
    """Stages, where a person stands in several: each figure by itself."""
    stage = Dimension("stage", ("wished", "started"), total=False)
    found = protect(Release("r", (Table.of("t", "all", (stage,), np.array([9, 3])),)))
    assert found.table("t").cell("wished") == 9
    assert found.table("t").cell("started") is Reason.FEW
