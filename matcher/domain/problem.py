"""The problem: everything a plan is made from, complete and consistent."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.domain.values import Opening, Participant, Placement, Provider, Site
from matcher.domain.words import OpeningId, ParticipantId, ProviderId, SiteId, WishLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupation:
    """An SSYK 2012 group: its field and the share of women employed in it, with its source."""

    occupation_group: str
    field: str
    label_sv: str = ""
    label_en: str = ""
    women_pct: float | None = None
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class TravelTimes:
    """A table of door-to-door minutes: the only source of travel times where there is one.

    ``participant`` and ``site`` are positions in the two id tuples, sorted by (participant, site),
    each pair once. ``minutes`` is -1 where the table has the pair but its minutes are unknown; a
    pair that is not in the table is unreachable. All three arrays have shape (rows,), int32.
    ``low`` and ``high``, where given: the band of minutes that are estimates, -1 of others.
    ``step_free``, where given: (rows,) int8, 1 where the journey can be made without steps, 0
    where it is known that it cannot, -1 where nobody knows. Told and asked; no rule heeds it.
    ``shared``, where given: (participants,) the position whose rows count for each of them, since
    those who travel from the same area in the same way share theirs; else their own.
    """

    participant_ids: tuple[str, ...]
    site_ids: tuple[str, ...]
    participant: npt.NDArray[np.int32]
    site: npt.NDArray[np.int32]
    minutes: npt.NDArray[np.int32]
    low: npt.NDArray[np.int32] | None = None
    high: npt.NDArray[np.int32] | None = None
    step_free: npt.NDArray[np.int8] | None = None
    shared: npt.NDArray[np.int32] | None = None

    def __post_init__(self) -> None:
        if np.any(np.diff(self.keys) <= 0):
            raise ValueError("travel times must be sorted by participant and site, each pair once")
        if len(self.rows_of) != len(self.participant_ids):
            raise ValueError("whose rows count must be told of every participant")

    @cached_property
    def keys(self) -> npt.NDArray[np.int64]:
        """(rows,) one whole number for each pair, ascending."""
        return self.participant.astype(np.int64) * max(1, len(self.site_ids)) + self.site

    @cached_property
    def rows_of(self) -> npt.NDArray[np.int32]:
        """(participants,) the position whose rows count for each participant."""
        own = np.arange(len(self.participant_ids), dtype=np.int32)
        return own if self.shared is None else self.shared

    @cached_property
    def people(self) -> npt.NDArray[np.int64]:
        """(rows,) how many participants each row counts for."""
        return np.bincount(self.rows_of, minlength=len(self.participant_ids))[self.participant]

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hexadecimal digits, of everything that the table says."""
        found = hashlib.sha256("\n".join([*self.participant_ids, "", *self.site_ids]).encode())
        band = self.low, self.high
        columns = self.participant, self.site, self.minutes, *band, self.step_free, self.shared
        for column in columns:
            found.update(b"-" if column is None else column.astype("<i4").tobytes())
        return found.hexdigest()

    @cached_property
    def participant_at(self) -> Mapping[str, int]:
        """Where each participant's id stands in ``participant_ids``."""
        return {name: at for at, name in enumerate(self.participant_ids)}

    @cached_property
    def site_at(self) -> Mapping[str, int]:
        """Where each site's id stands in ``site_ids``."""
        return {name: at for at, name in enumerate(self.site_ids)}


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """Everything a plan is made from. Its parts are kept sorted by id; ids resolve and are unique.

    Raises:
        ValueError: an id occurs twice, or names something that is not there.
    """

    plan_date: date
    participants: tuple[Participant, ...]
    providers: tuple[Provider, ...]
    sites: tuple[Site, ...]
    openings: tuple[Opening, ...]
    occupations: Mapping[str, Occupation]
    placements: tuple[Placement, ...] = ()
    travel_times: TravelTimes | None = None

    def __post_init__(self) -> None:
        for name, key in _IDS.items():
            ordered = tuple(sorted(getattr(self, name), key=lambda item: str(getattr(item, key))))
            object.__setattr__(self, name, ordered)
            _unique(name, [getattr(item, key) for item in ordered])
        placements = sorted(self.placements, key=_placement_order)
        object.__setattr__(self, "placements", tuple(placements))
        self._resolve()

    def _resolve(self) -> None:
        _known("provider", (s.provider_id for s in self.sites), self.provider)
        _known("site", (o.site_id for o in self.openings), self.site)
        _known("opening", (p.opening_id for p in self.placements), self.opening)
        _known("occupation", (o.occupation_group for o in self.openings), self.occupations)
        wished = (w for p in self.participants for w in p.wishes if w.level is WishLevel.GROUP)
        _known("occupation", (wish.code for wish in wished), self.occupations)

    @cached_property
    def participant(self) -> Mapping[ParticipantId, Participant]:
        """The participants by id."""
        return {p.participant_id: p for p in self.participants}

    @cached_property
    def participant_at(self) -> Mapping[ParticipantId, int]:
        """Where each participant stands, by id."""
        return {p.participant_id: at for at, p in enumerate(self.participants)}

    @cached_property
    def opening_at(self) -> Mapping[OpeningId, int]:
        """Where each opening stands, by id."""
        return {o.opening_id: at for at, o in enumerate(self.openings)}

    @cached_property
    def provider(self) -> Mapping[ProviderId, Provider]:
        """The providers by id."""
        return {p.provider_id: p for p in self.providers}

    @cached_property
    def site(self) -> Mapping[SiteId, Site]:
        """The sites by id."""
        return {s.site_id: s for s in self.sites}

    @cached_property
    def opening(self) -> Mapping[OpeningId, Opening]:
        """The openings by id."""
        return {o.opening_id: o for o in self.openings}


_IDS = {
    "participants": "participant_id",
    "providers": "provider_id",
    "sites": "site_id",
    "openings": "opening_id",
}


def _placement_order(placement: Placement) -> tuple[str, str, str, str]:
    starts = placement.starts_on.isoformat() if placement.starts_on else ""
    return placement.participant_id, placement.opening_id, placement.status, starts


def _unique(what: str, ids: Sequence[str]) -> None:
    twice = next((a for a, b in pairwise(ids) if a == b), None)
    if twice is not None:
        raise ValueError(f"{what}: {twice} occurs twice")


def _known(what: str, ids: Iterable[str], index: Mapping[Any, object]) -> None:
    missing = next((i for i in ids if i not in index), None)
    if missing is not None:
        raise ValueError(f"no {what} {missing}")
