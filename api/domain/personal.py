"""Free text is short and holds no personal identity number (personnummer, samordningsnummer).

What cannot be told from a name is not looked for: the pages warn about it. An organisation number
has 20 or more as its third and fourth digits; with less it is a person's (enskild firma), and is
refused too.
"""

import re

NOTE_LENGTH = 300
"""Characters of a free text, at most."""

_PERSONAL = re.compile(
    r"(?<!\d)(?:\d\d)?\d\d(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d|[6-9]\d)[-+\s]?\d{4}(?!\d)"
)
_ORGANISATION = re.compile(r"\d\d[2-9]\d{3}-?\d{4}")
_DAYS = (1, 31)
_COORDINATION = 60
"""Added to the day in a coordination number (samordningsnummer)."""


def holds_personal_number(text: str) -> bool:
    """Whether something in a text has the shape and the date of a personal identity number."""
    return any(
        _DAYS[0] <= int(found["day"]) % _COORDINATION <= _DAYS[1]
        for found in _PERSONAL.finditer(text)
    )


def is_organisation_number(text: str) -> bool:
    """Whether a text is the number of an organisation, with the check digit that it should have.

    Source: SKV 709; the last digit is Luhn's over the nine before it.
    """
    if not _ORGANISATION.fullmatch(text):
        return False
    digits = [int(digit) for digit in text.replace("-", "")]
    doubled = [digit * 2 if at % 2 == 0 else digit for at, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
