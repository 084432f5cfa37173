"""Invented participants: who, where, how much, when, and what they need."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Floats, Ints, Mask, Texts
from data.generate.geography import Towns, near
from data.generate.tables import blank, days_from, half_days, lists, masks, names, table
from matcher.domain import Need

NEED_WEIGHTS: dict[str, float] = {
    "STEP_FREE": 5, "WIDE_PASSAGE": 2, "ACCESSIBLE_TOILET": 3, "SCENT_FREE": 4, "NO_ANIMALS": 5,
    "ASSISTANCE_DOG": 0.5, "QUIET": 7, "LOW_STIMULUS": 6, "FEW_PEOPLE": 8, "SHORT_WALK": 6,
    "CLEAR_WAYFINDING": 7, "HEARING_LOOP": 1, "VISUAL_ALARM": 1, "EASY_TEXT": 6, "SUPERVISOR": 12,
    "COMPANION": 9, "PRIVATE_TOILET": 3, "SEATED_WORK": 7, "LIGHT_LIFTING": 11, "OWN_PACE": 12,
    "PREDICTABLE": 11, "NO_CUSTOMERS": 8,
}  # fmt: skip
"""How common each need is among the invented participants; nobody has counted the real ones."""

_LANGUAGES: dict[str | None, float] = {
    "sv": 46, "sv;en": 22, "sv;ar": 8, "sv;so": 4, "sv;ti": 3, "sv;fi": 3, "sv;fa": 3, "sv;uk": 2,
    "sv;pl": 2, "sv;swl": 0.6, "swl": 0.3, "ar": 1.4, "ti": 0.7, "so": 0.7, "uk;en": 0.8, None: 2,
}  # fmt: skip
_MORNINGS = np.array([1.4, 0.9, 1.5, 1.1, 1.5, 1.1, 1.5, 1.0, 1.2, 0.5])
_MORNINGS_ONLY = np.array([1.0, 0.02] * 5)
_SHY_OF_COORDINATES = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who the participants are before anything else is drawn, as columns of one length.

    Attributes:
        home: the town each lives in, a place in `Towns`.
        gender: woman, man, nonbinary, undisclosed.
        age: whole years at the end of the plan's year.
    """

    home: Ints
    gender: Texts
    age: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """The shares that differ between scenarios.

    Attributes:
        protected: with protected identity.
        norm_goal: with a norm goal of their own, among women and men.
        caseload: participants per supervisor.
        jitter_km: how far homes lie from the middle of town.
    """

    protected: float = 0.03
    norm_goal: float = 0.12
    caseload: int = 20
    jitter_km: float = 1.0


def ages(dice: Dice, count: int, mean: float = 40.0) -> Ints:
    """Ages of 18 to 64 around a mean."""
    drawn = np.round(mean + 11.5 * dice.bell(count)).astype(np.int64)
    return np.clip(drawn, 18, 64)


def ages_with_mean(dice: Dice, count: int, mean: int) -> Ints:
    """Ages of 18 to 64 whose mean, rounded to whole years, is exactly the one given.

    One year at a time is added or taken away from people in turn until the sum is right.
    """
    found = ages(dice, count, mean)
    target = round(count * (mean + 0.8 * (float(dice.unit(1)[0]) - 0.5)))
    turn = 0
    while (short := target - int(found.sum())) != 0:
        person = turn % count
        found[person] = np.clip(found[person] + np.sign(short), 18, 64)
        turn += 1
    return found


def draw(dice: Dice, plan_date: date, towns: Towns, cast: Cast, traits: Traits) -> pd.DataFrame:
    """The table of participants for a cast."""
    count = len(cast.home)
    hours, sessions = _extent(dice, count)
    columns: dict[str, object] = {
        "participant_id": names("P", count, 4),
        "gender": cast.gender,
        "birth_year": plan_date.year - cast.age,
        "municipality_code": towns.code[cast.home],
        "association": blank(towns.association[cast.home], towns.association[cast.home] == ""),
        "supervisor_id": _supervisors(dice, towns.association[cast.home], traits.caseload),
        "hours_per_week": hours,
        "hours_goal": _goals(dice, hours),
        "sessions_per_week": sessions,
        "available": half_days(masks(_available(dice, sessions))),
        "max_travel_minutes": dice.numbers(
            {20: 3, 30: 12, 40: 10, 45: 26, 50: 8, 60: 28, 75: 8, 90: 5}, count
        ),
        "travel_mode": dice.choose(
            {"transit": 80, "car": 6, "bike": 5, "walk": 4, None: 5}, count
        ),
        "languages": dice.choose(_LANGUAGES, count),
        "remote": dice.choose({"no": 88, "partly": 8, "only": 2, None: 2}, count),
    }
    columns |= _authorities(dice, count) | _dates(dice, plan_date, count)
    columns |= _needs(dice, count) | _private(dice, towns, cast, traits)
    return table("participants", columns)


