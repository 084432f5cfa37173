"""The two sources made into the shipped tables ``occupations`` and ``fields``."""

import csv
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.reference.sources import Register, Taxonomy
from data import reference

Row = Mapping[str, str]
SOURCE = "SCB, Yrkesregistret (YREG54BAS); Arbetsförmedlingen, JobTech Taxonomy"
SHARED = ("label_sv", "label_en", "women_pct", "year", "source")
COLUMNS = {"occupations": ("occupation_group", "field", *SHARED), "fields": ("field", *SHARED)}
CODE = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What contradicts itself in the sources: a code of ours, and where."""

    code: str
    where: str


class BadReferenceError(Exception):
    """The sources cannot be made into tables. Nothing is written.

    Attributes:
        faults: all of them together.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep what is wrong."""
        super().__init__(*(fault.code for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Rows of text in the columns of ``COLUMNS``: groups by code, fields by Swedish label."""

    occupations: tuple[Row, ...]
    fields: tuple[Row, ...]


def made(taxonomy: Taxonomy, register: Register, known: Tables) -> Tables:
    """The tables that the sources make.

    A group of the taxonomy that ends with 0 and that the register does not have is the sum of the
    register's groups below it: JobTech keeps managers together that SCB tells apart. English
    labels stay as they are known; a new group has SCB's, a new field none.

    Raises:
        BadReferenceError: the sources contradict themselves.
    """
    faults = tuple(_faults(taxonomy, register))
    if faults:
        raise BadReferenceError(faults)
    english = {row["occupation_group"]: row["label_en"] for row in known.occupations}
    of_field = {row["field"]: row["label_en"] for row in known.fields}
    counts = {group.code: _counted(group.code, register) for group in taxonomy.groups}
    groups = [
        {"occupation_group": group.code, "field": group.field}
        | _shared(group.label, english.get(group.code, register.labels.get(group.code, "")))
        | _figures(counts[group.code], register.year)
        for group in sorted(taxonomy.groups, key=lambda one: one.code)
    ]
    fields = []
    for code, label in sorted(taxonomy.fields, key=lambda one: one[1]):
        told = [counts[group.code] for group in taxonomy.groups if group.field == code]
        both = [one for one in told if one is not None]
        total = (sum(women for women, _ in both), sum(men for _, men in both)) if both else None
        fields.append(
            {"field": code}
            | _shared(label, of_field.get(code, ""))
            | _figures(total, register.year)
        )
    return Tables(occupations=tuple(groups), fields=tuple(fields))


def _faults(taxonomy: Taxonomy, register: Register) -> Iterator[Fault]:
    """Everything that is wrong with the sources, each told once."""
    groups = [group.code for group in taxonomy.groups]
    fields = [code for code, _ in taxonomy.fields]
    labels = [(group.code, group.label) for group in taxonomy.groups]
    filled = {group.field for group in taxonomy.groups}
    wrong = {
        "group_twice": [code for code, times in Counter(groups).items() if times > 1],
        "group_code": [code for code in groups if not CODE.fullmatch(code)],
        "field_twice": [code for code, times in Counter(fields).items() if times > 1],
        "no_label": [code for code, label in (*labels, *taxonomy.fields) if not label],
        "field_empty": [code for code in fields if code not in filled],
        "no_groups": [] if groups else [""],
        "no_figures": (
            [] if any(_counted(code, register) for code in groups) else [str(register.year)]
        ),
    }
    for code, places in wrong.items():
        for where in places:
            yield Fault(code=code, where=where)


def _counted(code: str, register: Register) -> tuple[int, int] | None:
    """Women and men of a group; None where either is not told, or there is nobody."""
    below = [code]
    if code.endswith("0") and code not in {*register.men, *register.women}:
        several = {*register.men, *register.women}
        below = sorted(one for one in several if one.startswith(code[:-1])) or [code]
    if not all(one in register.women and one in register.men for one in below):
        return None
    women, men = (sum(of[one] for one in below) for of in (register.women, register.men))
    return (women, men) if women + men else None


def _shared(label_sv: str, label_en: str) -> dict[str, str]:
    return {"label_sv": label_sv, "label_en": label_en}


def _figures(counts: tuple[int, int] | None, year: int) -> dict[str, str]:
    return {"women_pct": _percent(counts), "year": str(year), "source": SOURCE}


def _percent(counts: tuple[int, int] | None) -> str:
    """The share of women to two decimals, halves up."""
    if counts is None:
        return ""
    hundredths = (20_000 * counts[0] + sum(counts)) // (2 * sum(counts))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def shipped() -> Tables:
    """The tables as they are shipped."""
    return Tables(occupations=reference.occupations(), fields=reference.fields())


def read(folder: Path) -> Tables | None:
    """The tables of a folder; None where one of the two is missing.

    Raises:
        OSError: a file cannot be read.
        BadReferenceError: a file has other columns.
    """
    files = [folder / f"{name}.csv" for name in COLUMNS]
    if not all(file.exists() for file in files):
        return None
    found = []
    for file, columns in zip(files, COLUMNS.values(), strict=True):
        with file.open(encoding="utf-8", newline="") as text:
            rows = csv.DictReader(text)
            if tuple(rows.fieldnames or ()) != columns:
                raise BadReferenceError((Fault(code="other_columns", where=file.name),))
            found.append(tuple(rows))
    return Tables(occupations=found[0], fields=found[1])


def files(tables: Tables) -> dict[str, bytes]:
    """The two files by name, byte for byte as they are shipped."""
    return {
        "occupations.csv": _csv("occupations", tables.occupations),
        "fields.csv": _csv("fields", tables.fields),
    }


def _csv(name: str, rows: tuple[Row, ...]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS[name], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def write(folder: Path, tables: Tables) -> dict[str, str]:
    """Put both files into a folder; whoever reads meanwhile finds a whole one.

    Returns:
        The SHA-256 of each, for data/SOURCES.md.

    Raises:
        OSError: the folder cannot be written to.
    """
    made_files = files(tables)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made_files.items():
        (folder / f".{name}.new").write_bytes(content)
    for name in made_files:
        os.replace(folder / f".{name}.new", folder / name)  # noqa: PTH105 -- both are named
    return {name: hashlib.sha256(content).hexdigest() for name, content in made_files.items()}
