from types import MappingProxyType

import pytest

from matcher.domain import Need, Site
from matcher.policy import Policy
from tests.builders import barriers_of, opening, participant, site, surveyed

TOILET = participant(needs=frozenset({Need.ACCESSIBLE_TOILET}))
UNMET = ["NEED_UNMET:ACCESSIBLE_TOILET"]


def with_toilet(kind: str) -> Site:
    """A site whose toilet was surveyed today."""
    return site(surveys=(surveyed(("toilet.type", kind)),))


@pytest.mark.parametrize(
    ("kind", "expected"), [("rwc", []), ("partly", UNMET), ("ordinary", UNMET), ("none", UNMET)]
)
def test_holds_where_the_answer_is_no(kind: str, expected: list[str]) -> None:
    """A toilet for wheelchair users or none: nearly is not enough."""
    assert barriers_of(TOILET, with_toilet(kind)) == expected


def test_unknown_is_not_unmet() -> None:
    """Where nobody has asked, it is not known, and that is another barrier."""
    assert barriers_of(TOILET) == ["NEED_UNKNOWN:ACCESSIBLE_TOILET"]


@pytest.mark.parametrize("policy", [Policy(), Policy(unknown_needs="check")])
def test_a_known_no_bars_under_every_policy(policy: Policy) -> None:
    """To check what is not known helps nothing where it is known."""
    assert barriers_of(TOILET, with_toilet("none"), policy=policy) == UNMET


def test_a_want_is_no_need() -> None:
    """What is wanted and not required only gives points."""
    person = participant(wants=frozenset({Need.ACCESSIBLE_TOILET}))
    assert barriers_of(person, with_toilet("none")) == []


def test_a_need_that_is_also_wanted_is_a_need() -> None:
    """Wanting it too takes nothing away."""
    both = frozenset({Need.ACCESSIBLE_TOILET})
    assert barriers_of(participant(needs=both, wants=both), with_toilet("none")) == UNMET


def test_every_failing_need_is_named_in_the_order_of_the_needs() -> None:
    """Two unmet, one met, one unknown: three barriers, unmet first, each need once."""
    asked = (
        *(Need.NO_CUSTOMERS, Need.NO_ANIMALS, Need.QUIET),  # unmet, met, unknown
        Need.ACCESSIBLE_TOILET,  # unmet
    )
    found = barriers_of(
        participant(needs=frozenset(asked)),
        site(surveys=(surveyed(("toilet.type", "none"), ("air.furry_animals", "never")),)),
        opening(work=MappingProxyType({"work.customer_contact": "much"})),
    )
    assert found == [
        "NEED_UNMET:ACCESSIBLE_TOILET",
        "NEED_UNMET:NO_CUSTOMERS",
        "NEED_UNKNOWN:QUIET",
    ]


def test_the_task_answers_for_itself() -> None:
    """``work.*`` fields stand on the opening: what a survey of the site says of them is void."""
    person = participant(needs=frozenset({Need.OWN_PACE}))
    place = site(surveys=(surveyed(("work.pace", "own_pace")),))
    assert barriers_of(person, place) == ["NEED_UNKNOWN:OWN_PACE"]
    task = opening(work=MappingProxyType({"work.pace": "high"}))
    assert barriers_of(person, place, task) == ["NEED_UNMET:OWN_PACE"]


@pytest.mark.parametrize(("kilos", "expected"), [(5, []), (6, ["NEED_UNMET:LIGHT_LIFTING"])])
def test_at_the_edge_of_a_number(kilos: int, expected: list[str]) -> None:
    """At most five kilos: five is light, six is not."""
    person = participant(needs=frozenset({Need.LIGHT_LIFTING}))
    task = opening(work=MappingProxyType({"work.lift_max_kg": kilos}))
    assert barriers_of(person, task) == expected
