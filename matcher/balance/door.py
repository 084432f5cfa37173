"""The one door: events in, protected tables and what can be said of them out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from data import reference
from matcher import occupations
from matcher.balance import followup, measures, ratios, waits
from matcher.balance.disclosure import (
    Nesting,
    Noising,
    ProtectedRelease,
    Registry,
    Release,
    Rules,
    Table,
    noised,
    protect,
)
from matcher.balance.events import Events
from matcher.balance.followup import Caseload
from matcher.balance.measures import KIND, Counting
from matcher.balance.persons import Period, check_periods
from matcher.balance.ratios import Diversity, Gap, Ratio, Steering
from matcher.balance.waits import Wait
from matcher.balance.words import Stage
from matcher.domain import Occupation

More = Callable[[Counting], tuple[tuple[Table, ...], tuple[Nesting, ...]]]
"""Further tables of the same release: ``fairness.unplaced``, ``shadow.agreement``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """Women's share of the employees of a field or group in the whole country."""

    women_pct: float | None
    year: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The occupation groups, and the national share beside each field and group, by its code."""

    known: Mapping[str, Occupation]
    national: Mapping[str, National]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the balance.

    ``name`` of the release. ``placed``: the stage from which on somebody is said to have a place:
    ``STARTED`` of a history, ``PROPOSED`` of a plan. ``periods`` are told apart besides the whole.
    ``crossed``: by what fields and gender are broken down further (``measures.CROSSED``): that
    makes many small cells, which hide much else. ``earlier``: what has been released before.
    ``more``: further tables. ``noising``: every count gets noise, and nothing is hidden; all else
    is made of those counts. Without it small counts are hidden.
    """

    name: str = "balance"
    placed: Stage = Stage.STARTED
    periods: tuple[Period, ...] = ()
    crossed: tuple[str, ...] = (KIND,)
    rules: Rules = field(default_factory=Rules)
    earlier: Registry = field(default_factory=Registry)
    more: tuple[More, ...] = ()
    noising: Noising | None = None


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Balance:
    """What may be told. ``release`` holds every table, each cell shown or hidden.

    All else is made of what the tables show; waiting times are medians of enough people.
    """

    release: ProtectedRelease
    registry: Registry
    ratios: tuple[Ratio, ...]
    gaps: tuple[Gap, ...]
    steering: tuple[Steering, ...]
    waits: tuple[Wait, ...]
    diversity: tuple[Diversity, ...]
    caseload: Caseload
    national: Mapping[str, National]


def balance(events: Events, reference: Reference, asked: Asked | None = None) -> Balance:
    """The balance and the follow-up of some events, protected.

    Args:
        events: what happened to whom.
        reference: the occupation groups and their national shares.
        asked: what is asked; without it, as ``Asked`` says.

    Raises:
        ValueError: periods that overlap.
        ReleaseError: further tables that do not fit the others; ``MIXED``, ``OTHER_NOISE`` with
            what was released before.
    """
    asked = asked or Asked()
    check_periods(asked.periods)
    noising, periods = asked.noising, asked.periods
    counting = Counting(events, reference.known, asked.placed, periods, asked.crossed, noising)
    tables = (*measures.tables(counting), *followup.caseload(counting))
    nestings = measures.nestings(counting)
    for more in asked.more:
        others, within = more(counting)
        tables, nestings = (*tables, *others), (*nestings, *within)
    raw = Release(asked.name, tables, nestings)
    if noising:
        release = noised(raw, noising, asked.rules, asked.earlier)
    else:
        release = protect(raw, asked.rules, asked.earlier)
    floor = asked.rules.floor
    found = ratios.ratios(release, floor)
    named = {*events.field.names, *events.group.names}
    return Balance(
        release=release,
        registry=asked.earlier.with_release(release),
        ratios=found,
        gaps=ratios.gaps(found),
        steering=ratios.steering(release, asked.placed, floor),
        waits=waits.waits(counting, release, floor),
        diversity=ratios.diversity(release, floor),
        caseload=followup.load(release),
        national={code: one for code, one in reference.national.items() if code in named},
    )


def reference_of(known: Mapping[str, Occupation] | None = None) -> Reference:
    """The national reference: the shipped one, or the occupations of a data set.

    The shares of fields are known of the shipped reference alone.
    """
    shipped = occupations.shipped()
    known = shipped if known is None else known
    national = {
        code: National(women_pct=one.women_pct, year=one.year, source=one.source)
        for code, one in known.items()
    }
    if known == shipped:
        national |= {row["field"]: _field(row) for row in reference.fields()}
    return Reference(known=known, national=national)


def _field(row: Mapping[str, str]) -> National:
    return National(
        women_pct=float(row["women_pct"]) if row["women_pct"] else None,
        year=int(row["year"]) if row["year"] else None,
        source=row["source"],
    )
