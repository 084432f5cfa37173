"""Needs and wishes at rest: sealed with AES-256-GCM, bound to their row, under keys that change.

A sealed value is: a version byte (1), the number of the key (two bytes), a nonce of 12 bytes, the
cipher text with its tag. Table, column and row id are authenticated with it: a sealed value copied
to another row does not open. Source: NIST SP 800-38D.
"""

import base64
import binascii
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
HEAD_BYTES = 3 + NONCE_BYTES


class SealError(Exception):
    """A key cannot be used, or a sealed value does not open here. Says nothing of its content."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by number, 1 to 65535; the highest seals, all open."""

    keys: Mapping[int, bytes] = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse keys that are none."""
        if not self.keys:
            raise SealError("no key")
        for number, key in self.keys.items():
            if not 0 < number < 1 << 16 or len(key) != KEY_BYTES:
                raise SealError(f"key {number}: expected a number from 1 to 65535 and 32 bytes")

    @classmethod
    def read(cls, text: str) -> "Keyring":
        """Keys written ``1:BASE64,2:BASE64``.

        Raises:
            SealError: anything else.
        """
        keys = {}
        for part in text.replace("\n", ",").split(","):
            if not part.strip():
                continue
            number, _, key = part.strip().partition(":")
            try:
                keys[int(number)] = base64.b64decode(key, validate=True)
            except (ValueError, binascii.Error):
                raise SealError("expected keys as NUMBER:BASE64, separated by commas") from None
        return cls(keys)

    @property
    def newest(self) -> int:
        """The number of the key that seals."""
        return max(self.keys)

    def seal(self, content: bytes, column: str, row: UUID) -> bytes:
        """Seal a value for one column (``table.column``) of one row."""
        nonce = os.urandom(NONCE_BYTES)
        head = VERSION + self.newest.to_bytes(2) + nonce
        return head + AESGCM(self.keys[self.newest]).encrypt(nonce, content, _bound(column, row))

    def mark(self, content: bytes, purpose: str) -> str:
        """A mark that is equal for equal content, and tells nobody without the key what it was.

        A bare hash would: a body with few needs in it is quickly guessed. HMAC-SHA-256 under a
        key of its own for each purpose; with a new key, marks are others.
        """
        key = hmac.digest(self.keys[self.newest], b"mark:" + purpose.encode(), "sha256")
        return hmac.digest(key, content, "sha256").hex()

    def open(self, sealed: bytes, column: str, row: UUID) -> bytes:
        """Open a sealed value.

        Raises:
            SealError: the key is not here, or the value was changed or stood elsewhere.
        """
        number = key_number(sealed)
        if number not in self.keys:
            raise SealError(f"key {number} is not here")
        nonce, rest = sealed[3:HEAD_BYTES], sealed[HEAD_BYTES:]
        try:
            return AESGCM(self.keys[number]).decrypt(nonce, rest, _bound(column, row))
        except InvalidTag:
            raise SealError("a sealed value was changed, or belongs to another row") from None


def key_number(sealed: bytes) -> int:
    """The number of the key that a value is sealed with.

    Raises:
        SealError: it is no sealed value.
    """
    if len(sealed) < HEAD_BYTES or sealed[:1] != VERSION:
        raise SealError("not a sealed value")
    return int.from_bytes(sealed[1:3])


def new_key() -> str:
    """A new key, as it is written in the settings."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _bound(column: str, row: UUID) -> bytes:
    return f"{column}:{row}".encode()
