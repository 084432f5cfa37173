"""The reference tables, one reader each: text as it stands in the files, read once.

Every table is public and about occupations and places, never about people. What a reader returns
is shared by everyone who asks: look, do not change. The sources stand in `data/SOURCES.md`.
"""

import csv
from functools import cache
from pathlib import Path

__all__ = [
    "borders",
    "field_labels",
    "fields",
    "localities",
    "main_towns",
    "mia_associations",
    "municipalities",
    "occupations",
]


@cache
def _rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of one shipped file, in its order, each cell as text."""
    path = Path(__file__).with_name(f"{table}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def occupations() -> tuple[dict[str, str], ...]:
    """The 400 occupation groups of SSYK 2012 with the share of women among employees.

    Returns:
        Rows of occupation_group (four digits), field (JobTech occupation-field id), label_sv,
        label_en (empty for 28 groups), women_pct (two decimals, 0-100; empty for the three
        military groups), year and source; sorted by occupation_group.
    """
    return _rows("occupations")


def fields() -> tuple[dict[str, str], ...]:
    """The 21 occupation fields (yrkesområden) with the share of women among employees.

    Returns:
        Rows of field (JobTech occupation-field id), label_sv, label_en, women_pct (two decimals,
        0-100; empty for the military field), year and source; sorted by label_sv.
    """
    return _rows("fields")


@cache
def field_labels(language: str) -> dict[str, str]:
    """What each field is called in a language (``sv`` or ``en``), by its id."""
    return {row["field"]: row[f"label_{language}"] for row in fields()}


@cache
def municipalities() -> dict[str, str]:
    """The 290 municipalities of Sweden: the name by SCB's four-digit code."""
    return {row["municipality_code"]: row["name"] for row in _rows("municipalities")}


def localities() -> tuple[dict[str, str], ...]:
    """The gazetteer of Stockholm county: 113 places in its 26 municipalities.

    Names are not unique: a search by name has candidates, never an answer.

    Returns:
        Rows of municipality_code, name, latitude, longitude (WGS 84, degrees), population (empty
        where unknown) and geonameid; by municipality, the largest place first.
    """
    return _rows("localities")


def main_towns() -> tuple[dict[str, str], ...]:
    """The main town of each of the 26 municipalities of Stockholm county.

    Where only the municipality is known, its main town stands for it: the middle of its area can
    be 14 km from people.

    Returns:
        Rows of municipality_code, name, latitude, longitude (WGS 84, degrees) and geonameid;
        sorted by municipality_code. Each is a place of ``localities``.
    """
    return _rows("main_towns")


def mia_associations() -> tuple[dict[str, str], ...]:
    """The printed participant figures of the eight MIA associations at the end of 2022.

    Returns:
        Rows of association, municipality_codes (joined with `;`), participants, women, men,
        undisclosed (what is left), mean_age_women and mean_age_men (whole years).
    """
    return _rows("mia_associations")


def borders() -> tuple[dict[str, str], ...]:
    """The borders of the 26 municipalities of Stockholm county, simplified: for drawing only.

    Coarse: a point near a border can lie on the wrong side, so never ask in which polygon it is.

    Returns:
        Rows of municipality_code and ring (closed: the first point is the last, too; points
        ``longitude latitude`` joined with `;`, WGS 84, degrees of four decimals); a row for each
        part of a municipality, by code, the part with most points first.
    """
    return _rows("borders")
