"""Unmet demand on the wire: sums under disclosure control."""

from datetime import date

from pydantic import Field

from api.schemas.wire import Wire


class Cell(Wire):
    """One number, at least five."""

    code: str = Field(examples=["too_far"])
    count: int = Field(ge=5, examples=[12])


class Sums(Wire):
    """Numbers by code, largest first; what is fewer than five is in the rest, without a name."""

    cells: tuple[Cell, ...]
    rest: int | None = Field(
        description="Of all others together; null where there are too few", examples=[7]
    )
    total: int | None = Field(description="Null where it is fewer than five", examples=[19])


class UnmetDemand(Wire):
    """What was looked for and not found in a quarter, three ways."""

    first: date = Field(examples=["2026-10-01"])
    last: date = Field(examples=["2026-12-31"])
    fields: Sums
    barriers: Sums = Field(description="A record counts once for each of its codes")
    municipalities: Sums
