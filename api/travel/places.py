"""From a name to a point: the shipped gazetteer, then a timetable's stops, then one's own server.

A street address is refused: where a participant lives is never asked for more closely than the
area. An ambiguous name has candidates, and a person chooses. A municipality is its main town. A
stop is known by its name or its id; one that is called like a street is no address.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from geopy.distance import geodesic  # type: ignore[import-untyped]

from api.travel.geocoder import Geocoder
from api.travel.troubles import CallFailedError, Trouble
from data import reference
from matcher.travel.contract import Point
from matcher.travel.gtfs import Feed

LONGEST_NAME = 80
GAZETTEER = "geonames"
ONE_STOP_KM = 0.5
"""Stops of one name that are no farther apart are one place: the two sides of a street."""
_POSTCODE = re.compile(r"(?<!\d)\d{3}\s?\d{2}(?!\d)")
_HOUSE_NUMBER = re.compile(r"[^\W\d_][.:]?\s*\d{1,4}\s*[a-z]?(?![\w])", re.IGNORECASE)
_STREET = re.compile(r"(gatan|vägen|gränden|gränd|stigen)$", re.IGNORECASE)


class Refusal(StrEnum):
    """Why a text is not looked up."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    STREET_ADDRESS = "street_address"
    """A name followed by a house number, or a street: too close to a person's home."""
    POSTCODE = "postcode"
    """Their points are up to 70 km off."""
    NUMBER = "number"
    """Digits that are no part of a place's name: perhaps an identity number."""


class Kind(StrEnum):
    """What a place is."""

    MUNICIPALITY = "municipality"
    LOCALITY = "locality"
    STOP = "stop"
    OTHER = "other"
    """From a server that does not say in which municipality it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with its point; ``municipality`` and its code are empty where they are unknown."""

    name: str
    kind: Kind
    municipality_code: str
    municipality: str
    point: Point
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What became of a search: places, or why there is none. It does not repeat the text.

    Neither a refusal, nor a trouble, nor a place: nobody knows the name.
    """

    candidates: tuple[Place, ...] = ()
    refusal: Refusal | None = None
    trouble: Trouble | None = None

    @property
    def place(self) -> Place | None:
        """The place, where there is only one of that name; else a person chooses."""
        return self.candidates[0] if len(self.candidates) == 1 else None


class Places:
    """Finds places by name."""

    def __init__(self, geocoder: Geocoder | None = None, feed: Feed | None = None) -> None:
        """``feed``: whose stops are places too. ``geocoder``: asked for what neither knows."""
        self._geocoder = geocoder
        self._stops = {} if feed is None else _stops(feed)

    def find(self, text: str) -> Search:
        """The places of that name, of municipalities first.

        "Brevik, Lidingö" is the Brevik in Lidingö; "Salem" and "Salems kommun" are the same.
        """
        stops = self._stops.get(_key(text)) or self._stops.get(text.strip(), ())
        known = _in_gazetteer(text) or stops
        if known:
            return Search(candidates=known)
        refusal = refusal_of(text)
        if refusal is not None or self._geocoder is None:
            return Search(refusal=refusal)
        try:
            hits = self._geocoder.find(" ".join(text.split()))
        except CallFailedError as failed:
            return Search(trouble=failed.trouble)
        source = self._geocoder.source
        return Search(candidates=tuple(_other(hit.name, hit.point, source) for hit in hits))


def refusal_of(text: str) -> Refusal | None:
    """Why this text is sent to no server; ``None`` where nothing speaks against it."""
    name = unicodedata.normalize("NFC", text).strip()
    first = name.split(",")[0].strip()
    checks = {
        Refusal.EMPTY: not name,
        Refusal.TOO_LONG: len(name) > LONGEST_NAME,
        Refusal.POSTCODE: _POSTCODE.search(name),
        Refusal.STREET_ADDRESS: _HOUSE_NUMBER.search(name) or _STREET.search(first),
        Refusal.NUMBER: any(character.isnumeric() for character in name),
    }
    return next((refusal for refusal, holds in checks.items() if holds), None)


def distance_km(start: Point, end: Point) -> float:
    """The distance to show between two places, along the ellipsoid (WGS 84), in kilometres."""
    places = [(point.latitude, point.longitude) for point in (start, end)]
    return float(geodesic(*places).km)


def _in_gazetteer(text: str) -> tuple[Place, ...]:
    """The shipped places of that name, in that municipality where one is told."""
    name, _, municipality = (part.strip() for part in text.partition(","))
    found = _gazetteer().get(_key(name), ())
    if municipality:
        wanted = _key(municipality)
        found = tuple(place for place in found if _key(place.municipality) == wanted)
    return found


@cache
def _gazetteer() -> dict[str, tuple[Place, ...]]:
    """The places by name, municipalities first.

    A locality that is called like its municipality is left out: that name is the main town's.
    """
    names = reference.municipalities()
    found: dict[str, dict[Place, None]] = {}
    own: set[tuple[str, str]] = set()
    for row in reference.main_towns():
        code = row["municipality_code"]
        place = _place(row, names[code], Kind.MUNICIPALITY)
        own.add((code, _key(names[code])))
        for name in (names[code], f"{names[code]} kommun", f"{names[code]}s kommun"):
            found.setdefault(_key(name), {})[place] = None
    for row in reference.localities():
        if (row["municipality_code"], _key(row["name"])) not in own:
            place = _place(row, row["name"], Kind.LOCALITY)
            found.setdefault(_key(place.name), {})[place] = None
    return {name: tuple(places) for name, places in found.items()}


def _stops(feed: Feed) -> dict[str, tuple[Place, ...]]:
    """The stops and stations by name, and by id where nothing is called so; stations first."""
    stops, source = feed.stops, f"gtfs/{feed.digest[:8]}"
    names, ids = stops.names.to_pylist(), stops.ids.to_pylist()
    order = np.argsort(stops.station >= 0, kind="stable")
    by_id: dict[str, list[Place]] = {}
    by_name: dict[str, list[Place]] = {}
    for at in order[~np.isnan(stops.latitude + stops.longitude)[order]].tolist():
        point = Point(latitude=float(stops.latitude[at]), longitude=float(stops.longitude[at]))
        place = _other(names[at] or ids[at], point, source, Kind.STOP)
        by_id[ids[at]] = [place]
        others = by_name.setdefault(_key(place.name), [])
        if all(distance_km(point, other.point) > ONE_STOP_KM for other in others):
            others.append(place)
    return {name: tuple(places) for name, places in (by_id | by_name).items()}


def _place(row: dict[str, str], name: str, kind: Kind) -> Place:
    code = row["municipality_code"]
    return Place(
        name=name,
        kind=kind,
        municipality_code=code,
        municipality=reference.municipalities()[code],
        point=Point(latitude=float(row["latitude"]), longitude=float(row["longitude"])),
        source=GAZETTEER,
    )


def _other(name: str, point: Point, source: str, kind: Kind = Kind.OTHER) -> Place:
    """A place of which it is not known in which municipality it is."""
    return Place(
        name=name,
        kind=kind,
        municipality_code="",
        municipality="",
        point=point,
        source=source,
    )


def _key(name: str) -> str:
    """A name as it is compared: case, hyphens and spaces do not matter; å, ä and ö do."""
    composed = unicodedata.normalize("NFC", name).casefold()
    return " ".join(composed.replace("-", " ").split())
