"""The notebooks read a service with somebody's token: the balance, the insight, the weights."""

from datetime import timedelta

import pytest

from api.domain import Role
from api.schemas.accounts import NewToken
from api.schemas.insight import InsightAsked
from tests.house.test_notebooks import ROOT, run
from tests.pages.county import MORNING, County

pytestmark = pytest.mark.slow


def token_of(served: County, role: Role) -> str:
    """A token of the account of a role, for a month from the day that it is there."""
    asked = NewToken(name="notebooks", ends_at=MORNING + timedelta(days=30))
    made = served.api(role).create_token(asked).value.token
    assert made is not None
    return made


def test_the_notebooks_read_a_service(
    served: County, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An analyst's token reads the newest balance and insight; a coordinator's the weights."""
    analyst = served.api(Role.ANALYST)
    analyst.start_balance()
    analyst.start_insight(InsightAsked())
    served.work()
    monkeypatch.setenv("STEGET_URL", served.base)
    monkeypatch.setenv("STEGET_SCENARIO", "town")
    for role, name, said in (
        (Role.ANALYST, "balance", "Steering, woman: index"),
        (Role.ANALYST, "places", "Seats that add something:"),
        (Role.COORDINATOR, "weighing", "came out otherwise: []"),
    ):
        monkeypatch.setenv("STEGET_TOKEN", token_of(served, role))
        run(ROOT / "notebooks" / f"{name}.ipynb")
        assert said in capsys.readouterr().out
