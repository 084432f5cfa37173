"""Changes written as text, ``openings.O012.seats=3``, read by what reads tables and policies.

The changed rows are checked as a small data set of their own, with all they refer to: what is a
fault in a table is the same fault here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from matcher.changes import Change, Subject
from matcher.dataset.assemble import build
from matcher.dataset.cells import SEPARATOR
from matcher.dataset.check import checked, checked_reading
from matcher.dataset.csv_files import read_csv
from matcher.dataset.echo import echo
from matcher.dataset.export import tables_of
from matcher.dataset.files import refusal
from matcher.dataset.parse import FIRST_ROW
from matcher.dataset.policy_texts import POLICY, Found, Setting, settings
from matcher.dataset.schema import TABLES, Column, Kind
from matcher.dataset.tables import MAX_BYTES, Reading, heads
from matcher.dataset.values import READERS, UnfitError
from matcher.domain import Problem
from matcher.errors import ChangeError, DatasetError, Fault, FaultCode
from matcher.policy import Policy
from matcher.survey import WORK_FIELDS

OPTION = "--set"
MAX_LENGTH = 4_000
MAX_NAME = 128
"""Characters of an id and a column together, at most."""
_OPENINGS = TABLES["openings"]
_SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "participants": Subject.PARTICIPANT,
        "providers": Subject.PROVIDER,
        "surveys": Subject.SITE,
        "openings": Subject.OPENING,
    }
)
_FIXED = frozenset(
    {"participant_id", "provider_id", "site_id", "opening_id", "surveyed_on", "method"}
)
_TASK = frozenset(field.name for field in WORK_FIELDS)
_SIGNS = ("+", "-")

Record = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A change as it is written: which cell, or key of the policy, gets which text."""

    number: int
    table: str
    id: str = ""
    column: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands."""
        return ".".join(part for part in (self.table, self.id, self.column) if part)


def read_changes(texts: Sequence[str], problem: Problem, policy: Policy) -> tuple[Change, ...]:
    """The changes that some texts say, those of the policy last.

    Args:
        texts: ``table.id.column=value`` (a survey's id is its site's), or ``policy.key=value``. An
            empty value empties the cell. ``+`` or ``-`` before half-days adds or takes away; so
            also in the sets of a participant.
        problem: what is changed.
        policy: what is changed.

    Raises:
        ChangeError: with every fault of all texts.
    """
    faults: Found = []
    written: list[_Written] = []
    for number, text in enumerate(texts, 1):
        try:
            written.append(_written(number, text, problem))
        except ChangeError as error:
            faults += [(number, fault) for fault in error.faults]
    changes = _cells([one for one in written if one.table != POLICY], problem, faults)
    keys = [
        Setting(number=w.number, key=w.column, text=w.text) for w in written if w.table == POLICY
    ]
    changes += settings(keys, policy, faults)
    if faults:
        raise ChangeError(tuple(fault for _, fault in sorted(faults, key=lambda found: found[0])))
    return tuple(changes)


def read_openings(path: Path, problem: Problem) -> tuple[Change, ...]:
    """New openings from a CSV file in the form of ``openings.csv``.

    Raises:
        ChangeError: with every fault of the file, its rows and cells.
    """
    table, faults = _opened(path)
    bare = tuple(replace(site, surveys=()) for site in problem.sites)
    around = replace(
        problem, participants=(), sites=bare, openings=(), placements=(), travel_times=None
    )
    tables = {**tables_of(around), "openings": table}
    reading = Reading(tables=tables, faults=[*faults, *_known_ids(table, problem)])
    try:
        sheets = checked_reading(reading, problem.plan_date)
    except DatasetError as error:
        raise _of_file(path, error.faults) from None
    new = build(sheets, problem.plan_date).openings
    return tuple(Change(subject=Subject.OPENING, id=one.opening_id, value=one) for one in new)


def _opened(path: Path) -> tuple[pa.Table, list[Fault]]:
    """The table in a file, and the faults of its rows.

    Raises:
        ChangeError: there is no table in it.
    """
    try:
        refused = refusal(path, MAX_BYTES)
        table, faults = (None, []) if refused else read_csv(path, _OPENINGS)
    except OSError:
        refused = FaultCode.FILE_MISSING
    if refused:
        raise _refused(refused, path.name)
    if table is None:
        raise _of_file(path, faults)
    table, found = heads(table, _OPENINGS)
    return table, faults + found


def _of_file(path: Path, faults: Sequence[Fault]) -> ChangeError:
    """Faults of a table told of the file that it stands in."""
    return ChangeError(tuple(replace(fault, table=path.stem) for fault in faults))


def _known_ids(table: pa.Table, problem: Problem) -> list[Fault]:
    """New openings whose ids others have already."""
    key = "opening_id"
    ids = table.column(key).to_pylist() if key in table.column_names else []
    return [
        Fault(code=FaultCode.DUPLICATE, table="openings", row=row, column=key, value=name)
        for row, name in enumerate(ids, FIRST_ROW)
        if name in problem.opening
    ]


def _refused(code: FaultCode, table: str, **said: object) -> ChangeError:
    """An error of one fault; ``said`` are its other fields."""
    return ChangeError((Fault(code=code, table=table, **said),))  # type: ignore[arg-type]  # fields of a fault


def _written(number: int, text: str, problem: Problem) -> _Written:
    """What a text changes.

    Raises:
        ChangeError: it cannot be made out, or it is nothing that can be changed.
    """
    table, _, rest = text.partition(".")
    table = table.strip()
    unreadable = _refused(FaultCode.CHANGE_UNREADABLE, OPTION, params={"number": number})
    if "=" not in rest or len(text) > MAX_LENGTH or not _is_unicode(text):
        raise unreadable
    if table == POLICY:
        key, _, value = rest.partition("=")
        return _Written(number=number, table=table, column=key.strip(), text=value.strip())
    if table in TABLES and table not in _SUBJECTS:
        raise _refused(FaultCode.CHANGE_FIXED, table)
    if table not in _SUBJECTS:
        shown, params = echo(None, table)
        params["expected"] = ", ".join((*_SUBJECTS, POLICY))
        raise _refused(FaultCode.TABLE_UNKNOWN, OPTION, value=shown, params=params)
    found = _split(number, table, rest, problem)
    if found is None:
        raise unreadable
    _check_known(found, problem)
    return found


def _is_unicode(text: str) -> bool:
    """Whether a text can be written at all: what a shell hands over need not."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _split(number: int, table: str, rest: str, problem: Problem) -> _Written | None:
    """Id, column and value. An id may have points and equals signs, as a column has points.

    Of all ways to split, the first with a column and an id that are known; failing that, with a
    column, or with an id.
    """
    columns = {column.name for column in TABLES[table].columns}
    ids = getattr(problem, _SUBJECTS[table])
    head = rest[:MAX_NAME]
    ways = [
        _Written(
            number=number,
            table=table,
            id=rest[:dot].strip(),
            column=rest[dot + 1 : equals].strip(),
            text=rest[equals + 1 :].strip(),
        )
        for equals in (match.start() for match in re.finditer("=", head))
        for dot in (match.start() for match in re.finditer(r"\.", head[:equals]))
    ]
    return max(ways, key=lambda way: (way.column in columns, way.id in ids), default=None)


