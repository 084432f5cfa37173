"""The plain parts of wire types: codes, names, notes, places and half-days, each checked.

Text that people write is short, printable, and holds no personal identity number.
"""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.domain.personal import NOTE_LENGTH, holds_personal_number, is_organisation_number
from data import reference
from matcher.domain import SESSIONS

NAME_LENGTH = 200


def _said(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise PydanticCustomError(
            "not_printable", "not one line", {"expected": "one line, no space around it"}
        )
    if holds_personal_number(text):
        raise PydanticCustomError(
            "personal_number", "a personal number", {"expected": "no personal identity number"}
        )
    return text


def _municipality(code: str) -> str:
    if code not in reference.municipalities():
        raise PydanticCustomError(
            "unknown_municipality", "unknown", {"expected": "a code of SCB's, four digits"}
        )
    return code


def _group(code: str) -> str:
    if code not in fields():
        raise PydanticCustomError(
            "unknown_occupation_group", "unknown", {"expected": "a group of SSYK 2012"}
        )
    return code


def _organisation_number(text: str) -> str:
    if not is_organisation_number(text):
        raise PydanticCustomError(
            "not_an_organisation_number",
            "none",
            {"expected": "an organisation's number, never a person's"},
        )
    return text.replace("-", "")


@cache
def fields() -> Mapping[str, str]:
    """The field (yrkesområde) of every occupation group."""
    return {row["occupation_group"]: row["field"] for row in reference.occupations()}


Code = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$", examples=["cafe-kassa"]),
    AfterValidator(_said),
]
"""The name of a thing in tables and files; it is never changed."""
Name = Annotated[str, Field(min_length=1, max_length=NAME_LENGTH), AfterValidator(_said)]
"""What people call a thing; never the name of a participant."""
Note = Annotated[str, Field(min_length=1, max_length=NOTE_LENGTH), AfterValidator(_said)]
"""Some words; never about a person."""
Municipality = Annotated[
    str, Field(min_length=4, max_length=4, examples=["0180"]), AfterValidator(_municipality)
]
OccupationGroup = Annotated[
    str, Field(min_length=4, max_length=4, examples=["9413"]), AfterValidator(_group)
]
OrganisationNumber = Annotated[
    str,
    Field(min_length=10, max_length=11, examples=["5560360793"]),
    AfterValidator(_organisation_number),
]
LanguageTag = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        max_length=20,
        examples=["sv"],
    ),
]
"""A language as BCP 47 writes it; ``swl`` is Swedish sign language."""
HalfDayName = Literal[
    "mon_am",
    "mon_pm",
    "tue_am",
    "tue_pm",
    "wed_am",
    "wed_pm",
    "thu_am",
    "thu_pm",
    "fri_am",
    "fri_pm",
]
"""A half-day (halvdag): the names of ``SESSIONS``."""


def half_day_name(session: int) -> HalfDayName:
    """The name of a half-day by its number."""
    name: HalfDayName = SESSIONS[session]  # type: ignore[assignment]
    return name
