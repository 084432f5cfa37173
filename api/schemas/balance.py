"""Balance on the wire: protected tables, shares with their intervals, why some are not told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.jobs import JOB
from api.schemas.wire import Wire

OfWhom = Mapping[str, str | None]
TABLE: dict[str, Any] = {
    "name": "started/norm",
    "population": "started",
    "dimensions": [{"name": "gender", "codes": ["woman", "man", "other"], "total": True}],
    "values": [31, 27, None, 60],
    "hidden": {"FEW": [2]},
}


class BalanceDimension(Wire):
    """What a table is told by; where there is a ``total`` it stands last in every row."""

    name: str = Field(examples=["gender"])
    codes: tuple[str, ...] = Field(examples=[["woman", "man", "other"]])
    parents: tuple[str, ...] = Field(
        default=(), description="The code above each, empty under the total", examples=[[]]
    )
    total: bool = Field(examples=[True])


class BalanceTable(Wire):
    """A table of counts. ``values``: the cells in the order of the dimensions, the last fastest.

    A cell that is hidden is null, and stands by its place in ``hidden`` under why: ``FEW``, one to
    four people, or it would tell such a one; ``REFUSED``, it would tell one together with what
    was told before.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [TABLE]})

    name: str
    population: str
    dimensions: tuple[BalanceDimension, ...]
    values: tuple[int | None, ...]
    hidden: Mapping[str, tuple[int, ...]]


class BalanceShare(Wire):
    """A share in whole per cent, with the interval in which chance could have moved it (95 %).

    ``few``: why there is none (``HIDDEN``, ``NOBODY``, ``TOO_FEW``), or why it says little
    (``UNSURE``).
    """

    count: int | None = Field(examples=[31])
    of: int | None = Field(examples=[60])
    percent: int | None = Field(examples=[52])
    low: int | None = Field(examples=[39])
    high: int | None = Field(examples=[64])
    few: str | None = Field(examples=[None])


class BalanceRatio(Wire):
    """A share of the balance: which measure, and of whom."""

    measure: str = Field(examples=["rate"])
    what: str = Field(examples=["started"])
    of_whom: OfWhom = Field(examples=[{"gender": "woman"}])
    share: BalanceShare


class BalanceGap(Wire):
    """Women less men in one measure, in percentage points; ``told``: more than chance."""

    measure: str = Field(examples=["rate"])
    what: str = Field(examples=["started"])
    points: int | None = Field(examples=[4])
    low: int | None = Field(examples=[-9])
    high: int | None = Field(examples=[17])
    told: bool
    few: str | None = Field(examples=[None])


class BalanceSteering(Wire):
    """The steering index of a gender: percentage points more in typical work than wished for."""

    gender: str = Field(examples=["woman"])
    wished: BalanceShare
    wish_not_stated: int | None
    placed: BalanceShare
    place_even: int | None
    led: BalanceShare
    index: int | None = Field(examples=[12])


class BalanceWait(Wire):
    """The median of days waited until the first proposal, or the first start."""

    stage: str = Field(examples=["started"])
    of_whom: OfWhom = Field(examples=[{"gender": None}])
    days: int | None = Field(examples=[96])
    few: str | None = Field(examples=[None])


class BalanceDiversity(Wire):
    """How many different branches or kinds there are at a stage, and how evenly they are used."""

    stage: str = Field(examples=["started"])
    of: str = Field(examples=["field"])
    shown: int = Field(examples=[11])
    effective_tenths: int | None = Field(examples=[64])
    whole: bool


class BalanceCaseload(Wire):
    """Participants of each supervisor: the mean in tenths, how many have more than is usual."""

    mean_tenths: int | None = Field(examples=[189])
    above: int | None = Field(examples=[6])
    reference: int = Field(examples=[20])


class BalanceSupply(Wire):
    """How fresh the free seats are, and how much is known of the sites."""

    openings: int
    fresh: int
    never: int
    days: int
    sites: int
    surveyed: int
    known: int
    asked: int


class BalanceNational(Wire):
    """Women's share of the employees of a field or group in the whole country."""

    women_percent: float | None = Field(examples=[78.4])
    year: int | None = Field(examples=[2024])
    source: str


class Balance(Wire):
    """The balance as it was released: what may be told, and nothing else."""

    job_id: UUID = Field(examples=[JOB])
    released_at: datetime
    day: date
    threshold: int = Field(description="Fewer people than this are not told", examples=[5])
    floor: int = Field(description="The least denominator of a percentage", examples=[20])
    cells: int
    shown: int
    tables: tuple[BalanceTable, ...]
    ratios: tuple[BalanceRatio, ...]
    gaps: tuple[BalanceGap, ...]
    steering: tuple[BalanceSteering, ...]
    waits: tuple[BalanceWait, ...]
    diversity: tuple[BalanceDiversity, ...]
    caseload: BalanceCaseload
    supply: BalanceSupply
    national: Mapping[str, BalanceNational]
