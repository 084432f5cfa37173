"""From whatever a file holds to text cells: canonical, without surrounding blanks, null if empty.

A table of text is what every form of a data set comes to, so that it can be written in any other
and read back without loss.
"""

import math
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from matcher.dataset.schema import FOUR_DIGITS, Column, Kind, TableSchema

SEPARATOR = ";"
SMALL_INDEX = pa.int32()
_FORMULA = r"^(?P<quotes>'*)(?P<rest>[=+\-@])"
_ARMOURED = r"^'(?P<rest>'*[=+\-@])"
_MIDNIGHT = r"[ T]00:00:00(\.0+)?Z?$"


def tidy(table: pa.Table, schema: TableSchema) -> pa.Table:
    """A table with every column as text, in its order, unknown columns too.

    Names are stripped of blanks as cells are. The columns of a large table come out
    dictionary-encoded, each text once and none of them null.

    Raises:
        pa.ArrowException: a column holds what is no text and has none, as pictures or records.
    """
    names = [name.strip() for name in table.column_names]
    columns = [
        tidy_column(table.column(at), schema.column(name), encoded=schema.large)
        for at, name in enumerate(names)
    ]
    return pa.Table.from_arrays(columns, names=names)


def tidy_column(
    values: pa.ChunkedArray, column: Column | None, *, encoded: bool
) -> pa.ChunkedArray:
    """One column as tidy text; see ``tidy``."""
    if _is_list(values.type):
        values = pa.chunked_array([_joined(values)], type=pa.string())
    if pa.types.is_null(values.type):
        values = values.cast(pa.string())
    if not pa.types.is_dictionary(values.type):
        if not encoded and pa.types.is_string(values.type):
            return pa.chunked_array([_tidy_text(_whole(values))], type=pa.string())
        values = values.dictionary_encode()
    array = _whole(values.unify_dictionaries())
    distinct = _tidy_text(_as_text(array.dictionary, column)).dictionary_encode()
    texts = distinct.dictionary
    indices = array.indices.cast(SMALL_INDEX)
    if len(texts) < len(distinct):  # some were empty, or alike but for their blanks
        indices = distinct.indices.take(indices)
    if encoded:
        return pa.chunked_array([pa.DictionaryArray.from_arrays(indices, texts)])
    return pa.chunked_array([texts.take(indices)], type=pa.string())


def cell_text(value: object, column: Column | None) -> str | None:
    """A spreadsheet cell as text; None where it is empty.

    A number in a column of four-digit codes gets its leading zeros back; a text is left alone.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return _number_text(value, column)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else None


def number_text(value: float) -> str:
    """The shortest text of a number; a whole one has no decimals."""
    return str(value).removesuffix(".0")


def armoured(values: pa.Array) -> pa.Array:
    """Free text that a spreadsheet would take for a formula, with a ``'`` before it."""
    return pc.replace_substring_regex(values, _FORMULA, r"'\1\2")


def bared(values: pa.Array) -> pa.Array:
    """What ``armoured`` was given."""
    return pc.replace_substring_regex(values, _ARMOURED, r"\1")


def is_free_text(column: Column | None) -> bool:
    """Whether a column holds what somebody wrote; of an unknown column that is assumed."""
    return column is None or column.kind is Kind.TEXT


def with_free_text(table: pa.Table, schema: TableSchema, *, armour: bool) -> pa.Table:
    """A tidy table with its free text armoured for a spreadsheet, or bared again."""
    change = armoured if armour else bared
    arrays = []
    for at, name in enumerate(table.column_names):
        values = table.column(at)
        if is_free_text(schema.column(name)):
            values = pa.chunked_array([change(_whole(values.cast(pa.string())))])
            values = values.dictionary_encode() if schema.large else values
        arrays.append(values)
    return pa.Table.from_arrays(arrays, names=table.column_names)


def _whole(values: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def _tidy_text(texts: pa.Array) -> pa.Array:
    """Text without surrounding blanks, with one kind of line end, and null where it is empty.

    No Python value is handed to Arrow here: that alone would import pandas, for half a second.
    """
    texts.validate(full=True)  # Parquet does not promise UTF-8
    trimmed = pc.utf8_trim_whitespace(texts)
    if pc.any(pc.match_substring(trimmed, "\r")).as_py():
        trimmed = pc.replace_substring_regex(trimmed, "\r\n?", "\n")
    filled = pc.binary_length(trimmed).cast(pa.bool_())
    return pc.if_else(filled, trimmed, pa.nulls(len(trimmed), pa.string()))


def _as_text(distinct: pa.Array, column: Column | None) -> pa.Array:
    """The distinct values of a typed column as text."""
    kind = distinct.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        texts = [_number_text(v, column) for v in distinct.to_pylist()]
        return pa.array(texts, type=pa.string())
    if pa.types.is_boolean(kind):
        return pc.if_else(distinct, "yes", "no")
    if pa.types.is_temporal(kind):
        if pa.types.is_timestamp(kind) and kind.tz is not None:
            distinct = pc.local_timestamp(distinct)
        return pc.replace_substring_regex(distinct.cast(pa.string()), _MIDNIGHT, "")
    return distinct.cast(pa.string())


def _number_text(value: float | Decimal | None, column: Column | None) -> str | None:
    if value is None or math.isnan(value):
        return None
    text = f"{value.normalize():f}" if isinstance(value, Decimal) else number_text(value)
    if column is not None and column.kind in FOUR_DIGITS and re.fullmatch("[0-9]{1,4}", text):
        return text.zfill(4)
    return text


def _is_list(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_fixed_size_list(kind)
        or pa.types.is_list_view(kind)
    )


def _joined(values: pa.ChunkedArray) -> Sequence[str | None]:
    """Each list of a column as one text."""
    return [
        None if items is None else SEPARATOR.join(cell_text(i, None) or "" for i in items)
        for items in values.to_pylist()
    ]
