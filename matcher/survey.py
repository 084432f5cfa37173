"""The words of an accessibility survey (tillgänglighetskartläggning): its fields and their values.

An empty cell is unknown; the word ``unknown`` is not a value. Numbers are whole unless the field
is a slope. Sources: A11yJSON 31.1 where it has a field, else own extension; see docs/glossary.md.
"""

from dataclasses import dataclass

YES_NO = ("yes", "no")
YES_NO_NA = ("yes", "no", "n/a")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyField:
    """One question of the survey.

    ``choices`` for coded answers (several at once when ``many``), else a number from ``low`` to
    ``high`` in ``unit``, else free text.
    """

    name: str
    choices: tuple[str, ...] = ()
    many: bool = False
    unit: str = ""
    low: int = 0
    high: int = 100_000
    decimals: bool = False


def _one(name: str, *choices: str) -> SurveyField:
    return SurveyField(name=name, choices=choices)


def _many(name: str, *choices: str) -> SurveyField:
    return SurveyField(name=name, choices=choices, many=True)


def _number(
    name: str, unit: str, high: int, *, low: int = 0, decimals: bool = False
) -> SurveyField:
    return SurveyField(name=name, unit=unit, low=low, high=high, decimals=decimals)


def _text(name: str) -> SurveyField:
    return SurveyField(name=name)


SITE_FIELDS: tuple[SurveyField, ...] = (
    _number("arrival.stop_walk_m", "m", 50_000),
    _one("arrival.route_step_free", "yes", "partly", "no"),
    _number("arrival.route_max_slope_pct", "%", 100, decimals=True),
    _one("arrival.route_surface", "asphalt", "paving", "gravel", "uneven"),
    _one("arrival.wayfinding_sign", "clear", "partly", "missing"),
    _number("arrival.parking_accessible", "places", 1_000),
    _one("arrival.meet_up_offered", "yes", "on_request", "no"),
    _number("entrance.step_count", "steps", 500),
    _one("entrance.is_level", *YES_NO),
    _one("entrance.ramp", "none", "fixed", "removable"),
    _number("entrance.ramp_slope_pct", "%", 100, decimals=True),
    _number("entrance.door_clear_width_cm", "cm", 1_000),
    _number("entrance.threshold_mm", "mm", 1_000),
    _one(
        "entrance.door_opening",
        *("automatic", "button", "manual_light", "manual_heavy", "revolving_only"),
    ),
    _many(
        "entrance.access_control",
        *("none", "intercom_audio", "intercom_video", "keypad", "keycard", "staff_opens"),
    ),
    _number("levels.work_floor", "floor", 200, low=-20),
    _number("levels.inside_steps", "steps", 500),
    _one("levels.stairs_handrail", "both", "one", "none", "n/a"),
    _one("levels.stairs_contrast", *YES_NO_NA),
    _one("lift.type", "none", "passenger", "platform", "stairlift", "freight"),
    _one("lift.reaches_work", *YES_NO),
    _one("lift.in_service", "yes", "no", "intermittent"),
    _number("lift.cabin_width_cm", "cm", 1_000),
    _number("lift.cabin_depth_cm", "cm", 1_000),
    _number("inside.min_passage_cm", "cm", 10_000),
    _number("inside.turning_space_cm", "cm", 10_000),
    _one("inside.glass_marked", *YES_NO_NA),
    _one("toilet.type", "rwc", "partly", "ordinary", "none"),
    _number("toilet.door_clear_width_cm", "cm", 1_000),
    _one("toilet.gender_neutral", *YES_NO),
    _one("toilet.emergency_alarm", *YES_NO),
    _one("hygiene.soap", "unscented", "scented", "both"),
    _one("air.cleaning_products", "unscented", "scented"),
    _one("air.scent_policy", "required", "recommended", "none"),
    _many(
        "air.scent_sources",
        *("perfume_customers", "flowers", "candles", "solvents", "exhaust", "cooking"),
        *("wood_dust", "flour_dust", "textile_dust", "animals", "tobacco", "none"),
    ),
    _one("air.furry_animals", "never", "assistance_only", "sometimes", "always"),
    _one("air.smoking", "prohibited", "onlyOutside", "inSeparateArea"),
    _one("air.ventilation", "mechanical", "natural", "poor", "outdoor"),
    _many(
        "air.food_allergens",
        *("gluten", "nuts", "milk", "egg", "fish", "shellfish", "soy", "none"),
    ),
    _number("sensory.noise_dba", "dB(A)", 200),
    _one("sensory.noise_category", "quiet", "conversation", "loud", "hearing_protection"),
    _one("sensory.background_music", *YES_NO),
    _one("sensory.sound_absorption", *YES_NO),
    _one("sensory.hearing_loop", *YES_NO),
    _one("sensory.lighting", "good", "dim", "glare", "flicker", "adjustable"),
    _one("sensory.low_stimulus_room", *YES_NO),
    _one("sensory.people_in_room", "1-2", "3-5", "6-10", "11+", "varies"),
    _one("info.sign_pictograms", *YES_NO),
    _one("info.sign_contrast", *YES_NO),
    _one("info.tactile", *YES_NO),
    _one("info.written_instructions", "easy_text", "pictures", "both", "none"),
    _one("info.pre_visit_material", *YES_NO),
    _one("staff.supervisor_on_site", "always", "part_time", "none"),
    _one("staff.companion_allowed", *YES_NO),
    _one("safety.evacuation", "yes", "with_help", "no"),
    _one("safety.visual_alarm", *YES_NO),
    _one("work.adjustable_desk", *YES_NO_NA),
    _one("survey.by_role", "se_handledare", "asf_manager", "participant_panel", "external"),
    _text("survey.note"),
)

WORK_FIELDS: tuple[SurveyField, ...] = (
    _one("work.posture", "sitting", "standing", "walking", "alternating"),
    _number("work.lift_max_kg", "kg", 1_000),
    _one("work.pace", "own_pace", "moderate", "high"),
    _one("work.predictability", "fixed_routine", "partly", "varied"),
    _one("work.customer_contact", "none", "some", "much"),
)

Answer = str | float
"""A survey answer: a code (several joined with ``;``), a text, or a number in the field's unit."""
