"""The manager's minute with a script: the row alone changes, and nobody loses their place."""

import pytest

from api.domain import Role
from tests.pages.chromium import Visitors

pytestmark = pytest.mark.slow
TOLD = "() => document.querySelector('#told').textContent.trim() !== ''"


def test_one_tap_changes_the_row_alone(visitors: Visitors) -> None:
    """The number, and what is said of it; what was tapped keeps the focus, the page stays."""
    tab = visitors.visit(Role.PROVIDER_MANAGER, "/")
    page = tab.page
    row = page.locator(".seats > li").first
    before = int(row.locator(".stepper b").inner_text().split()[0])
    more = row.locator("[id^=more-]")
    name = more.get_attribute("id")
    page.evaluate("window.untouched = true")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(TOLD)
    assert int(row.locator(".stepper b").inner_text().split()[0]) == before + 1
    assert page.evaluate("window.untouched")
    assert page.evaluate("document.activeElement.id") == name
    page.evaluate("document.querySelector('#told').textContent = ''")
    row.locator("[id^=right-]").click()
    page.wait_for_function(TOLD)
    assert page.evaluate("window.untouched")
    assert tab.faults == []


def test_without_a_script_the_page_comes_again(visitors: Visitors) -> None:
    """With what was done, said on top."""
    tab = visitors.visit(Role.PROVIDER_MANAGER, "/", "noscript")
    tab.page.locator("[id^=right-]").last.click()
    tab.page.wait_for_url("**/?done=confirmed")
    assert tab.page.locator(".done").count() == 1
    assert tab.faults == []
