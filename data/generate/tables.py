"""The columns of every table, in the order they are written, and how cells are typed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.generate.dice import Ints, Mask, Texts
from matcher.dataset.schema import TABLES, Kind
from matcher.domain import SESSIONS

Tables = dict[str, pd.DataFrame]

COLUMNS = {name: tuple(c.name for c in schema.columns) for name, schema in TABLES.items()}
"""The columns of each table of a data set, in order."""

_TYPES = {Kind.WHOLE: "Int64", Kind.DECIMAL: "Float64"}
_TYPE_OF = {
    column.name: _TYPES[column.kind]
    for schema in TABLES.values()
    for column in schema.columns
    if column.kind in _TYPES
}
_MASK_TEXT = np.array(
    [";".join(s for bit, s in enumerate(SESSIONS) if mask >> bit & 1) for mask in range(1024)],
    dtype=object,
)


def _series(column: str, values: Any) -> pd.Series:  # noqa: ANN401 -- any list of cells
    """One column, typed: Int64, Float64, or text as objects where `None` is an empty cell."""
    return pd.Series(values, dtype=_TYPE_OF.get(column, "object"))


def table(name: str, columns: Mapping[str, Any]) -> pd.DataFrame:
    """A table with its columns in the order of the data set; what is not given is empty.

    Raises:
        KeyError: a column was given that the table does not have.
    """
    unknown = columns.keys() - set(COLUMNS[name])
    if unknown:
        raise KeyError(f"{name} has no columns {sorted(unknown)}")
    count = len(next(iter(columns.values())))
    empty = [None] * count
    return pd.DataFrame({c: _series(c, columns.get(c, empty)) for c in COLUMNS[name]})


def names(prefix: str, count: int, width: int = 3) -> Texts:
    """Running pseudonyms, such as P0001; the width grows with the count."""
    digits = max(width, len(str(count)))
    return np.array([f"{prefix}{i:0{digits}d}" for i in range(1, count + 1)], dtype=object)


def days_from(start: date, offsets: Ints) -> Texts:
    """ISO dates that many days after the start."""
    return np.array([(start + timedelta(days=int(d))).isoformat() for d in offsets], dtype=object)


def blank(values: Texts | Ints, empty: Mask) -> Texts:
    """The same cells, with the masked ones empty."""
    cells = np.asarray(values, dtype=object).copy()
    cells[empty] = None
    return cells


def lists(options: tuple[str, ...], taken: Mask) -> Texts:
    """List cells, `a;b`, from which options (columns) each row took; nothing taken is empty."""
    rows = (";".join(o for o, t in zip(options, row, strict=True) if t) for row in taken.tolist())
    return np.array([text or None for text in rows], dtype=object)


def masks(taken: Mask) -> Ints:
    """Half-days (rows, 10) as whole numbers whose bits are the week's half-days."""
    found: Ints = taken.astype(np.int64) @ (1 << np.arange(10, dtype=np.int64))
    return found


def half_days(mask: Ints) -> Texts:
    """The half-days of each mask as a list cell, in the order of the week."""
    cells: Texts = _MASK_TEXT[mask]
    return cells
