"""Alembic's door: migrations run on the connection that is handed in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, BigInteger

from api.store.tables import Table
from api.store.types import Moment


def named(kind: str, item: object, autogen: Any) -> str | Literal[False]:  # noqa: ANN401
    """Our own types by their names, when a migration is written."""
    if kind != "type":
        return False
    for shown, of in (("Moment()", Moment), ("Json", JSON), ("Counter", BigInteger)):
        if isinstance(item, of):
            autogen.imports.add(f"from api.store.types import {shown.removesuffix('()')}")
            return shown
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite cannot alter a constraint
    compare_type=True,
    render_item=named,
)
with context.begin_transaction():
    context.run_migrations()
