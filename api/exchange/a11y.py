"""A site's survey as A11yJSON 31.1: the fields that stand in the glossary, each in one place.

What is unknown, and what A11yJSON can only say as a yes or a no that nobody gave, is left out.
Source: sozialhelden/a11yjson 31.1.0 (MIT), ``PlaceInfo``.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from api.domain.surveys import known
from matcher.domain import Site
from matcher.survey import Answer

FORMAT_VERSION = "31.1.0"
CATEGORY = "workplace"
"""A11yJSON asks for a category and leaves its words open."""

Document = dict[str, Any]
Place = tuple[str | int, ...]
Says = Callable[[Answer], Mapping[Place, Any]]

E: Place = ("entrances", 0, "properties")
D: Place = (*E, "door")
Q: Place = ("availableEquipment", 0)
R: Place = ("restrooms", 0)
S: Place = ("signageSystems", 0)
ROOM: Place = ("rooms", 0)
STAIRS: Place = (*ROOM, "entrance", "stairs")
MEDIA: Place = ("media", 0)

_YES_NO: Mapping[Answer, bool] = {"yes": True, "no": False}
_LIFTS: Mapping[Answer, str] = {
    "passenger": "elevator",
    "freight": "elevator",
    "platform": "wheelchairLift",
    "stairlift": "stairLift",
}


def _as_it_is(place: Place) -> Says:
    return lambda answer: {place: answer}


def _whole(place: Place) -> Says:
    return lambda answer: {place: int(answer)}


def _measured(place: Place, unit: str) -> Says:
    return lambda answer: {place: {"value": answer, "unit": unit}}


def _says(*places: Place, by: Mapping[Answer, Any]) -> Says:
    """One value in one or more places, for the answers that A11yJSON has a word for."""
    return lambda answer: dict.fromkeys(places, by[answer]) if answer in by else {}


def _each(by: Mapping[Place, tuple[str, ...]]) -> Says:
    """Yes where one of some codes is in a list of answers, else no: the list is complete."""

    def say(answer: Answer) -> Mapping[Place, bool]:
        given = set(str(answer).split(";"))
        return {place: bool(given.intersection(codes)) for place, codes in by.items()}

    return say


def _together(*parts: Says) -> Says:
    def say(answer: Answer) -> Mapping[Place, Any]:
        found: dict[Place, Any] = {}
        for part in parts:
            found |= part(answer)
        return found

    return say


SAYS: Mapping[str, Says] = {
    "arrival.route_step_free": _says(("pathways", "isKerbstoneFree"), by=_YES_NO),
    "arrival.route_surface": _together(
        _says(
            ("pathways", "surface", "types"),
            by={"asphalt": ["asphalt"], "paving": ["paving_stones"], "gravel": ["gravel"]},
        ),
        _says(("pathways", "surface", "smoothness"), by={"uneven": "bad"}),
    ),
    "arrival.wayfinding_sign": _together(
        _says((*E, "hasSignage"), by={"clear": True, "partly": True, "missing": False}),
        _says((*S, "highLegibility"), by={"clear": True}),
    ),
    "arrival.parking_accessible": _whole(("parking", "forWheelchairUsers", "count")),
    "entrance.step_count": _whole((*E, "stairs", "count")),
    "entrance.is_level": _says((*E, "isLevel"), by=_YES_NO),
    "entrance.ramp": _together(
        _says((*E, "hasFixedRamp"), by={"none": False, "fixed": True}),
        _says((*E, "hasRemovableRamp"), by={"none": False, "removable": True}),
    ),
    "entrance.ramp_slope_pct": _measured((*E, "slopeAngle"), "%"),
    "entrance.door_clear_width_cm": _measured((*D, "width"), "cm"),
    "entrance.threshold_mm": _measured((*D, "thresholdHeight"), "mm"),
    "entrance.door_opening": _together(
        _says(
            (*D, "isAutomatic"),
            by={"automatic": True, "manual_light": False, "manual_heavy": False},
        ),
        _says((*D, "hasSwitch"), by={"button": True}),
        _says((*D, "isRevolving"), by={"revolving_only": True}),
    ),
    "entrance.access_control": _each(
        {
            (*D, "needsIntercom"): ("intercom_audio", "intercom_video"),
            (*D, "needsKeyPad"): ("keypad",),
            (*D, "needsKeyCard"): ("keycard",),
        }
    ),
    "levels.work_floor": lambda answer: {(*STAIRS, "floors"): [str(int(answer))]},
    "levels.inside_steps": _whole((*STAIRS, "count")),
    "levels.stairs_handrail": _says(
        (*STAIRS, "hasHandRail"), by={"both": True, "one": True, "none": False}
    ),
    "levels.stairs_contrast": _says((*STAIRS, "hasHighContrastNosing"), by=_YES_NO),
    "lift.type": _says((*Q, "category"), by=_LIFTS),
    "lift.in_service": _says((*Q, "isWorking"), by=_YES_NO),
    "lift.cabin_width_cm": _measured((*Q, "cabinWidth"), "cm"),
    "lift.cabin_depth_cm": _measured((*Q, "cabinLength"), "cm"),
    "inside.min_passage_cm": _measured(("pathwaysInside", "widthAtObstacles"), "cm"),
    "inside.turning_space_cm": _measured((*ROOM, "turningSpaceInside"), "cm"),
    "inside.glass_marked": _says((*D, "hasClearMarkingOnGlassDoor"), by=_YES_NO),
    "toilet.type": _says((*R, "isAccessibleWithWheelchair"), by={"rwc": True, "ordinary": False}),
    "toilet.door_clear_width_cm": _measured((*R, "entrance", "door", "width"), "cm"),
    "toilet.gender_neutral": _says((*R, "signIcons"), by={"yes": ["allGender"]}),
    "toilet.emergency_alarm": _says((*R, "hasEmergencyPullstring"), by=_YES_NO),
    "air.furry_animals": _together(
        _says(
            ("animalPolicy", "allowsDogs"),
            by={"never": False, "assistance_only": False, "sometimes": True, "always": True},
        ),
        _says(
            ("animalPolicy", "allowsAssistanceDogs"),
            by={"never": False, "assistance_only": True, "sometimes": True, "always": True},
        ),
    ),
    "air.smoking": _as_it_is(("smokingPolicy",)),
    "air.ventilation": _says(("hasAirConditioning",), by={"natural": False, "outdoor": False}),
    "sensory.noise_dba": _measured(("ambientNoiseLevel",), "dB"),
    "sensory.noise_category": _says(
        ("isQuiet",),
        by={"quiet": True, "conversation": False, "loud": False, "hearing_protection": False},
    ),
    "sensory.background_music": _says(("hasBackgroundMusic",), by=_YES_NO),
    "sensory.sound_absorption": _says(("hasSoundAbsorption",), by=_YES_NO),
    "sensory.hearing_loop": _says(("hasInductionLoop",), by=_YES_NO),
    "sensory.lighting": _says(
        ("isWellLit",),
        by={"good": True, "adjustable": True, "dim": False, "glare": False, "flicker": False},
    ),
    "sensory.low_stimulus_room": _says(("hasLowStimulusEnvironment",), by=_YES_NO),
    "info.sign_pictograms": _says((*S, "hasPictograms"), by=_YES_NO),
    "info.sign_contrast": _says((*S, "isHighContrast"), by=_YES_NO),
    "info.tactile": _says((*S, "hasBraille"), by=_YES_NO),
    "info.written_instructions": _says(
        (*MEDIA, "hasPlainLanguageOption"), by={"easy_text": True, "both": True, "none": False}
    ),
    "work.adjustable_desk": _says(("desks", 0, "interactions", "changeHeight"), by={"yes": {}}),
}
"""What A11yJSON says of each answer, by place in ``properties.accessibility``."""

NOT_SAID = frozenset({"info.pre_visit_material", "survey.note"})
"""Fields whose A11yJSON field holds what a survey does not: an address on the web, an image."""


def place_info(site: Site, today: date) -> Document:
    """A site as an A11yJSON PlaceInfo."""
    answers = known(site, today)
    accessibility: Document = {}
    for name, say in SAYS.items():
        if name in answers:
            for place, value in say(answers[name].answer).items():
                _put(accessibility, place, value)
    working = answers.get("lift.in_service")
    if working is not None and working.surveyed_on and "availableEquipment" in accessibility:
        moment = f"{working.surveyed_on.isoformat()}T00:00:00Z"
        accessibility["availableEquipment"][0]["stateLastUpdate"] = moment
    properties: Document = {
        "category": CATEGORY,
        "ids": {"steget": str(site.site_id)},
        "accessibility": accessibility,
    }
    if site.name:
        properties["name"] = {"sv": site.name}
    return {
        "formatVersion": FORMAT_VERSION,
        "geometry": {"type": "Point", "coordinates": [site.longitude, site.latitude]},
        "properties": properties,
    }


def _put(document: Document, place: Place, value: object) -> None:
    """Put a value where it belongs; lists here have one element."""
    inside: Any = document
    for at, step in enumerate(place[:-1]):
        empty: Any = [{}] if isinstance(place[at + 1], int) else {}
        inside = inside[step] if isinstance(step, int) else inside.setdefault(step, empty)
    inside[place[-1]] = value
