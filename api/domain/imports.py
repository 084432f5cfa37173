"""What of an upload cannot be brought in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFault:
    """One fault of an upload: where it stands and why, never what stands there.

    ``code``: of ``matcher.errors.FaultCode``, or one of the service's own. ``row`` counts as in a
    spreadsheet. ``params`` fill the sentence.
    """

    code: str
    table: str | None = None
    row: int | None = None
    column: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)
