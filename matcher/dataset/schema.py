"""The tables of a data set and of a plan, and their columns: said once, here.

Tables and columns stand in the order of the specification; the survey's columns come from
``matcher.survey``, the ranges from ``matcher.domain``. What an empty cell stands for is the
default of the domain object's field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from types import MappingProxyType

from matcher import domain
from matcher.outcome import Cause
from matcher.survey import SITE_FIELDS, WORK_FIELDS, SurveyField

DEGREES = (-180, 180)
YEAR = (0, 9999)
PER_CENT = (0, 100)
POINTS = (0, 1000)


class AskedAbout(StrEnum):
    """What is to be asked about before a start: the site, or the journey there."""

    SITE = auto()
    JOURNEY = auto()


class Kind(StrEnum):
    """What a cell holds."""

    ID = auto()
    REFERENCE = auto()
    WHOLE = auto()
    DECIMAL = auto()
    DATE = auto()
    CHOICE = auto()
    CHOICES = auto()
    SESSIONS = auto()
    LANGUAGES = auto()
    MUNICIPALITY = auto()
    MUNICIPALITIES = auto()
    GROUP = auto()
    FIELD = auto()
    FIELD_OR_GROUP = auto()
    YES_NO = auto()
    TEXT = auto()


FOUR_DIGITS = frozenset({Kind.MUNICIPALITY, Kind.MUNICIPALITIES, Kind.GROUP, Kind.FIELD_OR_GROUP})
"""Codes that a spreadsheet takes for numbers, and robs of their leading zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what its cells hold.

    ``required``: never empty. ``low`` and ``high`` bound a number, both included. ``table`` is
    where a reference leads. Of a ``sensitive`` column only a misspelt code is ever echoed. A
    column that ``may_miss`` is as good as empty when it is not there.
    """

    name: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    table: str = ""
    sensitive: bool = False
    may_miss: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One table: its columns in order, whether it may be missing, and whether it may be huge.

    A ``large`` table's columns stay dictionary-encoded in memory.
    """

    name: str
    columns: tuple[Column, ...]
    optional: bool = False
    large: bool = False

    def column(self, name: str) -> Column | None:
        """The column of this name, if the table has one."""
        return next((column for column in self.columns if column.name == name), None)


def _id(name: str) -> Column:
    return Column(name=name, kind=Kind.ID, required=True)


def _reference(name: str, table: str) -> Column:
    return Column(name=name, kind=Kind.REFERENCE, required=True, table=table)


def _required(name: str, kind: Kind) -> Column:
    return Column(name=name, kind=kind, required=True)


def _plain(name: str, kind: Kind = Kind.TEXT, *, sensitive: bool = False) -> Column:
    return Column(name=name, kind=kind, sensitive=sensitive)


def _whole(name: str, legal: tuple[int, int], *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.WHOLE, low=legal[0], high=legal[1], required=required)


def _decimal(name: str, legal: tuple[int, int], *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.DECIMAL, low=legal[0], high=legal[1], required=required)


def _choice(name: str, choices: Iterable[str], *, required: bool = False) -> Column:
    return Column(name=name, kind=Kind.CHOICE, choices=tuple(choices), required=required)


def _choices(name: str, choices: Iterable[str], *, sensitive: bool = False) -> Column:
    return Column(name=name, kind=Kind.CHOICES, choices=tuple(choices), sensitive=sensitive)


def _asked(field: SurveyField) -> Column:
    """The column of a survey field; without it nobody asked, so every answer is unknown."""
    if field.choices:
        kind = Kind.CHOICES if field.many else Kind.CHOICE
        return Column(name=field.name, kind=kind, choices=field.choices, may_miss=True)
    if not field.unit:
        return Column(name=field.name, kind=Kind.TEXT, may_miss=True)
    kind = Kind.DECIMAL if field.decimals else Kind.WHOLE
    return Column(name=field.name, kind=kind, low=field.low, high=field.high, may_miss=True)


_PARTICIPANTS = (
    _id("participant_id"),
    Column(name="gender", kind=Kind.CHOICE, choices=tuple(domain.Gender), sensitive=True),
    _whole("birth_year", YEAR, required=True),
    _required("municipality_code", Kind.MUNICIPALITY),
    _decimal("latitude", DEGREES),
    _decimal("longitude", DEGREES),
    _plain("association"),
    _plain("supervisor_id", Kind.ID),
    _choices("enrolled_with", domain.Enrolment),
    _choice("insured_by", domain.Insurer),
    _plain("earliest_start", Kind.DATE),
    _plain("waiting_since", Kind.DATE),
    _whole("hours_per_week", domain.HOURS_PER_WEEK, required=True),
    _whole("hours_goal", domain.HOURS_PER_WEEK),
    _whole("sessions_per_week", domain.SESSIONS_PER_WEEK, required=True),
    _required("available", Kind.SESSIONS),
    _whole("max_travel_minutes", domain.MAX_TRAVEL_MINUTES, required=True),
    _choice("travel_mode", domain.Mode),
    _choices("needs", domain.Need, sensitive=True),
    _choices("wants", domain.Need, sensitive=True),
    _plain("languages", Kind.LANGUAGES),
    _choice("remote", domain.WorksRemotely),
    _plain("norm_goal", Kind.YES_NO, sensitive=True),
    _plain("protected_identity", Kind.YES_NO, sensitive=True),
)

