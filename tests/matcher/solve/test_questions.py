"""Under ``unknown_needs = "check"`` a plan says what to ask before a start."""

from pathlib import Path

from matcher import plan
from matcher.dataset import PlanReport, write_plan
from matcher.domain import Need
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
        "participant_id,opening_id,need\n"
        f"{assignment.participant_id},{assignment.opening_id},QUIET\n"
    )


def test_without_questions_there_is_no_file(tmp_path: Path) -> None:
    """Under the default the unknown bars; an old file of questions goes away."""
    file = written(planned(CHECK), CHECK, tmp_path / "plan")
    assert file.exists()
    assert not written(planned(Policy()), Policy(), tmp_path / "plan").exists()
    assert not file.exists()
