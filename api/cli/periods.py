"""``--period`` and ``--by``: what a balance tells apart besides the whole."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, product
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from matcher.balance.disclosure import Registry
    from matcher.balance.persons import Period

Say = Callable[..., str]
Days = tuple[date, date]
YEAR = re.compile(r"([0-9]{4})(?:-([HQ])([1-4]))?")
DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")
MONTHS: Mapping[str | None, int] = {None: 12, "H": 6, "Q": 3}
"""In a year, in a half and in a quarter of it."""
YEAR_MONTHS = 12
DAY = timedelta(days=1)
BRANCH = "/branch/"
"""Stands before a period in the name of its table."""


class By(StrEnum):
    """What fields by gender can be broken down by, as it is written on the command line."""

    ASSOCIATION = "association"
    PROVIDER_KIND = "provider-kind"


Periods = Annotated[
    list[str] | None,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help="Told apart: 2025, 2025-H1, 2025-Q2 or 2025-01-01/2025-06-30, both days included."
        " May be given several times.",
    ),
]
Bys = Annotated[
    list[By] | None,
    typer.Option(
        "--by",
        help="Fields by this, too; provider-kind where nothing is said. Association makes many"
        " small figures, which hide much else. May be given several times.",
    ),
]


def crossed_of(by: Sequence[By]) -> tuple[str, ...]:
    """The engine's words for what was asked, each once, in its order; for nothing, the kind."""
    from matcher.balance.measures import ASSOCIATION, CROSSED, KIND

    words = {By.ASSOCIATION: ASSOCIATION, By.PROVIDER_KIND: KIND}
    names = {words[one] for one in by or (By.PROVIDER_KIND,)}
    return tuple(one for one in CROSSED if one in names)


def periods_of(written: Sequence[str], earlier: "Registry", say: Say) -> "tuple[Period, ...]":
    """The periods that were asked for, in the order of their days.

    Args:
        written: as on the command line.
        earlier: what has been released. A period is told again only as it was: from two that
            differ by some days whoever has both would read those days.
        say: the sentences of the command.

    Raises:
        BadParameter: some are misspelt, end before they begin, or overlap, also with one that was
            released; all of them are named.
    """
    from matcher.balance.events import FIRST_DAY, LAST_DAY
    from matcher.balance.persons import Period

    bounds = date.fromordinal(FIRST_DAY), date.fromordinal(LAST_DAY)
    read = [(text, _days(text)) for text in written]
    within = [(text, days) for text, days in read if days and _within(days, bounds)]
    unknown = [text for text, days in read if (text, days) not in within]
    known = sorted((one for one in within if one[1][0] <= one[1][1]), key=lambda one: one[1])
    faults = [
        *(say("period_unknown", period=text) for text in unknown),
        *(say("period_backwards", period=one[0]) for one in within if one not in known),
        *_overlaps(known, _told(earlier), say),
    ]
    if faults:
        told, (first, last) = "; ".join(dict.fromkeys(faults)), map(str, bounds)
        words = say("periods", faults=told, first=first, last=last)
        raise typer.BadParameter(words, param_hint="--period")
    return tuple(Period(name=text, first=days[0], after=days[1] + DAY) for text, days in known)


def _overlaps(known: Sequence[tuple[str, Days]], told: Mapping[str, Days], say: Say) -> list[str]:
    """Of every two that share a day, that they do; and of each with another one told before."""
    twice = [
        say("period_twice", period=text, other=other)
        for (text, days), (other, its) in combinations(known, 2)
        if _overlap(days, its)
    ]
    before = [
        say("period_before", period=text, other=other)
        for (text, days), (other, its) in product(known, told.items())
        if text != other and _overlap(days, its)
    ]
    return [*twice, *before]


def _told(earlier: "Registry") -> Mapping[str, Days]:
    """The periods that have been released, by how they were written."""
    names = {table.name.partition(BRANCH)[2] for table in earlier.tables}
    return {name: days for name in sorted(names) if (days := _days(name))}


def _overlap(one: Days, other: Days) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _within(days: Days, bounds: Days) -> bool:
    return all(bounds[0] <= day <= bounds[1] for day in days)


def _days(text: str) -> Days | None:
    """The first and the last day of a period as it is written; None where it is none."""
    try:
        if found := DAYS.fullmatch(text):
            return date.fromisoformat(found[1]), date.fromisoformat(found[2])
        if found := YEAR.fullmatch(text):
            return _part(int(found[1]), found[2], int(found[3] or 1))
    except ValueError:
        return None
    return None


def _part(year: int, kind: str | None, number: int) -> Days | None:
    """The first and the last day of a year, or of a half or a quarter of it."""
    months = MONTHS[kind]
    first, last = (number - 1) * months + 1, number * months
    if last > YEAR_MONTHS:
        return None
    after = date(year + last // YEAR_MONTHS, last % YEAR_MONTHS + 1, 1)
    return date(year, first, 1), after - DAY
