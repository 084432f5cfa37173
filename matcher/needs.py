"""Each need (behov) as one three-valued formula over the fields of a survey and a task.

Truth is a whole number: UNMET 0, UNKNOWN 1, MET 2. Kleene's strong logic is then minimum for
"and", maximum for "or": unknown and false = false, unknown or true = true, else unknown stays
(Kleene, Introduction to Metamathematics, 1952, § 64). An empty field is unknown, never yes or no.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from matcher.domain import Need
from matcher.survey import WORK_FIELDS, Answer

Truths = npt.NDArray[np.int8]


class Truth(IntEnum):
    """How a need stands at an opening."""

    UNMET = 0
    UNKNOWN = 1
    MET = 2


class Fields:
    """Survey and task fields as columns, one row for each place; made from answers when asked."""

    def __init__(self, answers: Sequence[Mapping[str, Answer]]) -> None:
        """Keep the answers of each place; an absent field is unknown."""
        self._answers = answers

    def number(self, name: str) -> npt.NDArray[np.float64]:
        """(places,) the number in the field's unit; NaN where unknown."""
        return np.array([answers.get(name, np.nan) for answers in self._answers], dtype=np.float64)

    def code(self, name: str) -> npt.NDArray[np.object_]:
        """(places,) the coded answer; empty text where unknown."""
        codes = np.empty(len(self._answers), dtype=np.object_)
        codes[:] = [answers.get(name, "") for answers in self._answers]
        return codes

    def equals(self, name: str, number: int) -> Truths:
        """Whether a number is exactly this."""
        values = self.number(name)
        return _truth(values == number, np.isnan(values))

    def at_most(self, name: str, limit: int) -> Truths:
        """Whether a number is this or less."""
        values = self.number(name)
        return _truth(values <= limit, np.isnan(values))

    def at_least(self, name: str, limit: int) -> Truths:
        """Whether a number is this or more."""
        values = self.number(name)
        return _truth(values >= limit, np.isnan(values))

    def one_of(self, name: str, *codes: str) -> Truths:
        """Whether a coded answer is one of these."""
        values = self.code(name)
        holds = np.zeros(len(values), dtype=np.bool_)
        for code in codes:
            holds |= values == code
        return _truth(holds, values == "")


def _truth(holds: npt.NDArray[np.bool_], unknown: npt.NDArray[np.bool_]) -> Truths:
    known = np.where(holds, Truth.MET, Truth.UNMET)
    return np.where(unknown, Truth.UNKNOWN, known).astype(np.int8)


def every(*parts: Truths) -> Truths:
    """Kleene's "and": as true as the least true part."""
    least: Truths = np.minimum.reduce(parts)
    return least


def either(*parts: Truths) -> Truths:
    """Kleene's "or": as true as the truest part."""
    most: Truths = np.maximum.reduce(parts)
    return most


def step_free(place: Fields) -> Truths:
    """No step from the street to the work place, or a ramp of at most 8 % and a lift."""
    entrance = either(
        place.equals("entrance.step_count", 0),
        every(
            place.one_of("entrance.ramp", "fixed"),
            place.at_most("entrance.ramp_slope_pct", 8),
        ),
    )
    inside = either(
        every(place.equals("levels.work_floor", 0), place.equals("levels.inside_steps", 0)),
        every(
            place.one_of("lift.type", "passenger", "platform"),
            place.one_of("lift.reaches_work", "yes"),
            place.one_of("lift.in_service", "yes"),
        ),
    )
    return every(entrance, inside, place.at_most("entrance.threshold_mm", 25))


def wide_passage(place: Fields) -> Truths:
    """Step-free, with room for a wheelchair through the door, along and to turn."""
    return every(
        step_free(place),
        place.at_least("entrance.door_clear_width_cm", 85),
        place.at_least("inside.min_passage_cm", 90),
        place.at_least("inside.turning_space_cm", 150),
    )


def accessible_toilet(place: Fields) -> Truths:
    """A toilet for wheelchair users (RWC)."""
    return place.one_of("toilet.type", "rwc")


def scent_free(place: Fields) -> Truths:
    """Unscented soap and cleaning, and a scent policy."""
    return every(
        place.one_of("hygiene.soap", "unscented"),
        place.one_of("air.cleaning_products", "unscented"),
        place.one_of("air.scent_policy", "required", "recommended"),
    )


def no_animals(place: Fields) -> Truths:
    """Never furry animals."""
    return place.one_of("air.furry_animals", "never")


def assistance_dog(place: Fields) -> Truths:
    """An assistance dog may come along."""
    return place.one_of("air.furry_animals", "assistance_only", "sometimes", "always")


