"""The data sets that can be made: the MIA county, a town, and a country of any size."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from data import reference
from data.generate import openings, people, placements, places, surveys, travel, wishes
from data.generate.dice import Dice, Floats, Texts
from data.generate.geography import Towns, country, gazetteer
from data.generate.openings import HalfDays, Room
from data.generate.people import Cast, Traits
from data.generate.placements import Wanted
from data.generate.tables import Tables

PLAN_DATE = date(2026, 12, 1)
_COUNTY_GENDERS = {"woman": 55, "man": 41, "undisclosed": 3, "nonbinary": 1}
_COUNTY_PLACEMENTS = (0.02, 0.01, 0.01, 0.005)
"""Outsiders, ongoing, offered, pinned: as shares of the participants."""
_COUNTY_TRAITS = Traits(protected=0.003, jitter_km=5.0)
"""`jitter_km` sets how many sites are within reach, and so how many pairs are eligible; few have a
protected identity, since travel bars them from nothing: each is a thousand pairs."""
_NOISE = 0.15
"""How far a travel time strays from the estimate, as a share of it."""
_FULL_SIZE = 9_000
"""As many openings fill the whole country; fewer get fewer counties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """How much is offered: how many providers and sites, and the openings with their room."""

    providers: int
    sites: int
    room: Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """All that a data set hangs on besides the seed and the plan date.

    Attributes:
        live: the towns people live in.
        work: the towns sites lie in; they may be more.
        supply: how much is offered.
        traits: the shares that differ between scenarios.
        wanted: how many placements there are already.
    """

    live: Towns
    work: Towns
    supply: Supply
    traits: Traits = field(default_factory=Traits)
    wanted: Wanted = field(default_factory=Wanted)


def mia(seed: int = 2022, plan_date: date = PLAN_DATE) -> Tables:
    """Eight associations around Stockholm with the printed numbers of 1,638 participants.

    The numbers of women and men in each association and their mean ages in whole years are the
    printed ones; whoever is left is `undisclosed`. All else is invented.

    Args:
        seed: a whole number, 0 or more; the shipped files are those of 2022.
        plan_date: the day the data set is of; ages are those of its year.
    """
    member: dict[str, str] = {}
    for row in reference.mia_associations():
        member |= dict.fromkeys(row["municipality_codes"].split(";"), row["association"])
    everywhere = dict.fromkeys((r["municipality_code"] for r in reference.localities()), "")
    scenario = Scenario(
        live=gazetteer(member),
        work=_thinned(gazetteer(everywhere | member)),
        supply=Supply(providers=60, sites=150, room=Room(openings=330)),
    )
    return _build(seed, plan_date, scenario, _mia_cast(Dice(seed, "cast"), scenario.live))