def _check_known(found: _Written, problem: Problem) -> None:
    """Refuse what there is not, and what cannot be changed.

    Raises:
        ChangeError: nobody and nothing has that id, or there is no such column to change.
    """
    table = found.table
    columns = TABLES[table].columns
    if found.id not in getattr(problem, _SUBJECTS[table]):
        shown, params = echo(None, found.id)
        params["table"] = "sites" if table == "surveys" else table
        raise _refused(FaultCode.DANGLING, table, value=shown, params=params)
    if TABLES[table].column(found.column) is None:
        shown, params = echo(None, found.column)
        if any(column.sensitive and column.name in found.column for column in columns):
            shown, params = None, {"withheld": "sensitive"}
        params["table"] = table
        place = f"{table}.{found.id}"
        raise _refused(FaultCode.COLUMN_UNKNOWN, place, value=shown, params=params)
    if found.column in _FIXED:
        raise _refused(FaultCode.CHANGE_FIXED, found.place)


def _cells(written: Sequence[_Written], problem: Problem, faults: Found) -> list[Change]:
    """The changes of cells; their faults are added to the others."""
    if not written:
        return []
    around = _around(problem, written)
    tables = tables_of(around)
    rows: dict[str, list[Record]] = {name: table.to_pylist() for name, table in tables.items()}
    rows["surveys"] = [
        {"site_id": name} for name in sorted({w.id for w in written if w.table == "surveys"})
    ]
    faults += _fill(written, rows)
    for name in _SUBJECTS:
        tables[name] = pa.Table.from_pylist(rows[name], schema=tables[name].schema)
    try:
        sheets = checked(tables, problem.plan_date)
    except DatasetError as error:
        faults += [_placed(fault, rows, written) for fault in error.faults]
        return []
    after = build(sheets, problem.plan_date)
    once = {one.place: one for one in written}
    return [
        Change(subject=_SUBJECTS[w.table], id=w.id, name=w.column, value=_value(after, w))
        for w in once.values()
    ]


