"""The specification said once more, in plain Python over domain objects (R7).

It shares no line with the rules or the solver: only words, the need table and travel times.
Points, minutes and norm goals belong to eligible pairs: where a barrier is named, none is judged.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain, pairwise

from matcher import domain
from matcher.domain import Need, Opening, Participant, Placement, Problem, Site, Wish
from matcher.needs import WORK_FIELD_NAMES, WORK_NEEDS, Truth, judge
from matcher.outcome import Assignment, Cause, Goal, Plan, Unplaced
from matcher.policy import Criterion, GoalName, Policy
from matcher.travel import Answer, Reach, between


class Rule(StrEnum):
    """What a plan can break: each barrier by its own code, then the rules of plans."""

    OPENING_PAUSED = "OPENING_PAUSED"
    ALREADY_THERE = "ALREADY_THERE"
    TASK_DECLINED = "TASK_DECLINED"
    EXCLUDED = "EXCLUDED"
    NEED_UNMET = "NEED_UNMET"
    NEED_UNKNOWN = "NEED_UNKNOWN"
    TRAVEL_TOO_LONG = "TRAVEL_TOO_LONG"
    TRAVEL_UNKNOWN = "TRAVEL_UNKNOWN"
    TRAVEL_UNREACHABLE = "TRAVEL_UNREACHABLE"
    HOURS_TOO_FEW = "HOURS_TOO_FEW"
    HOURS_TOO_MANY = "HOURS_TOO_MANY"
    SESSIONS_DO_NOT_FIT = "SESSIONS_DO_NOT_FIT"
    STARTS_TOO_LATE = "STARTS_TOO_LATE"
    MUNICIPALITY_NOT_SERVED = "MUNICIPALITY_NOT_SERVED"
    ENROLMENT_REQUIRED = "ENROLMENT_REQUIRED"
    NOT_INSURED = "NOT_INSURED"
    TOO_YOUNG = "TOO_YOUNG"
    NO_COMMON_LANGUAGE = "NO_COMMON_LANGUAGE"
    REMOTE_ONLY = "REMOTE_ONLY"
    NO_EQUAL_TREATMENT_AGREEMENT = "NO_EQUAL_TREATMENT_AGREEMENT"
    SEATS = "SEATS"
    SESSION_SEATS = "SESSION_SEATS"
    SESSIONS_COUNT = "SESSIONS_COUNT"
    SESSIONS_OUTSIDE = "SESSIONS_OUTSIDE"
    START_DATE = "START_DATE"
    TRAVEL_MINUTES = "TRAVEL_MINUTES"
    POINTS = "POINTS"
    NORM_GOAL = "NORM_GOAL"
    PLACED_TWICE = "PLACED_TWICE"
    NOT_LOOKING = "NOT_LOOKING"
    UNKNOWN_ID = "UNKNOWN_ID"
    PINNED_MOVED = "PINNED_MOVED"
    UNACCOUNTED = "UNACCOUNTED"
    CAUSE = "CAUSE"
    GOAL_VALUE = "GOAL_VALUE"
    GOAL_BOUND = "GOAL_BOUND"
    SUPERVISOR_STARTS = "SUPERVISOR_STARTS"
    ORDER = "ORDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A rule that a plan breaks, and where: as ``TRAVEL_TOO_LONG P3@O12 52``."""

    rule: Rule
    participant_id: str = ""
    opening_id: str = ""
    detail: str = ""

    def __str__(self) -> str:
        pair = f"{self.participant_id}@{self.opening_id}".removesuffix("@")
        return " ".join(part for part in (self.rule, pair, self.detail) if part)


def violations(
    problem: Problem, policy: Policy, plan: Plan, goals: tuple[Goal, ...] = ()
) -> tuple[Violation, ...]:
    """Everything a plan breaks, and every false claim of its goals; empty for a lawful plan."""
    sheet = _Sheet(problem, policy, plan)
    checks = (_tables, _accounts, _pairs, _pins, _crowds)
    return (*(v for check in checks for v in check(sheet)), *_goals(sheet, goals))


def goal_values(problem: Problem, policy: Policy, plan: Plan) -> Mapping[GoalName, int]:
    """What a plan reaches in every goal, from its assignments alone."""
    return _values(_Sheet(problem, policy, plan))


