"""What has to be done now and then: offers expire, what was kept long enough is erased."""

from datetime import timedelta

from api.auth import logins
from api.jobs import unknowns
from api.settings import Settings
from api.store import Store, audit, occupants, offers, retention

WORKER = "worker"


def do(store: Store, settings: Settings) -> None:
    """Let offers and logins end whose time is over, and erase what may be kept no longer."""
    with store.writing() as unit:
        offers.expire_due(unit)
        occupants.leave_due(unit)
        logins.clean(unit, settings)
    kept = timedelta(days=settings.retention_days)
    with store.reading() as unit:
        due = any(retention.due(unit, kept).values())
    if due:
        with store.writing() as unit:
            found = retention.erase_due(unit, kept)
            audit.note(unit, WORKER, "retention.run", "", **found)


def daily(store: Store, settings: Settings) -> bool:
    """Count what each unknown answer about a site would open, where nobody has today.

    It takes a while where there are many people and places: whether anything was counted.
    """
    return unknowns.count(store, settings)
