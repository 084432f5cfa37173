"""A plan beside what it is held against, and the barriers of a pair."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from functools import cached_property

from matcher.domain import Need, Opening, Participant, Placement, Problem, Site
from matcher.needs import WORK_FIELD_NAMES, WORK_NEEDS, Truth, judge
from matcher.outcome import Assignment, Plan
from matcher.policy import Policy
from matcher.travel import Answer, Reach, between
from matcher.verify.rules import Rule, Violation, broken


class Sheet:
    """A plan beside what it is held against: placements that count, needs as they stand."""

    def __init__(self, problem: Problem, policy: Policy, plan: Plan, *also: str) -> None:
        """Judge needs at the openings of the plan, and at those named ``also``."""
        self.problem, self.policy, self.plan = problem, policy, plan
        used = {row.opening_id for row in plan.assignments}.union(also)
        self.truths = self._truths([o for o in problem.openings if o.opening_id in used])
        self.active = [row for row in problem.placements if self._occupies(row)]
        self.ongoing = {key(row) for row in self.active if row.status == "ongoing"}
        self.offered = {row.participant_id for row in self.active if row.status == "offered"}
        pins = (row for row in self.active if row.status == "pinned")
        self.pins = [row for row in pins if row.participant_id in problem.participant]
        kept = {key(row) for row in self.pins}
        rows = tuple(self._rows())
        self.kept = [(row, pair) for row, pair in rows if key(row) in kept]
        self.new = [(row, pair) for row, pair in rows if key(row) not in kept]
        self.starts = Counter(pair.participant.supervisor_id for _, pair in self.new)

    @property
    def looking(self) -> list[Participant]:
        """Who looks for a place: all but the pinned and the offered."""
        settled = self.offered.union(row.participant_id for row in self.pins)
        return [p for p in self.problem.participants if p.participant_id not in settled]

    def _occupies(self, row: Placement) -> bool:
        """Whether a placement counts; if it ends too early its row is ignored."""
        begins = self.problem.opening[row.opening_id].starts_from or date.min
        return row.ends_on is None or row.ends_on >= max(self.problem.plan_date, begins)

    def _rows(self) -> Iterator[tuple[Assignment, "Pair"]]:
        people, openings = self.problem.participant, self.problem.opening
        for row in self.plan.assignments:
            if row.participant_id in people and row.opening_id in openings:
                yield row, Pair(self, people[row.participant_id], openings[row.opening_id])

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


def key(row: Assignment | Placement) -> tuple[str, str]:
    """Who, where."""
    return row.participant_id, row.opening_id


class Pair:
    """One participant and one opening."""

    def __init__(self, sheet: Sheet, participant: Participant, opening: Opening) -> None:
        """What follows from the two and the plan date alone."""
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
        """Every barrier."""
        return tuple(barriers(self))

    def stands(self, need: Need) -> Truth:
        """How a need stands; from home nobody climbs the site's stairs."""
        at_site = Truth(self.sheet.truths[self.opening.opening_id][need])
        return Truth.MET if self.remote and need not in WORK_NEEDS else at_site

    def breaks(self, rule: Rule, detail: object = "") -> Violation:
        """A rule that this pair breaks."""
        return broken(rule, self.participant.participant_id, self.opening.opening_id, detail)


def barriers(pair: Pair) -> Iterator[Violation]:
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


def _conditions(pair: Pair) -> dict[Rule, bool]:
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
