"""Who may do what: every operation of the API with the roles that may call it.

What they reach by it (the own organisation's, the own provider's, what is shared with them) is
decided by the queries. ``docs/permissions.md`` shows the table; a test compares the two with every
route.
"""

from collections.abc import Mapping

from api.domain import Role

NOBODY: frozenset[Role] = frozenset()
EVERYBODY = frozenset(Role)
PUBLIC = None
"""No login needed."""

Allowed = frozenset[Role] | None


def only(*roles: Role) -> frozenset[Role]:
    """Some roles."""
    return frozenset(roles)


SUPERVISOR = only(Role.SUPERVISOR)
MANAGER = only(Role.PROVIDER_MANAGER)
COORDINATOR = only(Role.COORDINATOR)
ADMIN = only(Role.ADMIN)
LOOKERS = only(Role.SUPERVISOR, Role.COORDINATOR, Role.PROVIDER_MANAGER, Role.ANALYST)

OPERATIONS: Mapping[str, Allowed] = {
    "readApiInfo": PUBLIC,
}
"""By operation id."""
