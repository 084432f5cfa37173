"""The smallest change that would give somebody without a place one (smalest steg till en plats).

A change would do when the plan made again with it, this person the last tie-break, places them
and lowers no goal before ``points``. Every change is confirmed by solving again before it is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from matcher import eligibility
from matcher.changes import Change, applied
from matcher.domain import OpeningId, ParticipantId, Sessions
from matcher.explain.remedies import Case, Dimension, Step, one_more_seat, remedies
from matcher.explain.whom import Whom
from matcher.solve.claims import Claim, before_points, claim, may_come
from matcher.solve.standing import SMALL, Standing

TRIED = 15
"""Changes that are solved again, at most, singles and pairs each."""
SHOWN = 5
"""Changes that are told, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A change, or a pair of changes, that would do: where the person would come, and how sure.

    ``proven``: the plans are the best there are, so that no smaller step in these dimensions does.
    """

    steps: tuple[Step, ...]
    opening_id: OpeningId
    proven: bool

    @property
    def size(self) -> int:
        """How large it is, to be shown in order."""
        return sum(step.size for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """What it would take to give somebody a place, smallest first.

    ``today``: where the person could be already in another plan that is as good in every goal
    before ``points``; then there is nothing to change. ``ways`` are single changes, or, where none
    does, pairs. ``tried``: how many changes were solved again, of so many ``thinkable``.
    """

    participant_id: ParticipantId
    today: OpeningId | None
    ways: tuple[Way, ...]
    tried: int
    thinkable: int


def nearest(standing: Standing, participant_id: ParticipantId) -> Nearest:
    """The smallest changes that would give somebody without a place one.

    Raises:
        KeyError: no such participant.
        ValueError: the plan has a place for them, or they do not look for one.
    """
    if not _without_place(standing, participant_id):
        raise ValueError(f"{participant_id} is not without a place in this plan")
    now = claim(standing, participant_id, standing.problem, standing.policy)
    if now.opening_id is not None and _lowers_nothing(standing, now):
        return Nearest(
            participant_id=participant_id, today=now.opening_id, ways=(), tried=0, thinkable=0
        )
    search = _Search(standing, participant_id)
    for pairs in (False, True):
        ways = search.confirmed(search.thinkable(pairs=pairs))
        if ways:
            break
    return Nearest(
        participant_id=participant_id,
        today=None,
        ways=tuple(ways),
        tried=search.tried,
        thinkable=search.seen,
    )


def _without_place(standing: Standing, participant_id: ParticipantId) -> bool:
    _ = standing.problem.participant[participant_id]
    return any(one.participant_id == participant_id for one in standing.plan.unplaced)


def _lowers_nothing(standing: Standing, made: Claim) -> bool:
    """Whether no goal before ``points`` falls."""
    first = before_points(standing.names)
    return all(map(int.__ge__, made.values, standing.values[:first]))


class _Search:
    """Changes from the smallest on, each solved again."""

    def __init__(self, standing: Standing, participant_id: ParticipantId) -> None:
        self._standing = standing
        self._name = participant_id
        self._whole = len(standing.whole) <= SMALL  # then all are tried: half-days may decide
        self._may_come = may_come(standing, participant_id)
        self.tried = self.seen = 0

    def thinkable(self, *, pairs: bool) -> list[tuple[Step, ...]]:
        """Sets of one step, or of two, smallest first; each once."""
        wanted = 2 if pairs else 1
        found = {
            _key(steps): steps
            for opening, steps in self._options()
            if len(steps) == wanted and self._may(opening, steps)
        }
        self.seen += len(found)
        return sorted(found.values(), key=lambda steps: (sum(s.size for s in steps), _key(steps)))

    def _options(self) -> Iterator[tuple[OpeningId, tuple[Step, ...]]]:
        """For every opening, the steps that would open it, with and without one more seat."""
        standing, problem = self._standing, self._standing.problem
        person = problem.participant_at[self._name]
        openings = np.arange(len(problem.openings), dtype=np.int32)
        rows = standing.table.rows(np.full(len(openings), person, dtype=np.int32), openings)
        barriers = eligibility.barriers(rows, standing.policy)
        for at, opening in enumerate(problem.openings):
            case = Case(
                problem=problem,
                policy=standing.policy,
                person=problem.participants[person],
                opening=opening,
                minutes=int(rows.minutes[at]),
            )
            ways = remedies(case, barriers[at]) if barriers[at] else [()]
            for steps in ways:
                if steps:
                    yield opening.opening_id, steps
                if len(steps) <= 1:
                    for seat in one_more_seat(case):
                        yield opening.opening_id, (*steps, seat)

    def _may(self, opening: OpeningId, steps: tuple[Step, ...]) -> bool:
        """Whether a place might be found there; a new seat is one for sure."""
        seat = any(step.dimension is Dimension.SEATS for step in steps)
        return self._whole or seat or opening in self._may_come

    def confirmed(self, thinkable: Iterable[tuple[Step, ...]]) -> list[Way]:
        """Those that do, smallest first; what holds a smaller one that does is left out."""
        found: list[Way] = []
        tried = 0
        for steps in thinkable:
            if len(found) == SHOWN or (tried == TRIED and not self._whole):
                break
            if any(_holds(steps, way.steps) for way in found):
                continue
            tried += 1
            way = self._smallest(steps)
            if way is not None and way.steps not in [one.steps for one in found]:
                found.append(way)
        self.tried += tried
        return found

    def _smallest(self, steps: tuple[Step, ...]) -> Way | None:
        """Steps that do, made smaller as long as they do: a little may let another in and so help.

        What the participant alone changes lets nobody else in: there nothing smaller does.
        """
        way = self._solved_again(steps)
        for smaller in _smaller(steps) if way is not None else ():
            less = self._smallest(smaller)
            if less is not None:
                return less
        return way

    def _solved_again(self, steps: tuple[Step, ...]) -> Way | None:
        """The plan made again with some steps, if it has a place for the person."""
        standing = self._standing
        changes = [change for step in steps for change in step.changes]
        problem, policy = applied(standing.problem, standing.policy, changes)
        made = claim(standing, self._name, problem, policy)
        if made.opening_id is None or not _lowers_nothing(standing, made):
            return None
        sure = self._whole or not standing.limited  # then what did not do was proven not to
        proven = made.proven and standing.proven and sure
        return Way(steps=steps, opening_id=made.opening_id, proven=proven)


def _smaller(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    """The same steps with one of them smaller by one, or without one of two."""
    if len(steps) > 1:
        yield from ((step,) for step in steps)
    for at, step in enumerate(steps):
        if step.whom is not Whom.PARTICIPANT and step.amount > 1:
            for less in _one_less(step):
                yield (*steps[:at], less, *steps[at + 1 :])


def _one_less(step: Step) -> Iterator[Step]:
    """A site's step with one hour, day, half-day or answer less."""
    change, was = step.changes[0], step.before[0]
    if step.dimension is Dimension.SURVEY:
        for at in range(len(step.changes)):
            yield replace(
                step,
                amount=step.amount - 1,
                changes=step.changes[:at] + step.changes[at + 1 :],
                before=step.before[:at] + step.before[at + 1 :],
            )
    elif step.dimension is Dimension.HALF_DAYS:
        added = _number(change) & ~(was if isinstance(was, int) else 0)
        for bit in range(added.bit_length()):
            if added >> bit & 1:
                fewer = Sessions(_number(change) & ~(1 << bit))
                yield _with(step, replace(change, value=fewer))
    elif isinstance(change.value, date) and isinstance(was, date):
        nearer = timedelta(days=1 if was > change.value else -1)
        yield _with(step, replace(change, value=change.value + nearer))
    else:  # hours: of seats and rules there is one step only
        rising = isinstance(was, int) and was < _number(change)
        yield _with(step, replace(change, value=_number(change) + (-1 if rising else 1)))


