"""Why a journey could not be known: what a page may say, and what a log may hold."""

from enum import StrEnum


class Trouble(StrEnum):
    """What stood between a question and its answer. Each makes a journey *unknown*."""

    TIMEOUT = "timeout"
    NO_CONNECTION = "no_connection"
    RATE_LIMITED = "rate_limited"
    """The server says that it is asked too often (429), also after the retries."""
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    """The server will not answer this question: a wrong key, a limit, a fault in the question."""
    BROKEN_ANSWER = "broken_answer"
    """No JSON, or JSON of another shape than the documented one."""
    CIRCUIT_OPEN = "circuit_open"
    """Not asked: the server has failed several times in a row."""
    QUOTA = "quota"
    OUTSIDE = "outside"
    """The place, the date or the distance is outside what the server knows."""
    WALK_ONLY = "walk_only"
    """The places are so near each other that the server knows of no ride between them."""
    NOT_OFFERED = "not_offered"
    """The server does not answer for this way of travelling."""


class CallFailedError(Exception):
    """A call that gave no answer. Its text is the trouble alone: no address, place or key.

    Attributes:
        trouble: what went wrong.
        again: whether the same call may do better soon.
        wait_seconds: how long the server asks to be left alone, where it says so.
    """

    def __init__(
        self, trouble: Trouble, *, again: bool = False, wait_seconds: float | None = None
    ) -> None:
        """Keep the trouble; nothing of the question."""
        super().__init__(trouble.value)
        self.trouble = trouble
        self.again = again
        self.wait_seconds = wait_seconds

    def __reduce__(self) -> tuple[type["CallFailedError"], tuple[Trouble]]:
        """What is needed to send it to another process."""
        return type(self), (self.trouble,)
