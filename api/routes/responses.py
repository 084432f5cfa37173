"""What an operation may answer besides success, for its description."""

from typing import Any

from api.domain import RefusalCode
from api.problems import MEDIA_TYPE, STATUS


def refusals(*codes: RefusalCode) -> dict[int | str, dict[str, Any]]:
    """The problem documents that an operation may answer with, by status."""
    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        status = int(STATUS[code])
        text = found.get(status, {}).get("description")
        found[status] = {
            "description": f"{text}, {code}" if text else str(code),
            "content": {MEDIA_TYPE: {}},
        }
    return found
