"""The journeys of a problem: from the store of travel times where there is one, else estimated."""

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.domain import Fault, Refusal, RefusalCode

if TYPE_CHECKING:
    from matcher.domain import Problem


class NoTimesError(Exception):
    """The file of travel times is there, and cannot be read."""


def with_journeys(problem: "Problem", travel: Path | None) -> "Problem":
    """The problem with what a store knows of its journeys, as the command line's ``--travel``.

    Where no store is set, or none has been built yet, journeys are estimated.

    Raises:
        NoTimesError: there is something, and it cannot be read.
    """
    if travel is None:
        return problem
    from api.travel.store import StoreError, open_store
    from api.travel.times import times_of

    try:
        with open_store(travel) as store:
            times = times_of(store, problem, problem.plan_date)
    except FileNotFoundError:
        return problem
    except (StoreError, OSError):
        raise NoTimesError from None
    return replace(problem, travel_times=times)


def shown_with_journeys(problem: "Problem", travel: Path | None) -> "Problem":
    """The same for an answer that somebody waits for.

    Raises:
        Refusal: the store cannot be read (``UNAVAILABLE``): nothing is answered on estimates.
    """
    try:
        return with_journeys(problem, travel)
    except NoTimesError:
        raise _unavailable() from None


def state_of_journeys(travel: Path | None) -> Hashable:
    """What is another whenever the store has changed.

    Raises:
        Refusal: as ``shown_with_journeys``.
    """
    if travel is None:
        return None
    from api.travel.store import stamp

    try:
        return stamp(travel)
    except OSError:
        raise _unavailable() from None


def _unavailable() -> Refusal:
    fault = Fault(pointer="/travel-times", code="travel-store")
    return Refusal(RefusalCode.UNAVAILABLE, faults=(fault,))
