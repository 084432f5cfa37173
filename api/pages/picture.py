"""The analyst's picture (bilden): branch and gender, stage by stage, as it was released.

Every picture stands beside a table that says the same. What is hidden is said to be, and why.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.client import ProblemError
from api.pages import drawing
from api.pages.plans import JOBS
from api.pages.visit import Visit, Visiting
from api.schemas.balance import (
    Balance,
    BalanceRatio,
    BalanceShare,
    BalanceTable,
)
from api.schemas.demand import UnmetDemand
from api.texts import GROUPS, Language
from data import reference

router = APIRouter()

STAGES = ("wished", "recommended", "proposed", "accepted", "started", "ended")
StageName = Literal["wished", "recommended", "proposed", "accepted", "started", "ended"]
GENDERS = ("woman", "man", "other")
PRINTED = {"work_or_studies": 20, "preparatory": 34}
"""Per cent of the endings in MIA Vidare, 2020 to 2022, to be set beside (data/SOURCES.md)."""
QUARTERS = 8
"""Quarters that are over, to choose among."""
DIMENSIONS = ("dimension_1", "dimension_2", "dimension_3")
"""The most that a table is told by."""
NOT_GIVEN = "not_given"
Cell = int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: a name, and a number for each gender and in all; None is hidden."""

    name: str
    cells: tuple[Cell, ...]
    national: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The newest release; nothing but ``found`` where there is none."""

    found: Balance | None
    stage: str
    stages: tuple[str, ...]
    way: tuple[Row, ...]
    fields: tuple[Row, ...]
    norms: tuple[BalanceRatio, ...]
    outcomes: tuple[tuple[str, BalanceShare, int], ...]
    agreed: tuple[Row, ...]
    otherwise: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The unmet demand of a quarter that is over."""

    found: UnmetDemand
    quarters: tuple[tuple[int, int], ...]
    year: int
    quarter: int
    map: drawing.Map | None
    fields: tuple[tuple[str, int], ...]
    barriers: tuple[tuple[str, int], ...]
    municipalities: tuple[tuple[str, int], ...]


def home(visit: Visit) -> Response:
    """The analyst's first page: the newest release, seen at a stage."""
    asked = visit.request.query_params.get("steg", "")
    stage = asked if asked in STAGES else "started"
    found = _newest(visit)
    tables = {one.name: one for one in found.tables} if found else {}
    context = Picture(
        found=found,
        stage=stage,
        stages=STAGES,
        way=tuple(_way(tables)),
        fields=tuple(_fields(tables.get(f"{stage}/branch"), found, visit.language)),
        norms=tuple(one for one in found.ratios if one.measure == "norm_breaking")
        if found
        else (),
        outcomes=tuple(_outcomes(found)) if found else (),
        agreed=tuple(_agreed(tables.get("agreement"), visit.language)),
        otherwise=tuple(_otherwise(tables.get("overrides"), visit.language)),
    )
    return visit.shown("picture.html", context)


@router.post("/bild", name="page:count")
def count(visit: Visiting) -> Response:
    """Count what has happened until today, and release what may be told."""
    return visit.gone_to(f"{JOBS}/{visit.api.start_balance().value.id}")


@router.get("/bild/tabeller.csv", name="download:balance")
def tables(visit: Visiting) -> Response:
    """Every table of the newest release: a row for each cell, hidden ones with why."""
    found = visit.api.read_balance()
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(("table", "population", *DIMENSIONS, "people", "hidden"))
    for table in found.tables:
        hidden = {at: why for why, places in table.hidden.items() for at in places}
        for at, codes in enumerate(_codes(table)):
            value = table.values[at]
            cells = [*(code or "total" for code in codes), *[""] * (len(DIMENSIONS) - len(codes))]
            shown = "" if value is None else value
            writer.writerow((table.name, table.population, *cells, shown, hidden.get(at, "")))
    name = f"steget-balans-{found.day.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/efterfragan", name="page:demand")
def demand(
    visit: Visiting,
    year: Annotated[int | None, Query(alias="ar", ge=2000, le=2100)] = None,
    quarter: Annotated[int | None, Query(alias="kvartal", ge=1, le=4)] = None,
) -> Response:
    """What was looked for and not found, in a quarter that is over."""
    over = tuple(_over(visit.today))
    chosen = (year, quarter) if year and quarter else over[0]
    found = visit.api.read_unmet_demand(*chosen)
    labels = _labels(visit.language)
    names = reference.municipalities()
    places = {one.code: one.count for one in found.municipalities.cells}
    context = Demand(
        found=found,
        quarters=over,
        year=chosen[0],
        quarter=chosen[1],
        map=drawing.county(places) if places else None,
        fields=tuple((labels.get(one.code, one.code), one.count) for one in found.fields.cells),
        barriers=tuple(
            (_why(one.code, visit.language), one.count) for one in found.barriers.cells
        ),
        municipalities=tuple(
            (names.get(one.code, one.code), one.count) for one in found.municipalities.cells
        ),
    )
    return visit.shown("demand.html", context)


