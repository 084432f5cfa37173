"""From checked tables to the problem: domain objects, with their own defaults for empty cells."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matcher import occupations
from matcher.dataset.cells import SEPARATOR
from matcher.dataset.check import checked
from matcher.dataset.parse import Coded, Sheet, Sheets
from matcher.dataset.schema import Column, Kind
from matcher.dataset.tables import arrow
from matcher.domain import (
    Occupation,
    Opening,
    Participant,
    Placement,
    Problem,
    Provider,
    ProviderId,
    Site,
    SiteId,
    Survey,
    TravelTimes,
    Wish,
    WishKind,
    YesNoUnknown,
)
from matcher.survey import SITE_FIELDS, WORK_FIELDS, Answer

if TYPE_CHECKING:
    from matcher.dataset.tables import AnyTable

Int32s = npt.NDArray[np.int32]
_SITE_NAMES = tuple(field.name for field in SITE_FIELDS)
_WORK_NAMES = tuple(field.name for field in WORK_FIELDS)
UNKNOWN_MINUTES = -1
_SURVEY_HEAD = ("surveyed_on", "method")


def to_problem(tables: "Mapping[str, AnyTable]", plan_date: date) -> Problem:
    """The problem that the tables describe.

    Args:
        tables: by name, as ``read_tables`` gives them; typed columns and pandas tables will do.
        plan_date: the day from which ages, defaults and placements are seen.

    Raises:
        DatasetError: with every fault of the tables.
    """
    arrows = {name: arrow(table) for name, table in tables.items()}
    return build(checked(arrows, plan_date), plan_date)


def build(sheets: Sheets, plan_date: date) -> Problem:
    """The problem in tables that were checked."""
    reference = occupations.shipped()
    if sheets["occupations"].there:
        groups = (Occupation(**cells) for cells in sheets["occupations"].records())
        reference = MappingProxyType({group.occupation_group: group for group in groups})
    return Problem(
        plan_date=plan_date,
        participants=tuple(_participants(sheets)),
        providers=tuple(Provider(**cells) for cells in sheets["providers"].records()),
        sites=tuple(_sites(sheets)),
        openings=tuple(_openings(sheets["openings"])),
        occupations=reference,
        placements=tuple(Placement(**cells) for cells in sheets["placements"].records()),
        travel_times=_travel_times(sheets["travel_times"]),
    )


def _participants(sheets: Sheets) -> Iterator[Participant]:
    wishes = _wishes(sheets["wishes"])
    sites = _excluded(sheets["exclusions"], "site")
    providers = _excluded(sheets["exclusions"], "provider")
    for cells in sheets["participants"].records():
        who = cells["participant_id"]
        yield Participant(
            **cells,
            wishes=tuple(sorted(wishes.get(who, ()), key=_wish_order)),
            excluded_sites=frozenset(SiteId(name) for name in sites.get(who, ())),
            excluded_providers=frozenset(ProviderId(name) for name in providers.get(who, ())),
        )


def _sites(sheets: Sheets) -> Iterator[Site]:
    surveys = _surveys(sheets["surveys"])
    for cells in sheets["sites"].records():
        yield Site(**cells, surveys=surveys.get(cells["site_id"], ()))


def _openings(sheet: Sheet) -> Iterator[Opening]:
    for cells in sheet.records():
        work = {name: cells.pop(name) for name in _WORK_NAMES if name in cells}
        yield Opening(**cells, work=MappingProxyType(work))


def _wishes(sheet: Sheet) -> Mapping[str, set[Wish]]:
    """The wishes of each participant, those alike once."""
    found: dict[str, set[Wish]] = defaultdict(set)
    make = cache(Wish)  # the same wish of many is one
    for cells in sheet.records():
        rank = cells.get("rank")
        wish = make(kind=cells["wish"], level=cells["level"], code=cells["code"], rank=rank)
        found[cells["participant_id"]].add(wish)
    return found


def _wish_order(wish: Wish) -> tuple[bool, int, str, str]:
    """What is sought before what is avoided, the dearest first."""
    return wish.kind is WishKind.AVOID, wish.rank or 0, wish.level, wish.code


def _excluded(sheet: Sheet, kind: str) -> Mapping[str, list[str]]:
    """The excluded ids of one kind by participant."""
    found: dict[str, list[str]] = defaultdict(list)
    for cells in sheet.records():
        if cells["kind"] == kind:
            found[cells["participant_id"]].append(cells["id"])
    return found


def _surveys(sheet: Sheet) -> Mapping[str, tuple[Survey, ...]]:
    """The surveys of each site; their order in the file does not matter, a ``Site`` sorts them."""
    many = {column.name: column for column in sheet.schema.columns if column.kind is Kind.CHOICES}
    found: dict[str, list[Survey]] = defaultdict(list)
    for cells in sheet.records():
        answers: dict[str, Answer] = {
            name: _joined(many[name], cells[name]) if name in many else cells[name]
            for name in _SITE_NAMES
            if name in cells
        }
        head = {name: cells[name] for name in _SURVEY_HEAD if name in cells}
        survey = Survey(**head, answers=MappingProxyType(answers))
        found[cells["site_id"]].append(survey)
    return {site: tuple(surveys) for site, surveys in found.items()}


def _joined(column: Column, chosen: frozenset[str]) -> str:
    """An answer of several codes, in the order of the form."""
    return SEPARATOR.join(choice for choice in column.choices if choice in chosen)


def _travel_times(sheet: Sheet) -> TravelTimes | None:
    """The journeys, sorted by participant and site; None when there is no such table."""
    if not sheet.there:
        return None
    participant_ids, participant = _positions(sheet.columns["participant_id"])
    site_ids, site = _positions(sheet.columns["site_id"])
    minutes, step_free = _minutes(sheet.columns["minutes"]), _signs(sheet.columns["step_free"])
    keys = participant.astype(np.int64) * max(1, len(site_ids)) + site
    if not np.all(keys[:-1] < keys[1:]):
        order = np.argsort(keys)
        participant, site, minutes = participant[order], site[order], minutes[order]
        step_free = None if step_free is None else step_free[order]
    return TravelTimes(
        participant_ids=participant_ids,
        site_ids=site_ids,
        participant=participant,
        site=site,
        minutes=minutes,
        step_free=step_free,
    )


def _positions(ids: Coded) -> tuple[tuple[str, ...], Int32s]:
    """The ids in order, and (rows,) the position of each row's id among them."""
    order = sorted(range(len(ids.values)), key=lambda at: str(ids.values[at]))
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return tuple(str(ids.values[at]) for at in order), place[ids.codes]


def _signs(column: Coded) -> npt.NDArray[np.int8] | None:
    """(rows,) 1 for yes, 0 for no, -1 where it is unknown; None where all are."""
    said = {answer: column.where(answer.__eq__) for answer in (YesNoUnknown.YES, YesNoUnknown.NO)}
    if not any(mask.any() for mask in said.values()):
        return None
    return np.select(list(said.values()), [np.int8(1), np.int8(0)], np.int8(-1))


def _minutes(column: Coded) -> Int32s:
    """(rows,) whole minutes, -1 where they are unknown."""
    distinct = [UNKNOWN_MINUTES if value is None else value for value in column.values]
    minutes: Int32s = np.array([*distinct, UNKNOWN_MINUTES], dtype=np.int32)[column.codes]
    return minutes