def town(seed: int = 7, plan_date: date = PLAN_DATE) -> Tables:
    """One association of one town and its surroundings: 150 participants, 30 openings.

    The places are those of Södertälje and Nykvarn, the association is invented.
    """
    towns = gazetteer(dict.fromkeys(("0181", "0140"), "Exempelförbundet"))
    scenario = Scenario(
        live=towns,
        work=towns,
        supply=Supply(
            providers=9, sites=16, room=Room(openings=30, seats=(10, 22, 24, 20, 13, 11))
        ),
        wanted=Wanted(outsiders=5, ongoing=3, offered=3, pinned=2),
    )
    return _build(seed, plan_date, scenario, _any_cast(Dice(seed, "cast"), towns, 150))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a county is.

    Attributes:
        participants: how many people.
        openings: how many openings, at half as many sites.
        travel_rows: about how many rows of travel times, each person's nearest sites first; with
            0 there is no such table, and the engine estimates.
        half_days: "typical": they seldom bind. "tight": a quarter to six tenths of the seats at
            once, and every opening open on about 65 % of the half-days.
    """

    participants: int
    openings: int
    travel_rows: int = 0
    half_days: HalfDays = "typical"


def county(size: Size, seed: int = 1, plan_date: date = PLAN_DATE) -> Tables:
    """A data set of any size over all Sweden, for measuring."""
    towns = country(size.openings / _FULL_SIZE)
    supply = Supply(
        providers=max(1, size.openings // 6),
        sites=max(1, size.openings // 2),
        room=Room(openings=size.openings, limited=0.08, half_days=size.half_days),
    )
    scenario = Scenario(
        live=towns,
        work=towns,
        supply=supply,
        traits=_COUNTY_TRAITS,
        wanted=Wanted(*(round(size.participants * share) for share in _COUNTY_PLACEMENTS)),
    )
    cast = _any_cast(Dice(seed, "cast"), towns, size.participants)
    tables = _build(seed, plan_date, scenario, cast)
    if size.travel_rows:
        tables["travel_times"] = travel.draw(
            Dice(seed, "travel"), tables["participants"], tables["sites"], size.travel_rows, _NOISE
        )
    return tables


def _build(seed: int, plan_date: date, scenario: Scenario, cast: Cast) -> Tables:
    """Every table of a data set, each with dice of its own."""
    supply = scenario.supply
    owners, providers = places.providers(Dice(seed, "providers"), scenario.work, supply.providers)
    spots, sites = places.sites(Dice(seed, "sites"), scenario.work, owners, supply.sites)
    who = people.draw(Dice(seed, "people"), plan_date, scenario.live, cast, scenario.traits)
    tables = {
        "participants": who,
        "wishes": wishes.draw(Dice(seed, "wishes"), who),
        "exclusions": wishes.exclusions(Dice(seed, "exclusions"), who, spots, owners.ids),
        "providers": providers,
        "sites": sites,
        "surveys": surveys.draw(Dice(seed, "surveys"), plan_date, spots),
        "openings": openings.draw(
            Dice(seed, "openings"), plan_date, scenario.work, spots, supply.room,
        ),
    }  # fmt: skip
    dice = Dice(seed, "placements")
    tables["placements"] = placements.draw(dice, plan_date, tables, scenario.wanted)
    return tables


def _thinned(towns: Towns) -> Towns:
    """The same towns, with a tenth of the weight where no association takes part."""
    outside = towns.association == ""
    return replace(towns, weight=np.where(outside, towns.weight / 10, towns.weight))


def _mia_cast(dice: Dice, towns: Towns) -> Cast:
    """The printed numbers of women and men, and their mean ages, in each association."""
    parts = [_mia_group(dice, towns, row) for row in reference.mia_associations()]
    return Cast(
        home=np.concatenate([part.home for part in parts]),
        gender=np.concatenate([part.gender for part in parts]),
        age=np.concatenate([part.age for part in parts]),
    )


def _mia_group(dice: Dice, towns: Towns, printed: Mapping[str, str]) -> Cast:
    """The participants of one association, in an order that tells nothing."""
    women, men, rest = (int(printed[key]) for key in ("women", "men", "undisclosed"))
    gender: Texts = np.repeat(
        np.array(["woman", "man", "undisclosed"], dtype=object), [women, men, rest]
    )
    age = np.concatenate(
        [
            people.ages_with_mean(dice, women, int(printed["mean_age_women"])),
            people.ages_with_mean(dice, men, int(printed["mean_age_men"])),
            people.ages(dice, rest),
        ]
    )
    order = dice.order(len(age))
    weights: Floats = towns.within(printed["association"])
    return Cast(home=dice.index(weights, len(age)), gender=gender[order], age=age[order])


def _any_cast(dice: Dice, towns: Towns, count: int) -> Cast:
    """People of all ages and genders, where the towns are large."""
    return Cast(
        home=dice.index(towns.weight, count),
        gender=dice.choose(_COUNTY_GENDERS, count),
        age=people.ages(dice, count),
    )
