"""The words: codes, ids, half-days and legal ranges that everything else is said in."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NewType

ParticipantId = NewType("ParticipantId", str)
ProviderId = NewType("ProviderId", str)
SiteId = NewType("SiteId", str)
OpeningId = NewType("OpeningId", str)
Sessions = NewType("Sessions", int)
"""A set of half-days (halvdagar) as bits: bit i is ``SESSIONS[i]``."""

SESSIONS = tuple(
    f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")
)

NO_SESSIONS = Sessions(0)

AGE_YEARS = (16, 66)
HOURS_PER_WEEK = (1, 60)
SESSIONS_PER_WEEK = (1, len(SESSIONS))
TRAVEL_MINUTES = (0, 1440)
MAX_TRAVEL_MINUTES = (1, 1440)
SEATS = (0, 100_000)
RANK = (1, 1_000)
OPENING_HOURS = (0, 60)
MIN_AGE_YEARS = (0, 66)
LATITUDE = (54.5, 70.0)
LONGITUDE = (10.0, 25.0)
"""Sweden's box in WGS 84, with a margin: a point outside it is a mistake, often a swapped pair."""


class Gender(StrEnum):
    """Kön, as stated; only the participant's own norm goal and the balance ever read it."""

    WOMAN = "woman"
    MAN = "man"
    NONBINARY = "nonbinary"
    UNDISCLOSED = "undisclosed"


class Insurer(StrEnum):
    """Who insures the participant during work training (försäkring)."""

    MUNICIPALITY = "municipality"
    EMPLOYMENT_SERVICE = "employment_service"
    SOCIAL_INSURANCE = "social_insurance"
    NONE = "none"
    UNKNOWN = "unknown"


class Enrolment(StrEnum):
    """The authority where the participant is enrolled (inskriven)."""

    MUNICIPALITY = "municipality"
    EMPLOYMENT_SERVICE = "employment_service"
    SOCIAL_INSURANCE = "social_insurance"


class Mode(StrEnum):
    """How the participant travels (färdsätt)."""

    TRANSIT = "transit"
    WALK = "walk"
    BIKE = "bike"
    CAR = "car"


class WorksRemotely(StrEnum):
    """What a participant wants of working from home (hemifrån)."""

    NO = "no"
    PARTLY = "partly"
    ONLY = "only"


class Remote(StrEnum):
    """What an opening allows of working from home (hemifrån)."""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"


class ProviderKind(StrEnum):
    """Anordnarens slag: a work-integrating social enterprise (ASF) or another employer."""

    ASF = "asf"
    PRIVATE = "private"
    PUBLIC = "public"
    NONPROFIT = "nonprofit"


class YesNoUnknown(StrEnum):
    """Yes, no, or not known: unknown is never read as either."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Insurance(StrEnum):
    """Whether an opening insures the participant, or requires somebody else to."""

    PROVIDED = "provided"
    REQUIRED = "required"
    UNKNOWN = "unknown"


class OpeningStatus(StrEnum):
    """Whether an opening takes people now."""

    OPEN = "open"
    PAUSED = "paused"


class PlacementStatus(StrEnum):
    """A placement that already is: going on, offered, or pinned by a person."""

    ONGOING = "ongoing"
    OFFERED = "offered"
    PINNED = "pinned"


class SurveyMethod(StrEnum):
    """How a survey was made, the surest first."""

    ON_SITE = "on_site"
    PHOTO = "photo"
    PHONE = "phone"
    SELF_REPORTED = "self_reported"


class Need(StrEnum):
    """A functional need (behov), never a diagnosis. Order is the order of its bit."""

    STEP_FREE = "STEP_FREE"
    WIDE_PASSAGE = "WIDE_PASSAGE"
    ACCESSIBLE_TOILET = "ACCESSIBLE_TOILET"
    SCENT_FREE = "SCENT_FREE"
    NO_ANIMALS = "NO_ANIMALS"
    ASSISTANCE_DOG = "ASSISTANCE_DOG"
    QUIET = "QUIET"
    LOW_STIMULUS = "LOW_STIMULUS"
    FEW_PEOPLE = "FEW_PEOPLE"
    SHORT_WALK = "SHORT_WALK"
    CLEAR_WAYFINDING = "CLEAR_WAYFINDING"
    HEARING_LOOP = "HEARING_LOOP"
    VISUAL_ALARM = "VISUAL_ALARM"
    EASY_TEXT = "EASY_TEXT"
    SUPERVISOR = "SUPERVISOR"
    COMPANION = "COMPANION"
    PRIVATE_TOILET = "PRIVATE_TOILET"
    SEATED_WORK = "SEATED_WORK"
    LIGHT_LIFTING = "LIGHT_LIFTING"
    OWN_PACE = "OWN_PACE"
    PREDICTABLE = "PREDICTABLE"
    NO_CUSTOMERS = "NO_CUSTOMERS"


class WishKind(StrEnum):
    """Sought or declined."""

    SEEK = "seek"
    AVOID = "avoid"


class WishLevel(StrEnum):
    """Whether a wish names a field (bransch) or an occupation group (yrkesgrupp, SSYK 2012)."""

    FIELD = "field"
    GROUP = "group"


class BarrierCode(StrEnum):
    """Why a participant cannot have an opening (hinder), in the order of the rules."""

    OPENING_PAUSED = "OPENING_PAUSED"
    ALREADY_THERE = "ALREADY_THERE"
    TASK_DECLINED = "TASK_DECLINED"
    EXCLUDED = "EXCLUDED"
    NEED_UNMET = "NEED_UNMET"
    NEED_UNKNOWN = "NEED_UNKNOWN"
    TRAVEL_TOO_LONG = "TRAVEL_TOO_LONG"
    TRAVEL_UNKNOWN = "TRAVEL_UNKNOWN"
    TRAVEL_UNREACHABLE = "TRAVEL_UNREACHABLE"
    HOURS_TOO_FEW = "HOURS_TOO_FEW"
    HOURS_TOO_MANY = "HOURS_TOO_MANY"
    SESSIONS_DO_NOT_FIT = "SESSIONS_DO_NOT_FIT"
    STARTS_TOO_LATE = "STARTS_TOO_LATE"
    MUNICIPALITY_NOT_SERVED = "MUNICIPALITY_NOT_SERVED"
    ENROLMENT_REQUIRED = "ENROLMENT_REQUIRED"
    NOT_INSURED = "NOT_INSURED"
    TOO_YOUNG = "TOO_YOUNG"
    NO_COMMON_LANGUAGE = "NO_COMMON_LANGUAGE"
    REMOTE_ONLY = "REMOTE_ONLY"
    NO_EQUAL_TREATMENT_AGREEMENT = "NO_EQUAL_TREATMENT_AGREEMENT"


def sessions_of(names: Sequence[str]) -> Sessions:
    """The half-days with these names, as bits.

    Raises:
        ValueError: a name is no half-day.
    """
    return Sessions(sum(1 << SESSIONS.index(name) for name in set(names)))


def session_names(sessions: Sessions) -> tuple[str, ...]:
    """The names of the half-days in a set, in the order of the week."""
    return tuple(name for bit, name in enumerate(SESSIONS) if sessions >> bit & 1)
