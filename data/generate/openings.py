"""Invented openings: what there is to do, for how many, when, and for whom."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Floats, Ints, Mask, Texts
from data.generate.geography import Towns
from data.generate.places import Sites
from data.generate.tables import blank, days_from, half_days, masks, names, table
from data.generate.trades import GROUPS, HABITS, OFFERED, SETTING, SETTINGS, TITLES

HalfDays = Literal["typical", "tight"]

_POSTURE = ("sitting", "standing", "walking", "alternating")
_LIFT = (2, 5, 10, 15, 25)
_PACE = ("own_pace", "moderate", "high")
_ROUTINE = ("fixed_routine", "partly", "varied")
_CONTACT = ("none", "some", "much")
_ANSWERED = 0.88
_TIGHT_OPEN = {4: 10, 5: 16, 6: 22, 7: 26, 8: 16, 9: 10}
"""Half-days a tight opening is open: 65 % of the ten on average."""
_DESK = SETTINGS.index("desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much room the openings have.

    Attributes:
        seats: weights of 1, 2, 3, ... seats.
        limited: share, of those with two seats or more, that take fewer people at once than
            they have seats; with "tight" half-days all openings are limited.
        openings: how many openings.
        half_days: how hard the half-days bind.
    """

    openings: int
    seats: tuple[float, ...] = (18, 25, 22, 16, 10, 9)
    limited: float = 0.4
    half_days: HalfDays = "typical"


def draw(dice: Dice, plan_date: date, towns: Towns, places: Sites, room: Room) -> pd.DataFrame:
    """Openings at the sites, each site one or more while there are enough."""
    count = room.openings
    at = _sites_of(dice, len(places.ids), count)
    trade = _trades(dice, places.trade[at])
    columns: dict[str, object] = {
        "opening_id": names("O", count),
        "site_id": places.ids[at],
        "title": TITLES[trade],
        "occupation_group": GROUPS[trade],
        "insurance": dice.choose({"provided": 34, "required": 42, "unknown": 14, None: 10}, count),
        "min_age": _min_age(dice, count),
        "languages": dice.choose(
            {"sv": 58, None: 22, "sv;en": 17, "sv;ar": 2, "swl;sv": 1}, count
        ),
        "status": dice.choose({"open": 96, "paused": 4}, count),
        "updated_at": days_from(plan_date, -np.floor(110 * dice.unit(count) ** 2).astype(int)),
        "may_hire": dice.choose({"yes": 22, "no": 68, None: 10}, count),
    }
    columns |= _seats(dice, room, count) | _hours(dice, count) | _dates(dice, plan_date, count)
    columns |= _eligible(dice, towns, places.town[at]) | _demands(dice, trade)
    return table("openings", columns)


def _min_age(dice: Dice, count: int) -> Texts:
    """For one in eight openings an age below which nobody comes."""
    age = dice.numbers({0: 88, 18: 10, 20: 2}, count)
    return blank(age, age == 0)


def _sites_of(dice: Dice, sites: int, count: int) -> Ints:
    """(openings,) the site of each: one everywhere first, the rest where the dice say."""
    rest = dice.index(0.2 + dice.unit(sites) ** 2, max(0, count - sites))
    return np.sort(np.concatenate([np.arange(sites), rest])[:count])


def _trades(dice: Dice, main: Ints) -> Ints:
    """A site's own trade, for one in three another: of the same setting, or any at all."""
    count = len(main)
    same = (SETTING[main][:, None] == SETTING[None, :]) * OFFERED
    found = np.where(dice.chance(0.22, count), dice.index_by_row(same), main)
    return np.where(dice.chance(0.13, count), dice.index(OFFERED, count), found)


def _seats(dice: Dice, room: Room, count: int) -> dict[str, object]:
    """Seats, people at once, and the half-days it is open."""
    seats = 1 + dice.spread(room.seats, count)
    if room.half_days == "tight":
        session_seats = _share_of(seats, 0.25 + 0.35 * dice.unit(count)).astype(object)
        is_open = dice.subsets(np.ones(10), dice.numbers(_TIGHT_OPEN, count))
    else:
        limited = dice.chance(room.limited, count) & (seats > 1)
        fewer = np.minimum(_share_of(seats, 0.45 + 0.4 * dice.unit(count)), seats - 1)
        session_seats = blank(np.maximum(1, fewer), ~limited)
        is_open = _open(dice, count)
    return {
        "seats": seats,
        "session_seats": session_seats,
        "sessions": half_days(masks(is_open)),
    }