def _extent(dice: Dice, count: int) -> tuple[Ints, Ints]:
    """Hours a week, mostly few, and half-days a week of about two to four hours each."""
    low, high = np.array([(4, 6), (7, 10), (11, 15), (16, 20), (21, 30), (40, 40)]).T
    band = dice.index([24, 30, 26, 12, 6, 2], count)
    hours = low[band] + np.floor(dice.unit(count) * (high - low + 1)[band]).astype(np.int64)
    length = 2.2 + 1.7 * dice.unit(count)
    sessions = np.clip(np.round(hours / length), np.ceil(hours / 4), 10).astype(np.int64)
    return hours, np.maximum(1, sessions)


def _goals(dice: Dice, hours: Ints) -> Texts:
    """Hours hoped for: for four in ten none said, else some more than today, at most 40."""
    goal = np.minimum(40, hours + dice.whole(0, 5, len(hours)) * 3)
    return blank(goal, dice.chance(0.4, len(hours)))


def _available(dice: Dice, sessions: Ints) -> Mask:
    """(rows, 10) half-days: mostly some more than needed, for a few one too few."""
    count = len(sessions)
    spare = dice.numbers({-1: 2, 0: 12, 1: 18, 2: 24, 3: 20, 4: 14, 6: 10}, count)
    sizes = np.clip(sessions + spare, 1, 10)
    mornings = dice.chance(0.15, count) & (sizes <= 5)  # noqa: PLR2004 -- five mornings a week
    return dice.subsets(np.where(mornings[:, None], _MORNINGS_ONLY, _MORNINGS), sizes)


def _supervisors(dice: Dice, association: Texts, caseload: int) -> Texts:
    """A supervisor of the own association for each, with about the given number of people."""
    found = np.empty(len(association), dtype=object)
    used = 0
    for name in sorted(set(association.tolist())):
        mine = np.flatnonzero(association == name)
        team = max(1, round(len(mine) / caseload))
        turn = dice.order(len(mine)) % team
        found[mine] = [f"H{used + int(t) + 1:03d}" for t in turn]
        used += team
    return blank(found, dice.chance(0.02, len(found)))


def _authorities(dice: Dice, count: int) -> dict[str, object]:
    """Where they are enrolled, and who insures them: for some nobody, or nobody knows."""
    where = ("municipality", "employment_service", "social_insurance")
    taken = np.column_stack([dice.chance(share, count) for share in (0.72, 0.45, 0.28)])
    insurer = dice.choose(
        {"municipality": 64, "employment_service": 18, "social_insurance": 8, "none": 4,
         "unknown": 4, None: 2},
        count,
    )  # fmt: skip
    return {"enrolled_with": lists(where, taken), "insured_by": insurer}


def _dates(dice: Dice, plan_date: date, count: int) -> dict[str, object]:
    """Since when they wait, from today to 900 days, and when they can start at the earliest."""
    waited = np.floor(900 * dice.unit(count) ** 2.2).astype(np.int64)
    since = blank(days_from(plan_date, -waited), dice.chance(0.04, count))
    wait = dice.numbers({-30: 3, 0: 4, 14: 6, 31: 8, 45: 4, 62: 3, 85: 1, 120: 0.3}, count)
    start = blank(days_from(plan_date, wait), dice.chance(0.62, count))
    return {"waiting_since": since, "earliest_start": start}


def _needs(dice: Dice, count: int) -> dict[str, object]:
    """Required needs, for most none to three, and wants that are not required besides."""
    codes = tuple(need.value for need in Need)
    weights = np.array([NEED_WEIGHTS[code] for code in codes])
    sizes = dice.numbers({0: 34, 1: 29, 2: 20, 3: 12, 4: 4, 5: 1}, count)
    needs = dice.subsets(weights, sizes)
    dog, animals = codes.index("ASSISTANCE_DOG"), codes.index("NO_ANIMALS")
    needs[:, animals] &= ~needs[:, dog]
    blocked = needs.copy()
    blocked[:, [dog, animals]] |= needs[:, [animals, dog]]
    extra = dice.numbers({0: 45, 1: 30, 2: 17, 3: 8}, count)
    wants = dice.subsets(np.where(blocked, 0.0, weights), extra) & ~blocked
    wants[:, dog] = False
    return {"needs": lists(codes, needs), "wants": lists(codes, wants)}


def _private(dice: Dice, towns: Towns, cast: Cast, traits: Traits) -> dict[str, object]:
    """Home points, protected identities (no point at all) and norm goals."""
    count = len(cast.home)
    protected = dice.chance(traits.protected, count)
    hidden = protected | dice.chance(_SHY_OF_COORDINATES, count)
    latitude, longitude = near(dice, towns, cast.home, traits.jitter_km)
    own = (cast.gender == "woman") | (cast.gender == "man")
    goal = dice.chance(traits.norm_goal, count) & own
    return {
        "latitude": _point(latitude, hidden),
        "longitude": _point(longitude, hidden),
        "protected_identity": np.where(protected, "yes", "no").astype(object),
        "norm_goal": np.where(goal, "yes", "no").astype(object),
    }


def _point(degrees: Floats, hidden: Mask) -> Texts:
    return blank(degrees.astype(object), hidden)
