"""Every need against the table of the model: what is met, unmet and unknown, written out."""

from collections.abc import Mapping, Sequence

import pytest

from matcher.domain import Need
from matcher.needs import WORK_NEEDS, Truth, bits, judge, needs_of
from matcher.survey import SITE_FIELDS, WORK_FIELDS, Answer

MET, UNMET, UNKNOWN = Truth.MET, Truth.UNMET, Truth.UNKNOWN
Answers = Mapping[str, Answer]

BY_CODE: Mapping[Need, tuple[str, Mapping[str, Truth]]] = {
    Need.ACCESSIBLE_TOILET: (
        "toilet.type",
        {"rwc": MET, "partly": UNMET, "ordinary": UNMET, "none": UNMET},
    ),
    Need.NO_ANIMALS: (
        "air.furry_animals",
        {"never": MET, "assistance_only": UNMET, "sometimes": UNMET, "always": UNMET},
    ),
    Need.ASSISTANCE_DOG: (
        "air.furry_animals",
        {"never": UNMET, "assistance_only": MET, "sometimes": MET, "always": MET},
    ),
    Need.LOW_STIMULUS: ("sensory.low_stimulus_room", {"yes": MET, "no": UNMET}),
    Need.FEW_PEOPLE: (
        "sensory.people_in_room",
        {"1-2": MET, "3-5": MET, "6-10": UNMET, "11+": UNMET, "varies": UNMET},
    ),
    Need.HEARING_LOOP: ("sensory.hearing_loop", {"yes": MET, "no": UNMET}),
    Need.VISUAL_ALARM: ("safety.visual_alarm", {"yes": MET, "no": UNMET}),
    Need.EASY_TEXT: (
        "info.written_instructions",
        {"easy_text": MET, "pictures": MET, "both": MET, "none": UNMET},
    ),
    Need.SUPERVISOR: (
        "staff.supervisor_on_site",
        {"always": MET, "part_time": UNMET, "none": UNMET},
    ),
    Need.COMPANION: ("staff.companion_allowed", {"yes": MET, "no": UNMET}),
    Need.PRIVATE_TOILET: ("toilet.gender_neutral", {"yes": MET, "no": UNMET}),
    Need.SEATED_WORK: (
        "work.posture",
        {"sitting": MET, "standing": UNMET, "walking": UNMET, "alternating": MET},
    ),
    Need.OWN_PACE: ("work.pace", {"own_pace": MET, "moderate": UNMET, "high": UNMET}),
    Need.PREDICTABLE: (
        "work.predictability",
        {"fixed_routine": MET, "partly": UNMET, "varied": UNMET},
    ),
    Need.NO_CUSTOMERS: ("work.customer_contact", {"none": MET, "some": UNMET, "much": UNMET}),
}
BY_NUMBER: Mapping[Need, tuple[str, Mapping[float, Truth]]] = {
    Need.SHORT_WALK: ("arrival.stop_walk_m", {0: MET, 300: MET, 301: UNMET}),
    Need.LIGHT_LIFTING: ("work.lift_max_kg", {0: MET, 5: MET, 6: UNMET}),
}
BY_FORMULA = {
    Need.STEP_FREE,
    Need.WIDE_PASSAGE,
    Need.SCENT_FREE,
    Need.QUIET,
    Need.CLEAR_WAYFINDING,
}


def truth(need: Need, answers: Answers) -> Truth:
    """How one need stands at one place."""
    return Truth(judge([answers])[0, list(Need).index(need)])


def test_every_need_has_its_table() -> None:
    """No need is without expected values here."""
    assert BY_CODE.keys() | BY_NUMBER.keys() | BY_FORMULA == set(Need)


@pytest.mark.parametrize("need", BY_CODE)
def test_needs_over_one_code(need: Need) -> None:
    """Each answer the survey can give is met or unmet as the table says; none is unknown."""
    name, expected = BY_CODE[need]
    (asked,) = (field for field in SITE_FIELDS + WORK_FIELDS if field.name == name)
    assert set(asked.choices) == set(expected)
    assert {code: truth(need, {name: code}) for code in expected} == expected
    assert truth(need, {}) is UNKNOWN


@pytest.mark.parametrize("need", BY_NUMBER)
def test_needs_over_one_number(need: Need) -> None:
    """At the limit it is met, one more is unmet, none is unknown, and zero is a number."""
    name, expected = BY_NUMBER[need]
    assert {number: truth(need, {name: number}) for number in expected} == expected
    assert truth(need, {}) is UNKNOWN


