"""Under ``unknown_needs = "check"`` a plan says what to ask before a start."""

from pathlib import Path

import pytest

from matcher import plan
from matcher.dataset import PlanReport, write_plan
from matcher.domain import Need, OpeningId, ParticipantId
from matcher.outcome import Outcome
from matcher.policy import Policy
from tests.builders import PLAN_DATE, opening, participant, problem_of

CHECK = Policy(unknown_needs="check")


def planned(policy: Policy) -> Outcome:
    """One person who needs quiet, one opening of which nobody knows."""
    person = participant(needs=frozenset({Need.QUIET}))
    return plan(problem_of(person, opening()), policy)


def written(outcome: Outcome, policy: Policy, folder: Path) -> Path:
    """The plan in a folder."""
    report = PlanReport(
        outcome=outcome, plan_date=PLAN_DATE, policy=policy, digest="0" * 64, participants=1
    )
    write_plan(folder, report)
    return folder / "questions.csv"


def test_what_nobody_knows_is_asked(tmp_path: Path) -> None:
    """Placed although it is unknown whether it is quiet: the need stands beside the placing."""
    outcome = planned(CHECK)
    assert outcome.plan is not None
    [assignment] = outcome.plan.assignments
    assert assignment.ask == (Need.QUIET,)
    file = written(outcome, CHECK, tmp_path / "plan")
    assert file.read_text("utf-8") == (
        "participant_id,opening_id,need,about\n"
        f"{assignment.participant_id},{assignment.opening_id},QUIET,site\n"
    )


def test_without_questions_there_is_no_file(tmp_path: Path) -> None:
    """Under the default the unknown bars; an old file of questions goes away."""
    file = written(planned(CHECK), CHECK, tmp_path / "plan")
    assert file.exists()
    assert not written(planned(Policy()), Policy(), tmp_path / "plan").exists()
    assert not file.exists()


@pytest.mark.parametrize("policy", [CHECK, Policy()])
def test_journeys_are_asked_about_where_the_policy_allows_questions(
    policy: Policy, tmp_path: Path
) -> None:
    """By participant, after the needs at the place; under the default there is no such file."""
    report = PlanReport(
        outcome=planned(policy),
        plan_date=PLAN_DATE,
        policy=policy,
        digest="0" * 64,
        participants=1,
        journeys=((ParticipantId("P1"), OpeningId("O1")), (ParticipantId("P0"), OpeningId("O1"))),
    )
    write_plan(tmp_path, report)
    file = tmp_path / "questions.csv"
    assert file.exists() == (policy is CHECK)
    if policy is CHECK:
        assert file.read_text("utf-8").splitlines()[1:] == [
            "P0,O1,STEP_FREE,journey",
            "P1,O1,QUIET,site",
            "P1,O1,STEP_FREE,journey",
        ]
