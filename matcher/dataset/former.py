"""A former plan: what it proposed, for the goal ``stability``; and whether it was asked for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.dataset.files import content
from matcher.dataset.notices import Notice, NoticeCode
from matcher.dataset.plan_files import PlanFile, read_assignments
from matcher.domain import Problem
from matcher.errors import Fault, FaultCode, PlanFilesError, PolicyError
from matcher.outcome import Plan, Proposals
from matcher.policy import GoalName, Policy

ASSIGNMENTS = "assignments.csv"
OPTION = "--former"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerPlan:
    """Who a former plan proposed where. ``digest``: SHA-256 of its assignments.csv, in hex."""

    proposals: Proposals
    digest: str


def read_former(folder: Path | str) -> FormerPlan:
    """The proposals of the plan in a folder; only its assignments are read, pinned rows left out.

    Raises:
        PlanFilesError: with every fault of that table.
    """
    rows = read_assignments(Path(folder))
    return FormerPlan(
        proposals=Plan(assignments=rows, unplaced=()).proposals,
        digest=hashlib.sha256(content(Path(folder) / ASSIGNMENTS)).hexdigest(),
    )


def check_asked(policy: Policy, former: FormerPlan | None, source: str) -> None:
    """A former plan and the goal ``stability`` come together, or neither.

    Args:
        policy: that may list the goal.
        former: the plan that is given, if any.
        source: the name of the policy's file.

    Raises:
        PolicyError: one is there without the other.
    """
    asked = GoalName.STABILITY in policy.goals
    if asked and former is None:
        raise PolicyError((Fault(code=FaultCode.FORMER_MISSING, table=source, column="goals"),))
    if former is not None and not asked:
        raise PolicyError((Fault(code=FaultCode.FORMER_UNASKED, table=OPTION),))


def check_same(found: PlanFile, former: FormerPlan | None) -> None:
    """The former plan that is given is the one that the plan was made with.

    Raises:
        PolicyError: none is given and one is needed, or one is given and none was asked for.
        PlanFilesError: it is another.
    """
    check_asked(found.policy, former, "summary.json")
    if former is not None and former.digest != found.former:
        raise PlanFilesError((Fault(code=FaultCode.FORMER_DIFFERS, table=OPTION),))


def former_notices(former: FormerPlan, problem: Problem) -> Iterator[Notice]:
    """How many proposals are left out, since the person or the opening is no longer there."""
    people, openings = problem.participant, problem.opening
    pairs = former.proposals
    gone = sum(who not in people or where not in openings for who, where in pairs)
    if gone:
        yield Notice(code=NoticeCode.FORMER_UNKNOWN, table=ASSIGNMENTS, params={"rows": gone})
