"""A browser, and a county to look at, for each file of tests."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.pages.chromium import EXECUTABLE, MISSING, Visitors, chromium
from tests.pages.county import County, county
from tests.service.conftest import (
    database_url,
    new_database,
    postgres,
    prepared,
    prepared_postgresql,
    prepared_sqlite,
    settings,
    store,
    world,
)

__all__ = [
    "database_url",
    "kind",
    "new_database",
    "postgres",
    "prepared",
    "prepared_postgresql",
    "prepared_sqlite",
    "settings",
    "store",
    "world",
]
"""The small world, for tests of pages without a browser."""


@pytest.fixture
def kind() -> str:
    """Of which kind the database is: pages reach it by the API alone, which is tested on both."""
    return "sqlite"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where it is missing, tests are skipped, but fail in CI.

    Of a module, since tests of other files could start no event loop while it is there.
    """
    if not os.access(EXECUTABLE, os.X_OK):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The county, for tests that change nothing in it that others look at."""
    with county(tmp_path_factory.mktemp("county")) as found:
        yield found


@pytest.fixture(scope="module")
def visitors(browser: Browser, served: County) -> Iterator[Visitors]:
    """Somebody of each role, in every mode."""
    found = Visitors(browser, served)
    yield found
    found.close()
