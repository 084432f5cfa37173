"""Nobody is counted where a place is new, was moved, or is one of very many."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from api.jobs import unknowns
from api.settings import Settings
from api.store import Session, Store, seeding, settling
from api.store.demand import FEWEST
from api.store.places import fill_opening, fill_site, keep_opening, keep_site
from api.store.settling import MOST_SITES, SETTLED_DAYS
from api.store.tables import OpeningRow, SiteRow, SiteUnknownsRow
from matcher.domain import OpeningStatus, Problem
from tests.builders import day, opening, placement, problem_of, provider, site, surveyed
from tests.service.test_unknowns import NOON, at, keep_people, long_there, told
from tests.service.world import OPENINGS, SITES, World

SOAP = "/hygiene/soap"


def counted(world: World, settings: Settings, days: int) -> object:
    """How many wait for the soap of the Café so many days later, counted then; 0: nobody."""
    then = at(world, days)
    assert unknowns.count(then.store, settings)
    return told(then, settings, "cafe_manager", "S1").get(SOAP, 0)


def edit(world: World, change: Callable[[SiteRow, OpeningRow, OpeningRow], None]) -> None:
    """Change the Café and its two openings, by whatever door."""
    with world.store.writing() as unit:
        place = unit.get_one(SiteRow, world.sites["S1"])
        both = (unit.get_one(OpeningRow, world.openings[code]) for code in ("O1", "O2"))
        change(place, *both)


def countable(world: World, settings: Settings) -> object:
    """From when the API says that anybody is counted at the Café."""
    client = world.client(settings, "cafe_manager")
    return client.get(f"/steget/v1/sites/{world.sites['S1']}/unknowns").json()["countedFrom"]


def test_a_new_site_is_counted_after_four_weeks(world: World, settings: Settings) -> None:
    """The day before nobody is, though five wait; and the day is told."""
    keep_people(world, FEWEST)
    long_there(world, 0)
    assert counted(world, settings, 0) == 0
    assert countable(world, settings) == "2026-12-29"
    assert counted(world, settings, SETTLED_DAYS - 1) == 0
    assert counted(world, settings, SETTLED_DAYS) == FEWEST
    assert countable(world, settings) is None


def moved(place: SiteRow, *_: OpeningRow) -> None:
    """Somewhere else."""
    fill_site(place, replace(SITES["S1"], latitude=59.9))


def in_another_municipality(place: SiteRow, *_: OpeningRow) -> None:
    """On paper."""
    fill_site(place, replace(SITES["S1"], municipality_code="0191"))


def on_other_half_days(_: SiteRow, *openings: OpeningRow) -> None:
    """Both."""
    for one in openings:
        one.sessions = 1


def paused(_: SiteRow, *openings: OpeningRow) -> None:
    """Both."""
    for one in openings:
        one.status = str(OpeningStatus.PAUSED)


def of_fewer_hours(_: SiteRow, *openings: OpeningRow) -> None:
    """Both."""
    for one in openings:
        fill_opening(one, replace(OPENINGS[one.code], hours_max=39))


@pytest.mark.parametrize(
    "change", [moved, in_another_municipality, on_other_half_days, of_fewer_hours, paused]
)
def test_what_was_changed_stands_anew(
    world: World, settings: Settings, change: Callable[..., None]
) -> None:
    """Also when it is changed back: each way that it was, it has been for a day."""
    keep_people(world, FEWEST)
    long_there(world)
    assert counted(world, settings, 0) == FEWEST
    edit(world, change)
    assert counted(world, settings, 1) == 0
    edit(world, back)
    assert counted(world, settings, 2) == 0
    assert counted(world, settings, SETTLED_DAYS + 1) == 0
    assert counted(world, settings, SETTLED_DAYS + 2) == FEWEST


def back(place: SiteRow, *openings: OpeningRow) -> None:
    """As the world was."""
    fill_site(place, SITES["S1"])
    for one in openings:
        fill_opening(one, OPENINGS[one.code])
        one.sessions = int(OPENINGS[one.code].sessions)
        one.status = str(OPENINGS[one.code].status)


def renamed_and_answered(place: SiteRow, *openings: OpeningRow) -> None:
    """What decides not who can come, and answers, which may come at any time."""
    fill_site(place, replace(SITES["S1"], name="Nytt namn"))
    for one in openings:
        answered = {**OPENINGS[one.code].work, "work.pace": "own_pace"}
        fill_opening(one, replace(OPENINGS[one.code], title="Ny", work=answered))
        one.seats += 1


def test_a_name_a_seat_or_an_answer_begins_nothing_anew(world: World, settings: Settings) -> None:
    """Whoever keeps a place in order does not lose the count."""
    keep_people(world, FEWEST)
    long_there(world)
    assert counted(world, settings, 0) == FEWEST
    edit(world, renamed_and_answered)
    assert counted(world, settings, 1) == FEWEST


def test_what_was_edited_before_any_count_stands_since_then(
    world: World, settings: Settings
) -> None:
    """Nobody knows what was edited."""
    keep_people(world, FEWEST)
    long_there(world)
    with world.store.writing() as unit:
        unit.execute(update(SiteRow).values(version=2, updated_at=NOON))
    assert counted(world, settings, 0) == 0
    assert counted(world, settings, SETTLED_DAYS) == FEWEST


def test_a_new_opening_of_an_old_site_is_counted_later(world: World, settings: Settings) -> None:
    """Who could come to it alone is in no count of the site either."""
    keep_people(world, FEWEST)
    long_there(world)
    with world.store.writing() as unit:
        unit.execute(update(OpeningRow).values(created_at=NOON))
    assert counted(world, settings, 0) == 0
    assert countable(world, settings) == "2026-12-29"


def test_of_a_provider_so_many_sites_are_counted(world: World) -> None:
    """Those that have stood longest; another's are not fewer for it."""
    with at(world, -100).store.writing() as unit:
        for number in range(MOST_SITES):
            keep_site(unit, site(f"Z{number}", provider_id="A"))
            keep_opening(unit, opening(f"Y{number}", site_id=f"Z{number}"))
    long_there_alone(world, ("S1", "S2"))
    with at(world).store.reading() as unit:
        found = settling.settled(unit, everything(unit))
    assert found.openings == {f"Y{number}" for number in range(MOST_SITES)} | {"O3"}
    assert found.counted_from == {}


