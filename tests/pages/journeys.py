"""Everyday tasks as somebody does them with a keyboard: each a function of a person and a county.

Each begins in a county of its own, where nobody has done anything before. ``make usability``
writes what they count into docs/usability.md.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser

from api.domain import Role
from tests.pages.chromium import Visitors
from tests.pages.county import County
from tests.pages.keyboard import Person

Walk = Callable[[Person, County], None]


@dataclass(frozen=True, kw_only=True)
class Journey:
    """A task: what is to be done, whose it is, how it is walked, and the interactions allowed.

    ``daily``: one of those that somebody does every day.
    """

    name: str
    task: str
    role: Role | None
    walk: Walk
    most: int
    mode: str = "desktop"


@dataclass(frozen=True, kw_only=True)
class Walked:
    """What a journey took."""

    interactions: int
    keys: int
    pages: int
    words: int
    faults: tuple[str, ...]


def walked(journey: Journey, browser: Browser, county: County) -> Walked:
    """Walk it, and count."""
    tab = Visitors(browser, county).new(journey.role, journey.mode)
    person = Person(tab)
    journey.walk(person, county)
    tab.context.close()
    return Walked(
        interactions=person.interactions,
        keys=person.keys,
        pages=person.pages,
        words=person.words,
        faults=(*person.faults, *tab.faults),
    )


def log_in(person: Person, county: County) -> None:
    """The supervisor logs in, and is at what needs doing today."""
    known = county.credentials(Role.SUPERVISOR)
    person.open("/logga-in")
    person.fill("Ditt användarnamn", known["login"])
    person.fill("Lösenord", known["password"])
    person.press("Logga in")
    person.sees("Vem behöver något i dag?")


JOURNEYS: tuple[Journey, ...] = (
    Journey(name="log-in", task="Log in", role=None, walk=log_in, most=3),
)