def _newest(visit: Visit) -> Balance | None:
    """The newest release, if there is any."""
    try:
        return visit.api.read_balance()
    except ProblemError as problem:
        if problem.code != "not-found":
            raise
        return None


def _over(today: date) -> Iterator[tuple[int, int]]:
    """Quarters that are over, the newest first."""
    last = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1) - timedelta(days=1)
    for _ in range(QUARTERS):
        yield last.year, (last.month - 1) // 3 + 1
        last = last.replace(month=3 * ((last.month - 1) // 3) + 1, day=1) - timedelta(days=1)


def _codes(table: BalanceTable) -> Iterator[tuple[str | None, ...]]:
    """The codes of every cell, in the order of the values; None is a total."""

    def grown(before: tuple[str | None, ...], left: int) -> Iterator[tuple[str | None, ...]]:
        if left == len(table.dimensions):
            yield before
            return
        one = table.dimensions[left]
        for code in (*one.codes, *((None,) if one.total else ())):
            yield from grown((*before, code), left + 1)

    yield from grown((), 0)


def _by_codes(table: BalanceTable) -> dict[tuple[str | None, ...], Cell]:
    return dict(zip(_codes(table), table.values, strict=True))


def _way(tables: Mapping[str, BalanceTable]) -> Iterator[Row]:
    """How many came how far, by gender."""
    for stage in ("participants", *STAGES):
        table = tables.get(f"{stage}/age")
        if table is not None:
            cells = _by_codes(table)
            yield Row(name=stage, cells=tuple(cells[who, None] for who in (*GENDERS, None)))


def _fields(
    table: BalanceTable | None, found: Balance | None, language: Language
) -> Iterator[Row]:
    """The fields of a stage by gender, with women's share of the field's employees."""
    if table is None or found is None:
        return
    cells, labels = _by_codes(table), _labels(language)
    branch = next(one for one in table.dimensions if one.name == "branch")
    parents = branch.parents or ("",) * len(branch.codes)
    for code, parent in zip(branch.codes, parents, strict=True):
        row = tuple(cells[who, code] for who in (*GENDERS, None))
        if not parent and any(row):
            national = found.national.get(code)
            yield Row(
                name=labels.get(code, code),
                cells=row,
                national=None if national is None else national.women_percent,
            )


def _agreed(table: BalanceTable | None, language: Language) -> Iterator[Row]:
    """What people decided beside what plans had suggested, by gender."""
    if table is None:
        return
    cells, words = _by_codes(table), GROUPS[language]["report_words"]
    for code in table.dimensions[1].codes:
        row = tuple(cells[who, code] for who in (*GENDERS, None))
        yield Row(name=words[f"agreement_{code}"], cells=row)
    yield Row(name=words["all"], cells=tuple(cells[who, None] for who in (*GENDERS, None)))


def _otherwise(table: BalanceTable | None, language: Language) -> Iterator[Row]:
    """Why something else was decided; reasons that nobody gave are left out."""
    if table is None:
        return
    cells, texts = _by_codes(table), GROUPS[language]
    words = {NOT_GIVEN: texts["report_words"]["not_given"], **texts["page_reason"]}
    (over,), reasons = (one.codes for one in table.dimensions)
    for code in reasons:
        if cells[over, code] != 0:
            yield Row(name=words.get(code, code), cells=(cells[over, code],))


def _why(code: str, language: Language) -> str:
    """Why there was nothing: a barrier, or what somebody said no for."""
    for group in ("barriers", "page_reason"):
        if code in GROUPS[language].get(group, {}):
            return GROUPS[language][group][code]
    return GROUPS[language]["page_demand"]["other_code"]


def _labels(language: Language) -> dict[str, str]:
    name = "label_en" if language is Language.ENGLISH else "label_sv"
    return {row["field"]: row[name] for row in reference.fields()}


def _outcomes(found: Balance) -> Iterator[tuple[str, BalanceShare, int]]:
    """How placements ended, of everybody, beside what was printed of MIA."""
    for one in found.ratios:
        of_all = all(code is None for code in one.of_whom.values())
        if one.measure == "outcome" and one.what in PRINTED and of_all:
            yield one.what, one.share, PRINTED[one.what]
