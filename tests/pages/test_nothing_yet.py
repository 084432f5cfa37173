"""Where nothing has been done yet: each page says so, and leads on."""

from collections.abc import Iterator, Mapping

import pytest
from playwright.sync_api import Browser

from api.domain import Role
from tests.pages.checks import findings
from tests.pages.chromium import MODES, Visitors
from tests.pages.county import county

pytestmark = pytest.mark.slow
PAGES: Mapping[Role, tuple[str, ...]] = {
    Role.SUPERVISOR: ("/", "/deltagare", "/forslag"),
    Role.PROVIDER_MANAGER: ("/", "/platser", "/svar", "/platser/ny"),
    Role.COORDINATOR: ("/", "/planer", "/avvagningar"),
    Role.ANALYST: ("/", "/efterfragan"),
    Role.ADMIN: ("/", "/anvandare", "/organisationer", "/logg"),
}
SWEDISH = [mode for mode in MODES if mode != "english"]
LOOKS = [(role, mode, path) for role in PAGES for mode in SWEDISH for path in PAGES[role]]


@pytest.fixture(scope="module")
def newcomers(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    """Somebody of each role, the day after everything was set up."""
    with county(tmp_path_factory.mktemp("new"), new=True) as place:
        found = Visitors(browser, place)
        yield found
        found.close()


@pytest.mark.parametrize(("role", "mode", "path"), LOOKS)
def test_nothing_is_wrong(newcomers: Visitors, role: Role, mode: str, path: str) -> None:
    """No finding; and something to read and to go on with."""
    tab = newcomers.visit(role, path, mode)
    assert len(tab.page.inner_text("main").split()) > 3
    assert tab.page.locator("main a, main button, main summary, header nav a").count()
    assert findings(tab) == []
