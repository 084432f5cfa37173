"""The one door: everything at once, and nothing raw."""

from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest

from matcher import columns, occupations
from matcher.balance import shadow
from matcher.balance.disclosure import ProtectedRelease, Reason, Rules
from matcher.balance.door import Asked, Balance, balance, reference_of
from matcher.balance.fairness import unplaced
from matcher.balance.persons import Period
from matcher.balance.planned import planned
from matcher.balance.words import Few, Sex, Stage
from matcher.outcome import Plan
from matcher.policy import Policy
from tests.builders import PLAN_DATE, participant, problem_of
from tests.matcher.balance.frames import KNOWN, Event, Person, frame, many, printed, wish

REFERENCE = reference_of(KNOWN)
HALF = Period(name="2026 H2", first=date(2026, 7, 1), after=date(2027, 1, 1))


def test_everything_at_once() -> None:
    """Forty women and forty men who wished, started and have a supervisor each way."""
    parts = [Person("A"), wish("A", "9413"), Event("A", Stage.STARTED, "9413")]
    men = [Person("B", "man"), wish("B", "7231"), Event("B", Stage.STARTED, "9413")]
    found = balance(frame(*many(40, *parts, *men)), REFERENCE, Asked(periods=(HALF,)))
    assert found.release.table("started/branch").cell(Sex.WOMAN, "9413") == 40
    assert found.release.table("started/branch/2026 H2").cell(Sex.MAN, "9413") == 40
    women, men_ = found.steering
    assert (women.index, men_.index) == (0, -100)
    assert set(found.national) == {"9413", "7231"}
    assert found.national["9413"].women_pct == 79.1
    assert {one.measure for one in found.ratios} == {
        *("rate", "norm_breaking", "women", "outcome", "hours", "step_up"),
    }
    assert found.gaps
    assert found.waits
    assert found.diversity
    assert found.registry != Asked().earlier


def test_only_protected_values_leave() -> None:
    """What a balance holds is a release, its registry, and figures made of it."""
    names = {field.name for field in fields(Balance)}
    assert names == {
        *("release", "registry", "ratios", "gaps", "steering", "waits", "diversity"),
        *("caseload", "national"),
    }


def test_nothing_small_is_told() -> None:
    """Six women at the café, two in the garage: no table shows a cell of one to four."""
    parts = [
        *many(6, Person("A"), Event("A", Stage.STARTED, "9413")),
        *many(2, Person("B", "man"), Event("B", Stage.STARTED, "7231")),
    ]
    found = balance(frame(*parts), REFERENCE)
    assert isinstance(found.release, ProtectedRelease)
    for table in found.release.tables:
        shown = table.values[table.shown]
        assert not np.any((shown > 0) & (shown < Asked().rules.threshold)), table.name
        assert not np.any(table.values[~table.shown])
    assert not found.release.table("started/branch").shown.all()
    assert all(one.share.percent is None for one in found.ratios)
    assert all(one.days is None for one in found.waits)


def test_the_printed_leaks_are_closed() -> None:
    """285 - 164 - 120 = 1 and 112 - 69 - 41 = 2: the rest is hidden, and does not follow.

    In each row of three and a total something else is hidden too; what nobody is in is shown.
    """
    table = balance(frame(*printed()), REFERENCE).release.table("participants/association")
    for home in ("Roslagen", "SUVS"):
        row = [table.cell(sex, home) for sex in (*Sex, None)]
        assert isinstance(row[2], Reason)
        assert sum(isinstance(cell, Reason) for cell in row) >= 2
    rest = [table.cell(Sex.OTHER, home) for home in table.dimensions[1].codes]
    assert sum(isinstance(cell, Reason) for cell in (*rest, table.cell(Sex.OTHER, None))) >= 3
    assert table.cell(Sex.OTHER, "Södertälje") == 0


def test_a_higher_threshold_hides_more() -> None:
    """Eight women are told with 5 as the threshold, and not with 10."""
    events = frame(*many(8, Person("A")))
    few = balance(events, REFERENCE).release.table("participants/age")
    more = balance(events, REFERENCE, Asked(rules=Rules(threshold=10)))
    assert few.cell(Sex.WOMAN, None) == 8
    assert not isinstance(more.release.table("participants/age").cell(Sex.WOMAN, None), int)


def test_further_tables_are_in_the_same_release() -> None:
    """The unplaced and the agreement stand beside the others, protected with them."""
    problem = problem_of(*(participant(f"P{at}") for at in range(9)))
    events = planned(problem, Policy())
    table, nothing = columns.load(problem, Policy()), Plan(assignments=(), unplaced=())
    asked = Asked(
        placed=Stage.PROPOSED,
        more=(
            lambda counting: unplaced(counting, table, Policy(), nothing),
            lambda counting: shadow.agreement(counting, events, PLAN_DATE, Stage.RECOMMENDED),
        ),
    )
    found = balance(events, reference_of(problem.occupations), asked)
    assert found.release.table("unplaced/gender").cell(None, None) == 0
    assert found.release.table("agreement").cell(None, "open") == 9


def test_a_second_release_knows_the_first() -> None:
    """One more man is not found by taking the first release from the second."""
    people = [*many(30, Person("A")), *many(30, Person("B", "man"))]
    first = balance(frame(*people), REFERENCE, Asked(name="2026"))
    again = Asked(name="2027", earlier=first.registry)
    second = balance(frame(*people, Person("C", "man")), REFERENCE, again)
    for sex in Sex:
        before = first.release.table("participants/age").cell(sex, None)
        later = second.release.table("participants/age").cell(sex, None)
        assert not (isinstance(before, int) and isinstance(later, int)) or before == later


def test_periods_that_overlap_are_refused() -> None:
    """Somebody would count twice in what looks like a sum."""
    late = replace(HALF, name="late", first=date(2026, 12, 1))
    with pytest.raises(ValueError, match="none overlaps"):
        balance(frame(), REFERENCE, Asked(periods=(HALF, late)))


def test_nobody_at_all() -> None:
    """An empty frame gives a balance of noughts."""
    found = balance(frame(), REFERENCE)
    assert found.release.table("participants/age").cell(None, None) == 0
    assert {one.share.few for one in found.ratios} == {Few.NOBODY}


def test_the_shipped_reference_knows_fields_too() -> None:
    """Hotel and restaurant: 56 per cent women in 2024, with the source. A data set has its own."""
    shipped = reference_of()
    assert shipped == reference_of(occupations.shipped())
    field = shipped.national["ScKy_FHB_7wT"]
    assert (field.women_pct is not None and round(field.women_pct), field.year) == (56, 2024)
    assert "SCB" in field.source
    army = shipped.national["bH5L_uXD_ZAX"]
    assert army.women_pct is None
    assert "hotel" not in REFERENCE.national
