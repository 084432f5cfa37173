"""Who could come to an opening, on the wire."""

from uuid import UUID

from api.schemas.recommendations import QUESTION, QuestionOut, shown
from api.schemas.wire import Wire


class CandidateOut(Wire):
    """Somebody who could come.

    ``participantId`` and ``questions``, which tell of needs, only for whom they are shared with.

    ``placedAt``: where the plan has them; null: nowhere, or there is no plan.
    """

    model_config = shown(
        {
            "participantId": "5f0c0b0e-6f2d-4f43-9a64-0a3a5a9b3c11",
            "code": "N-017",
            "placedAt": None,
            "questions": [QUESTION],
        }
    )

    participant_id: UUID | None
    code: str
    placed_at: UUID | None
    questions: tuple[QuestionOut, ...]
