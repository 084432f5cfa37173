"""Three to talk about: a part of what is possible, as unlike each other as can be."""

from dataclasses import replace

from hypothesis import given

from matcher import columns
from matcher.domain import ParticipantId, Problem, ProviderKind
from matcher.explain.groups import recommend
from matcher.explain.shortlist import shortlist
from matcher.policy import Policy
from tests.builders import (
    day,
    opening,
    participant,
    placement,
    problem_of,
    provider,
    seek,
    site,
)
from tests.examples import examples
from tests.matcher.explain.asked import TINY, standing_of, weighed

P1 = ParticipantId("P1")


def listed(problem: Problem, *, standing: bool = False, size: int = 3) -> tuple[str, ...]:
    """The shortlist for P1, with or without a plan as it stands."""
    table = columns.load(problem, Policy())
    plan = standing_of(problem) if standing else None
    return shortlist(problem, recommend(table, Policy(), P1, plan), size)


@given(TINY, weighed())
@examples(40)
def test_three_of_the_possible_with_spread(problem: Problem, policy: Policy) -> None:
    """So many as there are, up to three, each once; of as many fields of work as can be."""
    table = columns.load(problem, policy)
    field = {o.opening_id: problem.occupations[o.occupation_group].field for o in problem.openings}
    for person in problem.participants:
        found = recommend(table, policy, person.participant_id)
        possible = [one.opening_id for one in found.possible]
        short = shortlist(problem, found)
        assert set(short) <= set(possible)
        assert len(short) == len(set(short)) == min(3, len(possible))
        fields = {field[name] for name in possible}
        assert len({field[name] for name in short}) == min(3, len(fields))
        assert short == shortlist(problem, found)
        free = [one.opening_id for one in found.possible if not one.full]
        assert not short or short[0] == (free or possible)[0]


def test_other_providers_kinds_and_sites_where_the_field_is_one() -> None:
    """All in one field: another provider before another site; another kind before the same."""
    problem = problem_of(
        provider("A1"),
        provider("A2"),
        provider("A3", kind=ProviderKind.PRIVATE),
        site("S1"), site("S2"), site("S3", provider_id="A2"), site("S4", provider_id="A3"),
        opening("O1"), opening("O2"), opening("O3", site_id="S2"),
        opening("O4", site_id="S3"), opening("O5", site_id="S4"),
    )  # fmt: skip
    assert listed(problem) == ("O1", "O5", "O4")
    alone = replace(problem, openings=problem.openings[:3])
    assert listed(alone) == ("O1", "O3", "O2")
    assert listed(problem, size=5) == ("O1", "O5", "O4", "O3", "O2")


def test_a_seat_free_comes_before_more_points() -> None:
    """O1 fits the first wish and is full; of the same field O2 has a seat, and stands first."""
    problem = problem_of(
        participant(wishes=(seek("9413", 1),)),
        opening("O1"),
        opening("O2", occupation_group="9412"),
        placement(participant_id="X"),
    )
    assert listed(problem) == ("O2", "O1")


def test_what_costs_nobody_their_place_comes_first() -> None:
    """P2 has O1, as P2 can have nothing else; with the plan known O2 stands first for P1."""
    problem = problem_of(
        participant("P1", wishes=(seek("9413", 1), seek("9412", 2)), waiting_since=day(-9)),
        participant("P2", hours_per_week=20),
        opening("O1"),
        opening("O2", occupation_group="9412", hours_max=8),
    )
    assert listed(problem) == ("O1", "O2")
    assert listed(problem, standing=True) == ("O2", "O1")


def test_nothing_possible_is_nothing_to_talk_about() -> None:
    """An empty list, not an error."""
    assert listed(problem_of(opening(hours_min=20))) == ()