def causes(problem: Problem, policy: Policy, plan: Plan) -> tuple[Violation, ...]:
    """The causes given for no place that are not so; looks at every opening for each person.

    ``no_eligible_opening`` says that every opening is barred; the other two that one is not, and
    ``supervisor_full`` that the supervisor has all the new starts the policy allows.
    """
    sheet = _Sheet(problem, policy, plan, *problem.opening)
    rows = (row for row in plan.unplaced if row.participant_id in problem.participant)
    false = (row for row in rows if not _is_so(sheet, row))
    return tuple(_broken(Rule.CAUSE, row.participant_id, detail=row.cause) for row in false)


def _is_so(sheet: "_Sheet", row: Unplaced) -> bool:
    someone = sheet.problem.participant[row.participant_id]
    pairs = (_Pair(sheet, someone, opening) for opening in sheet.problem.openings)
    eligible = any(next(_barriers(pair), None) is None for pair in pairs)
    if row.cause is not Cause.SUPERVISOR_FULL:
        return eligible is (row.cause is Cause.OPENINGS_FULL)
    limit, supervisor = sheet.policy.supervisor_starts, someone.supervisor_id
    full = limit is not None and supervisor is not None and sheet.starts[supervisor] >= limit
    return eligible and full


def _broken(rule: Rule, who: str = "", where: str = "", detail: object = "") -> Violation:
    return Violation(rule=rule, participant_id=who, opening_id=where, detail=str(detail))


class _Sheet:
    """A plan beside what it is held against: placements that count, needs as they stand."""

    def __init__(self, problem: Problem, policy: Policy, plan: Plan, *also: str) -> None:
        self.problem, self.policy, self.plan = problem, policy, plan
        used = {row.opening_id for row in plan.assignments}.union(also)
        self.truths = self._truths([o for o in problem.openings if o.opening_id in used])
        self.active = [row for row in problem.placements if self._occupies(row)]
        self.ongoing = {_key(row) for row in self.active if row.status == "ongoing"}
        self.offered = {row.participant_id for row in self.active if row.status == "offered"}
        pins = (row for row in self.active if row.status == "pinned")
        self.pins = [row for row in pins if row.participant_id in problem.participant]
        kept = {_key(row) for row in self.pins}
        rows = tuple(self._rows())
        self.kept = [(row, pair) for row, pair in rows if _key(row) in kept]
        self.new = [(row, pair) for row, pair in rows if _key(row) not in kept]
        self.starts = Counter(pair.participant.supervisor_id for _, pair in self.new)

    def _occupies(self, row: Placement) -> bool:
        """Whether a placement counts; if it ends too early its row is ignored."""
        begins = self.problem.opening[row.opening_id].starts_from or date.min
        return row.ends_on is None or row.ends_on >= max(self.problem.plan_date, begins)

    def _rows(self) -> Iterator[tuple[Assignment, "_Pair"]]:
        people, openings = self.problem.participant, self.problem.opening
        for row in self.plan.assignments:
            if row.participant_id in people and row.opening_id in openings:
                yield row, _Pair(self, people[row.participant_id], openings[row.opening_id])

    def _truths(self, openings: list[Opening]) -> dict[str, dict[Need, int]]:
        """How every need stands at each opening: by the site's answers and the task's own."""
        sites = {at: self._valid(self.problem.site[at]) for at in {o.site_id for o in openings}}
        tasks = ({f: o.work[f] for f in WORK_FIELD_NAMES & o.work.keys()} for o in openings)
        table = judge([sites[o.site_id] | task for o, task in zip(openings, tasks, strict=True)])
        needs, rows = tuple(Need), zip(openings, table.tolist(), strict=True)
        return {o.opening_id: dict(zip(needs, row, strict=True)) for o, row in rows}

    def _valid(self, site: Site) -> dict[str, str | float]:
        """For each field the newest answer, while it is valid; without a date it never is."""
        newest: dict[str, tuple[str | float, int]] = {}
        for survey in sorted(site.surveys, key=lambda row: row.surveyed_on or date.min):
            age = (self.problem.plan_date - (survey.surveyed_on or date.min)).days
            newest |= {name: (value, age) for name, value in survey.answers.items()}
        valid = (name for name, (_, age) in newest.items() if age <= self.policy.shelf_life(name))
        return {name: newest[name][0] for name in valid if name not in WORK_FIELD_NAMES}


def _key(row: Assignment | Placement) -> tuple[str, str]:
    return row.participant_id, row.opening_id


