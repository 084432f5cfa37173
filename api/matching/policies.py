"""Policies (avvägningar) as documents: what a steering group may turn, checked as a file is."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from api.domain import Fault, Refusal, RefusalCode

if TYPE_CHECKING:
    from matcher.policy import Policy


def checked(document: Mapping[str, object]) -> "Policy":
    """The policy that a document describes; missing keys have their defaults.

    Raises:
        Refusal: with every fault, by pointers into ``/policy`` (``NOT_VALID``).
    """
    from matcher.dataset import policy_of
    from matcher.errors import FaultCode, PolicyError

    try:
        return policy_of(document, "policy")
    except PolicyError as error:
        found = tuple(
            Fault(
                # a key that nobody knows may be anything: it is not repeated
                pointer=f"/policy/{'?' if f.code is FaultCode.UNKNOWN_KEY else f.column or ''}",
                code=str(f.code),
            )
            for f in error.faults
        )
        raise Refusal(RefusalCode.NOT_VALID, faults=found) from None


def whole(document: Mapping[str, object]) -> dict[str, object]:
    """A document with every key, those that are left out with their defaults."""
    from matcher.dataset.policy_file import policy_document

    return policy_document(checked(document))
