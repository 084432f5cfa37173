"""What is true of a tiny problem, by trying every lawful plan: nothing here knows how to solve.

Who may go where, with which points, comes from the verifier's rules, which are written apart from
the engine's. Everything else is plain Python.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain import SESSIONS, Opening, Participant, Problem
from matcher.outcome import Plan, Proposals
from matcher.policy import GoalName, Policy
from matcher.verify.figures import norm_goal, points
from matcher.verify.sheet import Pair, Sheet

Values = tuple[int, ...]
Where = dict[str, str]
SUMS = (
    GoalName.PLACED,
    GoalName.WAITING,
    GoalName.NORM_GOALS,
    GoalName.POINTS,
    GoalName.STABILITY,
)


@dataclass(frozen=True)
class Choice:
    """A lawful plan: what it reaches in the goals that are sums, and who is where."""

    values: Values
    where: Where


@dataclass(frozen=True)
class World:
    """Every lawful plan of a problem, and what each pair without a barrier adds to the goals."""

    names: tuple[GoalName, ...]
    plans: tuple[Choice, ...]
    gains: dict[tuple[str, str], Values]

    def best(self, who: str = "", at: str = "") -> Values | None:
        """The best values of all plans, or of those that have somebody at an opening."""
        fitting = (c.values for c in self.plans if not who or c.where.get(who) == at)
        return max(fitting, default=None)

    @property
    def before(self) -> int:
        """How many goals stand before points."""
        names = self.names
        return names.index(GoalName.POINTS) if GoalName.POINTS in names else len(names)

    def claimed(self, who: str) -> tuple[Values, bool]:
        """The goals before points at their best, and whether somebody is placed at that price."""
        told = ((c.values[: self.before], who in c.where) for c in self.plans)
        return max(told)

    def would_do(self, who: str, now: Values) -> bool:
        """Whether the best plan by those goals and this person places them, and lowers none."""
        values, placed = self.claimed(who)
        return placed and all(new >= old for new, old in zip(values, now, strict=False))


def world(problem: Problem, policy: Policy, former: Proposals = frozenset()) -> World:
    """Everything one can do with a tiny problem."""
    names = tuple(name for name in policy.goals if name in SUMS)
    sheet = Sheet(
        problem,
        policy,
        Plan(assignments=(), unplaced=()),
        *(o.opening_id for o in problem.openings),
    )
    gains: dict[tuple[str, str], Values] = {}
    for person in sheet.looking:
        for opening in problem.openings:
            pair = Pair(sheet, person, opening)
            if not pair.barriers:
                gain = _gain(pair, former)
                gains[person.participant_id, opening.opening_id] = tuple(gain[n] for n in names)
    people = [problem.participant[p.participant_id] for p in sheet.looking]
    plans = tuple(
        Choice(values=_sum([gains[pair] for pair in where.items()], len(names)), where=where)
        for where in _plans(people, gains, _Room(sheet))
    )
    return World(names=names, plans=plans, gains=gains)


def _gain(pair: Pair, former: Proposals) -> dict[GoalName, int]:
    person, today = pair.participant, pair.sheet.problem.plan_date
    days = max(0, (today - (person.waiting_since or today)).days)
    return {
        GoalName.PLACED: 1,
        GoalName.WAITING: 100 + 100 * min(days, 365) // 365,
        GoalName.NORM_GOALS: int(norm_goal(pair)),
        GoalName.POINTS: points(pair),
        GoalName.STABILITY: int((person.participant_id, pair.opening.opening_id) in former),
    }


def _sum(gains: list[Values], goals: int) -> Values:
    return tuple(sum(gain[goal] for gain in gains) for goal in range(goals))


class _Room:
    """What placements leave of seats, half-days and supervisors' starts."""

    def __init__(self, sheet: Sheet) -> None:
        self._limit = sheet.policy.supervisor_starts
        self._problem = sheet.problem
        self._seats = {o.opening_id: o.seats for o in sheet.problem.openings}
        self._days = {o.opening_id: _days(o) for o in sheet.problem.openings}
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}
        for row in sheet.active:
            self._seats[row.opening_id] -= 1
            for day in range(len(SESSIONS)):
                self._days[row.opening_id][day] -= row.sessions >> day & 1

    def holds(self, where: Where, person: Participant) -> bool:
        """Whether a plan that somebody has just joined is lawful."""
        if self._limit is not None and person.supervisor_id is not None:
            people = (self._problem.participant[name] for name in where)
            starts = Counter(p.supervisor_id for p in people)
            if starts[person.supervisor_id] > self._limit:
                return False
        opening = where[person.participant_id]
        there = tuple(name for name, at in where.items() if at == opening)
        if len(there) > self._seats[opening]:
            return False
        if (opening, there) not in self._known:
            self._known[opening, there] = self._roster(opening, there)
        return self._known[opening, there]

    def _roster(self, opening: str, there: tuple[str, ...]) -> bool:
        """No set of half-days is asked for more than it holds (max-flow min-cut)."""
        rooms = self._days[opening]
        open_ = sum(1 << day for day, room in enumerate(rooms) if room > 0)
        people = [self._problem.participant[name] for name in there]
        come = [(p.available & open_, p.sessions_per_week) for p in people]
        if any(own.bit_count() < week for own, week in come):
            return False
        if all(room <= 0 or room >= len(there) for room in rooms):
            return True
        return all(
            sum(max(0, week - (own & ~days).bit_count()) for own, week in come)
            <= sum(room for day, room in enumerate(rooms) if days >> day & 1)
            for days in range(1 << len(SESSIONS))
            if days & ~open_ == 0
        )


def _days(opening: Opening) -> list[int]:
    """How many people an opening takes on each half-day."""
    most = opening.seats if opening.session_seats is None else opening.session_seats
    return [most * (opening.sessions >> day & 1) for day in range(len(SESSIONS))]


def _plans(
    people: list[Participant], gains: dict[tuple[str, str], Values], room: _Room
) -> Iterator[Where]:
    """Every lawful way to give each person one opening or none."""
    plans: list[Where] = [{}]
    for person in people:
        name = person.participant_id
        options = [opening for who, opening in gains if who == name]
        more = ({**where, name: opening} for where in plans for opening in options)
        plans += [where for where in more if room.holds(where, person)]
    yield from plans