class _Pair:
    """One participant and one opening."""

    def __init__(self, sheet: _Sheet, participant: Participant, opening: Opening) -> None:
        today = sheet.problem.plan_date
        self.sheet, self.participant, self.opening = sheet, participant, opening
        self.site = sheet.problem.site[opening.site_id]
        self.group = sheet.problem.occupations[opening.occupation_group]
        self.task = {("group", self.group.occupation_group), ("field", self.group.field)}
        self.ready = max(today, participant.earliest_start or today)
        self.start = max(self.ready, opening.starts_from or today)
        self.common = participant.available & opening.sessions
        self.remote = participant.remote != "no" and opening.remote == "yes"

    @cached_property
    def journey(self) -> Answer:
        """None from home; with protected identity only what a table knows."""
        hidden, problem = self.participant.protected_identity, self.sheet.problem
        if self.remote:
            return Answer(reach=Reach.MINUTES, minutes=0)
        if hidden and problem.travel_times is None:
            return Answer(reach=Reach.WITHHELD)
        known = between(problem, self.participant, self.site)
        return Answer(reach=Reach.WITHHELD) if hidden and known.minutes is None else known

    @cached_property
    def barriers(self) -> tuple[Violation, ...]:
        return tuple(_barriers(self))

    def stands(self, need: Need) -> Truth:
        """How a need stands; from home nobody climbs the site's stairs."""
        at_site = Truth(self.sheet.truths[self.opening.opening_id][need])
        return Truth.MET if self.remote and need not in WORK_NEEDS else at_site

    def breaks(self, rule: Rule, detail: object = "") -> Violation:
        return _broken(rule, self.participant.participant_id, self.opening.opening_id, detail)


def _barriers(pair: _Pair) -> Iterator[Violation]:
    """Every barrier of a pair, one after the other; the journey, which costs most, last."""
    lenient = pair.sheet.policy.unknown_needs == "check"
    for need in sorted(pair.participant.needs):
        truth = pair.stands(need)
        if truth is Truth.UNMET or (truth is Truth.UNKNOWN and not lenient):
            yield pair.breaks(Rule[f"NEED_{truth.name}"], need)
    yield from (pair.breaks(rule) for rule, holds in _conditions(pair).items() if holds)
    if pair.journey.reach in (Reach.UNKNOWN, Reach.UNREACHABLE):
        yield pair.breaks(Rule[f"TRAVEL_{pair.journey.reach.name}"])
    if (pair.journey.minutes or 0) > pair.participant.max_travel_minutes:
        yield pair.breaks(Rule.TRAVEL_TOO_LONG, pair.journey.minutes)


def _conditions(pair: _Pair) -> dict[Rule, bool]:
    """The barriers that rest on neither survey nor journey."""
    p, o, site, sheet = pair.participant, pair.opening, pair.site, pair.sheet
    declined = {(wish.level, wish.code) for wish in p.wishes if wish.kind == "avoid"}
    agreed = sheet.problem.provider[site.provider_id].equal_treatment == "yes"
    wait, horizon = (pair.start - sheet.problem.plan_date).days, sheet.policy.horizon_days
    return {
        Rule.OPENING_PAUSED: o.status != "open",
        Rule.ALREADY_THERE: (p.participant_id, o.opening_id) in sheet.ongoing,
        Rule.TASK_DECLINED: not declined.isdisjoint(pair.task),
        Rule.EXCLUDED: o.site_id in p.excluded_sites or site.provider_id in p.excluded_providers,
        Rule.HOURS_TOO_FEW: p.hours_per_week < o.hours_min,
        Rule.HOURS_TOO_MANY: o.hours_max is not None and p.hours_per_week > o.hours_max,
        Rule.SESSIONS_DO_NOT_FIT: pair.common.bit_count() < p.sessions_per_week,
        Rule.STARTS_TOO_LATE: wait > horizon or pair.start > (o.starts_until or pair.start),
        Rule.MUNICIPALITY_NOT_SERVED: _lacks(o.eligible_municipalities, {p.municipality_code}),
        Rule.ENROLMENT_REQUIRED: _lacks(o.eligible_enrolment, p.enrolled_with),
        Rule.NOT_INSURED: o.insurance == "required" and p.insured_by in {"none", "unknown"},
        Rule.TOO_YOUNG: o.min_age is not None and pair.start.year - p.birth_year < o.min_age,
        Rule.NO_COMMON_LANGUAGE: _lacks(o.languages, p.languages),
        Rule.REMOTE_ONLY: p.remote == "only" and o.remote != "yes",
        Rule.NO_EQUAL_TREATMENT_AGREEMENT: sheet.policy.require_equal_treatment and not agreed,
    }


