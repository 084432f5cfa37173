"""What the service refuses, as codes; ``api.problems`` makes problem documents of them.

A refusal carries no value of what was sent: codes, names of fields and numbers alone.
"""

from dataclasses import dataclass
from enum import StrEnum


class RefusalCode(StrEnum):
    """Why a request was not done: stable, for programs; the sentences are in ``api.texts``."""

    # who asks
    NOT_AUTHENTICATED = "not-authenticated"
    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"  # also what belongs to others: nobody learns that it exists
    LOGIN_FAILED = "login-failed"
    TOO_MANY_TRIES = "too-many-tries"
    TOO_MANY_REQUESTS = "too-many-requests"
    CROSS_SITE = "cross-site"
    # what was sent
    MALFORMED = "malformed"
    NOT_VALID = "not-valid"
    TOO_LARGE = "too-large"
    MEDIA_TYPE = "media-type"
    UNKNOWN_PARAMETER = "unknown-parameter"
    # editing
    PRECONDITION_REQUIRED = "precondition-required"
    PRECONDITION_FAILED = "precondition-failed"
    KEY_REUSED = "key-reused"
    ALREADY_THERE = "already-there"
    LAST_ADMIN = "last-admin"
    # a placement's life
    WRONG_STATE = "wrong-state"
    OPENING_FULL = "opening-full"
    HALF_DAY_FULL = "half-day-full"
    OPENING_PAUSED = "opening-paused"
    ALREADY_PLACED = "already-placed"
    BELOW_TAKEN = "below-taken"
    NOT_YET_FREE = "not-yet-free"
    NOT_CONSENTED = "not-consented"
    BARRED = "barred"
    LINK_USED_UP = "link-used-up"
    # the service
    NO_TRAVEL_STORE = "no-travel-store"
    METHOD = "method"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in what was sent: where (a JSON pointer, or a name), a code, what was expected."""

    pointer: str
    code: str
    detail: str = ""


class Refusal(Exception):  # noqa: N818 -- a refusal is no error of the program
    """A request is refused, and nothing was changed.

    Args:
        code: why.
        faults: every fault that was found, where there are several.
        params: numbers and names for the sentence; never a value of health, never free text.
    """

    def __init__(
        self, code: RefusalCode, *, faults: tuple[Fault, ...] = (), **params: object
    ) -> None:
        """Keep what is said."""
        super().__init__(code, faults, params)
        self.code, self.faults, self.params = code, faults, params
