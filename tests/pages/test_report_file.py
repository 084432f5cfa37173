"""A report as a file, looked at in a browser: axe, nothing fetched, nothing beyond the edge."""

from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from api.reports.gather import Wanted, findings
from api.reports.page import document
from api.texts import Language
from matcher import Limits, Policy, plan
from matcher.dataset import read
from tests.pages.checks import AXE, OPTIONS, OVERFLOWING
from tests.pages.chromium import MODES

TOWN = Path(__file__).parents[2] / "data" / "town"
UNDECIDED = {"narrow": {"color-contrast"}}
"""Of what is scrolled out of sight no contrast is told; wide, the same colours are judged."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of the town, with pictures."""
    town = read(TOWN, plan_date=date(2026, 12, 1))
    made = plan(town, Policy(), Limits()).plan
    found = findings(town, Policy(), made, Wanted(name="town", whole=True))
    written = tmp_path_factory.mktemp("report") / "report.html"
    written.write_text(document(found, Language.SWEDISH), encoding="utf-8")
    return written


@pytest.mark.parametrize("mode", ["desktop", "narrow", "dark"])
def test_a_report_is_accessible(browser: Browser, file: Path, mode: str) -> None:
    """Axe at WCAG 2.2 AA and best practice finds nothing; one request, for the file itself."""
    context = browser.new_context(**MODES[mode])
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, OPTIONS)
    assert found["violations"] == []
    assert {rule for rule, _ in found["incomplete"]} <= UNDECIDED.get(mode, set())
    assert page.evaluate(OVERFLOWING) == []
    assert asked == [file.as_uri()]
    context.close()


def test_a_report_can_be_printed(browser: Browser, file: Path) -> None:
    """On paper the contents go, tables are whole, and nothing is cut at the edge."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("svg").first.is_visible()
    assert page.pdf().startswith(b"%PDF")
    context.close()