@pytest.mark.parametrize(
    ("soap", "cleaning", "policy", "expected"),
    [
        ("unscented", "unscented", "required", MET),
        ("unscented", "unscented", "recommended", MET),
        ("unscented", "unscented", "none", UNMET),
        ("unscented", "scented", "required", UNMET),
        ("scented", "unscented", "required", UNMET),
        ("both", "unscented", "required", UNMET),
        (None, "unscented", "required", UNKNOWN),
        ("unscented", None, "required", UNKNOWN),
        ("unscented", "unscented", None, UNKNOWN),
        (None, "scented", None, UNMET),
        ("scented", None, None, UNMET),
        (None, None, "none", UNMET),
        (None, None, None, UNKNOWN),
    ],
)
def test_scent_free(
    soap: str | None, cleaning: str | None, policy: str | None, expected: Truth
) -> None:
    """Unscented soap and cleaning, and a scent policy; one that fails decides."""
    names = ("hygiene.soap", "air.cleaning_products", "air.scent_policy")
    assert truth(Need.SCENT_FREE, known(names, (soap, cleaning, policy))) is expected


@pytest.mark.parametrize(
    ("noise", "music", "expected"),
    [
        ("quiet", "no", MET),
        ("conversation", "no", MET),
        ("loud", "no", UNMET),
        ("hearing_protection", "no", UNMET),
        ("quiet", "yes", UNMET),
        ("loud", None, UNMET),
        (None, "yes", UNMET),
        ("quiet", None, UNKNOWN),
        (None, "no", UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_quiet(noise: str | None, music: str | None, expected: Truth) -> None:
    """No louder than talk, and no music: unknown and false is false."""
    names = ("sensory.noise_category", "sensory.background_music")
    assert truth(Need.QUIET, known(names, (noise, music))) is expected


@pytest.mark.parametrize(
    ("sign", "meets", "expected"),
    [
        ("clear", "no", MET),
        ("clear", None, MET),
        (None, "yes", MET),
        (None, "on_request", MET),
        ("missing", "yes", MET),
        ("partly", "on_request", MET),
        ("partly", "no", UNMET),
        ("missing", "no", UNMET),
        ("partly", None, UNKNOWN),
        (None, "no", UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_clear_wayfinding(sign: str | None, meets: str | None, expected: Truth) -> None:
    """Clear signs, or somebody who meets up: unknown or true is true."""
    names = ("arrival.wayfinding_sign", "arrival.meet_up_offered")
    assert truth(Need.CLEAR_WAYFINDING, known(names, (sign, meets))) is expected


LEVEL_ENTRANCE: Answers = {"entrance.step_count": 0, "entrance.threshold_mm": 25}
LEVEL_INSIDE: Answers = {"levels.work_floor": 0, "levels.inside_steps": 0}
LEVEL: Answers = {**LEVEL_ENTRANCE, **LEVEL_INSIDE}
RAMP: Answers = {
    "entrance.step_count": 2,
    "entrance.ramp": "fixed",
    "entrance.ramp_slope_pct": 8,
    "entrance.threshold_mm": 25,
    **LEVEL_INSIDE,
}
LIFT: Answers = {
    **LEVEL_ENTRANCE,
    "levels.work_floor": 3,
    "levels.inside_steps": 40,
    "lift.type": "passenger",
    "lift.reaches_work": "yes",
    "lift.in_service": "yes",
}


@pytest.mark.parametrize(
    ("base", "changes", "expected"),
    [
        (LEVEL, {}, MET),
        (LEVEL, {"entrance.threshold_mm": 26}, UNMET),
        (LEVEL, {"entrance.threshold_mm": 0}, MET),
        (LEVEL, {"entrance.threshold_mm": None}, UNKNOWN),
        (LEVEL, {"entrance.step_count": 1}, UNKNOWN),
        (LEVEL, {"entrance.step_count": 1, "entrance.ramp": "none"}, UNMET),
        (LEVEL, {"entrance.step_count": None}, UNKNOWN),
        (LEVEL, {"entrance.step_count": None, "entrance.ramp": "none"}, UNKNOWN),
        (LEVEL, {"entrance.ramp": "none", "entrance.ramp_slope_pct": 20}, MET),
        (RAMP, {}, MET),
        (RAMP, {"entrance.step_count": None}, MET),
        (RAMP, {"entrance.ramp_slope_pct": 8.1}, UNMET),
        (RAMP, {"entrance.ramp_slope_pct": 9}, UNMET),
        (RAMP, {"entrance.ramp_slope_pct": None}, UNKNOWN),
        (RAMP, {"entrance.ramp": "removable"}, UNMET),
        (RAMP, {"entrance.ramp": None}, UNKNOWN),
        (RAMP, {"entrance.ramp": None, "entrance.ramp_slope_pct": 9}, UNMET),
        (RAMP, {"entrance.ramp": "removable", "entrance.step_count": None}, UNKNOWN),
        (LEVEL, {"levels.work_floor": 1}, UNKNOWN),
        (LEVEL, {"levels.work_floor": -1}, UNKNOWN),
        (LEVEL, {"levels.work_floor": 1, "lift.type": "none"}, UNMET),
        (LEVEL, {"levels.work_floor": -1, "lift.type": "none"}, UNMET),
        (LEVEL, {"levels.inside_steps": 1, "lift.type": "none"}, UNMET),
        (LEVEL, {"levels.inside_steps": None, "lift.type": "none"}, UNKNOWN),
        (LEVEL, {"levels.work_floor": None, "lift.in_service": "no"}, UNKNOWN),
        (LEVEL, {"lift.type": "none", "lift.in_service": "no"}, MET),
        (LIFT, {}, MET),
        (LIFT, {"lift.type": "platform"}, MET),
        (LIFT, {"lift.type": "stairlift"}, UNMET),
        (LIFT, {"lift.type": "freight"}, UNMET),
        (LIFT, {"lift.type": "none"}, UNMET),
        (LIFT, {"lift.type": None}, UNKNOWN),
        (LIFT, {"lift.reaches_work": "no"}, UNMET),
        (LIFT, {"lift.reaches_work": None}, UNKNOWN),
        (LIFT, {"lift.in_service": "no"}, UNMET),
        (LIFT, {"lift.in_service": "intermittent"}, UNMET),
        (LIFT, {"lift.in_service": None}, UNKNOWN),
        (LIFT, {"lift.in_service": None, "lift.reaches_work": "no"}, UNMET),
        (LIFT, {"levels.work_floor": None, "levels.inside_steps": None}, MET),
        (LIFT, {"entrance.step_count": 3, "entrance.ramp": "none"}, UNMET),
        (LIFT, {"lift.in_service": "no", "entrance.step_count": None}, UNMET),
        ({}, {}, UNKNOWN),
        ({}, {"entrance.threshold_mm": 26}, UNMET),
        ({}, {"entrance.threshold_mm": 25}, UNKNOWN),
    ],
)
def test_step_free(base: Answers, changes: Mapping[str, Answer | None], expected: Truth) -> None:
    """In without steps or by a fixed ramp of 8 %, on by the floor or a lift, threshold 25 mm."""
    assert truth(Need.STEP_FREE, changed(base, changes)) is expected


WIDE: Answers = {
    **LEVEL,
    "entrance.door_clear_width_cm": 85,
    "inside.min_passage_cm": 90,
    "inside.turning_space_cm": 150,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, MET),
        ({"entrance.door_clear_width_cm": 84}, UNMET),
        ({"inside.min_passage_cm": 89}, UNMET),
        ({"inside.turning_space_cm": 149}, UNMET),
        ({"entrance.door_clear_width_cm": None}, UNKNOWN),
        ({"inside.min_passage_cm": None}, UNKNOWN),
        ({"inside.turning_space_cm": None}, UNKNOWN),
        ({"entrance.threshold_mm": None}, UNKNOWN),
        ({"entrance.threshold_mm": 26}, UNMET),
        ({"levels.work_floor": 1, "lift.type": "none"}, UNMET),
        ({"entrance.step_count": None, "inside.turning_space_cm": 149}, UNMET),
        ({"entrance.door_clear_width_cm": 120, "inside.turning_space_cm": 200}, MET),
    ],
)
def test_wide_passage(changes: Mapping[str, Answer | None], expected: Truth) -> None:
    """Step-free, a door of 85 cm, 90 cm along and 150 cm to turn."""
    assert truth(Need.WIDE_PASSAGE, changed(WIDE, changes)) is expected


def known(names: Sequence[str], values: Sequence[Answer | None]) -> Answers:
    """The answers there are."""
    pairs = zip(names, values, strict=True)
    return {name: value for name, value in pairs if value is not None}


def changed(base: Answers, changes: Mapping[str, Answer | None]) -> Answers:
    """The answers with these changed; None takes one away."""
    merged = {**base, **changes}
    return known(tuple(merged), tuple(merged.values()))


def test_nothing_is_known_of_an_empty_place() -> None:
    """Every need is unknown where nobody has answered."""
    assert (judge([{}]) == UNKNOWN).all()


def test_places_are_judged_each_for_itself() -> None:
    """A row alone is the row among others; no places make no rows, and columns all the same."""
    places: list[Answers] = [LEVEL, {}, LIFT, WIDE, {"work.pace": "own_pace"}]
    together = judge(places)
    assert together.shape == (5, 22)
    assert [list(judge([place])[0]) for place in places] == [list(row) for row in together]
    assert judge([]).shape == (0, 22)


def test_the_order_of_truth() -> None:
    """Unmet, unknown, met: least and most are Kleene's and, or."""
    assert UNMET < UNKNOWN < MET


def test_work_needs_are_those_over_the_task() -> None:
    """The five that are judged when the work is done from home."""
    over_work = {need for need, (name, _) in BY_CODE.items() if name.startswith("work.")}
    assert over_work | {Need.LIGHT_LIFTING} == WORK_NEEDS
    assert len(WORK_NEEDS) == 5


def test_bits_stand_in_the_order_of_needs() -> None:
    """Bit 0 is STEP_FREE, bit 21 NO_CUSTOMERS; a set goes there and back."""
    assert bits(frozenset({Need.STEP_FREE})) == 1
    assert bits(frozenset({Need.NO_CUSTOMERS, Need.STEP_FREE})) == (1 << 21) + 1
    assert needs_of(bits(frozenset(Need))) == tuple(Need)
    assert needs_of(0) == ()
