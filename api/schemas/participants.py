"""A participant on the wire: the vocational profile (yrkesprofil), and whom it is shared with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Self, cast
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from api.domain import State
from api.schemas.plain import HalfDayName, Municipality
from api.schemas.wire import Wire
from data import reference
from matcher.domain import (
    HOURS_PER_WEEK,
    LATITUDE,
    LONGITUDE,
    MAX_TRAVEL_MINUTES,
    RANK,
    SESSIONS_PER_WEEK,
    Enrolment,
    Gender,
    Insurer,
    Mode,
    Need,
    Participant,
    ParticipantId,
    ProviderId,
    SiteId,
    Wish,
    WishKind,
    WishLevel,
    WorksRemotely,
    session_names,
    sessions_of,
)

MOST_WISHES, MOST_EXCLUSIONS, MOST_LANGUAGES = 100, 200, 30

EXAMPLE: dict[str, Any] = {
    "code": "N-017",
    "gender": "undisclosed",
    "birthYear": 1990,
    "municipalityCode": "0180",
    "homeArea": {"latitude": 59.31, "longitude": 18.03},
    "association": None,
    "enrolledWith": ["municipality"],
    "insuredBy": "municipality",
    "earliestStart": "2026-12-01",
    "waitingSince": "2026-09-15",
    "hoursPerWeek": 8,
    "hoursGoal": 20,
    "sessionsPerWeek": 2,
    "available": ["mon_am", "tue_am", "thu_am"],
    "maxTravelMinutes": 45,
    "travelMode": "transit",
    "needs": ["SCENT_FREE"],
    "wants": ["QUIET"],
    "languages": ["sv"],
    "remote": "no",
    "normGoal": False,
    "protectedIdentity": False,
    "wishes": [
        {"kind": "seek", "level": "group", "code": "9413", "rank": 1},
        {"kind": "avoid", "level": "group", "code": "5131", "rank": None},
    ],
    "excludedSites": [],
    "excludedProviders": [],
}
IDENTITY: dict[str, Any] = {
    "id": "5f0c0b0e-6f2d-4f43-9a64-0a3a5a9b3c11",
    "version": 1,
    "createdAt": "2026-11-23T09:00:00Z",
    "updatedAt": "2026-11-23T09:00:00Z",
    "closedAt": None,
}


def _cell(kind: str) -> Callable[[str], str]:
    """A reader of texts by the very rule by which cells of a data set are read."""

    def read(text: str) -> str:
        from matcher.dataset.schema import Column, Kind  # noqa: PLC0415 -- loads pyarrow
        from matcher.dataset.values import READERS, UnfitError  # noqa: PLC0415

        try:
            found = READERS[Kind(kind)](Column(name=kind, kind=Kind(kind)), text)
        except UnfitError as unfit:
            code = str(unfit.troubles[0][0])
            raise PydanticCustomError(code, code) from None
        return next(iter(found)) if isinstance(found, frozenset) else text

    return read


@cache
def _occupations() -> Mapping[str, frozenset[str]]:
    rows = reference.occupations()
    return {
        "group": frozenset(row["occupation_group"] for row in rows),
        "field": frozenset(row["field"] for row in rows),
    }


Pseudonym = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(_cell("id"))]
"""Never a name, never a personal identity number."""
ShortText = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_cell("text"))]
Tag = Annotated[str, Field(max_length=40), AfterValidator(_cell("languages"))]


def _bounded(legal: tuple[int, int]) -> Any:  # noqa: ANN401 -- what pydantic's Field gives
    return Field(ge=legal[0], le=legal[1])


class Point(Wire):
    """A point near home: an area or a stop, never the street address. WGS 84, degrees."""

    latitude: float = Field(ge=LATITUDE[0], le=LATITUDE[1])
    longitude: float = Field(ge=LONGITUDE[0], le=LONGITUDE[1])


class WishIn(Wire):
    """A wish (önskemål): rank 1 is the dearest; what is to be avoided has no rank."""

    kind: WishKind
    level: WishLevel
    code: str = Field(max_length=40, description="An SSYK 2012 group of four digits, or a field")
    rank: int | None = Field(default=None, ge=RANK[0], le=RANK[1])

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.code not in _occupations()[self.level]:
            code = "unknown_field" if self.level is WishLevel.FIELD else "unknown_occupation_group"
            raise PydanticCustomError(code, code)
        if (self.rank is None) != (self.kind is WishKind.AVOID):
            missing = self.rank is None
            code = "value_missing" if missing else "value_unexpected"
            expected = {"expected": "rank" if missing else "no rank"}
            raise PydanticCustomError(code, code, expected)
        return self

    def value(self) -> Wish:
        """The domain's value."""
        return Wish(kind=self.kind, level=self.level, code=self.code, rank=self.rank)


