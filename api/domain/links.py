"""Signed links (signerade länkar): who has one may do one thing to one opening, once, for a time.

A link is a token: opening, who made it, end, a random number, and HMAC-SHA-256 over these and the
purpose. It tells nothing secret; without the secret of the service nobody can make or change one.
That it is used once is decided by the database. Source: RFC 2104.
"""

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.domain.refusals import Refusal, RefusalCode

CAPACITY = "capacity"
"""The purpose of a link that confirms or changes the free seats of an opening."""
LINK_DAYS = 7
_NONCE_BYTES, _MAC_BYTES, _MOMENT_BYTES = 12, 32, 6
_IDS_BYTES = 32
_BYTES = _IDS_BYTES + _MOMENT_BYTES + _NONCE_BYTES + _MAC_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a link is for: an opening, until a moment; and who made it."""

    opening_id: UUID
    maker_id: UUID
    ends_at: datetime


def sign(
    secret: bytes, purpose: str, opening: UUID, maker: UUID, moment: datetime
) -> tuple[str, Link]:
    """A new link for an opening by somebody, which holds for ``LINK_DAYS`` from a moment on."""
    ends = int((moment + timedelta(days=LINK_DAYS)).timestamp())
    body = opening.bytes + maker.bytes + ends.to_bytes(_MOMENT_BYTES) + os.urandom(_NONCE_BYTES)
    text = base64.urlsafe_b64encode(body + _mac(secret, purpose, body)).decode().rstrip("=")
    return text, Link(
        opening_id=opening, maker_id=maker, ends_at=datetime.fromtimestamp(ends, UTC)
    )


def read(secret: bytes, purpose: str, text: str, moment: datetime) -> Link:
    """What a link is for.

    Raises:
        Refusal: it was not made here, or for another purpose (``NOT_FOUND``); or its time is over
            (``LINK_USED_UP``).
    """
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise Refusal(RefusalCode.NOT_FOUND) from None
    body, mac = content[:-_MAC_BYTES], content[-_MAC_BYTES:]
    canonical = base64.urlsafe_b64encode(content).decode().rstrip("=") == text
    right = hmac.compare_digest(mac, _mac(secret, purpose, body))
    if not (len(content) == _BYTES and canonical and right):
        raise Refusal(RefusalCode.NOT_FOUND)
    ends = datetime.fromtimestamp(
        int.from_bytes(body[_IDS_BYTES : _IDS_BYTES + _MOMENT_BYTES]), UTC
    )
    if ends <= moment:
        raise Refusal(RefusalCode.LINK_USED_UP)
    opening, maker = (UUID(bytes=body[at : at + 16]) for at in (0, 16))
    return Link(opening_id=opening, maker_id=maker, ends_at=ends)


def digest(text: str) -> str:
    """How a used link is remembered: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def _mac(secret: bytes, purpose: str, body: bytes) -> bytes:
    return hmac.digest(secret, f"steget link {purpose}\n".encode() + body, "sha256")
