"""Reading JSON of a known shape: what has another one is a broken answer, never a default."""

from datetime import datetime

from api.travel.troubles import CallFailedError, Trouble

LONGEST = 80
"""Letters of a name that are shown."""
MOST = 1e8
"""Seconds or metres: three years, or twice around the Earth and more."""


def mapping(value: object) -> dict[str, object]:
    """An object.

    Raises:
        CallFailedError: it is none.
    """
    if not isinstance(value, dict):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return value


def listing(value: object, length: int | None = None) -> list[object]:
    """A list, of that length where one is given.

    Raises:
        CallFailedError: it is none, or has another length.
    """
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return value


def number(value: object) -> float:
    """A number from 0 to what a journey could have; ``true`` is none.

    Raises:
        CallFailedError: it is none.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    if not 0 <= value <= MOST:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return value


def text(value: object) -> str:
    """A text.

    Raises:
        CallFailedError: it is none.
    """
    if not isinstance(value, str):
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return value


def words(value: object) -> str | None:
    """A name to show, on one line and without what a screen would obey; None where there is none.

    A name decides nothing: one of another shape is left out, and the answer is not broken by it.
    """
    if not isinstance(value, str):
        return None
    shown = "".join(one for one in " ".join(value.split()) if one.isprintable())
    return shown[:LONGEST] or None


def moment(value: object) -> datetime:
    """A date and time with its zone, as ISO 8601 writes it.

    Raises:
        CallFailedError: it is none.
    """
    try:
        read = datetime.fromisoformat(text(value))
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise CallFailedError(Trouble.BROKEN_ANSWER)
    return read


def one_or_many(value: object) -> list[object]:
    """A list, or the only element that stands where a list should."""
    return value if isinstance(value, list) else [value]