def _lacks(given: Collection[str], own: Collection[str]) -> bool:
    return bool(given) and not any(code in own for code in given)


def _points(pair: _Pair) -> int:
    """Whole points, 0-1000, of a pair that nothing bars; one division at the end."""
    p, minutes, horizon = pair.participant, pair.journey.minutes, pair.sheet.policy.horizon_days
    limit, wanted, days = p.max_travel_minutes, p.wants - p.needs, (pair.start - pair.ready).days
    met = sum(pair.stands(need) == Truth.MET for need in wanted)
    hours, goal = p.hours_per_week, p.hours_goal or p.hours_per_week
    most = goal if pair.opening.hours_max is None else pair.opening.hours_max
    values = {
        Criterion.WISH: _wish(pair),
        Criterion.TRAVEL: 500 if minutes is None else 1000 * (limit - minutes) // limit,
        Criterion.WANT: 1000 * met // len(wanted) if wanted else 1000,
        Criterion.HOURS: 1000 * (most - hours) // (goal - hours) if most < goal > hours else 1000,
        Criterion.START: 1000 * max(0, horizon - days) // horizon,
    }
    return sum(pair.sheet.policy.weights[name] * values[name] for name in Criterion) // 100


def _wish(pair: _Pair) -> int:
    """How well the best of the wishes fits; what is avoided is a barrier, not points."""
    return max((_fit(w, pair) for w in pair.participant.wishes if w.kind == "seek"), default=500)


def _fit(wish: Wish, pair: _Pair) -> int:
    worth = max(300, 1000 - 150 * ((wish.rank or 1) - 1))
    if (wish.level, wish.code) in pair.task:
        return worth
    wished = pair.sheet.problem.occupations[wish.code] if wish.level == "group" else None
    return worth // 2 if wished is not None and wished.field == pair.group.field else 0


def _norm_goal(pair: _Pair) -> bool:
    """Opted in, wished for, and more than 60 % of the other gender than one's own."""
    who, women = pair.participant, pair.group.women_pct
    others = {"woman": 100 - women, "man": women}.get(who.gender, 0) if women is not None else 0
    return who.norm_goal and others > 60 and _wish(pair) > 0  # noqa: PLR2004 -- SCB's limit


def _tables(sheet: _Sheet) -> Iterator[Violation]:
    """Both tables name what is known, in the order of the participants' ids."""
    people, openings = sheet.problem.participant, sheet.problem.opening
    placed = [row.participant_id for row in sheet.plan.assignments]
    listed = [row.participant_id for row in sheet.plan.unplaced]
    for who, where in map(_key, sheet.plan.assignments):
        if who not in people or where not in openings:
            yield _broken(Rule.UNKNOWN_ID, who, where)
    yield from (_broken(Rule.UNKNOWN_ID, who) for who in listed if who not in people)
    steps = chain(pairwise(placed), pairwise(listed))
    yield from (_broken(Rule.ORDER, b, detail=f"after {a}") for a, b in steps if a > b)


def _accounts(sheet: _Sheet) -> Iterator[Violation]:
    """Everybody who looks for a place stands in one of the tables, once; the offered in none."""
    placed = Counter(row.participant_id for row in sheet.plan.assignments)
    listed = Counter(row.participant_id for row in sheet.plan.unplaced)
    pins = Counter(row.participant_id for row in sheet.pins)
    for who in sheet.problem.participant:
        here, there, kept = placed[who], listed[who], pins[who]
        looking = not kept and who not in sheet.offered
        if here > max(1, kept):
            yield _broken(Rule.PLACED_TWICE, who)
        if not looking and (there or (here and not kept)):
            yield _broken(Rule.NOT_LOOKING, who)
        if looking and bool(here) + there != 1:
            yield _broken(Rule.UNACCOUNTED, who, detail=f"placed {here}, unplaced {there}")


def _pairs(sheet: _Sheet) -> Iterator[Violation]:
    """Whoever comes new has no barrier; no date or half-day is judged where none can be right."""
    for row, pair in sheet.new:
        yield from pair.barriers
        barred = {violation.rule for violation in pair.barriers}
        if Rule.STARTS_TOO_LATE not in barred and row.starts_on != pair.start:
            yield pair.breaks(Rule.START_DATE, f"{row.starts_on}, not {pair.start}")
        given, comes = row.sessions.bit_count(), pair.participant.sessions_per_week
        if Rule.SESSIONS_DO_NOT_FIT not in barred and given != comes:
            yield pair.breaks(Rule.SESSIONS_COUNT, f"{given}, not {comes}")
        if Rule.SESSIONS_DO_NOT_FIT not in barred and row.sessions & ~pair.common:
            yield pair.breaks(Rule.SESSIONS_OUTSIDE)
        yield from _figures(row, pair) if not barred else ()


