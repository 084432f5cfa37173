"""The analyst's pages: counted, shown with what is hidden and why, downloaded; unmet demand."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import select

from api.pages.picture import _over
from api.settings import Settings
from api.store.tables import UnmetDemandRow
from tests.service.pages.reading import Person, person
from tests.service.test_balance import peopled
from tests.service.working import turn
from tests.service.world import World


@pytest.fixture
def analyst(world: World, settings: Settings) -> Person:
    """The analyst."""
    return person(world, settings, "analyst")


def test_before_anything_is_counted_the_page_says_so(analyst: Person) -> None:
    """And the button leads to a job that can be followed."""
    assert "Inget har räknats än" in analyst.open("/").text
    assert "Balansen räknas" in analyst.send("/bild").text
    assert "Nothing has been counted yet" in analyst.open("/", "en").text


def test_the_picture_tells_many_and_hides_few(
    analyst: Person, world: World, settings: Settings
) -> None:
    """Each stage has its table; what is hidden is said, with why; the tables can be had."""
    peopled(world, settings, 30, 20)
    analyst.send("/bild")
    assert turn(world.store)
    found = analyst.open("/?steg=wished")
    assert "Färre än 5 personer anges aldrig" in found.text
    assert "Önskat, efter yrkesområde och kön" in found.text
    assert "SCB, Yrkesregistret 2024" in found.text
    assert analyst.open("/?steg=nothing").status == 200
    came = analyst.client.get("/bild/tabeller.csv")
    assert came.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(came.text)))
    assert {row["hidden"] for row in rows} <= {"", "FEW", "REFUSED"}
    assert all(bool(row["people"]) is not bool(row["hidden"]) for row in rows)
    assert all(int(row["people"]) not in range(1, 5) for row in rows if row["people"])


@pytest.mark.parametrize("path", ["/efterfragan", "/bild/tabeller.csv"])
def test_others_do_not_see_them(world: World, settings: Settings, path: str) -> None:
    """A supervisor, a manager and an administrator may not."""
    for user in ("north_supervisor", "cafe_manager", "admin"):
        assert person(world, settings, user).open(path).status == 403


def test_unmet_demand_is_told_by_quarter_on_a_map_and_in_tables(
    analyst: Person, world: World
) -> None:
    """Six of a field in a municipality are told; a quarter with four tells nothing."""
    (year, quarter), (before, earlier) = list(_over(date.today()))[:2]  # noqa: DTZ011 -- as shown
    with world.store.writing() as unit:
        for day, number in (
            (date(year, 3 * quarter, 1), 6),
            (date(before, 3 * earlier, 1), 4),
        ):
            for _ in range(number):
                unit.add(
                    UnmetDemandRow(
                        on=day,
                        field="ScKy_FHB_7wT",
                        municipality_code="0180",
                        barriers=["TRAVEL_TOO_LONG", "too_far"],
                    )
                )
    newest = analyst.open("/efterfragan")
    assert "6 gånger sammanlagt" in newest.text
    assert "Stockholm 6" in newest.text
    other = analyst.open(f"/efterfragan?ar={before}&kvartal={earlier}")
    assert "Färre än fem gånger" in other.text
    assert "Stockholm" not in other.text
    assert analyst.open("/efterfragan?ar=1&kvartal=9").status == 404
    with world.store.reading() as unit:
        assert len(list(unit.scalars(select(UnmetDemandRow)))) == 10


def test_quarters_that_are_over() -> None:
    """In February the last is the fourth of the year before; on the first of April the first."""
    assert list(_over(date(2027, 2, 3)))[:2] == [(2026, 4), (2026, 3)]
    assert next(_over(date(2027, 4, 1))) == (2027, 1)
