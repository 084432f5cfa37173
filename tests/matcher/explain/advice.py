"""Advice to one participant in a tiny world, and how to read it."""

from matcher import columns
from matcher.domain import ParticipantId, Problem
from matcher.explain import Possible, Recommendation, Whom, recommend
from matcher.policy import Policy
from tests.builders import Part, problem_of

CHECK = Policy(unknown_needs="check")
STRICT = Policy(require_equal_treatment=True)
HERE = ("P1", "S1")


def advice(problem: Problem, policy: Policy | None = None) -> Recommendation:
    """The recommendations for P1."""
    table = columns.load(problem, policy or Policy())
    return recommend(table, policy or Policy(), ParticipantId("P1"))


def advise(
    *parts: Part, policy: Policy | None = None, minutes: dict[tuple[str, str], int] | None = None
) -> Recommendation:
    """The recommendations for P1 in a world of these parts."""
    return advice(problem_of(*parts, minutes=minutes), policy)


def groups(found: Recommendation) -> tuple[list[str], list[str], list[str]]:
    """The ids of the openings in the three groups, in their order."""
    return tuple(
        [one.opening_id for one in group]
        for group in (found.possible, found.to_check, found.falls_away)
    )


def only(found: Recommendation) -> Possible:
    """The one opening, which is possible."""
    (one,) = found.possible
    return one


def asked(found: Recommendation) -> list[tuple[str, Whom]]:
    """What to ask about the one opening to check, and whom."""
    (one,) = found.to_check
    return [(str(question.barrier), question.whom) for question in one.questions]
