"""Every page of supervisors, and of whoever is not logged in, in each mode: nothing is wrong."""

import pytest

from tests.pages.checks import findings
from tests.pages.chromium import Visitors
from tests.pages.every import FIRST, LOOKS, Look

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("look", [one for one in LOOKS if one.role in FIRST], ids=str)
def test_nothing_is_wrong(look: Look, visitors: Visitors) -> None:
    """No finding of axe, no error, nobody else asked, nothing too wide, heavy or moving."""
    assert findings(look.taken(visitors)) == []
