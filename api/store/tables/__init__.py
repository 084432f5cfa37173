"""The tables. What may never happen twice is refused here: by constraints, not by the program.

What belongs to a participant and matching reads is one sealed document (``participant.profile``);
in clear stand only what lists and aggregates need. No table has a field for a name, an address, a
personal identity number or a diagnosis of a participant.
"""

from api.store.tables.ground import Document, Edited, Keyed, Table
from api.store.tables.life import PlacementRow, PlacementStep, UnmetDemandRow
from api.store.tables.people import (
    ApiToken,
    LoginAttempt,
    LoginFailure,
    LoginSession,
    Organisation,
    ParticipantRow,
    PolicyChange,
    Reader,
    User,
)
from api.store.tables.places import (
    HalfDayRow,
    OpeningRow,
    ProviderRow,
    Revision,
    SiteRow,
    SiteUnknownsRow,
    SurveyDraftRow,
    SurveyRow,
    UsedLink,
)
from api.store.tables.work import AuditEntry, JobRow, PlanRow, ReleaseRow, Replay

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Document",
    "Edited",
    "HalfDayRow",
    "JobRow",
    "Keyed",
    "LoginAttempt",
    "LoginFailure",
    "LoginSession",
    "OpeningRow",
    "Organisation",
    "ParticipantRow",
    "PlacementRow",
    "PlacementStep",
    "PlanRow",
    "PolicyChange",
    "ProviderRow",
    "Reader",
    "ReleaseRow",
    "Replay",
    "Revision",
    "SiteRow",
    "SiteUnknownsRow",
    "SurveyDraftRow",
    "SurveyRow",
    "Table",
    "UnmetDemandRow",
    "UsedLink",
    "User",
]
