"""What if something were otherwise, and two plans beside each other: for those who plan."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import texts
from api.cli.options import AsJson, DataSet, FormerFolder, PlanFolder, TravelStore
from api.cli.screen import Screen
from api.cli.stood import stood, written
from api.matching.advice import Answer

if TYPE_CHECKING:
    from matcher.changes import Change
    from matcher.compare import Difference, GoalChange, Move
    from matcher.domain import Problem
    from matcher.outcome import Outcome
    from matcher.policy import Policy
    from matcher.solve.standing import Standing
    from matcher.whatif import WhatIf

SHOWN = 20
"""Rows of each kind, at most; JSON has all."""

Texts = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="TEXT",
        help="A change: openings.O012.seats=3 or policy.horizon_days=120. As many as you like.",
    ),
]
NewOpenings = Annotated[
    Path | None,
    typer.Option("--opening", metavar="FILE", help="New openings, in the form of openings.csv."),
]
NewPlan = Annotated[
    Path | None, typer.Option("--out", metavar="FOLDER", help="Where the plan made again goes.")
]


def what_if(  # noqa: PLR0913 -- options of a command
    context: typer.Context,
    dataset: DataSet,
    plan_folder: PlanFolder,
    *,
    changes: Texts = None,
    opening: NewOpenings = None,
    former: FormerFolder = None,
    travel: TravelStore = None,
    out: NewPlan = None,
    as_json: AsJson = False,
) -> None:
    """Make a plan again with something changed: who gains, loses and moves."""
    from matcher import whatif

    screen = _Differences(context.obj, as_json=as_json)
    if not changes and opening is None:
        raise screen.misused("nothing_to_change", "--set")
    if out is not None and out.resolve() == plan_folder.resolve():
        raise screen.misused("over_the_plan", "--out")
    asked = stood(screen, written(plan_folder, former), dataset, travel)
    standing = asked.standing
    wanted = _wanted(standing.problem, standing.policy, changes or (), opening)
    with screen.working("changing"):
        answer = whatif.what_if(standing, wanted)
    if out is not None:
        if not answer.after.names:
            raise screen.misused("no_goals", "--out")
        digest = _digest(asked.digest, wanted, changes or (), opening)
        _write(out, answer, digest, former or plan_folder)
    as_written = asked.remade == 0
    notes = [] if as_written else [screen.say("improved")]
    notes += screen.not_compared(standing.policy, answer.after.policy)
    notes += screen.weights(standing.policy, answer.after.policy)
    screen.differs(
        answer.difference,
        {
            "sameDataSet": asked.same_data,
            "asWritten": as_written,
            "proven": answer.proven,
            "folder": str(out) if out else None,
        },
        notes,
        screen.say("proven" if answer.proven else "not_proven"),
    )


def compare(
    context: typer.Context,
    plan_folder: PlanFolder,
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="The folder of another plan.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show two plans beside each other: who gains, loses and moves from one to the other."""
    from matcher.compare import compare as differences
    from matcher.dataset import read_plan

    screen = _Differences(context.obj, as_json=as_json)
    before, after = read_plan(plan_folder), read_plan(other)
    proven = all(goal.proven for goal in (*before.goals, *after.goals))
    same = {
        "sameDataSet": before.digest == after.digest,
        "samePlanDate": before.plan_date == after.plan_date,
        "samePolicy": before.policy == after.policy,
    }
    notes = [] if same["sameDataSet"] else [screen.say("other_files")]
    if not same["samePlanDate"]:
        days = {"before": before.plan_date, "after": after.plan_date}
        notes.append(screen.say("other_day", **days))
    if not same["samePolicy"]:
        notes.append(screen.say("other_policy"))
    screen.differs(
        differences(before.plan, after.plan, before.goals, after.goals),
        {**same, "proven": proven},
        notes + screen.weights(before.policy, after.policy),
        screen.say("both_proven" if proven else "not_both_proven"),
    )


def _wanted(
    problem: "Problem", policy: "Policy", changes: Sequence[str], opening: Path | None
) -> "tuple[Change, ...]":
    """The changes that are asked for.

    Raises:
        ChangeError: with every fault of the texts and of the new openings.
    """
    from matcher.changes import applied
    from matcher.dataset.change_texts import OPTION, read_changes, read_openings
    from matcher.errors import ChangeError, Fault, FaultCode

    wanted: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    try:
        wanted += read_changes(changes, problem, policy)
    except ChangeError as error:
        faults += error.faults
    try:
        wanted += read_openings(opening, problem) if opening else ()
    except ChangeError as error:
        faults += error.faults
    if faults:
        raise ChangeError(faults)
    try:
        applied(problem, policy, wanted)
    except ValueError:
        fault = Fault(code=FaultCode.CHANGE_REFUSED, table=OPTION)
        raise ChangeError((fault,)) from None
    return wanted


def _digest(
    digest: str, wanted: "Iterable[Change]", changes: Sequence[str], opening: Path | None
) -> str:
    """The digest of the data set; of one that is changed, a digest of it with its changes."""
    from matcher.changes import Subject
    from matcher.dataset.files import content

    if all(change.subject is Subject.POLICY for change in wanted):
        return digest
    other = hashlib.sha256("\n".join([digest, *changes, ""]).encode())
    other.update(content(opening) if opening else b"")
    return other.hexdigest()


