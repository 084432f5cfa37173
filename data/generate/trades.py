"""The kinds of work the invented providers offer and the invented participants ask for."""

from typing import NamedTuple

import numpy as np

from data import reference
from data.generate.dice import Floats, Ints, Texts

SETTINGS = (
    "animals", "care", "cleaning", "craft", "desk", "garden", "kitchen", "property", "shop",
    "store", "workshop",
)  # fmt: skip
"""The surroundings of a task; a survey and a task's demands depend on them."""


class Trade(NamedTuple):
    """One kind of task.

    `offered` and `wanted` are weights. Offers lean to shops and cafés, and wishes to IT, cars,
    animals and offices, as the evaluation of MIA found; what nobody offers has `offered` 0.
    """

    group: str
    title: str
    setting: str
    offered: float
    wanted: float


TRADES = (
    Trade("2172", "Grafisk formgivning", "desk", 0, 3),
    Trade("3431", "Foto", "craft", 0, 2),
    Trade("3512", "IT-support", "desk", 0.8, 10),
    Trade("4119", "Kontorsstöd", "desk", 2, 9),
    Trade("4222", "Kundtjänst", "desk", 0.8, 2),
    Trade("4224", "Hotellreception", "desk", 1.5, 2),
    Trade("4322", "Lager", "store", 5, 5),
    Trade("5120", "Lunchkök", "kitchen", 2, 3),
    Trade("5131", "Servering", "shop", 2, 2),
    Trade("5152", "Fastighetsskötsel", "property", 4, 4),
    Trade("5223", "Second hand-butik", "shop", 19, 9),
    Trade("5311", "Barngrupp i förskola", "care", 0.3, 4),
    Trade("5330", "Vårdbiträde på vårdcentral", "care", 1.5, 5),
    Trade("5413", "Bevakning", "property", 0, 1.5),
    Trade("6112", "Trädgårdsodling", "garden", 4.5, 7),
    Trade("6113", "Parkskötsel", "garden", 4, 4),
    Trade("6122", "Hunddagis", "animals", 1.3, 7),
    Trade("6129", "Djurvård", "animals", 0.5, 5),
    Trade("7131", "Måleri", "workshop", 0.6, 3),
    Trade("7231", "Bilverkstad", "workshop", 1, 7),
    Trade("7319", "Konsthantverk", "craft", 4, 4),
    Trade("7522", "Möbelsnickeri", "workshop", 2.5, 4),
    Trade("7531", "Remake och sömnad", "craft", 4, 4),
    Trade("7533", "Möbelrenovering", "craft", 2, 3),
    Trade("7612", "Bageri", "kitchen", 2, 3),
    Trade("8151", "Tvätteri", "cleaning", 3, 1.5),
    Trade("8332", "Lastbil", "store", 0, 2),
    Trade("9111", "Städning på hotell", "cleaning", 5, 3),
    Trade("9120", "Bilvård", "workshop", 2, 2),
    Trade("9310", "Grovarbete på bygge", "workshop", 0.4, 2),
    Trade("9320", "Paketering", "store", 5, 4),
    Trade("9332", "Varupåfyllning", "store", 2, 2),
    Trade("9412", "Kök och disk", "kitchen", 8, 4),
    Trade("9413", "Café", "shop", 18, 8),
    Trade("9610", "Återvinning", "workshop", 3.5, 2),
    Trade("9622", "Vaktmästeri", "property", 2, 3),
)


class Habits(NamedTuple):
    """What work in one setting asks, as weights in the order of the vocabulary.

    Attributes:
        posture: sitting, standing, walking, alternating.
        lift: at most 2, 5, 10, 15, 25 kilograms.
        pace: own_pace, moderate, high.
        routine: fixed_routine, partly, varied.
        contact: none, some, much.
    """

    posture: tuple[float, ...]
    lift: tuple[float, ...]
    pace: tuple[float, ...]
    routine: tuple[float, ...]
    contact: tuple[float, ...]


HABITS: dict[str, Habits] = {
    "animals": Habits((0, 1, 4, 4), (1, 2, 3, 2, 1), (5, 4, 1), (3, 4, 3), (5, 4, 1)),
    "care": Habits((1, 1, 4, 5), (2, 3, 3, 1, 1), (2, 6, 2), (2, 5, 3), (1, 4, 6)),
    "cleaning": Habits((0, 3, 6, 2), (1, 3, 5, 2, 0), (3, 5, 3), (7, 3, 1), (6, 3, 0)),
    "craft": Habits((6, 1, 0, 5), (4, 5, 2, 1, 0), (8, 3, 0), (4, 4, 2), (6, 3, 1)),
    "desk": Habits((7, 0, 0, 5), (6, 4, 1, 0, 0), (4, 5, 1), (4, 4, 2), (3, 4, 3)),
    "garden": Habits((0, 2, 4, 5), (0, 2, 4, 3, 1), (7, 3, 0), (4, 4, 2), (7, 3, 0)),
    "kitchen": Habits((0, 6, 1, 4), (1, 2, 4, 3, 0), (2, 5, 4), (6, 3, 1), (6, 4, 1)),
    "property": Habits((0, 1, 5, 4), (0, 2, 3, 4, 2), (5, 4, 0), (3, 4, 4), (4, 5, 1)),
    "shop": Habits((0, 4, 2, 5), (2, 5, 4, 1, 0), (4, 5, 2), (4, 5, 2), (1, 4, 6)),
    "store": Habits((1, 4, 3, 4), (1, 3, 4, 3, 1), (4, 5, 2), (7, 3, 1), (8, 2, 0)),
    "workshop": Habits((0, 5, 1, 5), (0, 2, 4, 4, 2), (6, 4, 1), (4, 4, 2), (7, 3, 0)),
}


GROUPS: Texts = np.array([t.group for t in TRADES], dtype=object)
TITLES: Texts = np.array([t.title for t in TRADES], dtype=object)
OFFERED: Floats = np.array([t.offered for t in TRADES], dtype=np.float64)
WANTED: Floats = np.array([t.wanted for t in TRADES], dtype=np.float64)
SETTING: Ints = np.array([SETTINGS.index(t.setting) for t in TRADES], dtype=np.int64)
"""(trades,) the columns of the list above; the setting as its place in `SETTINGS`."""


def fields_of_trades() -> Texts:
    """(trades,) the occupation field each trade belongs to."""
    field = {row["occupation_group"]: row["field"] for row in reference.occupations()}
    return np.array([field[t.group] for t in TRADES], dtype=object)


def women_pct() -> Floats:
    """(trades,) the share of women among employees in each trade's group, in percent."""
    share = {row["occupation_group"]: row["women_pct"] for row in reference.occupations()}
    return np.array([float(share[t.group]) for t in TRADES], dtype=np.float64)
