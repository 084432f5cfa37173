"""Invented accessibility surveys, with the gaps and the age that real ones have."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Floats, Ints, Mask, Texts
from data.generate.places import Sites
from data.generate.tables import blank, days_from, table
from data.generate.trades import SETTING, SETTINGS
from matcher.survey import SITE_FIELDS

Answers = dict[str, Texts | Ints]

_SIMPLE: dict[str, dict[str, float]] = {
    "arrival.route_step_free": {"yes": 60, "partly": 28, "no": 12},
    "arrival.route_surface": {"asphalt": 62, "paving": 20, "gravel": 14, "uneven": 4},
    "arrival.wayfinding_sign": {"clear": 45, "partly": 30, "missing": 25},
    "arrival.meet_up_offered": {"yes": 25, "on_request": 40, "no": 35},
    "entrance.door_opening": {
        "automatic": 18, "button": 16, "manual_light": 36, "manual_heavy": 29, "revolving_only": 1,
    },
    "entrance.access_control": {
        "none": 55, "intercom_audio": 14, "keypad": 12, "staff_opens": 10,
        "intercom_video": 3, "keypad;keycard": 4, "intercom_audio;keypad": 2,
    },
    "inside.glass_marked": {"yes": 40, "no": 30, "n/a": 30},
    "toilet.gender_neutral": {"yes": 72, "no": 28},
    "hygiene.soap": {"unscented": 46, "scented": 40, "both": 14},
    "air.cleaning_products": {"unscented": 58, "scented": 42},
    "air.scent_policy": {"required": 14, "recommended": 40, "none": 46},
    "air.smoking": {"prohibited": 55, "onlyOutside": 42, "inSeparateArea": 3},
    "sensory.sound_absorption": {"yes": 40, "no": 60},
    "sensory.hearing_loop": {"yes": 16, "no": 84},
    "sensory.lighting": {"good": 62, "dim": 8, "glare": 10, "flicker": 5, "adjustable": 15},
    "sensory.low_stimulus_room": {"yes": 48, "no": 52},
    "info.sign_pictograms": {"yes": 35, "no": 65},
    "info.sign_contrast": {"yes": 50, "no": 50},
    "info.tactile": {"yes": 8, "no": 92},
    "info.written_instructions": {"easy_text": 20, "pictures": 20, "both": 14, "none": 46},
    "info.pre_visit_material": {"yes": 34, "no": 66},
    "staff.companion_allowed": {"yes": 88, "no": 12},
    "safety.evacuation": {"yes": 62, "with_help": 28, "no": 10},
    "safety.visual_alarm": {"yes": 32, "no": 68},
    "survey.by_role": {
        "se_handledare": 46, "asf_manager": 36, "participant_panel": 6, "external": 12,
    },
}  # fmt: skip
"""Fields that hang on nothing else: what is answered, and how often."""


class Air(NamedTuple):
    """How it is to work in one setting, as weights in the order of the vocabulary.

    Attributes:
        noise: quiet, conversation, loud, hearing_protection.
        music: share with background music.
        people: 1-2, 3-5, 6-10, 11+, varies.
        animals: never, assistance_only, sometimes, always.
        desk: share with adjustable desks.
        scents: the sources of scent and dust in such places.
        allergens: the food allergens in such places.
    """

    noise: tuple[float, float, float, float]
    music: float
    people: tuple[float, float, float, float, float]
    animals: tuple[float, float, float, float]
    desk: float
    scents: str
    allergens: str


_AIRS: dict[str, Air] = {
    "animals": Air((1, 4, 4, 1), 0.1, (4, 4, 2, 0, 1), (0, 0, 1, 9), 0.05, "animals", "none"),
    "care": Air((3, 6, 1, 0), 0.1, (3, 4, 3, 1, 2), (6, 3, 1, 0), 0.3, "none", "milk"),
    "cleaning": Air((2, 5, 3, 1), 0.2, (5, 3, 2, 0, 1), (7, 3, 1, 0), 0.05,
                    "textile_dust", "none"),
    "craft": Air((5, 5, 1, 0), 0.3, (2, 5, 4, 1, 1), (6, 3, 2, 0), 0.4, "textile_dust", "none"),
    "desk": Air((6, 4, 0, 0), 0.1, (4, 5, 2, 1, 1), (7, 3, 1, 0), 0.8, "none", "none"),
    "garden": Air((6, 4, 1, 1), 0.0, (3, 5, 3, 0, 1), (3, 3, 4, 1), 0.0, "flowers", "none"),
    "kitchen": Air((0, 4, 6, 0), 0.5, (2, 5, 3, 1, 1), (8, 2, 0, 0), 0.02,
                   "cooking;flour_dust", "gluten;milk;egg"),
    "property": Air((3, 5, 2, 1), 0.1, (5, 4, 1, 0, 2), (5, 3, 2, 0), 0.1, "none", "none"),
    "shop": Air((1, 7, 2, 0), 0.6, (1, 3, 4, 2, 3), (5, 4, 2, 0), 0.1,
                "perfume_customers;cooking", "gluten;nuts;milk"),
    "store": Air((2, 5, 3, 1), 0.3, (2, 4, 4, 1, 1), (7, 3, 1, 0), 0.15, "none", "none"),
    "workshop": Air((0, 3, 5, 4), 0.3, (2, 5, 3, 1, 1), (6, 3, 2, 0), 0.05,
                    "solvents;exhaust;wood_dust", "none"),
}  # fmt: skip
_NOISE = ("quiet", "conversation", "loud", "hearing_protection")
_PEOPLE = ("1-2", "3-5", "6-10", "11+", "varies")
_FURRY = ("never", "assistance_only", "sometimes", "always")
_HELP: dict[str, tuple[float, ...]] = {
    "asf": (80, 18, 2), "private": (38, 42, 20), "public": (50, 38, 12), "nonprofit": (62, 30, 8),
}  # fmt: skip
_ASKED_MOST = frozenset({
    "arrival.stop_walk_m", "arrival.wayfinding_sign", "arrival.meet_up_offered",
    "entrance.step_count", "entrance.ramp", "entrance.threshold_mm",
    "entrance.door_clear_width_cm", "levels.work_floor", "levels.inside_steps", "lift.type",
    "toilet.type", "toilet.gender_neutral", "hygiene.soap", "air.cleaning_products",
    "air.scent_policy", "air.furry_animals", "sensory.noise_category",
    "sensory.background_music", "sensory.low_stimulus_room", "sensory.people_in_room",
    "info.written_instructions", "staff.supervisor_on_site", "staff.companion_allowed",
})  # fmt: skip
"""What a survey seldom leaves out."""
_METHODS: dict[str | None, float] = {
    "on_site": 46,
    "self_reported": 28,
    "phone": 16,
    "photo": 8,
    None: 2,
}
_CARE = {"on_site": 0.95, "self_reported": 0.86, "phone": 0.78, "photo": 0.72, None: 0.6}
"""The share of the fields asked most that each method answers."""
_STILL_ASKED = 0.62


def draw(dice: Dice, plan_date: date, places: Sites) -> pd.DataFrame:
    """The surveys of some sites: most one, a few none, one in ten a newer one as well."""
    count = len(places.ids)
    times = dice.numbers({0: 5, 1: 85, 2: 10}, count)
    at = np.repeat(np.arange(count), times)
    newest = np.append(at[1:] != at[:-1], values=True) if len(at) else np.zeros(0, dtype=bool)
    age = _ages(dice, newest)
    method = dice.choose(_METHODS, len(at))
    answers = _answers(dice, places, at)
    known = _known(dice, method, newest)
    columns: dict[str, object] = {
        "site_id": places.ids[at],
        "surveyed_on": days_from(plan_date, -age),
        "method": method,
    }
    for index, field in enumerate(f.name for f in SITE_FIELDS):
        if field in answers:
            columns[field] = blank(answers[field], ~known[:, index])
    return table("surveys", columns)


def _ages(dice: Dice, newest: Mask) -> Ints:
    """Days since each survey: the newest mostly within two years, an older one before it."""
    count = len(newest)
    fresh = dice.whole(3, 700, count)
    stale = dice.whole(735, 1300, count)
    found = np.where(dice.chance(0.12, count), stale, fresh)
    before = np.flatnonzero(~newest)
    found[before] = found[before + 1] + dice.whole(90, 800, len(before))
    return found


def _known(dice: Dice, method: Texts, newest: Mask) -> Mask:
    """(rows, fields) which questions were answered; a follow-up asks only some of them."""
    care = np.array([_CARE[m] for m in method])
    asked = np.array([1.0 if f.name in _ASKED_MOST else 0.7 for f in SITE_FIELDS])
    follow_up = newest & np.append(False, ~newest[:-1])
    share = care[:, None] * asked * np.where(follow_up, _STILL_ASKED, 1.0)[:, None]
    known: Mask = dice.unit(len(method), len(SITE_FIELDS)) < share
    return known


def _answers(dice: Dice, places: Sites, at: Ints) -> Answers:
    """What a survey of each site would say if it left nothing out."""
    setting = SETTING[places.trade[at]]
    found: Answers = {field: dice.choose(weights, len(at)) for field, weights in _SIMPLE.items()}
    found |= _way(dice, len(at)) | _entrance(dice, len(at)) | _levels(dice, len(at))
    found |= _rooms(dice, len(at)) | _air(dice, setting) | _staff(dice, places.kind[at])
    return found


def _way(dice: Dice, count: int) -> Answers:
    """The way from the stop."""
    walk = np.round(40 + 900 * dice.unit(count) ** 2, -1).astype(np.int64)
    slope = np.round(8 * dice.unit(count) ** 2, 1)
    return {
        "arrival.stop_walk_m": walk.astype(object),
        "arrival.route_max_slope_pct": slope.astype(object),
        "arrival.parking_accessible": dice.numbers({0: 40, 1: 34, 2: 20, 4: 6}, count),
    }


def _entrance(dice: Dice, count: int) -> Answers:
    """Steps, and a ramp where there are steps."""
    steps = dice.numbers({0: 66, 1: 13, 2: 8, 3: 6, 5: 4, 8: 3}, count)
    ramp = dice.choose({"none": 48, "fixed": 36, "removable": 16}, count)
    ramp[steps == 0] = "none"
    slope = np.round(4 + 8 * dice.unit(count), 1).astype(object)
    width = dice.numbers({75: 8, 78: 8, 80: 18, 85: 22, 90: 30, 100: 14}, count)
    return {
        "entrance.step_count": steps.astype(object),
        "entrance.is_level": np.where(steps == 0, "yes", "no").astype(object),
        "entrance.ramp": ramp,
        "entrance.ramp_slope_pct": blank(slope, ramp == "none"),
        "entrance.door_clear_width_cm": width.astype(object),
        "entrance.threshold_mm": dice.numbers({0: 30, 10: 20, 20: 28, 25: 8, 40: 14}, count),
    }


def _levels(dice: Dice, count: int) -> Answers:
    """Floors, the steps inside, and lifts where the work is not on the entrance floor."""
    floor = dice.numbers({0: 74, 1: 14, 2: 6, 3: 2, -1: 4}, count)
    level = (floor == 0) & dice.chance(0.88, count)
    steps = np.where(level, 0, np.maximum(2, 16 * np.abs(floor)))
    lift = dice.choose({"none": 34, "passenger": 50, "platform": 8, "stairlift": 3, "freight": 5},
                       count)  # fmt: skip
    lift[(floor == 0) & dice.chance(0.85, count)] = "none"
    none = lift == "none"
    reaches = dice.choose({"yes": 90, "no": 10}, count)
    works = dice.choose({"yes": 88, "no": 5, "intermittent": 7}, count)
    handrail = dice.choose({"both": 30, "one": 50, "none": 20}, count)
    contrast = dice.choose({"yes": 45, "no": 55}, count)
    return {
        "levels.work_floor": floor.astype(object),
        "levels.inside_steps": steps.astype(object),
        "levels.stairs_handrail": np.where(steps == 0, "n/a", handrail),
        "levels.stairs_contrast": np.where(steps == 0, "n/a", contrast),
        "lift.type": lift,
        "lift.reaches_work": blank(reaches, none),
        "lift.in_service": blank(works, none),
        "lift.cabin_width_cm": blank(dice.numbers({80: 2, 90: 3, 100: 5, 110: 5}, count), none),
        "lift.cabin_depth_cm": blank(dice.numbers({100: 2, 120: 4, 140: 6}, count), none),
    }


def _rooms(dice: Dice, count: int) -> Answers:
    """Passages and toilets."""
    toilet = dice.choose({"rwc": 48, "partly": 18, "ordinary": 31, "none": 3}, count)
    wide = dice.numbers({75: 10, 80: 20, 85: 30, 90: 40}, count)
    alarm = dice.choose({"yes": 58, "no": 42}, count)
    passage = dice.numbers({70: 8, 80: 18, 90: 30, 100: 24, 120: 20}, count)
    turning = dice.numbers({110: 14, 130: 22, 150: 40, 180: 24}, count)
    other = toilet != "rwc"
    return {
        "inside.min_passage_cm": passage.astype(object),
        "inside.turning_space_cm": turning.astype(object),
        "toilet.type": toilet,
        "toilet.door_clear_width_cm": blank(wide, other),
        "toilet.emergency_alarm": blank(alarm, other),
    }


def _air(dice: Dice, setting: Ints) -> Answers:
    """Noise, music, people, animals, scents: what hangs on the kind of work."""
    airs = [_AIRS[name] for name in SETTINGS]
    count = len(setting)
    noise = dice.index_by_row(_rows([a.noise for a in airs], setting))
    loudness = np.array([38, 52, 70, 84])[noise] + dice.whole(-6, 6, count)
    people = dice.index_by_row(_rows([a.people for a in airs], setting))
    furry = dice.index_by_row(_rows([a.animals for a in airs], setting))
    music = dice.unit(count) < np.array([a.music for a in airs])[setting]
    desk = dice.unit(count) < np.array([a.desk for a in airs])[setting]
    outdoors = setting == SETTINGS.index("garden")
    breeze = dice.choose({"mechanical": 72, "natural": 20, "poor": 8}, count)
    return {
        "sensory.noise_category": np.array(_NOISE, dtype=object)[noise],
        "sensory.noise_dba": loudness.astype(object),
        "sensory.people_in_room": np.array(_PEOPLE, dtype=object)[people],
        "sensory.background_music": np.where(music, "yes", "no").astype(object),
        "air.furry_animals": np.array(_FURRY, dtype=object)[furry],
        "air.scent_sources": np.array([a.scents for a in airs], dtype=object)[setting],
        "air.food_allergens": np.array([a.allergens for a in airs], dtype=object)[setting],
        "air.ventilation": np.where(outdoors, "outdoor", breeze),
        "work.adjustable_desk": np.where(outdoors, "n/a", np.where(desk, "yes", "no")),
    }


def _rows(weights: list[tuple[float, ...]], setting: Ints) -> Floats:
    """(rows, options) the weights of each row's setting."""
    return np.array(weights, dtype=np.float64)[setting]


def _staff(dice: Dice, kind: Texts) -> Answers:
    """How often a supervisor of the site is there: more at an ASF than at an employer."""
    drawn = dice.index_by_row(np.array([_HELP[k] for k in kind], dtype=np.float64).reshape(-1, 3))
    note = dice.choose(
        {None: 80, "Ring på dörren.": 6, "Entré från gården.": 6, "Stökigt vid lunch.": 4,
         "Hissen är liten.": 4},
        len(kind),
    )  # fmt: skip
    return {
        "staff.supervisor_on_site": np.array(("always", "part_time", "none"), dtype=object)[drawn],
        "survey.note": note,
    }
