"""The database, and the only place that knows it."""

from api.store.engine import Session, Store, make_engine, moment_of, store_of
from api.store.sealing import Keyring, SealError, new_key
from api.store.triggers import install as install_triggers

__all__ = [
    "Keyring",
    "SealError",
    "Session",
    "Store",
    "install_triggers",
    "make_engine",
    "moment_of",
    "new_key",
    "store_of",
]
