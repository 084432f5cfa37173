"""Participants and openings as columns: loaded once, taken at any rows, one or a million."""

from matcher.columns.facts import active, valid_answers, waiting_value
from matcher.columns.loading import load
from matcher.columns.shapes import (
    Columns,
    OpeningColumns,
    ParticipantColumns,
    Rows,
    Table,
    Wishes,
    bit_count,
)

__all__ = [
    "Columns",
    "OpeningColumns",
    "ParticipantColumns",
    "Rows",
    "Table",
    "Wishes",
    "active",
    "bit_count",
    "load",
    "valid_answers",
    "waiting_value",
]
