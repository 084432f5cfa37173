"""Data sets made by dice: the same seed makes the same tables, whatever the size.

    mia()      the MIA county scenario: the printed frame, filled with invented people
    town()     one association, small enough to read
    county()   any size, for measuring

Each returns the tables of a data set by name; `matcher.dataset` writes and reads them.
"""

from data.generate.scenarios import Size, county, mia, town
from data.generate.tables import COLUMNS, Tables

__all__ = ["COLUMNS", "Size", "Tables", "county", "mia", "town"]
