"""A store as the settings say: its database, and the keys that open what is sealed there."""

from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.store.engine import Store, make_engine
from api.store.sealing import Keyring

__all__ = ["DatabaseError", "open_store"]

DatabaseError = SQLAlchemyError
"""Whatever goes wrong with a database. What it says may hold its URL and rows: never shown."""
KINDS = frozenset({"sqlite", "postgresql"})


class NoDatabaseError(SQLAlchemyError):
    """A URL that leads to no database that Steget can use. Does not repeat it."""


def open_store(settings: Settings) -> Store:
    """The store of a service, on settings that were ``checked``.

    Raises:
        SealError: the keys cannot be used.
        DatabaseError: the URL is none, or of a database that Steget does not know.
    """
    keyring = Keyring.read(settings.keys.get_secret_value() if settings.keys else "")
    try:
        engine = make_engine(settings.database_url)
    except (SQLAlchemyError, ImportError, ValueError):
        raise NoDatabaseError from None  # the message would repeat the URL, password and all
    if engine.dialect.name not in KINDS:
        raise NoDatabaseError
    return Store(engine, keyring)
