"""Tables as Parquet: typed or text, read to the same text cells as CSV."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from matcher.dataset.cells import tidy
from matcher.dataset.schema import TableSchema
from matcher.errors import Fault, FaultCode

MAX_ROWS = 5_000_000
MAX_ROWS_LARGE = 200_000_000


def read_parquet(path: Path, schema: TableSchema) -> tuple[pa.Table | None, list[Fault]]:
    """The tidy table in a Parquet file, and what is wrong with the file."""
    try:
        with pq.ParquetFile(path) as file:
            most = MAX_ROWS_LARGE if schema.large else MAX_ROWS
            if file.metadata.num_rows > most:
                params = {"rows": file.metadata.num_rows, "most": most}
                return None, [Fault(code=FaultCode.TOO_LARGE, table=schema.name, params=params)]
            texts = _texts(file.schema_arrow)
        with pq.ParquetFile(path, read_dictionary=texts if schema.large else None) as file:
            return tidy(file.read(), schema), []
    except (pa.ArrowException, OSError, ValueError):
        return None, [Fault(code=FaultCode.TABLE_UNREADABLE, table=schema.name)]


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a tidy table, every column as text."""
    columns = [column.cast(pa.string()) for column in table.columns]
    pq.write_table(pa.Table.from_arrays(columns, names=table.column_names), path)


def _texts(fields: pa.Schema) -> list[str]:
    return [
        field.name
        for field in fields
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
