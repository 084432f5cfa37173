"""The table of pages is the application's; what the documents show of it is there and small."""

from pathlib import Path

from starlette.routing import Route

from api import pages
from tests.pages.every import PAGES

SCREENS = Path(__file__).parents[2] / "docs" / "screens"
MOST_BYTES = 150_000


def test_every_page_is_in_the_table() -> None:
    """Every route that shows a page is looked at, and every row is about one that there is."""
    routes = {
        route.name
        for router in pages.ROUTERS
        for route in router.routes
        if isinstance(route, Route) and "GET" in (route.methods or ())
    }
    shown = {name for name in routes if name.startswith("page:")}
    assert shown == {page.route for page in PAGES}


def test_no_two_rows_have_one_name() -> None:
    """Names of rows are those of tests and pictures."""
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))


def test_every_picture_is_there_and_small() -> None:
    """``make screenshots`` took those that the table names, and no other is there."""
    sizes = {file.stem: file.stat().st_size for file in SCREENS.glob("*.png")}
    assert set(sizes) == {page.name for page in PAGES if page.screen}
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
