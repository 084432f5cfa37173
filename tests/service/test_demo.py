"""The demo: the county in an empty store, with somebody of every role to log in as."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import func, select

from api.auth import passwords
from api.domain import Role
from api.exchange import demo
from api.jobs import unknowns
from api.settings import Settings
from api.store import Store, audit, seats
from api.store.tables import (
    ParticipantRow,
    PlacementRow,
    Reader,
    SiteRow,
    SiteUnknownsRow,
    User,
)


@pytest.mark.slow
def test_the_county(store: Store) -> None:
    """Everybody is there, every seat is counted, one of each role can log in; and only once."""
    accounts = demo.seed(store, "correct horse battery")
    assert {one.role for one in accounts} == set(Role)
    assert len(accounts) == len(Role)
    with store.reading() as unit:
        logins = {one.login for one in accounts}
        for user in unit.scalars(select(User).where(User.login.in_(logins))):
            assert passwords.holds(user.password_hash, "correct horse battery")
            logins.remove(user.login)
        assert not logins
        assert unit.scalar(select(func.count()).select_from(ParticipantRow)) == 1638
        assert unit.scalar(select(func.count()).select_from(PlacementRow)) == 100
        assert seats.miscounted(unit) == []
        assert audit.verify(unit)[2] == ()
        strangers = select(Reader).join(User).where(User.role != str(Role.SUPERVISOR))
        assert unit.scalars(strangers).first() is None
    with pytest.raises(demo.NotEmptyError):
        demo.seed(store, "correct horse battery")


@pytest.mark.slow
def test_what_would_help_is_shown_in_the_demo(store: Store, settings: Settings) -> None:
    """Its places have stood since the scenario first speaks of them: the manager sees numbers."""
    noon = datetime.combine(demo.DEMO_DATE, time(12), UTC)
    then = replace(store, clock=lambda: noon)
    accounts = {one.role: one.login for one in demo.seed(then, "correct horse battery")}
    assert unknowns.count(then, settings)
    with then.reading() as unit:
        login = accounts[Role.PROVIDER_MANAGER]
        house = unit.scalars(select(User.provider_id).where(User.login == login)).one()
        own = select(SiteUnknownsRow).join(SiteRow).where(SiteRow.provider_id == house)
        rows = unit.scalars(own).all()
        told = [
            number
            for row in rows
            for fields in row.waiting["counted"].values()
            for number in fields.values()
        ]
        assert [number for number in told if number is not None]
        new = [row for row in unit.scalars(select(SiteUnknownsRow)) if row.waiting["from"]]
        assert 0 < len(new) < 75, "some places are new, most are not"
