"""``/unmet-demands``: what was looked for and not found, in sums."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path

from api.doorway import Asking, Reading
from api.schemas.demand import Cell, Sums, UnmetDemand
from api.store import demand

router = APIRouter(tags=["insight"])

Year = Annotated[int, Path(ge=2000, le=2100, examples=[2026])]
Quarter = Annotated[int, Path(ge=1, le=4, examples=[4])]


@router.get("/unmet-demands/{year}/{quarter}", operation_id="readUnmetDemand")
def read(_: Asking, unit: Reading, year: Year, quarter: Quarter) -> UnmetDemand:
    """The unmet demand of a quarter that is over: by field, by barrier, by municipality.

    Sums alone, and none under five: what is fewer is in the rest, which obeys the same rule.
    """
    first, after = demand.quarter(year, quarter)
    found = demand.told(unit, first, after)
    return UnmetDemand(
        first=first,
        last=after - timedelta(days=1),
        fields=_sums(found.fields),
        barriers=_sums(found.barriers),
        municipalities=_sums(found.municipalities),
    )


def _sums(told: demand.Told) -> Sums:
    return Sums(
        cells=tuple(Cell(code=code, count=count) for code, count in told.cells),
        rest=told.rest,
        total=told.total,
    )
