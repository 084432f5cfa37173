"""What Steget ships: reference tables, example data sets, and the generator of the latter.

`data.reference` stands below `matcher` and reads the shipped tables with the standard library
alone. `data.generate` stands above it and makes data sets of any size. Where every figure comes
from is told in `SOURCES.md` beside this file.
"""
