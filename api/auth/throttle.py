"""Slowing down: logins that failed, in the database; requests, in the memory of the process."""

import hashlib
import ipaddress
from datetime import timedelta
from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from api.domain import Refusal, RefusalCode
from api.settings import Settings
from api.store import Session, accounts, moment_of


def address_of(host: str | None) -> str:
    """What counts as one address: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        found = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    if found.version == 6:  # noqa: PLR2004 -- the protocol's name
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def pair(login: str, address: str) -> str:
    """The (login, address) that failures are counted by, as the table keeps it."""
    return hashlib.sha256(f"{accounts.login_of(login)}\n{address}".encode()).hexdigest()


def check(session: Session, who: str, settings: Settings) -> None:
    """Refuse a login after too many failures; those that succeed are never counted.

    Args:
        session: a unit of work.
        who: a ``pair``.
        settings: how many failures, in how many minutes.

    Raises:
        Refusal: there were too many (``TOO_MANY_TRIES``), with the seconds to wait.
    """
    window = window_of(settings)
    moment = moment_of(session)
    count, first = accounts.failures(session, who, moment - window)
    if first is not None and count >= settings.login_failures:
        wait = ceil((first + window - moment).total_seconds())
        raise Refusal(RefusalCode.TOO_MANY_TRIES, retry_after=max(1, wait))


def window_of(settings: Settings) -> timedelta:
    """How long a failure counts."""
    return timedelta(minutes=settings.login_window_minutes)


class Throttle:
    """How many requests somebody makes in a minute; each process counts its own."""

    def __init__(self, per_minute: int) -> None:
        """Begin at nothing."""
        self._limit = RateLimitItemPerMinute(per_minute)
        self._counts = FixedWindowRateLimiter(MemoryStorage())

    def hit(self, *who: str) -> None:
        """Count a request.

        Raises:
            Refusal: it is one too many (``TOO_MANY_REQUESTS``), with the seconds to wait.
        """
        if not self._counts.hit(self._limit, *who):
            raise self._refusal(*who)

    def check(self, *who: str) -> None:
        """Refuse where the next one would be too many, without counting it.

        Raises:
            Refusal: as ``hit``.
        """
        if not self._counts.test(self._limit, *who):
            raise self._refusal(*who)

    def _refusal(self, *who: str) -> Refusal:
        until = self._counts.get_window_stats(self._limit, *who).reset_time
        return Refusal(RefusalCode.TOO_MANY_REQUESTS, retry_after=max(1, ceil(until - time())))
