"""The rules of plans: who stands where, on which days, with which figures."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from matcher import domain
from matcher.domain import Placement
from matcher.outcome import Assignment
from matcher.verify.figures import norm_goal, points
from matcher.verify.rules import Rule, Violation, broken
from matcher.verify.sheet import Pair, Sheet, key


def tables(sheet: Sheet) -> Iterator[Violation]:
    """Both tables name what is known, in the order of the participants' ids."""
    people, openings = sheet.problem.participant, sheet.problem.opening
    placed = [row.participant_id for row in sheet.plan.assignments]
    listed = [row.participant_id for row in sheet.plan.unplaced]
    for who, where in map(key, sheet.plan.assignments):
        if who not in people or where not in openings:
            yield broken(Rule.UNKNOWN_ID, who, where)
    yield from (broken(Rule.UNKNOWN_ID, who) for who in listed if who not in people)
    steps = chain(pairwise(placed), pairwise(listed))
    yield from (broken(Rule.ORDER, b, detail=f"after {a}") for a, b in steps if a > b)


def accounts(sheet: Sheet) -> Iterator[Violation]:
    """Everybody who looks for a place stands in one of the tables, once; the offered in none."""
    placed = Counter(row.participant_id for row in sheet.plan.assignments)
    listed = Counter(row.participant_id for row in sheet.plan.unplaced)
    pins = Counter(row.participant_id for row in sheet.pins)
    for who in sheet.problem.participant:
        here, there, kept = placed[who], listed[who], pins[who]
        looking = not kept and who not in sheet.offered
        if here > max(1, kept):
            yield broken(Rule.PLACED_TWICE, who)
        if not looking and (there or (here and not kept)):
            yield broken(Rule.NOT_LOOKING, who)
        if looking and bool(here) + there != 1:
            yield broken(Rule.UNACCOUNTED, who, detail=f"placed {here}, unplaced {there}")


def pairs(sheet: Sheet) -> Iterator[Violation]:
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


def _figures(row: Assignment, pair: Pair) -> Iterator[Violation]:
    """Minutes, points and norm goal as written: none for a pair that is barred today."""
    real = (pair.journey.minutes, points(pair), norm_goal(pair))
    right = (None, None, False) if pair.barriers else real
    written = (row.travel_minutes, row.points, row.norm_goal_met)
    rules = (Rule.TRAVEL_MINUTES, Rule.POINTS, Rule.NORM_GOAL)
    for rule, a, b in zip(rules, written, right, strict=True):
        if a != b:
            yield pair.breaks(rule, f"{a}, not {b}")


def pins(sheet: Sheet) -> Iterator[Violation]:
    """The pinned rows are the pinned placements, unchanged; they need not claim a norm goal."""
    asked = Counter((*key(pin), pin.starts_on, pin.sessions) for pin in sheet.pins)
    rows = [row for row in sheet.plan.assignments if row.pinned]
    found = Counter((*key(row), row.starts_on, row.sessions) for row in rows)
    for who, where in sorted({moved[:2] for moved in (asked - found) + (found - asked)}):
        yield broken(Rule.PINNED_MOVED, who, where)
    wrong = ((row, v) for row, pair in sheet.kept for v in _figures(row, pair))
    yield from (v for row, v in wrong if v.rule is not Rule.NORM_GOAL or row.norm_goal_met)


def crowds(sheet: Sheet) -> Iterator[Violation]:
    """Whoever comes new has a seat, room on the half-days, and a supervisor with time."""
    new = Counter(part for row, _ in sheet.new for part in _takes(row))
    old = Counter(part for row in sheet.active for part in _takes(row))
    for (where, half_day), comers in new.items():
        opening, people = sheet.problem.opening[where], comers + old[where, half_day]
        limit = opening.session_seats if half_day else opening.seats
        if limit is not None and people > limit:
            rule = Rule.SESSION_SEATS if half_day else Rule.SEATS
            yield broken(rule, where=where, detail=f"{half_day} {people}>{limit}".strip())
    most = sheet.policy.supervisor_starts
    for name, starts in sheet.starts.items():
        if most is not None and name is not None and starts > most:
            yield broken(Rule.SUPERVISOR_STARTS, detail=f"{name} {starts}>{most}")


def _takes(row: Assignment | Placement) -> list[tuple[domain.OpeningId, str]]:
    """What somebody takes of an opening: a seat, which has no name, and each half-day."""
    return [(row.opening_id, name) for name in ("", *domain.session_names(row.sessions))]


CHECKS = (tables, accounts, pairs, pins, crowds)