def _with(step: Step, change: Change) -> Step:
    return replace(step, amount=step.amount - 1, changes=(change,))


def _holds(steps: tuple[Step, ...], smaller: tuple[Step, ...]) -> bool:
    """Whether steps do all that smaller ones do, and more, by the participant."""
    return all(any(_reaches(step, other) for step in steps) for other in smaller)


def _reaches(step: Step, other: Step) -> bool:
    """Whether a step is the other, or goes further in the same direction by the participant."""
    own = step.whom is other.whom is Whom.PARTICIPANT
    mine, theirs = step.changes[0], other.changes[0]
    if not own or step.dimension is not other.dimension or mine.name != theirs.name:
        return step.changes == other.changes
    if isinstance(mine.value, date) and isinstance(theirs.value, date):
        return mine.value <= theirs.value
    if step.dimension is Dimension.HALF_DAYS:
        return _number(mine) & _number(theirs) == _number(theirs)
    return _number(mine) >= _number(theirs)


def _number(change: Change) -> int:
    return change.value if isinstance(change.value, int) else 0


def _key(steps: tuple[Step, ...]) -> str:
    """The same text for the same changes."""
    texts = (f"{c.subject} {c.id} {c.name} {_text(c.value)}" for s in steps for c in s.changes)
    return "; ".join(texts)


def _text(value: object) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
