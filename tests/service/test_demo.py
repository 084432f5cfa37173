"""The demo: the county in an empty store, with somebody of every role to log in as."""

import pytest
from sqlalchemy import func, select

from api.auth import passwords
from api.domain import Role
from api.exchange import demo
from api.store import Store, audit, seats
from api.store.tables import ParticipantRow, PlacementRow, Reader, User


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
