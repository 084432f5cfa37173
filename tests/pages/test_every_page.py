"""Every page as everybody whose it is, in each mode: nothing is wrong with it.

Those of supervisors and of nobody are in ``test_supervisor_pages``, so that two can work at once.
"""

from collections import defaultdict

import httpx
import pytest

from api.domain import Role
from tests.pages.checks import findings
from tests.pages.chromium import Visitors
from tests.pages.every import FIRST, LOOKS, PAGES, Listed, Look

pytestmark = pytest.mark.slow
OK = 200
HOME = "page:home"
"""Everybody has one."""
GUARDED = [
    page for page in PAGES if None not in page.roles and page.status < 400 and page.route != HOME
]


@pytest.mark.parametrize("look", [one for one in LOOKS if one.role not in FIRST], ids=str)
def test_nothing_is_wrong(look: Look, visitors: Visitors) -> None:
    """No finding of axe, no error, nobody else asked, nothing too wide, heavy or moving."""
    assert findings(look.taken(visitors)) == []


def test_titles_tell_pages_apart(visitors: Visitors) -> None:
    """Nobody meets the same title on two pages, or where there are mistakes and where none."""
    found: dict[tuple[Role | None, str], set[str]] = defaultdict(set)
    for look in LOOKS:
        if look.mode == "noscript":
            tab = look.taken(visitors)
            page = look.page
            same = page.name if page.sent or page.status != OK else page.route
            found[look.role, tab.page.title()].add(same)
    assert found
    assert {title: pages for title, pages in found.items() if len(pages) > 1} == {}


@pytest.mark.parametrize("page", GUARDED, ids=lambda page: page.name)
def test_nobody_else_sees_it(page: Listed, visitors: Visitors) -> None:
    """Whoever is not logged in is sent to do so; others are told that they may not, or nothing."""
    path = page.path(visitors.county)
    with httpx.Client(base_url=visitors.county.base) as nobody:
        answer = nobody.get(path)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/logga-in")
    for role in set(Role) - set(page.roles):
        assert visitors.county.http(role).get(path).status_code in {403, 404}, role
