"""Passwords: Argon2id (RFC 9106), and as much work for somebody who does not exist."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST, MOST = 12, 200
"""Characters of a password."""
AT_ONCE = 4
"""So many passwords are worked on at a time: each takes 64 MiB."""

_hasher = PasswordHasher()
_room = BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _room:
        return _hasher.hash(_plain(password))


def holds(kept: str | None, password: str) -> bool:
    """Whether it is the password; without one to compare with it takes as long, and is no."""
    with _room:
        try:
            _hasher.verify(kept or _nobody(), _plain(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_old(kept: str) -> bool:
    """Whether a hash was made with other parameters than a new one would be."""
    return _hasher.check_needs_rehash(kept)


def _plain(password: str) -> str:
    """The same letters are the same bytes, on whatever keyboard they were typed (RFC 8265)."""
    return unicodedata.normalize("NFC", password)


@cache
def _nobody() -> str:
    """A hash that no password is compared with in earnest."""
    return _hasher.hash("nobody has this password")
