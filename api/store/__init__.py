"""The database, and the only place that knows it."""

from api.store.engine import Session, Store, make_engine, moment_of, store_of
from api.store.sealing import Keyring, SealError, new_key

__all__ = [
    "Keyring",
    "SealError",
    "Session",
    "Store",
    "make_engine",
    "moment_of",
    "new_key",
    "store_of",
]