def _figures(row: Assignment, pair: _Pair) -> Iterator[Violation]:
    """Minutes, points and norm goal as written: none for a pair that is barred today."""
    real = (pair.journey.minutes, _points(pair), _norm_goal(pair))
    right = (None, None, False) if pair.barriers else real
    written = (row.travel_minutes, row.points, row.norm_goal_met)
    rules = (Rule.TRAVEL_MINUTES, Rule.POINTS, Rule.NORM_GOAL)
    for rule, a, b in zip(rules, written, right, strict=True):
        if a != b:
            yield pair.breaks(rule, f"{a}, not {b}")


def _pins(sheet: _Sheet) -> Iterator[Violation]:
    """The pinned rows are the pinned placements, unchanged; they need not claim a norm goal."""
    asked = Counter((*_key(pin), pin.starts_on, pin.sessions) for pin in sheet.pins)
    rows = [row for row in sheet.plan.assignments if row.pinned]
    found = Counter((*_key(row), row.starts_on, row.sessions) for row in rows)
    for who, where in sorted({key[:2] for key in (asked - found) + (found - asked)}):
        yield _broken(Rule.PINNED_MOVED, who, where)
    wrong = ((row, v) for row, pair in sheet.kept for v in _figures(row, pair))
    yield from (v for row, v in wrong if v.rule is not Rule.NORM_GOAL or row.norm_goal_met)


def _crowds(sheet: _Sheet) -> Iterator[Violation]:
    """Whoever comes new has a seat, room on the half-days, and a supervisor with time."""
    new = Counter(part for row, _ in sheet.new for part in _takes(row))
    old = Counter(part for row in sheet.active for part in _takes(row))
    for (where, half_day), comers in new.items():
        opening, people = sheet.problem.opening[where], comers + old[where, half_day]
        limit = opening.session_seats if half_day else opening.seats
        if limit is not None and people > limit:
            rule = Rule.SESSION_SEATS if half_day else Rule.SEATS
            yield _broken(rule, where=where, detail=f"{half_day} {people}>{limit}".strip())
    most = sheet.policy.supervisor_starts
    for name, starts in sheet.starts.items():
        if most is not None and name is not None and starts > most:
            yield _broken(Rule.SUPERVISOR_STARTS, detail=f"{name} {starts}>{most}")


def _takes(row: Assignment | Placement) -> list[tuple[domain.OpeningId, str]]:
    """What somebody takes of an opening: a seat, which has no name, and each half-day."""
    return [(row.opening_id, name) for name in ("", *domain.session_names(row.sessions))]


def _values(sheet: _Sheet) -> dict[GoalName, int]:
    """The value of every goal; the pinned enter none, and a barred pair has no points."""
    pinned, today = {pin.participant_id for pin in sheet.pins}, sheet.problem.plan_date
    pairs = [pair for row, pair in sheet.new if row.participant_id not in pinned]
    people = {pair.participant.participant_id: pair.participant for pair in pairs}
    days = [max(0, (today - (p.waiting_since or today)).days) for p in people.values()]
    return {
        GoalName.PLACED: len(people),
        GoalName.WAITING: sum(100 + 100 * min(waited, 365) // 365 for waited in days),
        GoalName.NORM_GOALS: sum(_norm_goal(pair) for pair in pairs if not pair.barriers),
        GoalName.POINTS: sum(_points(pair) for pair in pairs if not pair.barriers),
    }


def _goals(sheet: _Sheet, goals: Sequence[Goal]) -> Iterator[Violation]:
    """False values, of norm goals and points only if no pair is barred; and broken bounds."""
    values = _values(sheet) if goals else {}
    clear = not any(pair.barriers for _, pair in sheet.new)
    for goal in goals:
        said, real = f"{goal.name} {goal.value}", values[goal.name]
        if goal.value != real and (clear or goal.name in {"placed", "waiting"}):
            yield _broken(Rule.GOAL_VALUE, detail=f"{said}, not {real}")
        if goal.value > goal.bound:
            yield _broken(Rule.GOAL_BOUND, detail=f"{said}>{goal.bound}")
