"""What has to be done now and then: offers expire, and what was kept long enough is erased."""

from datetime import timedelta

from api.settings import Settings
from api.store import Store, audit, offers, retention

WORKER = "worker"


def do(store: Store, settings: Settings) -> None:
    """Let offers expire whose time is over, and erase what may be kept no longer."""
    with store.writing() as unit:
        offers.expire_due(unit)
    kept = timedelta(days=settings.retention_days)
    with store.reading() as unit:
        due = any(retention.due(unit, kept).values())
    if due:
        with store.writing() as unit:
            found = retention.erase_due(unit, kept)
            audit.note(unit, WORKER, "retention.run", "", **found)
