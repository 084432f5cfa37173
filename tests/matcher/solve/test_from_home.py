"""A plan says of whom the work is done from home: nought minutes are then no journey."""

import pytest

from matcher import Policy, plan
from matcher.domain import Remote, WorksRemotely
from tests.builders import opening, participant, problem_of


@pytest.mark.parametrize(
    ("wants", "allows", "from_home"),
    [
        (WorksRemotely.ONLY, Remote.YES, True),
        (WorksRemotely.PARTLY, Remote.YES, True),
        (WorksRemotely.NO, Remote.YES, False),
        (WorksRemotely.PARTLY, Remote.PARTLY, False),
    ],
)
def test_only_where_both_want_it(wants: WorksRemotely, allows: Remote, *, from_home: bool) -> None:
    """The opening must say yes, and the participant not no."""
    outcome = plan(problem_of(participant(remote=wants), opening(remote=allows)), Policy())
    assert outcome.plan is not None
    [assignment] = outcome.plan.assignments
    assert assignment.from_home is from_home
