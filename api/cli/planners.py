"""The public travel planners of ``steget travel journey``: which are on, and where a trip ends."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

import typer

from api.cli.travel_screen import Travelling

if TYPE_CHECKING:
    from api.travel import JourneySource
    from api.travel.places import Places
    from matcher.travel.contract import Point

FAULTY = 2
POINT = re.compile(r"(-?\d{1,3}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)")
"""A latitude and a longitude in degrees."""


class Planner(StrEnum):
    """The travel planners that show a single journey."""

    RESROBOT = "resrobot"
    SL = "sl"


@contextmanager
def opened(screen: Travelling, wanted: Planner) -> "Iterator[JourneySource]":
    """The travel planner, as the environment sets it; closed afterwards.

    Raises:
        typer.BadParameter: it is off, or its settings cannot be used.
    """
    from pydantic import ValidationError

    from api.settings import Settings, SettingsError
    from api.travel import journey_sources
    from api.travel.configured import planners

    try:
        sources = journey_sources(planners(Settings()))
    except SettingsError as error:
        raise screen.not_set(error.code, error.params, "--with") from None
    except ValidationError:
        raise screen.misused("wrong_settings", "--with") from None
    with ExitStack() as stack:
        for source in sources.values():
            stack.callback(source.close)
        if wanted not in sources:
            raise screen.misused(f"off_{wanted}", "--with")
        yield sources[wanted]


def end(screen: Travelling, places: "Places", text: str) -> "tuple[str, Point]":
    """An end of a journey: what it is called and its point, rounded. A street is refused.

    Raises:
        typer.Exit: there is no such place, or there are several: they are told.
    """
    from matcher.travel.contract import Point

    given = POINT.fullmatch(text.strip())
    if given is not None:
        latitude, longitude = (float(number) for number in given.groups())
        try:
            point = Point(latitude=latitude, longitude=longitude)
        except ValueError:
            raise screen.misused("no_point", "FROM, TO") from None
        return f"{point.latitude}, {point.longitude}", point
    found = places.find(text)
    if found.place is None:
        screen.looked_up(found)
        raise typer.Exit(FAULTY)
    return found.place.name, found.place.point