def long_there_alone(world: World, codes: tuple[str, ...]) -> None:
    """Some sites have been there for just long enough, with their openings."""
    made = NOON - timedelta(days=SETTLED_DAYS)
    with world.store.writing() as unit:
        unit.execute(update(SiteRow).where(SiteRow.code.in_(codes)).values(created_at=made))
        unit.execute(
            update(OpeningRow).where(OpeningRow.code.in_(OPENINGS)).values(created_at=made)
        )


def everything(unit: Session) -> Problem:
    """All places, and nobody."""
    from api.matching.problems import problem_of_all  # noqa: PLC0415 -- loads OR-Tools

    return problem_of_all(unit, NOON.date())


def test_what_is_kept_tells_nothing_of_people(world: World, settings: Settings) -> None:
    """A hash of the place and a day, beside the codes."""
    assert unknowns.count(at(world).store, settings)
    with world.store.reading() as unit:
        row = unit.get_one(SiteUnknownsRow, world.sites["S1"])
        assert set(row.waiting) == {"counted", "stood", "from"}
        names = {"site", world.openings["O1"].hex, world.openings["O2"].hex}
        assert set(row.waiting["stood"]) == names
        assert all(len(print_) == 16 for print_, _ in row.waiting["stood"].values())


def test_a_data_set_says_since_when_its_places_are_there(store: Store) -> None:
    """By its first survey, confirmation or placement; what it says nothing of is new."""
    problem = problem_of(
        provider("A"),
        site("S1", provider_id="A", surveys=(surveyed(days_ago=40), surveyed(days_ago=None))),
        site("S2", provider_id="A"),
        opening("O1", updated_at=day(0)),
        opening("O2", updated_at=None),
        opening("O3", updated_at=day(3)),
        placement(starts_on=day(-40)),
    )
    with replace(store, clock=lambda: NOON).writing() as unit:
        seeding.keep_places(unit, problem)
    with store.reading() as unit:
        sites = {row.code: row.created_at for row in unit.query(SiteRow)}
        openings = {row.code: row.created_at for row in unit.query(OpeningRow)}
    assert (NOON - sites["S1"]).days == 40
    assert openings["O1"] == sites["S1"]
    assert sites["S2"] == openings["O2"] == openings["O3"] == NOON
