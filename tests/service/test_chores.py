"""What has to be done now and then, though nobody asks."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from api.auth import tokens
from api.jobs import chores
from api.settings import Settings
from api.store import accounts
from api.store.tables import ApiToken, LoginFailure, LoginSession
from tests.service.working import START
from tests.service.world import World


def test_chores_end_what_logins_left(world: World, settings: Settings) -> None:
    """Though nobody logs in: an idle session, an old failure, a token that ended long ago."""
    who = world.users["analyst"]
    with world.store.writing() as unit:
        tokens.make(unit, who, "old", START - timedelta(days=31))
        tokens.make(unit, who, "ended lately", START - timedelta(days=29))
        accounts.failed(unit, "x")
        for digest in ("idle", "used"):
            accounts.open_session(unit, digest, who, START.replace(year=2100))
        unit.execute(update(LoginSession).values(seen_at=START - timedelta(hours=1)))
        used = update(LoginSession).where(LoginSession.hash == "used")
        unit.execute(used.values(seen_at=START - timedelta(minutes=1)))
        unit.execute(update(LoginFailure).values(at=START - timedelta(hours=1)))
    chores.do(replace(world.store, clock=lambda: START), settings)
    with world.store.reading() as unit:
        names = select(ApiToken.name).where(ApiToken.user_id == who).order_by(ApiToken.name)
        assert unit.scalars(names).all() == ["ended lately", "test"]
        assert unit.scalars(select(LoginSession.hash)).all() == ["used"]
        assert unit.scalars(select(LoginFailure)).all() == []
