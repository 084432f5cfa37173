"""Points and norm goals of a pair that nothing bars."""

from matcher.domain import Wish
from matcher.needs import Truth
from matcher.policy import Criterion
from matcher.verify.sheet import Pair


def points(pair: Pair) -> int:
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


def _wish(pair: Pair) -> int:
    """How well the best of the wishes fits; what is avoided is a barrier, not points."""
    return max((_fit(w, pair) for w in pair.participant.wishes if w.kind == "seek"), default=500)


def _fit(wish: Wish, pair: Pair) -> int:
    worth = max(300, 1000 - 150 * ((wish.rank or 1) - 1))
    if (wish.level, wish.code) in pair.task:
        return worth
    wished = pair.sheet.problem.occupations[wish.code] if wish.level == "group" else None
    return worth // 2 if wished is not None and wished.field == pair.group.field else 0


def norm_goal(pair: Pair) -> bool:
    """Opted in, wished for, and more than 60 % of the other gender than one's own."""
    who, women = pair.participant, pair.group.women_pct
    others = {"woman": 100 - women, "man": women}.get(who.gender, 0) if women is not None else 0
    return who.norm_goal and others > 60 and _wish(pair) > 0  # noqa: PLR2004 -- SCB's limit
