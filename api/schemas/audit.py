"""The audit on the wire."""

from typing import Literal

from pydantic import Field

from api.schemas import Wire

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class AuditItem(Wire):
    """Who did what to whom, when."""

    number: int = Field(examples=[42])
    at: str = Field(examples=["2026-12-01T08:00:00.000000+00:00"])
    who: str = Field(examples=["supervisor:3f2504e0-4f89-41d3-9a0c-0305e82c3301"])
    action: str = Field(examples=["placement.offer"])
    subject: str = Field(examples=["placement:7c9e6679-7425-40de-944b-e07fc1f90ae7"])
    detail: dict[str, str | int | bool | None] = Field(examples=[{"reason": "too_far"}])
    hash: str = Field(examples=[HASH])


class AuditFault(Wire):
    """An entry where the chain does not hold, and what is wrong with it."""

    number: int = Field(examples=[17])
    what: Literal["hash", "before", "number"] = Field(examples=["hash"])


class AuditCheck(Wire):
    """Whether the chain holds; the hash of the last entry is to be kept elsewhere."""

    holds: bool = Field(examples=[True])
    entries: int = Field(examples=[1042])
    last_hash: str = Field(examples=[HASH])
    faults: tuple[AuditFault, ...] = Field(
        description="The first hundred", max_length=100, examples=[[]]
    )
