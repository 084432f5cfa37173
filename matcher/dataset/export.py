"""From a problem back to its tables: what ``to_problem`` makes of them is the problem again."""

from collections.abc import Iterable, Mapping
from datetime import date

import pyarrow as pa

from matcher import occupations
from matcher.dataset.cells import SEPARATOR, number_text
from matcher.dataset.schema import TABLES, Column, Kind, TableSchema
from matcher.dataset.tables import Tables
from matcher.domain import (
    Participant,
    Problem,
    Sessions,
    Site,
    TravelTimes,
    YesNoUnknown,
    session_names,
)
from matcher.travel.table import spelled_out

Record = Mapping[str, object]


def tables_of(problem: Problem) -> Tables:
    """The tables of a problem, every one with all its columns.

    ``travel_times`` and ``occupations`` are there only if the problem has its own.
    """
    records: dict[str, Iterable[Record]] = {
        "participants": _plain(problem.participants, TABLES["participants"]),
        "wishes": [record for who in problem.participants for record in _wishes(who)],
        "exclusions": [record for who in problem.participants for record in _exclusions(who)],
        "providers": _plain(problem.providers, TABLES["providers"]),
        "sites": _plain(problem.sites, TABLES["sites"]),
        "surveys": [record for site in problem.sites for record in _surveys(site)],
        "openings": _openings(problem),
        "placements": _plain(problem.placements, TABLES["placements"]),
    }
    tables = {name: table_of(rows, TABLES[name]) for name, rows in records.items()}
    if problem.travel_times is not None:
        tables["travel_times"] = _travel_times(spelled_out(problem.travel_times))
    if problem.occupations != occupations.shipped():
        groups = [problem.occupations[code] for code in sorted(problem.occupations)]
        schema = TABLES["occupations"]
        tables["occupations"] = table_of(_plain(groups, schema), schema)
    return tables


def table_of(records: Iterable[Record], schema: TableSchema) -> pa.Table:
    """Records as a table of text, with every column of the schema."""
    rows = list(records)
    arrays = [
        pa.array([_text(row.get(column.name), column) for row in rows], type=pa.string())
        for column in schema.columns
    ]
    return pa.Table.from_arrays(arrays, names=[column.name for column in schema.columns])


def _plain(items: Iterable[object], schema: TableSchema) -> list[Record]:
    """Objects whose fields are called as the columns."""
    names = [column.name for column in schema.columns]
    return [{name: getattr(item, name) for name in names} for item in items]


def _wishes(who: Participant) -> list[Record]:
    return [
        {
            "participant_id": who.participant_id,
            "wish": wish.kind,
            "rank": wish.rank,
            "level": wish.level,
            "code": wish.code,
        }
        for wish in who.wishes
    ]


def _exclusions(who: Participant) -> list[Record]:
    kinds = (("site", who.excluded_sites), ("provider", who.excluded_providers))
    return [
        {"participant_id": who.participant_id, "kind": kind, "id": name}
        for kind, names in kinds
        for name in sorted(names)
    ]


def _surveys(site: Site) -> list[Record]:
    return [
        {
            "site_id": site.site_id,
            "surveyed_on": survey.surveyed_on,
            "method": survey.method,
            **survey.answers,
        }
        for survey in site.surveys
    ]


def _openings(problem: Problem) -> list[Record]:
    names = [c.name for c in TABLES["openings"].columns if not c.name.startswith("work.")]
    return [
        {**{name: getattr(opening, name) for name in names}, **opening.work}
        for opening in problem.openings
    ]


def _travel_times(times: TravelTimes) -> pa.Table:
    minutes = pa.array(times.minutes, mask=times.minutes < 0).dictionary_encode()
    texts = minutes.dictionary.cast(pa.string())
    columns = {
        "participant_id": _named(times.participant, times.participant_ids),
        "site_id": _named(times.site, times.site_ids),
        "minutes": pa.DictionaryArray.from_arrays(minutes.indices, texts),
    }
    if times.step_free is not None:
        columns["step_free"] = _named(times.step_free + 1, _STEP_FREE)
    return pa.table(columns)


_STEP_FREE = (YesNoUnknown.UNKNOWN, YesNoUnknown.NO, YesNoUnknown.YES)


def _named(positions: object, names: tuple[str, ...]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(positions), pa.array(names, type=pa.string()))


def _text(value: object, column: Column) -> str | None:
    """A value as the text of its cell."""
    if value is None:
        return None
    if column.kind is Kind.SESSIONS:
        return SEPARATOR.join(session_names(Sessions(int(str(value))))) or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        order = column.choices or tuple(sorted(value))
        return SEPARATOR.join(str(item) for item in order if item in value) or None
    if isinstance(value, int | float):
        return number_text(value)
    return value.isoformat() if isinstance(value, date) else str(value) or None
