"""The service's own words and rules: roles, a placement's life, refusals. Pure values."""

from api.domain.life import (
    EVERY_STEP,
    HOLDING,
    OPEN,
    DeclinedBy,
    DeclineReason,
    Ending,
    Party,
    State,
    Step,
    may,
)
from api.domain.refusals import Fault, Refusal, RefusalCode
from api.domain.roles import Principal, Role

__all__ = [
    "EVERY_STEP",
    "HOLDING",
    "OPEN",
    "DeclineReason",
    "DeclinedBy",
    "Ending",
    "Fault",
    "Party",
    "Principal",
    "Refusal",
    "RefusalCode",
    "Role",
    "State",
    "Step",
    "may",
]
