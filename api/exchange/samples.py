"""What answers in HSDS and A11yJSON look like: of one provider of the shipped demo world.

``samples.json`` holds what the exchange itself makes of that data, with the first answers of the
survey alone; a test makes it again and compares.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

SHOWN = (
    "organization",
    "organizations",
    "service",
    "services",
    "service_at_locations",
    "place_info",
)
"""The samples by name; the plural is a page of a list."""


def sample(name: str) -> dict[str, Any]:
    """A sample.

    Raises:
        KeyError: none has that name.
    """
    found: dict[str, Any] = _samples()[name]
    return found


def shown(name: str) -> dict[int | str, dict[str, Any]]:
    """What the description of an operation says of an answer like that."""
    return {200: {"content": {"application/json": {"example": sample(name)}}}}


@cache
def _samples() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        Path(__file__).with_name("samples.json").read_text(encoding="utf-8")
    )
    return found
