"""The reference tables in the reader's language: occupations, municipalities, places nearby."""

from collections.abc import Mapping
from functools import cache
from math import cos, hypot, radians

from api.texts import Language
from data import reference
from matcher.domain import WishLevel

Choice = tuple[str, str]
"""A value, and its text."""


@cache
def wishes(language: Language) -> Mapping[tuple[str, str], str]:
    """What can be wished for, by level and code: fields first, then groups with their numbers."""
    fields = {
        (str(WishLevel.FIELD), row["field"]): _named(row, language) for row in reference.fields()
    }
    groups = {
        (str(WishLevel.GROUP), row["occupation_group"]): (
            f"{row['occupation_group']} {_named(row, language)}"
        )
        for row in reference.occupations()
    }
    return fields | groups


def wish_of(text: str) -> tuple[str, str] | None:
    """What somebody wrote to wish for, as level and code: a number of a group, or a text of ours.

    None where it is neither.
    """
    wanted = " ".join(text.casefold().split())
    if not wanted:
        return None
    number = wanted[:4]
    known = wishes(Language.SWEDISH)
    if number.isdecimal() and (str(WishLevel.GROUP), number) in known:
        return str(WishLevel.GROUP), number
    for language in Language:
        for key, label in wishes(language).items():
            said = label.casefold()
            if wanted in {said, said.removeprefix(f"{key[1]} ")}:
                return key
    return None


@cache
def municipalities() -> tuple[Choice, ...]:
    """Every municipality by name."""
    found = reference.municipalities().items()
    return tuple(sorted(found, key=lambda one: _key(one[1])))


@cache
def localities() -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """The places of the gazetteer by municipality, each by its number."""
    names = reference.municipalities()
    found: dict[str, list[Choice]] = {}
    for row in reference.localities():
        found.setdefault(names[row["municipality_code"]], []).append(
            (row["geonameid"], row["name"])
        )
    return tuple((name, tuple(found[name])) for name in sorted(found, key=_key))


def point_of(number: str) -> tuple[float, float] | None:
    """Latitude and longitude of a place of the gazetteer; None where there is none."""
    return _points().get(number)


def place_near(latitude: float, longitude: float) -> str:
    """The name of the place of the gazetteer that is nearest."""
    scale = cos(radians(latitude))

    def away(row: Mapping[str, str]) -> float:
        north, east = float(row["latitude"]) - latitude, float(row["longitude"]) - longitude
        return hypot(north, east * scale)

    return min(reference.localities(), key=away)["name"]


def associations() -> tuple[Choice, ...]:
    """The coordination associations that are known by name."""
    return tuple((row["association"], row["association"]) for row in reference.mia_associations())


@cache
def _points() -> Mapping[str, tuple[float, float]]:
    return {
        row["geonameid"]: (float(row["latitude"]), float(row["longitude"]))
        for row in reference.localities()
    }


def _named(row: Mapping[str, str], language: Language) -> str:
    return (row["label_en"] if language is Language.ENGLISH else "") or row["label_sv"]


def _key(name: str) -> str:
    """Å, Ä and Ö stand last, in that order."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))
