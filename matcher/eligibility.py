"""The hard rules: when a participant cannot have an opening; ``BARRIERS`` lists them.

Each rule is one function over aligned columns, element by element: a million rows and one row are
the same call, so an explanation cannot disagree with the plan. Its name in capitals is the
barrier's code. A person's gender takes part in none.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher import needs
from matcher.columns import Rows, bit_count
from matcher.domain import Barrier, BarrierCode
from matcher.policy import Policy
from matcher.travel.atlas import Ints, Masks
from matcher.travel.reach import Reach

Rule = Callable[[Rows, Policy], Masks | Ints]
"""A rule: true, or bits of the needs that fail, where it bars."""


def opening_paused(rows: Rows, _: Policy) -> Masks:
    """The opening does not take people now."""
    return ~rows.o.open


def already_there(rows: Rows, _: Policy) -> Masks:
    """The participant's ongoing placement is at this opening."""
    return _among(rows.keys, rows.table.ongoing, rows.p.has_ongoing)


def task_declined(rows: Rows, _: Policy) -> Masks:
    """The participant does not want this occupation group, or its field."""
    wishes = rows.table.wishes
    group: Masks = wishes.group_declined[rows.participant, rows.o.group]
    field: Masks = wishes.field_declined[rows.participant, rows.o.field]
    return group | field


def excluded(rows: Rows, _: Policy) -> Masks:
    """The participant does not go to this site or provider; no reason is ever stored."""
    return _among(rows.keys, rows.table.excluded, rows.p.has_exclusions)


def need_unmet(rows: Rows, _: Policy) -> Ints:
    """The bits of the required needs that are known not to be met."""
    return rows.p.needs & ~(rows.met | rows.unknown)


def need_unknown(rows: Rows, policy: Policy) -> Ints:
    """The bits of the required needs of which nobody knows, where the policy bars them."""
    if policy.unknown_needs == "check":
        return np.zeros_like(rows.unknown)
    return unknown_needs(rows)


def travel_too_long(rows: Rows, _: Policy) -> Masks:
    """The journey takes more minutes than the participant can travel."""
    too_long: Masks = rows.minutes > rows.p.max_travel_minutes  # -1 where nothing is known
    return too_long


def travel_unknown(rows: Rows, _: Policy) -> Masks:
    """No travel time is known."""
    unknown: Masks = rows.reach == Reach.UNKNOWN
    return unknown


def travel_unreachable(rows: Rows, _: Policy) -> Masks:
    """There is no way there in time."""
    unreachable: Masks = rows.reach == Reach.UNREACHABLE
    return unreachable


def hours_too_few(rows: Rows, _: Policy) -> Masks:
    """The participant comes fewer hours a week than the opening demands."""
    return rows.p.hours_per_week < rows.o.hours_min


def hours_too_many(rows: Rows, _: Policy) -> Masks:
    """The participant comes more hours a week than the opening takes."""
    return rows.p.hours_per_week > rows.o.hours_max


def sessions_do_not_fit(rows: Rows, _: Policy) -> Masks:
    """Fewer half-days in common than the participant comes in a week."""
    return bit_count(rows.p.available & rows.o.sessions) < rows.p.sessions_per_week


def starts_too_late(rows: Rows, policy: Policy) -> Masks:
    """No start that is both within the opening's last day and within the plan's horizon."""
    horizon = rows.table.problem.plan_date.toordinal() + policy.horizon_days
    return rows.start > np.minimum(rows.o.starts_until, horizon)


def municipality_not_served(rows: Rows, _: Policy) -> Masks:
    """The opening is for certain municipalities, and the participant's is not among them."""
    served: Masks = rows.table.serves[rows.o.municipality_set, rows.p.municipality]
    return ~served


def enrolment_required(rows: Rows, _: Policy) -> Masks:
    """The opening is for people enrolled with an authority where the participant is not."""
    asked: Masks = rows.o.enrolment != 0
    shared: Masks = rows.o.enrolment & rows.p.enrolled_with != 0
    return asked & ~shared


def not_insured(rows: Rows, _: Policy) -> Masks:
    """The opening requires an insurance that the participant has not, or of which nobody knows."""
    return rows.o.insurance_required & ~rows.p.insured


