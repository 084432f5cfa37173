"""Invented providers and their sites."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.generate.dice import Dice, Floats, Ints, Texts
from data.generate.geography import Towns, near
from data.generate.tables import names, table
from data.generate.trades import OFFERED

MARK = "(påhittad)"
"""Every provider's name ends so: invented."""

_PLANTS = (
    "Lingon", "Blåbärs", "Hallon", "Havre", "Enbärs", "Rönnbärs", "Klöver", "Ljung", "Kantarell",
    "Moss", "Smultron", "Hjortron", "Timjan", "Pors", "Vass", "Hassel", "Krusbärs", "Rabarber",
    "Dill", "Äppel", "Päron", "Plommon", "Nypon", "Råg", "Humle", "Salvia", "Slån", "Bovete",
    "Fläder", "Kummin", "Gräslöks", "Persilje", "Rödbets", "Palsternacks", "Vallmo", "Lavendel",
    "Kastanje", "Korn", "Rotsaks", "Mynta",
)  # fmt: skip
_ANIMALS = (
    "räven", "ugglan", "uttern", "lärkan", "grävlingen", "haren", "tranan", "bävern", "ekorren",
    "igelkotten", "svalan", "mesen", "älgen", "geten", "kråkan", "humlan", "myran", "snigeln",
    "gäddan", "abborren", "spoven", "ripan", "lodjuret", "mården", "vesslan", "trasten", "siskan",
    "ärlan", "paddan", "ödlan", "katten", "fåret", "tjädern", "gladan", "göken", "sälen", "hästen",
    "kajan", "fjärilen", "nyckelpigan",
)  # fmt: skip
_KINDS: dict[str | None, float] = {"asf": 42, "private": 28, "public": 14, "nonprofit": 16}
_FORM = {
    "asf": "arbetskooperativ", "private": "handel och service", "public": "kommunal verksamhet",
    "nonprofit": "ideell förening",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """Providers as columns, with the town each has its first site in."""

    ids: Texts
    kind: Texts
    word: Texts
    home: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Sites as columns: provider (its place among providers), town, point and main trade."""

    ids: Texts
    provider: Ints
    kind: Texts
    town: Ints
    trade: Ints
    latitude: Floats
    longitude: Floats


def providers(dice: Dice, towns: Towns, count: int) -> tuple[Providers, pd.DataFrame]:
    """Providers of four kinds, the table beside the columns; no organisation numbers."""
    kind = dice.choose(_KINDS, count)
    words = _words(dice, count)
    titles = [f"{w} {_FORM[k]} {MARK}" for w, k in zip(words, kind, strict=True)]
    made = Providers(
        ids=names("A", count), kind=kind, word=words, home=dice.index(towns.weight, count)
    )
    columns = {
        "provider_id": made.ids,
        "name": np.array(titles, dtype=object),
        "kind": kind,
        "equal_treatment": dice.choose({"yes": 55, "no": 8, "unknown": 30, None: 7}, count),
    }
    return made, table("providers", columns)


def sites(dice: Dice, towns: Towns, owners: Providers, count: int) -> tuple[Sites, pd.DataFrame]:
    """Sites of the providers, most of them in the association the provider started in.

    Every provider has at least one site while there are enough; towns are picked by their weight.
    """
    spread = dice.index(np.ones(len(owners.ids)), max(0, count - len(owners.ids)))
    provider = np.sort(np.concatenate([np.arange(len(owners.ids)), spread])[:count])
    town = _site_towns(dice, towns, owners, provider)
    latitude, longitude = near(dice, towns, town, 1.2)
    made = Sites(
        ids=names("S", count),
        provider=provider,
        kind=owners.kind[provider],
        town=town,
        trade=dice.spread(OFFERED, count),
        latitude=latitude,
        longitude=longitude,
    )
    columns = {
        "site_id": made.ids,
        "provider_id": owners.ids[provider],
        "name": _site_names(owners.word[provider], towns.name[town]),
        "municipality_code": towns.code[town],
        "latitude": latitude,
        "longitude": longitude,
    }
    return made, table("sites", columns)


def _words(dice: Dice, count: int) -> Texts:
    """Different made-up words, plant and animal; numbered once the 1,600 pairs are used up."""
    size = len(_PLANTS) * len(_ANIMALS)
    order = dice.order(size)
    words = [f"{_PLANTS[i // len(_ANIMALS)]}{_ANIMALS[i % len(_ANIMALS)]}" for i in order]
    found = [words[i % size] + (f" {i // size + 1}" if i >= size else "") for i in range(count)]
    return np.array(found, dtype=object)


def _site_names(word: Texts, town: Texts) -> Texts:
    """The provider's word and the town; numbered from the second one of the same name."""
    seen: dict[str, int] = {}
    found = []
    for name in (f"{w}, {t}" for w, t in zip(word, town, strict=True)):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return np.array(found, dtype=object)


def _site_towns(dice: Dice, towns: Towns, owners: Providers, provider: Ints) -> Ints:
    """The first site of a provider in its home town, five in six others in its association."""
    found = owners.home[provider].copy()
    later = np.flatnonzero(np.diff(provider, prepend=-1) == 0)
    inside = dice.chance(5 / 6, len(provider))
    drawn = dice.unit(len(provider))
    for row in later.tolist():
        home = towns.association[found[row]]
        weights = towns.within(home) if inside[row] else towns.weight
        edges = np.cumsum(weights)
        found[row] = int(np.searchsorted(edges, drawn[row] * edges[-1], side="right"))
    return found
