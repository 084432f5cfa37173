"""What a job is worked on with, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.matching.journeys import NoTimesError, with_journeys
from api.settings import Settings
from api.store import Session, Store
from api.store.jobs import Claimed

if TYPE_CHECKING:
    from matcher.domain import Problem

NO_TIMES = "travel-store"
"""The fault of a job that cannot read the store of travel times, or write to it."""
Told = dict[str, object]
"""How far a job is: codes and numbers."""


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Desk:
    """A job in work: where it reads, whom it tells how far it is, whether it is still wanted."""

    store: Store
    settings: Settings
    job: Claimed
    tell: Callable[[Told], None]
    cancelled: Callable[[], bool]

    def stage(self, name: str) -> None:
        """Tell what is done now.

        Raises:
            NotWantedError: nobody wants it any more.
        """
        if self.cancelled():
            raise NotWantedError
        self.tell({"stage": name})

    def with_journeys(self, problem: "Problem") -> "Problem":
        """The problem with what the store of travel times knows, where there is one.

        Raises:
            JobFaultError: it cannot be read.
        """
        try:
            return with_journeys(problem, self.settings.travel_store)
        except NoTimesError:
            raise JobFaultError(NO_TIMES) from None


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Made:
    """What a job made: ``keep`` writes it and gives the job's result, in one unit of work.

    The result names nobody. What ``keep`` raises undoes it.
    """

    keep: Callable[[Session], Told]


class NotWantedError(Exception):
    """Nobody wants the job's result any more."""


class JobFaultError(Exception):
    """A job that cannot be done: a code, and what is known of why; nobody is named."""

    def __init__(self, code: str, result: Told | None = None) -> None:
        """Keep what is said."""
        super().__init__(code)
        self.code, self.result = code, result
