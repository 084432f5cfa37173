"""Who asks: roles, and one who has been recognised."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a user is to the service; each has exactly one."""

    SUPERVISOR = "supervisor"
    """SE-handledare, case manager: keeps the profiles of the participants shared with them."""
    PROVIDER_MANAGER = "provider_manager"
    """ASF-chef, arbetsgivarens kontakt: keeps the own provider's sites and openings."""
    COORDINATOR = "coordinator"
    """Samordnare: runs plans for an organisation, sees pseudonyms."""
    ANALYST = "analyst"
    """Analytiker: aggregates across organisations, never a single participant."""
    ADMIN = "admin"
    """Administratör: users, tokens, retention, audit; never a participant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody recognised, by a session or a token.

    ``organisation_id`` is the controller (huvudman) of supervisors and coordinators,
    ``provider_id`` the provider (anordnare) of provider managers; None for everybody else.
    ``scope`` names the operations that a token allows; None allows what the role may do.
    """

    user_id: UUID
    role: Role
    organisation_id: UUID | None = None
    provider_id: UUID | None = None
    scope: frozenset[str] | None = None

    @property
    def key(self) -> str:
        """How the audit names them: the role and a random number, never a name."""
        return f"{self.role}:{self.user_id}"
