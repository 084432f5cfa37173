"""What every answer stands on and no participant changes: places, seats held, policy, day.

Kept by process, for as long as the counters of the database say that it is what is there. Whoever
asks twice at once waits for the first instead of reading it a second time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from api.matching.journeys import shown_with_journeys
from api.store import Session, known, moment_of, places, plans, store_of, supply
from api.store.editing import revisions

if TYPE_CHECKING:
    from matcher.columns import Table
    from matcher.domain import (
        Opening,
        OpeningId,
        Participant,
        ParticipantId,
        Placement,
        Problem,
        Provider,
        ProviderId,
        Site,
        SiteId,
    )
    from matcher.policy import Policy

STOCKHOLM = ZoneInfo("Europe/Stockholm")
KEPT = 16
"""Things of a kind that are kept at once."""

Made = TypeVar("Made")


@dataclass(frozen=True, eq=False, kw_only=True)
class Places:
    """Every provider, site and opening as it stands, and what each is called on the wire."""

    number: int
    providers: "tuple[Provider, ...]"
    sites: "tuple[Site, ...]"
    openings: "tuple[Opening, ...]"
    names: known.Names

    @cached_property
    def opening(self) -> "Mapping[UUID, OpeningId]":
        """The code of every opening, by its random number."""
        return {row: code for code, row in self.names.openings.items()}

    @cached_property
    def site(self) -> "Mapping[UUID, SiteId]":
        """The code of every site, by its random number."""
        return {row: code for code, row in self.names.sites.items()}

    @cached_property
    def provider(self) -> "Mapping[UUID, ProviderId]":
        """The code of every provider, by its random number."""
        return {row: code for code, row in self.names.providers.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground:
    """What answers of one organisation stand on, on a day.

    ``held``: everything that holds a seat, participants known by random numbers (``name``).
    ``travel``: the store of travel times, if there is one.
    """

    places: Places
    held: "tuple[Placement, ...]"
    policy: "Policy"
    document: str
    plan_date: date
    travel: Path | None
    kept: "Kept" = field(repr=False)

    def with_one(self, profile: "Participant", row: UUID) -> "Table":
        """The columns of one participant beside every opening; seats of all others stay held.

        Raises:
            Refusal: the store of travel times cannot be read (``UNAVAILABLE``).
        """
        from matcher import columns

        mine = name(row)
        own = profile.participant_id
        problem = self._problem(
            (profile,),
            tuple(
                replace(one, participant_id=own) if one.participant_id == mine else one
                for one in self.held
                if one.opening_id in self.places.names.openings
            ),
        )
        timed = shown_with_journeys(problem, self.travel)
        return columns.load(timed, self.policy, self.table)

    @property
    def table(self) -> "Table":
        """The columns of the openings alone."""
        from matcher import columns

        key = self.places.number, self.document, self.plan_date
        return self.kept.once(
            "table", key, lambda: columns.load(self._problem((), ()), self.policy)
        )

    def _problem(
        self, people: "tuple[Participant, ...]", held: "tuple[Placement, ...]"
    ) -> "Problem":
        from matcher import occupations
        from matcher.domain import Problem

        return Problem(
            plan_date=self.plan_date,
            participants=people,
            providers=self.places.providers,
            sites=self.places.sites,
            openings=self.places.openings,
            occupations=occupations.shipped(),
            placements=held,
        )


class Kept:
    """What one process keeps of one database: the newest few of each kind."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._lock = Lock()
        self._making: dict[str, Lock] = {}
        self._kept: dict[str, OrderedDict[Hashable, object]] = {}

    def once(self, kind: str, key: Hashable, make: Callable[[], Made]) -> Made:
        """What is kept under a key, or is made now, by one thread at a time for each kind."""
        found = self._found(kind, key)
        if found is None:
            with self._lock:
                making = self._making.setdefault(kind, Lock())
            with making:
                found = self._found(kind, key)
                if found is None:
                    found = self._keep(kind, key, make())
        return found  # type: ignore[return-value]  # what is kept under a kind is of one type

    def _found(self, kind: str, key: Hashable) -> object | None:
        with self._lock:
            items = self._kept.get(kind, OrderedDict())
            if key in items:
                items.move_to_end(key)
            return items.get(key)

    def _keep(self, kind: str, key: Hashable, made: object) -> object:
        with self._lock:
            items = self._kept.setdefault(kind, OrderedDict())
            items[key] = made
            while len(items) > KEPT:
                items.popitem(last=False)
        return made


_KEPT: WeakKeyDictionary[object, Kept] = WeakKeyDictionary()
_KEPT_LOCK = Lock()


def kept(unit: Session) -> Kept:
    """What this process keeps of the database of a unit of work."""
    with _KEPT_LOCK:
        return _KEPT.setdefault(store_of(unit).engine, Kept())


def today(moment: datetime) -> date:
    """The day in Stockholm."""
    return moment.astimezone(STOCKHOLM).date()


def name(row: UUID) -> "ParticipantId":
    """What a participant is called among those who hold seats: letters, no number of a person."""
    from matcher.domain import ParticipantId

    return ParticipantId(row.hex.translate(supply.LETTERS))


def ground(
    unit: Session, organisation: UUID, plan_date: date | None = None, *, travel: Path | None
) -> Ground:
    """What answers of an organisation stand on.

    Args:
        unit: a unit of work that has changed nothing: what it reads may be kept for others.
        organisation: whose policy counts.
        plan_date: the day; today in Stockholm unless another is given.
        travel: the store of travel times, if there is one.
    """
    keep = kept(unit)
    document = plans.policy(unit, organisation)
    text = repr(sorted(document.items()))
    numbers = revisions(unit)
    return Ground(
        places=_places_at(unit, numbers[0]),
        held=keep.once("held", numbers, lambda: _held(unit)),
        policy=keep.once("policy", text, lambda: policy_of(document)),
        document=text,
        plan_date=plan_date or today(moment_of(unit)),
        travel=travel,
        kept=keep,
    )


def places_of(unit: Session) -> Places:
    """Every place as it stands."""
    return _places_at(unit, revisions(unit)[0])


def policy_of(document: Mapping[str, object]) -> "Policy":
    """The policy that a document describes."""
    from matcher.dataset import policy_of as read

    return read(document, "policy")


def _places_at(unit: Session, number: int) -> Places:
    return kept(unit).once("places", number, lambda: _places(unit, number))


def _places(unit: Session, number: int) -> Places:
    return Places(
        number=number,
        providers=tuple(supply.providers(unit)),
        sites=tuple(site for _, site in places.sites(unit)),
        openings=tuple(opening for _, opening in supply.openings(unit)),
        names=known.places(unit),
    )


def _held(unit: Session) -> "tuple[Placement, ...]":
    """Everything that holds a seat, of whatever organisation."""
    names = {row: name(row) for row in known.holders(unit)}
    return tuple(supply.placements(unit, names))
