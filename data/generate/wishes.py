"""What the invented participants wish for, wish to avoid, and where they will not go."""

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Ints, Mask, Texts
from data.generate.places import Sites
from data.generate.tables import table
from data.generate.trades import GROUPS, OFFERED, WANTED, fields_of_trades, women_pct

_MOST = 4
_AVOIDED = {"9413": 3, "9412": 4, "9111": 5, "5223": 3, "4322": 3, "6122": 3, "9610": 2, "5330": 2}
_EVEN = (40.0, 60.0)


def draw(dice: Dice, people: pd.DataFrame) -> pd.DataFrame:
    """Up to four ranked wishes and, for one in five, something to avoid.

    Whoever has a norm goal asks first for a task that the other gender dominates; otherwise
    gender has no part in what people wish for here.
    """
    count = len(people)
    trades = dice.subsets(WANTED, np.full(count, _MOST))
    picked = _in_random_order(dice, trades)
    sizes = dice.numbers({0: 11, 1: 24, 2: 31, 3: 22, 4: 12}, count)
    picked[:, 0] = _first_of_norm_breakers(dice, people, picked[:, 0])
    sizes[_goals(people)] = np.maximum(1, sizes[_goals(people)])
    by_field = dice.unit(count, _MOST) < 0.42  # noqa: PLR2004 -- the share of field wishes
    by_field[_goals(people), 0] = False
    codes = np.where(by_field, fields_of_trades()[picked], GROUPS[picked])
    person, rank = np.nonzero(np.arange(_MOST)[None, :] < sizes[:, None])
    ids = people["participant_id"].to_numpy(dtype=object)
    seek = {
        "participant_id": ids[person],
        "wish": np.full(len(person), "seek", dtype=object),
        "rank": rank + 1,
        "level": np.where(by_field[person, rank], "field", "group").astype(object),
        "code": codes[person, rank],
    }
    found = pd.concat([table("wishes", seek), _avoided(dice, ids, codes, sizes)])
    return found.sort_values("participant_id", kind="stable", ignore_index=True)


def _in_random_order(dice: Dice, taken: Mask) -> Ints:
    """(rows, 4) the trades taken of each row, shuffled."""
    found = np.nonzero(taken)[1].reshape(len(taken), _MOST)
    turn = np.argsort(dice.unit(len(taken), _MOST), axis=1, kind="stable")
    return np.take_along_axis(found, turn, axis=1)


def _goals(people: pd.DataFrame) -> Mask:
    goals: Mask = (people["norm_goal"] == "yes").to_numpy(dtype=bool)
    return goals


def _first_of_norm_breakers(dice: Dice, people: pd.DataFrame, first: Ints) -> Ints:
    """The first wish, replaced for those with a norm goal; only what somebody offers."""
    women = women_pct()
    wanted = WANTED * (OFFERED > 0)
    for_women = dice.index(wanted * (women < _EVEN[0]), len(people))
    for_men = dice.index(wanted * (women > _EVEN[1]), len(people))
    other = np.where((people["gender"] == "woman").to_numpy(dtype=bool), for_women, for_men)
    return np.where(_goals(people), other, first)


def _avoided(dice: Dice, ids: Texts, codes: Texts, sizes: Ints) -> pd.DataFrame:
    """At most one group each to avoid, never one that the same person seeks."""
    count = len(ids)
    code = dice.choose(_AVOIDED, count)
    sought = ((codes == code[:, None]) & (np.arange(_MOST) < sizes[:, None])).any(axis=1)
    taken = dice.chance(0.2, count) & ~sought
    some = int(taken.sum())
    columns = {
        "participant_id": ids[taken],
        "wish": np.full(some, "avoid", dtype=object),
        "rank": [None] * some,
        "level": np.full(some, "group", dtype=object),
        "code": code[taken],
    }
    return table("wishes", columns)


def exclusions(dice: Dice, people: pd.DataFrame, places: Sites, owners: Texts) -> pd.DataFrame:
    """For one in forty a site, or a provider with all its sites, to stay away from."""
    count = len(people)
    some = dice.chance(0.025, count)
    site = dice.index(np.ones(len(places.ids)), count)
    is_site = dice.chance(0.6, count)
    named = np.where(is_site, places.ids[site], owners[places.provider[site]])
    columns = {
        "participant_id": people["participant_id"].to_numpy(dtype=object)[some],
        "kind": np.where(is_site, "site", "provider").astype(object)[some],
        "id": named[some],
    }
    return table("exclusions", columns)
