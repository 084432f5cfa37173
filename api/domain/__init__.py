"""The service's own words and rules: roles, a placement's life, refusals. Pure values."""

from api.domain.imports import ImportFault
from api.domain.life import (
    EVERY_STEP,
    HOLDING,
    OPEN,
    PERSONAL_REASONS,
    PROVIDER_REASONS,
    DeclinedBy,
    DeclineReason,
    Ending,
    Party,
    Passable,
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
    "PERSONAL_REASONS",
    "PROVIDER_REASONS",
    "DeclineReason",
    "DeclinedBy",
    "Ending",
    "Fault",
    "ImportFault",
    "Party",
    "Passable",
    "Principal",
    "Refusal",
    "RefusalCode",
    "Role",
    "State",
    "Step",
    "may",
]