_WISHES = (
    _reference("participant_id", "participants"),
    _choice("wish", domain.WishKind, required=True),
    _whole("rank", domain.RANK),
    _choice("level", domain.WishLevel, required=True),
    _required("code", Kind.FIELD_OR_GROUP),
)

_EXCLUSIONS = (
    Column(
        name="participant_id",
        kind=Kind.REFERENCE,
        required=True,
        table="participants",
        sensitive=True,
    ),
    Column(
        name="kind",
        kind=Kind.CHOICE,
        required=True,
        choices=("site", "provider"),
        sensitive=True,
    ),
    Column(name="id", kind=Kind.ID, required=True, sensitive=True),
)

_PROVIDERS = (
    _id("provider_id"),
    _plain("name"),
    _choice("kind", domain.ProviderKind, required=True),
    _plain("organisation_number", Kind.ID),
    _choice("equal_treatment", domain.YesNoUnknown),
)

_SITES = (
    _id("site_id"),
    _reference("provider_id", "providers"),
    _plain("name"),
    _required("municipality_code", Kind.MUNICIPALITY),
    _decimal("latitude", DEGREES, required=True),
    _decimal("longitude", DEGREES, required=True),
)

_SURVEYS = (
    _reference("site_id", "sites"),
    _plain("surveyed_on", Kind.DATE),
    _choice("method", domain.SurveyMethod),
    *(_asked(field) for field in SITE_FIELDS),
)

_OPENINGS = (
    _id("opening_id"),
    _reference("site_id", "sites"),
    _plain("title"),
    _required("occupation_group", Kind.GROUP),
    _whole("seats", domain.SEATS, required=True),
    _whole("session_seats", domain.SEATS),
    _required("sessions", Kind.SESSIONS),
    _whole("hours_min", domain.OPENING_HOURS),
    _whole("hours_max", domain.OPENING_HOURS),
    _plain("starts_from", Kind.DATE),
    _plain("starts_until", Kind.DATE),
    _plain("eligible_municipalities", Kind.MUNICIPALITIES),
    _choices("eligible_enrolment", domain.Enrolment),
    _choice("insurance", domain.Insurance),
    _whole("min_age", domain.MIN_AGE_YEARS),
    _plain("languages", Kind.LANGUAGES),
    _choice("remote", domain.Remote),
    _choice("status", domain.OpeningStatus),
    _plain("updated_at", Kind.DATE),
    _plain("may_hire", Kind.YES_NO),
    *(_asked(field) for field in WORK_FIELDS),
)

_PLACEMENTS = (
    _id("participant_id"),
    _reference("opening_id", "openings"),
    _choice("status", domain.PlacementStatus, required=True),
    _plain("sessions", Kind.SESSIONS),
    _plain("starts_on", Kind.DATE),
    _plain("ends_on", Kind.DATE),
)

_TRAVEL_TIMES = (
    _reference("participant_id", "participants"),
    _reference("site_id", "sites"),
    _whole("minutes", domain.TRAVEL_MINUTES),
    Column(name="step_free", kind=Kind.CHOICE, choices=tuple(domain.YesNoUnknown), may_miss=True),
)

_OCCUPATIONS = (
    _required("occupation_group", Kind.GROUP),
    _required("field", Kind.FIELD),
    _plain("label_sv"),
    _plain("label_en"),
    _decimal("women_pct", PER_CENT),
    _whole("year", YEAR),
    _plain("source"),
)

_ASSIGNMENTS = (
    _id("participant_id"),
    _id("opening_id"),
    _plain("starts_on", Kind.DATE),
    _plain("sessions", Kind.SESSIONS),
    _whole("travel_minutes", domain.TRAVEL_MINUTES),
    _whole("points", POINTS),
    _required("norm_goal_met", Kind.YES_NO),
    _required("pinned", Kind.YES_NO),
)

_UNPLACED = (
    _id("participant_id"),
    _choice("cause", Cause, required=True),
    _plain("nearest"),
)

_QUESTIONS = (
    _id("participant_id"),
    _id("opening_id"),
    _choice("need", domain.Need, required=True),
    _choice("about", AskedAbout, required=True),
)


def _by_name(*tables: TableSchema) -> Mapping[str, TableSchema]:
    return MappingProxyType({table.name: table for table in tables})


TABLES: Mapping[str, TableSchema] = _by_name(
    TableSchema(name="participants", columns=_PARTICIPANTS),
    TableSchema(name="wishes", columns=_WISHES, optional=True),
    TableSchema(name="exclusions", columns=_EXCLUSIONS, optional=True),
    TableSchema(name="providers", columns=_PROVIDERS),
    TableSchema(name="sites", columns=_SITES),
    TableSchema(name="surveys", columns=_SURVEYS, optional=True),
    TableSchema(name="openings", columns=_OPENINGS),
    TableSchema(name="placements", columns=_PLACEMENTS, optional=True),
    TableSchema(name="travel_times", columns=_TRAVEL_TIMES, optional=True, large=True),
    TableSchema(name="occupations", columns=_OCCUPATIONS, optional=True),
)
"""The tables of a data set, in order."""

PLAN_TABLES: Mapping[str, TableSchema] = _by_name(
    TableSchema(name="assignments", columns=_ASSIGNMENTS),
    TableSchema(name="unplaced", columns=_UNPLACED),
)
"""The tables of a plan, in order."""
QUESTIONS = TableSchema(name="questions", columns=_QUESTIONS, optional=True)
"""What to ask before the starts of a plan: only where its policy allows unknown needs."""
