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
    daily: bool = False
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


def propose(person: Person, _: County) -> None:
    """From who needs something today to a proposal, and what the participant takes along."""
    person.open("/")
    person.follow(person.first("link", "Se platser för "))
    person.sees("Inget känt hinder står i vägen.")
    person.follow("Jämför dem sida vid sida")
    person.sees("Gemensamma halvdagar")
    person.follow(person.first("link", "Föreslå "))
    person.sees("Ett förslag håller ingen plats än.")
    person.press("Föreslå")
    person.sees("Platsen är föreslagen.")
    person.follow("Ta med till deltagaren")
    person.sees("Mina egna ord")


def compare(person: Person, county: County) -> None:
    """Choose four places in the list, and see them side by side."""
    person.open(f"/deltagare/{county.participant}/platser")
    for title in person.each("checkbox", "Jämför ")[:4]:
        person.tick(title)
    person.press(person.first("button", "Jämför de ikryssade"))
    person.sees("4 platser sida vid sida")


def confirm(person: Person, _: County) -> None:
    """Say that a place's free seats still are right, on the first page."""
    person.open("/")
    person.press(person.first("button", "Stämmer fortfarande"), stays=True)
    person.sees("Platsen är bekräftad")


def change(person: Person, _: County) -> None:
    """Say that one seat more is free."""
    person.open("/")
    person.press(person.first("button", "En till ledig"), stays=True)
    person.sees("Antalet är sparat")


def confirm_by_link(person: Person, county: County) -> None:
    """Say so on a phone, by the link that came."""
    person.open(county.link)
    person.press("Ja, det stämmer")
    person.sees("Tack, det är sparat")


def plan(person: Person, county: County) -> None:
    """Start a plan, wait for it, review it, and take it over."""
    person.open("/")
    person.follow("Gör en plan")
    person.press("Starta planen")
    county.work()
    person.sees("Klart")
    person.follow("Se planen")
    person.sees("Vem som föreslås var")
    person.follow("Granska och anta")
    person.press("Anta planen")
    person.sees("Planen är antagen")


def count(person: Person, county: County) -> None:
    """Count, look at a stage, and take the tables along."""
    person.open("/")
    person.press("Räkna nu")
    county.work()
    person.sees("Klart")
    person.follow("Se bilden")
    person.choose("Önskat", group="Steg")
    person.press("Visa")
    person.sees("Önskat, efter yrkesområde och kön")
    assert person.download("Alla tabeller (CSV)").startswith(b"table,population,")


JOURNEYS: tuple[Journey, ...] = (
    Journey(name="log-in", task="Log in", role=None, walk=log_in, most=3),
    Journey(
        name="propose",
        task="From today's list to a proposal and its printout",
        role=Role.SUPERVISOR,
        walk=propose,
        most=6,
        daily=True,
    ),
    Journey(
        name="compare",
        task="Compare four places of one's own choice",
        role=Role.SUPERVISOR,
        walk=compare,
        most=5,
    ),
    Journey(
        name="confirm",
        task="Confirm the free seats of a place",
        role=Role.PROVIDER_MANAGER,
        walk=confirm,
        most=1,
        daily=True,
    ),
    Journey(
        name="change",
        task="Change the free seats of a place",
        role=Role.PROVIDER_MANAGER,
        walk=change,
        most=1,
    ),
    Journey(
        name="link",
        task="Confirm by the link, on a phone",
        role=None,
        walk=confirm_by_link,
        most=1,
        mode="narrow",
    ),
    Journey(
        name="plan",
        task="Start a plan, review it, and take it over",
        role=Role.COORDINATOR,
        walk=plan,
        most=5,
        daily=True,
    ),
    Journey(
        name="count",
        task="Count, look at a stage, and download",
        role=Role.ANALYST,
        walk=count,
        most=5,
        daily=True,
    ),
)
