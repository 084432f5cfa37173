"""Openings (arbetsträningsplatser) on the wire, with what is free and how fresh it is."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from api.domain import surveys
from api.schemas.plain import (
    Code,
    HalfDayName,
    LanguageTag,
    Municipality,
    Name,
    OccupationGroup,
    fields,
    half_day_name,
)
from api.schemas.surveys import TaskAnswers, task_answers_of, task_of
from api.schemas.wire import Wire
from api.store.openings import HalfDayFound, OpeningFound
from matcher.domain import (
    MIN_AGE_YEARS,
    OPENING_HOURS,
    SEATS,
    SESSIONS,
    Enrolment,
    Insurance,
    Opening,
    OpeningId,
    OpeningStatus,
    Remote,
    SiteId,
    sessions_of,
)

_EXAMPLE: JsonDict = {
    "title": "Kafébiträde",
    "occupationGroup": "9413",
    "hoursMin": 4,
    "hoursMax": 20,
    "insurance": "provided",
    "languages": ["sv"],
    "mayHire": True,
    "work": {"posture": "alternating", "pace": "own_pace", "liftMaxKg": 5},
}
_NEW: JsonDict = {
    "code": "kastanjen-kafe",
    "siteId": "0e0f7f3c-6f0a-4a53-9c3b-6a1f7f0a9b11",
    "seats": 2,
    "halfDays": ["mon_am", "tue_am", "wed_am"],
    **_EXAMPLE,
}
_OUT: JsonDict = {
    "id": "5f8a3a52-6c1f-4a2e-8d2e-1f0f6a9d7c31",
    **{name: value for name, value in _NEW.items() if name != "halfDays"},
    "providerId": "9b2f8f8c-3f4d-4b52-9d64-6f0c2c1a7e55",
    "municipalityCode": "0180",
    "field": "ScKy_FHB_7wT",
    "sessionSeats": 2,
    "taken": 1,
    "freeSeats": 1,
    "halfDays": [
        {"name": "mon_am", "seats": 2, "free": 1},
        {"name": "tue_am", "seats": 2, "free": 1},
        {"name": "wed_am", "seats": 2, "free": 2},
    ],
    "status": "open",
    "confirmedAt": "2026-11-20T08:30:00Z",
    "confirmedThrough": "account",
    "stale": False,
    "survey": {"questions": 58, "answered": 41},
    "startsFrom": None,
    "startsUntil": None,
    "eligibleMunicipalities": [],
    "eligibleEnrolment": [],
    "minAge": None,
    "remote": "no",
    "updatedAt": "2026-11-20T08:30:00Z",
}

_Whole = Annotated[int, Field(strict=True)]
_Hours = Annotated[_Whole, Field(ge=OPENING_HOURS[0], le=OPENING_HOURS[1])]
_Seats = Annotated[_Whole, Field(ge=SEATS[0], le=SEATS[1])]


def _elsewhere(_: object) -> None:
    raise PydanticCustomError(
        "capacity", "changed elsewhere", {"expected": "a change of openings/{id}/capacity"}
    )


_Elsewhere = SkipJsonSchema[Annotated[None, BeforeValidator(_elsewhere)]]


class OpeningTerms(Wire):
    """What an opening offers and asks for; null and empty are said per field."""

    title: Name
    occupation_group: OccupationGroup
    hours_min: _Hours = 0
    hours_max: _Hours | None = Field(default=None, description="Hours a week; null is no limit")
    starts_from: date | None = None
    starts_until: date | None = None
    eligible_municipalities: tuple[Municipality, ...] = Field(
        default=(), max_length=290, description="Empty is all"
    )
    eligible_enrolment: tuple[Enrolment, ...] = Field(
        default=(), max_length=len(Enrolment), description="Empty asks for none"
    )
    insurance: Literal["provided", "required"] | None = Field(
        default=None, description="null is unknown"
    )
    min_age: Annotated[_Whole, Field(ge=MIN_AGE_YEARS[0], le=MIN_AGE_YEARS[1])] | None = None
    languages: tuple[LanguageTag, ...] = Field(
        default=(), max_length=50, description="Any of them will do; empty asks for none"
    )
    remote: Remote = Remote.NO
    may_hire: bool | None = Field(
        default=None, strict=True, description="Whether work may follow; null is unknown"
    )
    work: TaskAnswers = TaskAnswers()

    @field_validator("hours_max")
    @classmethod
    def _hours_in_order(cls, most: int | None, others: ValidationInfo) -> int | None:
        fewest = others.data.get("hours_min", 0)
        if most is not None and most < fewest:
            raise PydanticCustomError("order", "order", {"expected": "hoursMin <= hoursMax"})
        return most

    @field_validator("starts_until")
    @classmethod
    def _starts_in_order(cls, last: date | None, others: ValidationInfo) -> date | None:
        first = others.data.get("starts_from")
        if last is not None and first is not None and last < first:
            raise PydanticCustomError("order", "order", {"expected": "startsFrom <= startsUntil"})
        return last


class OpeningChange(OpeningTerms):
    """What an own opening shall offer from now on; seats, half-days and status are capacity."""

    model_config = ConfigDict(json_schema_extra={"examples": [dict(_EXAMPLE)]})

    seats: _Elsewhere = Field(default=None, exclude=True)
    session_seats: _Elsewhere = Field(default=None, exclude=True)
    half_days: _Elsewhere = Field(default=None, exclude=True)
    status: _Elsewhere = Field(default=None, exclude=True)


class OpeningIn(OpeningTerms):
    """A new opening at an own site."""

    model_config = ConfigDict(json_schema_extra={"examples": [_NEW]})

    code: Code
    site_id: UUID
    seats: _Seats
    session_seats: _Seats | None = Field(
        default=None, description="Seats of each half-day; null is as many as there are seats"
    )
    half_days: tuple[HalfDayName, ...] = Field(min_length=1, max_length=len(SESSIONS))
    status: OpeningStatus = OpeningStatus.OPEN


class HalfDayOut(Wire):
    """A half-day of an opening."""

    name: HalfDayName
    seats: int
    free: int


class SurveyCoverage(Wire):
    """How much is known of the site today."""

    questions: int
    answered: int


class OpeningOut(Wire):
    """An opening, what it has free, and how fresh that is."""

    model_config = ConfigDict(json_schema_extra={"examples": [_OUT]})

    id: UUID
    code: str
    site_id: UUID
    provider_id: UUID
    municipality_code: str
    title: str
    occupation_group: str
    field: str | None
    seats: int
    session_seats: int
    taken: int
    free_seats: int
    half_days: tuple[HalfDayOut, ...]
    status: OpeningStatus
    confirmed_at: datetime | None
    confirmed_through: Literal["account", "link"] | None
    stale: bool = Field(description="Nobody has confirmed the capacity lately (inaktuell)")
    survey: SurveyCoverage
    hours_min: int
    hours_max: int | None
    starts_from: date | None
    starts_until: date | None
    eligible_municipalities: tuple[str, ...]
    eligible_enrolment: tuple[Enrolment, ...]
    insurance: Literal["provided", "required"] | None
    min_age: int | None
    languages: tuple[str, ...]
    remote: Remote
    may_hire: bool | None
    work: TaskAnswers
    updated_at: datetime


def opening_of(sent: OpeningIn, site: str) -> Opening:
    """The domain's value of a new opening."""
    return Opening(
        opening_id=OpeningId(sent.code),
        site_id=SiteId(site),
        seats=sent.seats,
        session_seats=sent.session_seats,
        sessions=sessions_of(sent.half_days),
        status=sent.status,
        **terms_of(sent),
    )