def _write(out: Path, answer: "WhatIf", digest: str, former: Path) -> None:
    """Write the plan made again, once the verifier has found no fault in it.

    Raises:
        PlanRejectedError: it has; a bug in Steget.
    """
    from matcher import verify
    from matcher.dataset import PlanReport, read_former, write_plan
    from matcher.errors import PlanRejectedError
    from matcher.explain.journeys import to_ask
    from matcher.policy import GoalName

    after = answer.after
    policy = replace(after.policy, goals=after.names)
    outcome = _outcome(after)
    earlier = read_former(former) if GoalName.STABILITY in after.names else None
    broken = verify.violations(
        after.problem, policy, after.plan, outcome.goals, earlier.proposals if earlier else None
    )
    if broken:
        raise PlanRejectedError(tuple(str(violation) for violation in broken))
    write_plan(
        out,
        PlanReport(
            outcome=outcome,
            plan_date=after.problem.plan_date,
            policy=policy,
            digest=digest,
            participants=len(after.problem.participants),
            former=earlier.digest if earlier else None,
            journeys=to_ask(after.table, after.plan),
        ),
    )


def _outcome(standing: "Standing") -> "Outcome":
    """A standing plan with a bound for each goal: what is not proven is bounded generously."""
    from matcher.outcome import Outcome, Status
    from matcher.whatif import goals_of

    goals = goals_of(standing)
    status = Status.OPTIMAL if all(goal.proven for goal in goals) else Status.FEASIBLE
    return Outcome(status=status, plan=standing.plan, goals=goals)


class _Differences(Screen):
    """A screen that shows what differs between two plans."""

    def differs(
        self, found: "Difference", about: Answer, notes: Iterable[str], proven: str
    ) -> None:
        """Every goal, everybody who gains, loses or moves, and what is known of the two plans."""
        if self.as_json:
            self._json(about | _difference(found))
            return
        self._goal_changes(found.goals)
        for kind, moves in (
            ("gained", found.gained),
            ("lost", found.lost),
            ("moved", found.moved),
        ):
            self._print(self.say(kind, people=len(moves)))
            self._moves(moves)
        self._print(self.say("kept", people=found.kept))
        if found.rescheduled:
            names = ", ".join([*found.rescheduled[:SHOWN], *self._more(found.rescheduled)])
            people = len(found.rescheduled)
            self._print("  " + self.say("rescheduled", people=people, names=names))
        for note in (*notes, proven):
            self._print(note)
        if about.get("folder"):
            self._print(self._say("plan_written", folder=about["folder"]))
        self._print(self._say("person_decides"))

    def say(self, key: str, **params: object) -> str:
        """What is said of changes."""
        return texts.say(self.language, f"changes.{key}", **params)

    def misused(self, key: str, option: str) -> typer.BadParameter:
        """A mistake in an option."""
        return typer.BadParameter(self.say(key), param_hint=option)

    def not_compared(self, *policies: "Policy") -> list[str]:
        """Which goals are not shown: they are no sums."""
        from matcher.solve.order import NOT_SUMS

        left = dict.fromkeys(name for p in policies for name in p.goals if name in NOT_SUMS)
        names = ", ".join(texts.say(self.language, f"goals.{name}") for name in left)
        return [self.say("not_compared", goals=names)] if left else []

    def weights(self, before: "Policy", after: "Policy") -> list[str]:
        """Whether points are counted differently."""
        return [] if before.weights == after.weights else [self.say("other_weights")]

    def _goal_changes(self, goals: "Iterable[GoalChange]") -> None:
        rows = [
            (
                texts.say(self.language, f"goals.{goal.name}"),
                *(self._value(value) for value in (goal.before, goal.after)),
                self._step(goal),
            )
            for goal in goals
        ]
        if rows:
            self._table(("goal", "before", "after", "change"), _aligned(rows))

    def _value(self, value: int | None) -> str:
        return "-" if value is None else self._number(value)

    def _step(self, goal: "GoalChange") -> str:
        if goal.before is None or goal.after is None:
            return "-"
        change = goal.after - goal.before
        return f"{'+' if change > 0 else ''}{self._number(change)}"

    def _moves(self, moves: "Sequence[Move]") -> None:
        rows = [(m.participant_id, m.before or "-", m.after or "-") for m in moves[:SHOWN]]
        if rows:
            self._table(("participant", "before", "after"), rows)
        for more in self._more(moves):
            self._print(more)

    def _more(self, items: Sequence[object]) -> list[str]:
        """How many are not shown, if any."""
        more = len(items) - SHOWN
        return [self.say("more", more=more)] if more > 0 else []

    def _say(self, key: str, **params: object) -> str:
        own = key in texts.GROUPS[self.language]["changes"]
        return self.say(key, **params) if own else super()._say(key, **params)


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Rows whose cells after the first are as wide as the widest of their column."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        (row[0], *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)))
        for row in rows
    ]


def _difference(found: "Difference") -> Answer:
    """What differs, as plain values."""
    return {
        "goals": [
            {"name": goal.name, "before": goal.before, "after": goal.after} for goal in found.goals
        ],
        "gained": [_move(move) for move in found.gained],
        "lost": [_move(move) for move in found.lost],
        "moved": [_move(move) for move in found.moved],
        "rescheduled": list(found.rescheduled),
        "kept": found.kept,
    }


def _move(move: "Move") -> Answer:
    return {"participantId": move.participant_id, "before": move.before, "after": move.after}