def quiet(place: Fields) -> Truths:
    """No louder than talk, and no background music."""
    return every(
        place.one_of("sensory.noise_category", "quiet", "conversation"),
        place.one_of("sensory.background_music", "no"),
    )


def low_stimulus(place: Fields) -> Truths:
    """A calm room to rest in."""
    return place.one_of("sensory.low_stimulus_room", "yes")


def few_people(place: Fields) -> Truths:
    """At most five people in the room."""
    return place.one_of("sensory.people_in_room", "1-2", "3-5")


def short_walk(place: Fields) -> Truths:
    """At most 300 m on foot from the nearest stop."""
    return place.at_most("arrival.stop_walk_m", 300)


def clear_wayfinding(place: Fields) -> Truths:
    """Clear signs to the right entrance, or somebody who meets up."""
    return either(
        place.one_of("arrival.wayfinding_sign", "clear"),
        place.one_of("arrival.meet_up_offered", "yes", "on_request"),
    )


def hearing_loop(place: Fields) -> Truths:
    """A hearing loop."""
    return place.one_of("sensory.hearing_loop", "yes")


def visual_alarm(place: Fields) -> Truths:
    """A fire alarm that can be seen."""
    return place.one_of("safety.visual_alarm", "yes")


def easy_text(place: Fields) -> Truths:
    """Written instructions in easy text or pictures."""
    return place.one_of("info.written_instructions", "easy_text", "pictures", "both")


def supervisor(place: Fields) -> Truths:
    """A supervisor always on site."""
    return place.one_of("staff.supervisor_on_site", "always")


def companion(place: Fields) -> Truths:
    """Somebody may come along and take part."""
    return place.one_of("staff.companion_allowed", "yes")


def private_toilet(place: Fields) -> Truths:
    """A toilet and changing room for any gender."""
    return place.one_of("toilet.gender_neutral", "yes")


def seated_work(place: Fields) -> Truths:
    """Work sitting down, or by turns."""
    return place.one_of("work.posture", "sitting", "alternating")


def light_lifting(place: Fields) -> Truths:
    """Nothing heavier than 5 kg to lift."""
    return place.at_most("work.lift_max_kg", 5)


def own_pace(place: Fields) -> Truths:
    """Work at one's own pace."""
    return place.one_of("work.pace", "own_pace")


def predictable(place: Fields) -> Truths:
    """Tasks in a fixed routine."""
    return place.one_of("work.predictability", "fixed_routine")


def no_customers(place: Fields) -> Truths:
    """No contact with customers."""
    return place.one_of("work.customer_contact", "none")


FORMULAS: Mapping[Need, Callable[[Fields], Truths]] = MappingProxyType(
    {
        Need(formula.__name__.upper()): formula
        for formula in (
            *(step_free, wide_passage, accessible_toilet, scent_free, no_animals),
            *(assistance_dog, quiet, low_stimulus, few_people, short_walk, clear_wayfinding),
            *(hearing_loop, visual_alarm, easy_text, supervisor, companion, private_toilet),
            *(seated_work, light_lifting, own_pace, predictable, no_customers),
        )
    }
)
WORK_NEEDS = frozenset(
    {Need.SEATED_WORK, Need.LIGHT_LIFTING, Need.OWN_PACE, Need.PREDICTABLE, Need.NO_CUSTOMERS}
)
"""The needs over fields of the task: the only ones judged when the work is done from home."""
TRAVELS_STEP_FREE = frozenset({Need.STEP_FREE, Need.WIDE_PASSAGE})
"""Whoever requires one of these also needs a journey without steps."""
WORK_FIELD_NAMES = frozenset(field.name for field in WORK_FIELDS)


def judge(answers: Sequence[Mapping[str, Answer]]) -> Truths:
    """How every need stands at every place.

    Args:
        answers: for each place its valid answers, of the site and of the task together.

    Returns:
        (places, needs) ``Truth`` in the order of ``Need``.
    """
    place = Fields(answers)
    if not answers:
        return np.zeros((0, len(FORMULAS)), dtype=np.int8)
    return np.stack([FORMULAS[need](place) for need in Need], axis=1)


def bits(needs: frozenset[Need]) -> int:
    """A set of needs as bits of a whole number: bit i is the i-th ``Need``."""
    return sum(1 << index for index, need in enumerate(Need) if need in needs)


@lru_cache(maxsize=1 << 12)
def needs_of(number: int) -> tuple[Need, ...]:
    """The needs whose bits are set, in the order of ``Need``."""
    return tuple(need for index, need in enumerate(Need) if number >> index & 1)