def too_young(rows: Rows, _: Policy) -> Masks:
    """Younger in the year of the start than the opening's least age."""
    return years(rows.start) - rows.p.birth_year < rows.o.min_age


def no_common_language(rows: Rows, _: Policy) -> Masks:
    """The opening names languages, and the participant speaks none of them."""
    shared: Masks = rows.table.shares_language[rows.p.language_set, rows.o.language_set]
    return ~shared


def remote_only(rows: Rows, _: Policy) -> Masks:
    """The participant works from home only, and the opening is not for that."""
    return rows.p.remote_only & ~rows.o.remote


def no_equal_treatment_agreement(rows: Rows, policy: Policy) -> Masks:
    """The policy requires an agreement on equal treatment, and the provider has none."""
    return ~rows.o.equal_treatment & policy.require_equal_treatment


BARRIERS: tuple[Rule, ...] = (
    opening_paused,
    already_there,
    task_declined,
    excluded,
    need_unmet,
    need_unknown,
    travel_too_long,
    travel_unknown,
    travel_unreachable,
    hours_too_few,
    hours_too_many,
    sessions_do_not_fit,
    starts_too_late,
    municipality_not_served,
    enrolment_required,
    not_insured,
    too_young,
    no_common_language,
    remote_only,
    no_equal_treatment_agreement,
)


def barred(rows: Rows, policy: Policy) -> Masks:
    """(rows,) whether any rule bars the pair."""
    bars = np.zeros(len(rows.opening), dtype=np.bool_)
    for rule in BARRIERS:
        bars |= rule(rows, policy) != 0
    return bars


def judged(rows: Rows, policy: Policy) -> Ints:
    """(rules, rows) what each rule says of each pair: not 0 where it bars."""
    said = [np.asarray(rule(rows, policy), dtype=np.int32) for rule in BARRIERS]
    return np.stack(said)


def barriers(rows: Rows, policy: Policy) -> list[tuple[Barrier, ...]]:
    """Every barrier of each pair, in the order of the rules: of a million pairs or of one."""
    said = judged(rows, policy)
    return [named(said[:, at], int(rows.minutes[at])) for at in range(said.shape[1])]


def how_many(said: Ints) -> Ints:
    """(rows,) how many barriers each pair has: one for each need, else one, as they are named.

    Args:
        said: (rules, rows) as ``judged``.
    """
    found: Ints = np.bitwise_count(said).sum(axis=0, dtype=np.int32)
    return found


def named(said: Ints, minutes: int) -> tuple[Barrier, ...]:
    """The barriers of one pair, with what each is about: the needs, or the minutes.

    Args:
        said: (rules,) what each rule says of the pair.
        minutes: of its journey.
    """
    found: list[Barrier] = []
    for at in np.flatnonzero(said).tolist():
        rule = BARRIERS[at]
        found += _about(rule, int(said[at]), minutes if rule is travel_too_long else 0)
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _about(rule: Rule, said: int, minutes: int) -> tuple[Barrier, ...]:
    """The barriers of one rule: one for each need, else one; the many that are alike made once."""
    code = BarrierCode(rule.__name__.upper())
    if code in (BarrierCode.NEED_UNMET, BarrierCode.NEED_UNKNOWN):
        about = [str(need) for need in needs.needs_of(said)]
    else:
        about = [str(minutes) if code is BarrierCode.TRAVEL_TOO_LONG else ""]
    return tuple(Barrier(code=code, detail=detail) for detail in about)


def unknown_needs(rows: Rows) -> Ints:
    """(rows,) the bits of the required needs of which nobody knows, whatever the policy."""
    return rows.p.needs & rows.unknown


def years(days: Ints) -> Ints:
    """(rows,) the calendar year of each day number."""
    epoch = date(1970, 1, 1).toordinal()
    dates = (days - epoch).astype("datetime64[D]").astype("datetime64[Y]")
    return (dates.astype(np.int64) + 1970).astype(np.int32)


def _among(keys: npt.NDArray[np.int64], known: npt.NDArray[np.int64], ask: Masks) -> Masks:
    """Whether a key is among the known ones, asked only where the mask says so."""
    found = np.zeros(len(keys), dtype=np.bool_)
    rows = np.flatnonzero(ask)
    found[rows] = np.isin(keys[rows], known)
    return found
