"""People, places and placements as frozen values that refuse to be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from matcher.domain.words import (
    HOURS_PER_WEEK,
    MAX_TRAVEL_MINUTES,
    NO_SESSIONS,
    RANK,
    SEATS,
    SESSIONS,
    SESSIONS_PER_WEEK,
    BarrierCode,
    Enrolment,
    Gender,
    Insurance,
    Insurer,
    Mode,
    Need,
    OpeningId,
    OpeningStatus,
    ParticipantId,
    PlacementStatus,
    ProviderId,
    ProviderKind,
    Remote,
    Sessions,
    SiteId,
    SurveyMethod,
    WishKind,
    WishLevel,
    WorksRemotely,
    YesNoUnknown,
)
from matcher.survey import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """One barrier of one pair: a code, and what it is about (a need, or minutes), if anything."""

    code: BarrierCode
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.code}:{self.detail}" if self.detail else str(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish (önskemål): ``rank`` 1 is the dearest; an avoided task has none."""

    kind: WishKind
    level: WishLevel
    code: str
    rank: int | None = None

    def __post_init__(self) -> None:
        if (self.rank is None) != (self.kind is WishKind.AVOID):
            raise ValueError("a seek wish has a rank, an avoid wish has none")
        if self.rank is not None:
            _within("rank", self.rank, RANK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person looking for work training (deltagare), known by a pseudonym."""

    participant_id: ParticipantId
    birth_year: int
    municipality_code: str
    hours_per_week: int
    sessions_per_week: int
    available: Sessions
    max_travel_minutes: int
    gender: Gender = Gender.UNDISCLOSED
    latitude: float | None = None
    longitude: float | None = None
    association: str | None = None
    supervisor_id: str | None = None
    enrolled_with: frozenset[Enrolment] = frozenset()
    insured_by: Insurer = Insurer.UNKNOWN
    earliest_start: date | None = None
    waiting_since: date | None = None
    hours_goal: int | None = None
    travel_mode: Mode = Mode.TRANSIT
    needs: frozenset[Need] = frozenset()
    wants: frozenset[Need] = frozenset()
    languages: frozenset[str] = frozenset()
    remote: WorksRemotely = WorksRemotely.NO
    norm_goal: bool = False
    protected_identity: bool = False
    wishes: tuple[Wish, ...] = ()
    excluded_sites: frozenset[SiteId] = frozenset()
    excluded_providers: frozenset[ProviderId] = frozenset()

    def __post_init__(self) -> None:
        _within("hours_per_week", self.hours_per_week, HOURS_PER_WEEK)
        _within("sessions_per_week", self.sessions_per_week, SESSIONS_PER_WEEK)
        _within("max_travel_minutes", self.max_travel_minutes, MAX_TRAVEL_MINUTES)
        if self.hours_goal is not None:
            _within("hours_goal", self.hours_goal, HOURS_PER_WEEK)
        _check_point(self.latitude, self.longitude)
        _check_sessions(self.available)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An ASF or an employer that offers work training (anordnare)."""

    provider_id: ProviderId
    kind: ProviderKind
    name: str = ""
    organisation_number: str | None = None
    equal_treatment: YesNoUnknown = YesNoUnknown.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found at a site on a day (tillgänglighetskartläggning); absent means unknown."""

    surveyed_on: date | None = None
    method: SurveyMethod | None = None
    answers: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        _check_answers(self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An address of a provider (arbetsplats), with the surveys made there."""

    site_id: SiteId
    provider_id: ProviderId
    municipality_code: str
    latitude: float
    longitude: float
    name: str = ""
    surveys: tuple[Survey, ...] = ()
    """Kept oldest first, undated before all, and on one day what was seen after what was told."""

    def __post_init__(self) -> None:
        _check_point(self.latitude, self.longitude)
        object.__setattr__(self, "surveys", tuple(sorted(self.surveys, key=_survey_order)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Seats for one kind of task at one site (arbetsträningsplats)."""

    opening_id: OpeningId
    site_id: SiteId
    occupation_group: str
    seats: int
    sessions: Sessions
    title: str = ""
    session_seats: int | None = None
    hours_min: int = 0
    hours_max: int | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    eligible_municipalities: frozenset[str] = frozenset()
    eligible_enrolment: frozenset[Enrolment] = frozenset()
    insurance: Insurance = Insurance.UNKNOWN
    min_age: int | None = None
    languages: frozenset[str] = frozenset()
    remote: Remote = Remote.NO
    status: OpeningStatus = OpeningStatus.OPEN
    updated_at: date | None = None
    may_hire: bool | None = None
    work: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        _within("seats", self.seats, SEATS)
        if self.session_seats is not None:
            _within("session_seats", self.session_seats, SEATS)
        _check_sessions(self.sessions)
        _check_answers(self.work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A placement that already is (pågående placering); it may occupy a seat and half-days."""

    participant_id: ParticipantId
    opening_id: OpeningId
    status: PlacementStatus
    sessions: Sessions = NO_SESSIONS
    starts_on: date | None = None
    ends_on: date | None = None


def _survey_order(survey: Survey) -> tuple[str, int, str]:
    """By date; on the same day what was seen counts above what was told, so it stands later."""
    made = survey.surveyed_on.isoformat() if survey.surveyed_on else ""
    methods = [None, *reversed(SurveyMethod)]
    return made, methods.index(survey.method), repr(sorted(survey.answers.items()))


def _check_answers(answers: Mapping[str, Answer]) -> None:
    empty = next((name for name, answer in answers.items() if answer == ""), None)
    if empty is not None:
        raise ValueError(f"{empty}: an unknown answer is left out, not empty")


def _within(name: str, value: int, legal: tuple[int, int]) -> None:
    if not legal[0] <= value <= legal[1]:
        raise ValueError(f"{name} must be {legal[0]}-{legal[1]}, not {value}")


def _check_point(latitude: float | None, longitude: float | None) -> None:
    if (latitude is None) != (longitude is None):
        raise ValueError("latitude and longitude are given together or not at all")


def _check_sessions(sessions: Sessions) -> None:
    if not 0 <= sessions < 1 << len(SESSIONS):
        raise ValueError("sessions must be a set of the ten half-days")
