"""What if something were otherwise for one participant: changes as they are sent, tried out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.domain import Fault, Refusal, RefusalCode
from api.matching.advising import Advised, of_table
from api.matching.standing import Stood

if TYPE_CHECKING:
    from matcher.changes import Change
    from matcher.compare import Difference
    from matcher.domain import OpeningId, Problem
    from matcher.errors import Fault as Found
    from matcher.policy import Policy
    from matcher.whatif import WhatIf

TABLES = {"participant": "participants", "opening": "openings", "site": "surveys"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One thing that is to be otherwise: of which table and row, which column, and the cell.

    ``value`` is text as in a table of a data set, or a tuple of the domain's wishes.
    """

    subject: str
    id: str
    name: str
    value: object


@dataclass(frozen=True, eq=False, kw_only=True)
class Shift:
    """An opening that stands elsewhere after the changes: groups and points, None: not there."""

    opening_id: "OpeningId"
    before: str | None
    after: str | None
    points_before: int | None
    points_after: int | None


@dataclass(frozen=True, eq=False, kw_only=True)
class InPlan:
    """What the changes do to the plan: where the participant is, and how many others are touched.

    Who the others are is nobody's business here.
    """

    before: "OpeningId | None"
    after: "OpeningId | None"
    gained: int
    lost: int
    moved: int
    goals: tuple[tuple[str, int | None, int | None], ...]
    proven: bool


def changes_of(
    wanted: Sequence[Wanted], problem: "Problem", policy: "Policy"
) -> "tuple[Change, ...]":
    """The changes, checked by what checks tables.

    Raises:
        Refusal: with every fault at its place; nothing that was sent is repeated (``NOT_VALID``).
    """
    from matcher.changes import applied
    from matcher.dataset.change_texts import read_changes
    from matcher.errors import ChangeError

    faults = _unknown(wanted)
    texts = [one for one in wanted if isinstance(one.value, str)]
    changes: tuple[Change, ...] = ()
    if not faults:
        try:
            changes = read_changes([_text(one) for one in texts], problem, policy)
        except ChangeError as error:
            faults = tuple(_at(wanted, fault) for fault in error.faults)
    if not faults:
        changes += tuple(_whole(one) for one in wanted if not isinstance(one.value, str))
        try:
            applied(problem, policy, changes)
        except (ValueError, KeyError):
            faults = (Fault(pointer="/changes", code="change_refused"),)
    if faults:
        raise Refusal(RefusalCode.NOT_VALID, faults=faults)
    return changes


def advised_with(before: Advised, changes: "Sequence[Change]", *, stale_days: int) -> Advised:
    """The recommendation with the changes."""
    from matcher import columns
    from matcher.changes import applied

    problem, policy = applied(before.table.problem, before.policy, changes)
    return of_table(columns.load(problem, policy), policy, stale_days=stale_days)


def shifts(before: Advised, after: Advised) -> tuple[Shift, ...]:
    """Every opening that stands in another group, or has other points, by its place after."""
    first, second = _places(before), _places(after)
    return tuple(
        Shift(
            opening_id=name,
            before=first.get(name, (None, None))[0],
            after=second.get(name, (None, None))[0],
            points_before=first.get(name, (None, None))[1],
            points_after=second.get(name, (None, None))[1],
        )
        for name in dict.fromkeys([*second, *first])
        if first.get(name) != second.get(name)
    )


def in_plan(asked: Stood, advice: Advised, changes: "Sequence[Change]") -> InPlan | None:
    """What the changes do to the plan; None where there is no plan, or it has not this person."""
    from matcher import whatif

    who = advice.found.participant_id
    if asked.plan_id is None or who not in asked.standing.problem.participant:
        return None
    found = whatif.what_if(asked.standing, changes)
    difference = found.difference
    others = {
        kind: sum(move.participant_id != who for move in getattr(difference, kind))
        for kind in ("gained", "lost", "moved")
    }
    return InPlan(
        **others,
        before=_where(asked, who),
        after=_after(found, who),
        goals=_goals(difference),
        proven=found.proven,
    )


def _where(asked: Stood, who: str) -> "OpeningId | None":
    rows = asked.standing.plan.assignments
    return next((row.opening_id for row in rows if row.participant_id == who), None)


def _after(found: "WhatIf", who: str) -> "OpeningId | None":
    rows = found.after.plan.assignments
    return next((row.opening_id for row in rows if row.participant_id == who), None)


def _goals(found: "Difference") -> tuple[tuple[str, int | None, int | None], ...]:
    return tuple((str(goal.name), goal.before, goal.after) for goal in found.goals)


def _places(advice: Advised) -> "Mapping[OpeningId, tuple[str | None, int | None]]":
    found = advice.found
    return {
        **{one.opening_id: ("possible", one.points) for one in found.possible},
        **{one.opening_id: ("toCheck", None) for one in found.to_check},
        **{one.opening_id: ("fallsAway", None) for one in found.falls_away},
    }


def _unknown(wanted: Sequence[Wanted]) -> tuple[Fault, ...]:
    """What there is not to change."""
    from matcher.dataset.schema import TABLES as SCHEMAS

    faults = []
    for at, one in enumerate(wanted):
        column = SCHEMAS[TABLES[one.subject]].column(one.name)
        whole = one.subject == "participant" and one.name == "wishes"
        if whole == isinstance(one.value, str):
            faults.append(Fault(pointer=f"/changes/{at}/value", code="value_unexpected"))
        elif column is None and not whole:
            faults.append(Fault(pointer=f"/changes/{at}/name", code="column_unknown"))
    return tuple(faults)


def _text(one: Wanted) -> str:
    return f"{_place(one)}={one.value}"


def _place(one: Wanted) -> str:
    return f"{TABLES[one.subject]}.{one.id}.{one.name}"


def _whole(one: Wanted) -> "Change":
    from matcher.changes import Change, Subject

    return Change(subject=Subject(one.subject), id=one.id, name=one.name, value=one.value)


def _at(wanted: Sequence[Wanted], found: "Found") -> Fault:
    """A fault of a cell, told of the change that sets it."""
    at = next((at for at, one in enumerate(wanted) if _place(one) == found.table), None)
    low, high = found.params.get("low"), found.params.get("high")
    detail = str(found.params.get("expected", ""))
    if low is not None and high is not None:
        detail = f"{low} to {high}"
    pointer = "/changes" if at is None else f"/changes/{at}/value"
    return Fault(pointer=pointer, code=str(found.code), detail=detail)
