"""What a fault may say of what it found: never a personal identity number, never health."""

import re
import unicodedata
from difflib import get_close_matches

from matcher.dataset.schema import Column

ECHO_LENGTH = 60
NEAR = 0.6
"""How alike a misspelt code and a code are, from 0 to 1."""
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_LONG = rf"(?:18|19|20)[0-9]{{2}}{_DAY}[-+]?[0-9]{{4}}"
_SHORT = rf"[0-9]{{2}}{_DAY}[-+][0-9]{{4}}"
_BARE = rf"[0-9]{{2}}{_DAY}[0-9]{{4}}"
_WRITTEN = re.compile(rf"(?<![0-9])(?:{_LONG}|{_SHORT})(?![0-9])")
_ANY = re.compile(rf"(?<![0-9])(?:{_LONG}|{_SHORT}|{_BARE})(?![0-9])")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def looks_personal(text: str, *, bare: bool = True) -> bool:
    """Whether a Swedish personal identity or coordination number stands in a text.

    A plausible month and day are enough; the check digit is not asked. Ten digits without a sign
    between them count only when ``bare``: in running text they are mostly a telephone number.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return (_ANY if bare else _WRITTEN).search(plain) is not None


def echo(column: Column | None, text: str) -> tuple[str | None, dict[str, str | int]]:
    """A found text as a fault may show it, and why it is withheld if it is.

    Shown are at most 60 characters, those that control something escaped.
    """
    if looks_personal(text):
        return None, {"withheld": "personal_number"}
    if column is not None and column.sensitive and not _misspelt(column, text):
        return None, {"withheld": "sensitive"}
    return readable(text), {}


def _misspelt(column: Column, text: str) -> bool:
    """Whether a text is nearly one of the codes of its column, and so says nothing else."""
    codes = [code.upper() for code in column.choices or ("yes", "no")]
    return bool(get_close_matches(text.upper(), codes, n=1, cutoff=NEAR))


def readable(text: str) -> str:
    """At most 60 characters of a text, those that control something escaped."""
    shown = "".join(_escaped(character) for character in text[:ECHO_LENGTH])
    return shown[:ECHO_LENGTH]


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
