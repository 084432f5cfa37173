"""Changes to a problem and its policy: what if one thing, or several, were otherwise?

A change sets one thing of one participant, site, opening or provider, or of the policy. Nothing is
changed in place: the problem with its changes is another problem, checked like any other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType

from matcher.domain import Opening, Participant, Problem, Provider, Site, Survey
from matcher.policy import Policy
from matcher.survey import SITE_FIELDS, WORK_FIELDS, Answer


class Subject(StrEnum):
    """What a change is about."""

    PARTICIPANT = "participant"
    SITE = "site"
    OPENING = "opening"
    PROVIDER = "provider"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise.

    ``name`` is a field of the subject's value class; of a site it is a question of the survey, and
    of an opening it may be a field of the task (``work.*``): then ``value`` is the answer, or None
    for unknown. ``id`` is empty for the policy. A new opening has no ``name``, and the ``Opening``
    as its ``value``.
    """

    subject: Subject
    id: str = ""
    name: str = ""
    value: object = None


_IDENTITIES = frozenset({"participant_id", "site_id", "opening_id", "provider_id"})
_SURVEYED = frozenset(field.name for field in SITE_FIELDS)
_TASK = frozenset(field.name for field in WORK_FIELDS)
_SETTABLE: Mapping[Subject, frozenset[str]] = MappingProxyType(
    {
        subject: frozenset(field.name for field in fields(kind)) - _IDENTITIES
        for subject, kind in (
            (Subject.PARTICIPANT, Participant),
            (Subject.OPENING, Opening),
            (Subject.PROVIDER, Provider),
            (Subject.POLICY, Policy),
        )
    }
    | {Subject.SITE: _SURVEYED}
)


def applied(problem: Problem, policy: Policy, changes: Iterable[Change]) -> tuple[Problem, Policy]:
    """The problem and the policy with all the changes; what they set of one item is set together.

    Raises:
        KeyError: nobody and nothing has that id, or there is no such thing to change.
        ValueError: a value that cannot be, or an opening that is there already.
    """
    settings: dict[str, object] = {}
    items: dict[tuple[Subject, str], list[Change]] = {}
    new: list[Opening] = []
    for change in changes:
        _known(change)
        if change.subject is Subject.POLICY:
            settings[change.name] = change.value
        elif _is_new(change) and isinstance(change.value, Opening):
            new.append(change.value)
        else:
            items.setdefault((change.subject, change.id), []).append(change)
    if new:
        problem = replace(problem, openings=(*problem.openings, *new))
    for together in items.values():
        problem = _set(problem, together)
    return problem, replace(policy, **settings) if settings else policy  # type: ignore[arg-type]


def before(problem: Problem, policy: Policy, change: Change) -> object:
    """What stands there before a change; None where nothing is known, or for a new opening.

    Raises:
        KeyError: as ``applied``.
    """
    _known(change)
    if change.subject is Subject.POLICY:
        return getattr(policy, change.name)
    if _is_new(change):
        return None
    if change.subject is Subject.SITE:
        answers = [survey.answers.get(change.name) for survey in problem.site[change.id].surveys]  # type: ignore[index]
        return next((answer for answer in reversed(answers) if answer is not None), None)
    item = getattr(problem, change.subject)[change.id]
    return item.work.get(change.name) if change.name in _TASK else getattr(item, change.name)


def _is_new(change: Change) -> bool:
    """Whether it is a new opening."""
    opening = isinstance(change.value, Opening) and not change.name
    return change.subject is Subject.OPENING and opening


def _known(change: Change) -> None:
    task = change.subject is Subject.OPENING and change.name in _TASK
    if not task and not _is_new(change) and change.name not in _SETTABLE[change.subject]:
        raise KeyError(f"{change.subject} has no {change.name or 'name'} to change")


def _set(problem: Problem, together: list[Change]) -> Problem:
    """The problem with everything that is set of one item."""
    first = together[0]
    index = getattr(problem, first.subject)
    if first.id not in index:
        raise KeyError(f"no {first.subject} {first.id}")
    item = new = index[first.id]
    fields_: dict[str, object] = {}
    for change in together:
        if change.subject is Subject.SITE:
            new = _surveyed(new, problem, change)
        elif change.name in _TASK:
            fields_["work"] = _answered(fields_.get("work", item.work), change)  # type: ignore[arg-type]
        else:
            fields_[change.name] = change.value
    new = replace(new, **fields_)
    many = f"{first.subject}s"
    items = tuple(new if one is item else one for one in getattr(problem, many))
    return replace(problem, **{many: items})  # type: ignore[arg-type]


def _surveyed(site: Site, problem: Problem, change: Change) -> Site:
    """The site as if the question had been answered on the plan date."""
    if change.value is None:
        kept = (replace(s, answers=_answered(s.answers, change)) for s in site.surveys)
        return replace(site, surveys=tuple(kept))
    answers = _answered({}, change)
    seen = Survey(surveyed_on=problem.plan_date, answers=answers)
    rest = (
        replace(s, answers=_answered(s.answers, replace(change, value=None))) for s in site.surveys
    )
    return replace(site, surveys=(*rest, seen))


def _answered(answers: Mapping[str, Answer], change: Change) -> Mapping[str, Answer]:
    """The answers with one set, or left out where it becomes unknown."""
    made = {name: answer for name, answer in answers.items() if name != change.name}
    if isinstance(change.value, str | float | int):
        made[change.name] = change.value
    return MappingProxyType(made)