def terms_of(sent: OpeningTerms) -> dict[str, Any]:
    """What an opening offers and asks for, as the domain's Opening has it."""
    return {
        "title": sent.title,
        "occupation_group": sent.occupation_group,
        "hours_min": sent.hours_min,
        "hours_max": sent.hours_max,
        "starts_from": sent.starts_from,
        "starts_until": sent.starts_until,
        "eligible_municipalities": frozenset(sent.eligible_municipalities),
        "eligible_enrolment": frozenset(sent.eligible_enrolment),
        "insurance": Insurance(sent.insurance or Insurance.UNKNOWN),
        "min_age": sent.min_age,
        "languages": frozenset(sent.languages),
        "remote": sent.remote,
        "may_hire": sent.may_hire,
        "work": task_answers_of(sent.work),
    }


def opening_out(found: OpeningFound, today: date) -> OpeningOut:
    """An opening as it stands."""
    opening = found.opening
    answered, questions = surveys.coverage(found.site, today)
    unknown = opening.insurance is Insurance.UNKNOWN
    return OpeningOut.model_validate(
        {
            "id": found.id,
            "code": opening.opening_id,
            "site_id": found.site_id,
            "provider_id": found.provider_id,
            "municipality_code": found.site.municipality_code,
            "title": opening.title,
            "occupation_group": opening.occupation_group,
            "field": fields().get(opening.occupation_group),
            "seats": opening.seats,
            "session_seats": found.session_seats,
            "taken": found.taken,
            "free_seats": opening.seats - found.taken,
            "half_days": tuple(_half_day(day) for day in found.half_days),
            "status": opening.status,
            "confirmed_at": found.confirmed_at,
            "confirmed_through": _through(found),
            "stale": found.stale,
            "survey": SurveyCoverage(questions=questions, answered=answered),
            "hours_min": opening.hours_min,
            "hours_max": opening.hours_max,
            "starts_from": opening.starts_from,
            "starts_until": opening.starts_until,
            "eligible_municipalities": tuple(sorted(opening.eligible_municipalities)),
            "eligible_enrolment": tuple(sorted(opening.eligible_enrolment)),
            "insurance": None if unknown else str(opening.insurance),
            "min_age": opening.min_age,
            "languages": tuple(sorted(opening.languages)),
            "remote": opening.remote,
            "may_hire": opening.may_hire,
            "work": task_of(opening.work),
            "updated_at": found.updated_at,
        }
    )


def _through(found: OpeningFound) -> str | None:
    if found.confirmed_at is None:
        return None
    return "link" if found.by_link else "account"


def _half_day(day: HalfDayFound) -> HalfDayOut:
    return HalfDayOut(name=half_day_name(day.session), seats=day.seats, free=day.seats - day.taken)
