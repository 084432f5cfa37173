"""A store as the settings say: its database, and the keys that open what is sealed there."""

from sqlalchemy.exc import DatabaseError

from api.settings import Settings
from api.store.engine import Store, make_engine
from api.store.sealing import Keyring

__all__ = ["DatabaseError", "open_store"]


def open_store(settings: Settings) -> Store:
    """The store of a service, on settings that were ``checked``.

    Raises:
        SealError: the keys cannot be used.
    """
    keys = settings.keys.get_secret_value() if settings.keys else ""
    return Store(make_engine(settings.database_url), Keyring.read(keys))
