"""From the text of one cell to its value, or to what is wrong: one reader for each kind."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from matcher.dataset.cells import SEPARATOR
from matcher.dataset.echo import looks_personal
from matcher.dataset.schema import Column, Kind
from matcher.domain import SESSIONS, sessions_of
from matcher.errors import FaultCode

MAX_ID = 64
MAX_TEXT = 2_000
_QUOTES = "\"'`\u00b4\u2018\u2019\u201c\u201d\u00ab\u00bb"
_ID = re.compile(rf"[^\W_][^\s;,{_QUOTES}]*")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?([eE][-+]?[0-9]{1,2})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[0-9]{4}")
_LANGUAGE = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(-[A-Za-z]{3}){0,3}(-(?P<script>[A-Za-z]{4}))?"
    r"(-(?P<region>[A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(-[A-WY-Za-wy-z0-9](-[A-Za-z0-9]{2,8})+)*(-[xX](-[A-Za-z0-9]{1,8})+)?"
)

Trouble = tuple[FaultCode, str, Mapping[str, str | int]]
"""One thing wrong with a cell: the code, the part of the text it is about, and parameters."""


class UnfitError(Exception):
    """A text that is no value of its column; ``troubles`` names everything wrong with it."""

    def __init__(self, *troubles: Trouble) -> None:
        """Keep what is wrong."""
        super().__init__(troubles)
        self.troubles = troubles


def _unfit(code: FaultCode, text: str, **params: str | int) -> UnfitError:
    return UnfitError((code, text, params))


def _id(_: Column, text: str) -> str:
    if looks_personal(text):
        raise _unfit(FaultCode.PERSONAL_NUMBER, text)
    if len(text) > MAX_ID or not _ID.fullmatch(text) or not text.isprintable():
        raise _unfit(FaultCode.NOT_AN_ID, text, most=MAX_ID)
    return text


def _text(_: Column, text: str) -> str:
    if looks_personal(text, bare=False):
        raise _unfit(FaultCode.PERSONAL_NUMBER, text)
    if len(text) > MAX_TEXT or any(_controls(character) for character in text):
        raise _unfit(FaultCode.NOT_A_TEXT, text, most=MAX_TEXT)
    return text


def _controls(character: str) -> bool:
    """Whether a character says something to a machine instead of to a reader."""
    return character not in "\n\t" and unicodedata.category(character) in {"Cc", "Cn", "Cs"}


def _whole(column: Column, text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise _unfit(FaultCode.NOT_A_WHOLE_NUMBER, text)
    return int(_within(column, int(text), text))


def _decimal(column: Column, text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise _unfit(FaultCode.NOT_A_NUMBER, text)
    return _within(column, float(text), text)


def _within(column: Column, number: float, text: str) -> float:
    if not column.low <= number <= column.high:
        raise _unfit(FaultCode.OUT_OF_RANGE, text, low=column.low, high=column.high)
    return number


def _date(_: Column, text: str) -> date:
    if not _DATE.fullmatch(text):
        raise _unfit(FaultCode.NOT_A_DATE, text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _unfit(FaultCode.NOT_A_DATE, text) from None


def _choice(column: Column, text: str) -> str:
    for choice in column.choices:
        if choice == text:
            return choice
    raise _unfit(FaultCode.NOT_ONE_OF, text, expected=", ".join(column.choices))


def _yes_no(_: Column, text: str) -> bool:
    if text not in {"yes", "no"}:
        raise _unfit(FaultCode.NOT_ONE_OF, text, expected="yes, no")
    return text == "yes"


def _session(_: Column, text: str) -> str:
    if text not in SESSIONS:
        raise _unfit(FaultCode.NOT_ONE_OF, text, expected=", ".join(SESSIONS))
    return text


def _language(_: Column, text: str) -> str:
    """A language tag in the case that BCP 47 advises: ``sr-Latn-RS``."""
    tag = _LANGUAGE.fullmatch(text)
    if tag is None:
        raise _unfit(FaultCode.NOT_A_LANGUAGE, text)
    folded = text.lower()
    for part, fold in (("script", str.title), ("region", str.upper)):
        if tag[part]:
            start, end = tag.span(part)
            folded = folded[:start] + fold(folded[start:end]) + folded[end:]
    return folded


def _municipality(_: Column, text: str) -> str:
    if not _CODE.fullmatch(text):
        raise _unfit(FaultCode.UNKNOWN_MUNICIPALITY, text)
    return text


def _group(_: Column, text: str) -> str:
    if not _CODE.fullmatch(text):
        raise _unfit(FaultCode.UNKNOWN_OCCUPATION_GROUP, text)
    return text


def _many(item: Callable[[Column, str], str]) -> Callable[[Column, str], frozenset[str]]:
    """A reader of cells that hold several; each that is wrong is told."""

    def read(column: Column, text: str) -> frozenset[str]:
        items: set[str] = set()
        troubles: list[Trouble] = []
        parts = [part.strip() for part in text.split(SEPARATOR)]
        for part in [part for part in parts if part] or [text]:
            try:
                items.add(item(column, part))
            except UnfitError as unfit:
                troubles += unfit.troubles
        if troubles:
            raise UnfitError(*troubles)
        return frozenset(items)

    return read


def _sessions(column: Column, text: str) -> int:
    return sessions_of(tuple(_many(_session)(column, text)))


READERS: Mapping[Kind, Callable[[Column, str], object]] = {
    Kind.ID: _id,
    Kind.REFERENCE: _id,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _many(_choice),
    Kind.SESSIONS: _sessions,
    Kind.LANGUAGES: _many(_language),
    Kind.MUNICIPALITY: _municipality,
    Kind.MUNICIPALITIES: _many(_municipality),
    Kind.GROUP: _group,
    Kind.FIELD: _id,
    Kind.FIELD_OR_GROUP: _id,
    Kind.YES_NO: _yes_no,
    Kind.TEXT: _text,
}
