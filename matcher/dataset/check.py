"""Everything that is wrong with a data set, together: nothing of it is loaded before."""

from datetime import date

from matcher.dataset import links, rows
from matcher.dataset.parse import Sheet, Sheets, absent, parse
from matcher.dataset.schema import TABLES
from matcher.dataset.tables import Reading, Tables, fault_order
from matcher.errors import DatasetError, Fault, FaultCode


def checked(tables: Tables, plan_date: date) -> Sheets:
    """The tables as values, every one of a data set, those that may be missing as empty.

    Raises:
        DatasetError: with every fault, in the order of tables, rows and columns.
    """
    return checked_reading(Reading(tables=tables), plan_date)


def checked_reading(reading: Reading, plan_date: date) -> Sheets:
    """The same for what was read from files, whose own faults are told along."""
    faults = list(reading.faults)
    sheets: dict[str, Sheet] = {}
    missing = {name for name, schema in TABLES.items() if not schema.optional} - set(
        reading.tables
    )
    torn = reading.torn | missing
    faults += [Fault(code=FaultCode.TABLE_MISSING, table=name) for name in missing - reading.torn]
    for name, schema in TABLES.items():
        sheets[name] = absent(schema)
        if name in reading.tables:
            sheets[name], found = parse(reading.tables[name], schema)
            faults += found
            if any(fault.code is FaultCode.COLUMN_MISSING for fault in found):
                torn.add(name)
    faults += rows.faults(sheets, plan_date)
    faults += links.faults(sheets, links.known(sheets, torn), plan_date)
    if faults:
        raise DatasetError(tuple(sorted(faults, key=fault_order)))
    return sheets