class Profile(Wire):
    """A vocational profile (yrkesprofil), by a pseudonym. No name, no diagnosis, no reasons.

    What is left out is unknown or not given. Excluded sites and providers need no reason, and
    there is no field for one.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    code: Pseudonym
    gender: Gender = Gender.UNDISCLOSED
    birth_year: int = Field(ge=1900, le=2100)
    municipality_code: Municipality
    home_area: Point | None = None
    association: ShortText | None = None
    enrolled_with: tuple[Enrolment, ...] = Field(default=(), max_length=len(Enrolment))
    insured_by: Insurer = Insurer.UNKNOWN
    earliest_start: date | None = None
    waiting_since: date | None = None
    hours_per_week: int = _bounded(HOURS_PER_WEEK)
    hours_goal: int | None = Field(default=None, ge=HOURS_PER_WEEK[0], le=HOURS_PER_WEEK[1])
    sessions_per_week: int = _bounded(SESSIONS_PER_WEEK)
    available: tuple[HalfDayName, ...] = Field(max_length=10)
    max_travel_minutes: int = _bounded(MAX_TRAVEL_MINUTES)
    travel_mode: Mode = Mode.TRANSIT
    needs: tuple[Need, ...] = Field(default=(), max_length=len(Need))
    wants: tuple[Need, ...] = Field(default=(), max_length=len(Need))
    languages: tuple[Tag, ...] = Field(default=(), max_length=MOST_LANGUAGES)
    remote: WorksRemotely = WorksRemotely.NO
    norm_goal: bool = False
    protected_identity: bool = False
    wishes: tuple[WishIn, ...] = Field(default=(), max_length=MOST_WISHES)
    excluded_sites: tuple[UUID, ...] = Field(default=(), max_length=MOST_EXCLUSIONS)
    excluded_providers: tuple[UUID, ...] = Field(default=(), max_length=MOST_EXCLUSIONS)


class ProfileEdit(Profile):
    """A profile with what a change may say besides: ``closed`` when they look no longer."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE | {"closed": False}]})

    closed: bool = False


class ParticipantOut(Wire):
    """A participant with the profile."""

    model_config = ConfigDict(json_schema_extra={"examples": [IDENTITY | {"profile": EXAMPLE}]})

    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    profile: Profile


class ParticipantItem(Wire):
    """A participant in a list: nothing of the profile but the pseudonym."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                IDENTITY | {"code": "N-017", "protectedIdentity": False, "state": "offered"}
            ]
        }
    )

    id: UUID
    code: str
    version: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    protected_identity: bool
    state: State | None = Field(
        description="How far the placement that is under way has come; null where there is none"
    )


class ReaderOut(Wire):
    """A supervisor of the organisation, and whether the participant is shared with them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "userId": "0d3f6f1e-8a5c-4b59-8f5e-6f6f0d2f7a10",
                    "name": "Handledare Nord",
                    "reads": True,
                }
            ]
        }
    )

    user_id: UUID
    name: str
    reads: bool


class Readers(Wire):
    """Every supervisor of the organisation."""

    items: tuple[ReaderOut, ...]


def profile_of(
    sent: Profile,
    sites: Mapping[UUID, SiteId],
    providers: Mapping[UUID, ProviderId],
    supervisor: str | None,
) -> Participant:
    """The domain's value of a profile whose excluded sites and providers are all known."""
    area = sent.home_area
    return Participant(
        participant_id=ParticipantId(sent.code),
        birth_year=sent.birth_year,
        municipality_code=sent.municipality_code,
        hours_per_week=sent.hours_per_week,
        sessions_per_week=sent.sessions_per_week,
        available=sessions_of(sent.available),
        max_travel_minutes=sent.max_travel_minutes,
        gender=sent.gender,
        latitude=area.latitude if area else None,
        longitude=area.longitude if area else None,
        association=sent.association,
        supervisor_id=supervisor,
        enrolled_with=frozenset(sent.enrolled_with),
        insured_by=sent.insured_by,
        earliest_start=sent.earliest_start,
        waiting_since=sent.waiting_since,
        hours_goal=sent.hours_goal,
        travel_mode=sent.travel_mode,
        needs=frozenset(sent.needs),
        wants=frozenset(sent.wants),
        languages=frozenset(sent.languages),
        remote=sent.remote,
        norm_goal=sent.norm_goal,
        protected_identity=sent.protected_identity,
        wishes=tuple(wish.value() for wish in sent.wishes),
        excluded_sites=frozenset(sites[one] for one in sent.excluded_sites),
        excluded_providers=frozenset(providers[one] for one in sent.excluded_providers),
    )


def profile_out(
    profile: Participant,
    sites: Mapping[SiteId, UUID],
    providers: Mapping[ProviderId, UUID],
) -> Profile:
    """A profile as it is sent; sites that are no more are left out."""
    area = None
    if profile.latitude is not None and profile.longitude is not None:
        area = Point.model_construct(latitude=profile.latitude, longitude=profile.longitude)
    return Profile.model_construct(
        code=profile.participant_id,
        gender=profile.gender,
        birth_year=profile.birth_year,
        municipality_code=profile.municipality_code,
        home_area=area,
        association=profile.association,
        enrolled_with=tuple(sorted(profile.enrolled_with)),
        insured_by=profile.insured_by,
        earliest_start=profile.earliest_start,
        waiting_since=profile.waiting_since,
        hours_per_week=profile.hours_per_week,
        hours_goal=profile.hours_goal,
        sessions_per_week=profile.sessions_per_week,
        available=cast("tuple[HalfDayName, ...]", session_names(profile.available)),
        max_travel_minutes=profile.max_travel_minutes,
        travel_mode=profile.travel_mode,
        needs=tuple(sorted(profile.needs)),
        wants=tuple(sorted(profile.wants)),
        languages=tuple(sorted(profile.languages)),
        remote=profile.remote,
        norm_goal=profile.norm_goal,
        protected_identity=profile.protected_identity,
        wishes=tuple(
            WishIn.model_construct(kind=w.kind, level=w.level, code=w.code, rank=w.rank)
            for w in profile.wishes
        ),
        excluded_sites=tuple(sorted(sites[one] for one in profile.excluded_sites if one in sites)),
        excluded_providers=tuple(
            sorted(providers[one] for one in profile.excluded_providers if one in providers)
        ),
    )
