"""Every journey can be walked with a keyboard alone, in as few steps as the document says."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pages.county import county
from tests.pages.journeys import JOURNEYS, Journey, walked
from tests.pages.usability import recorded

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda one: one.name)
def test_it_can_be_walked(journey: Journey, browser: Browser, tmp_path: Path) -> None:
    """Nothing goes wrong, focus can be seen all the way, and the document tells the steps."""
    with county(tmp_path) as place:
        found = walked(journey, browser, place)
    assert found.faults == ()
    assert found.interactions <= journey.most
    assert recorded()[journey.task] == found.interactions