def _around(problem: Problem, written: Sequence[_Written]) -> Problem:
    """The changed things alone, with what they refer to and the placements at changed openings.

    Surveys, wishes and exclusions are left out.
    """
    named = {table: {w.id for w in written if w.table == table} for table in _SUBJECTS}
    there = {p.participant_id for p in problem.placements if p.opening_id in named["openings"]}
    placements = tuple(p for p in problem.placements if p.participant_id in there)
    held = named["openings"] | {p.opening_id for p in placements}
    openings = tuple(o for o in problem.openings if o.opening_id in held)
    at = named["surveys"] | {o.site_id for o in openings}
    sites = tuple(replace(s, surveys=()) for s in problem.sites if s.site_id in at)
    owners = named["providers"] | {s.provider_id for s in sites}
    nothing: frozenset[Any] = frozenset()
    return replace(
        problem,
        participants=tuple(
            replace(p, wishes=(), excluded_sites=nothing, excluded_providers=nothing)
            for p in problem.participants
            if p.participant_id in named["participants"] | there
        ),
        providers=tuple(p for p in problem.providers if p.provider_id in owners),
        sites=sites,
        openings=openings,
        placements=placements,
        travel_times=None,
    )


def _fill(written: Sequence[_Written], rows: Mapping[str, list[Record]]) -> Found:
    """Write the texts into their cells; a cell that is set twice is a fault."""
    faults: Found = []
    record = {
        (table, row[TABLES[table].columns[0].name]): row
        for table in _SUBJECTS
        for row in rows[table]
    }
    seen: set[str] = set()
    for one in written:
        row, column = record[one.table, one.id], TABLES[one.table].column(one.column)
        if column is not None and _adds(one, column):
            row[one.column] = _combined(row.get(one.column) or "", one.text, column)
        elif one.place in seen:
            faults.append((one.number, Fault(code=FaultCode.DUPLICATE, table=one.place)))
        else:
            row[one.column] = one.text
        seen.add(one.place)
    return faults


def _adds(one: _Written, column: Column) -> bool:
    """Whether a text adds to what stands there, or takes away; where empty says nobody or none."""
    person = one.table == "participants" and column.kind in {Kind.CHOICES, Kind.LANGUAGES}
    return (person or column.kind is Kind.SESSIONS) and one.text.startswith(_SIGNS)


def _combined(there: str, text: str, column: Column) -> str:
    """What stands in a cell with some added, or without some; what is no value stays, as one."""
    old = [part for part in there.split(SEPARATOR) if part]
    new = [part for part in (part.strip() for part in text[1:].split(SEPARATOR)) if part] or [text]
    wrong = [part for part in new if not _fits(column, part)]
    if text.startswith("+"):
        return SEPARATOR.join([*old, *new])
    gone = {part.lower() for part in new}
    kept = [part for part in old if part.lower() not in gone]
    return SEPARATOR.join([*kept, *wrong])


def _fits(column: Column, part: str) -> bool:
    try:
        READERS[column.kind](column, part)
    except UnfitError:
        return False
    return True


def _value(problem: Problem, one: _Written) -> object:
    """What a changed cell holds; of a survey and a task None where the answer is unknown."""
    item = getattr(problem, _SUBJECTS[one.table])[one.id]
    if one.table == "surveys":
        return item.surveys[0].answers.get(one.column)
    return item.work.get(one.column) if one.column in _TASK else getattr(item, one.column)


def _placed(
    fault: Fault, rows: Mapping[str, list[Record]], written: Sequence[_Written]
) -> tuple[int, Fault]:
    """A fault of a row, told of the cell by its name, with the number of the change."""
    key = TABLES[fault.table].columns[0].name
    name = rows[fault.table][(fault.row or FIRST_ROW) - FIRST_ROW][key]
    place = f"{fault.table}.{name}.{fault.column}"
    exact = [one.number for one in written if one.place == place]
    near = [one.number for one in written if (one.table, one.id) == (fault.table, name)]
    number = (exact or near or [written[-1].number])[0]
    return number, replace(fault, table=place, row=None, column=None)