def _share_of(seats: Ints, share: Floats) -> Ints:
    """A share of the seats in whole people, at least one."""
    return np.maximum(1, np.round(seats * share)).astype(np.int64)


def _open(dice: Dice, count: int) -> Mask:
    """(openings, 10) four to ten half-days, the mornings rather than the afternoons."""
    sizes = dice.numbers({4: 6, 5: 12, 6: 14, 7: 10, 8: 18, 9: 10, 10: 30}, count)
    return dice.subsets(np.array([1.3, 0.8, 1.4, 1.0, 1.4, 1.0, 1.4, 0.9, 1.2, 0.5]), sizes)


def _hours(dice: Dice, count: int) -> dict[str, object]:
    """The fewest and the most hours a week; some still demand fifteen."""
    low = dice.numbers({0: 52, 4: 11, 6: 9, 8: 10, 10: 8, 15: 8, 20: 2}, count)
    high = dice.numbers({0: 40, 15: 10, 20: 22, 25: 10, 30: 10, 40: 8}, count)
    return {
        "hours_min": blank(low, low == 0),
        "hours_max": blank(np.maximum(high, low), high == 0),
    }


def _dates(dice: Dice, plan_date: date, count: int) -> dict[str, object]:
    """From and until when people can start, around the plan date; mostly left open."""
    start = dice.numbers({-200: 20, -60: 12, 0: 8, 14: 8, 36: 7, 62: 4}, count)
    until = np.maximum(start, 0) + dice.numbers({20: 3, 45: 3, 90: 5, 210: 5}, count)
    until = np.where(dice.chance(0.02, count) & (start < 0), -10, until)
    return {
        "starts_from": blank(days_from(plan_date, start), dice.chance(0.5, count)),
        "starts_until": blank(days_from(plan_date, until), dice.chance(0.84, count)),
    }


def _eligible(dice: Dice, towns: Towns, town: Ints) -> dict[str, object]:
    """For whom: one in six for its own association alone, a few for the municipality alone."""
    count = len(town)
    members: dict[str, str] = {}
    for name in sorted(set(towns.association.tolist())):
        members[name] = ";".join(sorted(set(towns.code[towns.association == name].tolist())))
    shared = np.array([members[name] for name in towns.association[town]], dtype=object)
    local = towns.code[town]
    kind = dice.index([80, 15, 5], count)
    return {
        "eligible_municipalities": blank(np.where(kind == 1, shared, local), kind == 0),
        "eligible_enrolment": dice.choose(
            {None: 86, "municipality": 7, "municipality;employment_service": 5,
             "employment_service;social_insurance": 2},
            count,
        ),
    }  # fmt: skip


def _demands(dice: Dice, trade: Ints) -> dict[str, object]:
    """What the task asks of people, by its setting, and whether it can be done at home."""
    count = len(trade)
    setting = SETTING[trade]
    habits = [HABITS[name] for name in SETTINGS]
    remote: Texts = np.full(count, "no", dtype=object)
    desk = setting == _DESK
    remote[desk] = dice.choose({"no": 45, "partly": 28, "yes": 27}, int(desk.sum()))
    found: dict[str, object] = {
        "work.posture": _by_setting(dice, _POSTURE, [h.posture for h in habits], setting),
        "work.lift_max_kg": _by_setting(dice, _LIFT, [h.lift for h in habits], setting),
        "work.pace": _by_setting(dice, _PACE, [h.pace for h in habits], setting),
        "work.predictability": _by_setting(dice, _ROUTINE, [h.routine for h in habits], setting),
        "work.customer_contact": _by_setting(dice, _CONTACT, [h.contact for h in habits], setting),
    }
    return {"remote": remote} | found


def _by_setting(
    dice: Dice,
    values: tuple[str, ...] | tuple[int, ...],
    weights: list[tuple[float, ...]],
    setting: Ints,
) -> Texts:
    """One value for each opening, by the weights of its setting; one in eight unknown."""
    drawn = dice.index_by_row(np.array(weights, dtype=np.float64)[setting])
    cells = np.array(values, dtype=object)[drawn]
    return blank(cells, ~dice.chance(_ANSWERED, len(setting)))
