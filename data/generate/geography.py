"""Towns to live and work in: real ones around Stockholm, invented ones over all Sweden."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data import reference
from data.generate.dice import Dice, Floats, Ints, Texts

_KM_PER_DEGREE = 111.2
_AGGREGATE = 60_000
_UNKNOWN_POPULATION = 8_000
_GOLDEN_ANGLE = 2.399963


@dataclass(frozen=True, slots=True, kw_only=True)
class Towns:
    """Places as columns, all of one length.

    Attributes:
        name: what the place is called; not unique.
        code: the municipality it lies in.
        latitude: degrees, WGS 84.
        longitude: degrees, WGS 84.
        weight: how many live there, in round numbers.
        association: the samordningsförbund; empty text where none takes part.
    """

    name: Texts
    code: Texts
    latitude: Floats
    longitude: Floats
    weight: Floats
    association: Texts

    def within(self, association: str) -> Floats:
        """(towns,) the weights inside one association, 0 elsewhere."""
        return np.where(self.association == association, self.weight, 0.0)


def gazetteer(association_of: Mapping[str, str]) -> Towns:
    """The places of Stockholm county whose municipality has an association ("": none).

    Three populations are those of whole cities: none counts for more than 60,000, so that the
    people of Stockholm are spread over its parts. An unknown population counts as 8,000.
    """
    rows = [r for r in reference.localities() if r["municipality_code"] in association_of]
    people = [int(r["population"] or _UNKNOWN_POPULATION) for r in rows]
    return Towns(
        name=_texts([r["name"] for r in rows]),
        code=_texts([r["municipality_code"] for r in rows]),
        latitude=np.array([float(r["latitude"]) for r in rows]),
        longitude=np.array([float(r["longitude"]) for r in rows]),
        weight=np.minimum(np.array(people, dtype=np.float64), _AGGREGATE),
        association=_texts([association_of[r["municipality_code"]] for r in rows]),
    )


_COUNTIES: dict[str, tuple[float, float, float, float]] = {
    "03": (59.86, 17.64, 45, 40), "04": (59.05, 16.80, 40, 30), "19": (59.65, 16.30, 35, 28),
    "18": (59.30, 15.00, 45, 31), "05": (58.41, 15.62, 50, 47), "17": (59.70, 13.40, 60, 28),
    "20": (60.65, 15.20, 70, 29), "21": (61.10, 16.70, 60, 29), "06": (57.60, 14.30, 50, 37),
    "07": (56.88, 14.60, 45, 20), "08": (57.00, 16.20, 60, 25), "09": (57.55, 18.40, 15, 6),
    "10": (56.22, 15.30, 30, 16), "13": (56.95, 12.70, 40, 34), "22": (62.70, 17.50, 60, 24),
    "23": (63.15, 14.70, 90, 13), "24": (64.20, 19.60, 90, 28), "25": (66.30, 21.40, 120, 25),
    "12": (55.85, 13.50, 45, 142), "14": (57.90, 12.40, 70, 177), "01": (59.33, 18.07, 40, 245),
}  # fmt: skip
"""County code: middle (latitude, longitude), radius in km, people in tens of thousands; rough.

In this order a country grows: a small one is a county or two.
"""


def _ranked(county: str) -> list[str]:
    """The county's municipalities, its chief town (SCB's codes ending in 80) first."""
    codes = [code for code in reference.municipalities() if code.startswith(county)]
    return sorted(codes, key=lambda code: (not code.endswith("80"), code))


def _county(county: str) -> list[tuple[str, float, float, float]]:
    """Code, latitude, longitude and weight: a sunflower of towns around the county's middle."""
    latitude, longitude, radius, people = _COUNTIES[county]
    codes = _ranked(county)
    rank = np.arange(len(codes))
    km = radius * np.sqrt(rank / len(codes))
    north = latitude + km * np.sin(rank * _GOLDEN_ANGLE) / _KM_PER_DEGREE
    width = _KM_PER_DEGREE * np.cos(np.radians(latitude))
    east = longitude + km * np.cos(rank * _GOLDEN_ANGLE) / width
    weight = (rank + 1.0) ** -0.7
    weight *= people * 10_000 / weight.sum()
    return list(zip(codes, north.tolist(), east.tolist(), weight.tolist(), strict=True))


def country(share: float = 1.0) -> Towns:
    """A town for each municipality, spread over Sweden but not where it truly is.

    Only the codes and names are real. Each county is one association.

    Args:
        share: how much of the people to make room for, 0 to 1: that many counties are taken, so
            that a small data set is as dense as a large one.
    """
    rows = [row for county in _counties(share) for row in _county(county)]
    named = reference.municipalities()
    return Towns(
        name=_texts([named[code] for code, *_ in rows]),
        code=_texts([code for code, *_ in rows]),
        latitude=np.array([north for _, north, _, _ in rows]),
        longitude=np.array([east for _, _, east, _ in rows]),
        weight=np.array([weight for *_, weight in rows]),
        association=_texts([f"Förbund {code[:2]} (påhittat)" for code, *_ in rows]),
    )


def _counties(share: float) -> list[str]:
    """The first counties that hold that share of the people, at least one."""
    held = np.cumsum([people for *_, people in _COUNTIES.values()])
    enough = int(np.searchsorted(held, share * held[-1]))
    return list(_COUNTIES)[: enough + 1]


def near(dice: Dice, towns: Towns, at: Ints, km: float) -> tuple[Floats, Floats]:
    """Points around the given towns, about that many kilometres off, never an address.

    Returns:
        Latitude and longitude, rounded to three decimals (some 60 to 110 metres).
    """
    north, east = dice.bell(2, len(at)) * km / _KM_PER_DEGREE
    latitude = towns.latitude[at] + north
    longitude = towns.longitude[at] + east / np.cos(np.radians(towns.latitude[at]))
    return np.round(latitude, 3), np.round(longitude, 3)


def _texts(values: list[str]) -> Texts:
    return np.array(values, dtype=object)
