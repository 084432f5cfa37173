"""What keeps the audit append-only: triggers that refuse, on both databases.

They stop the program and whoever logs in with its rights; the owner of the database can drop them,
which is why each entry is also hashed with the one before (``api.store.audit``).
"""

from typing import Any

from sqlalchemy import Connection, event

from api.store.tables import Table

SQLITE = (
    """CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    """CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
    # INSERT OR REPLACE deletes without firing the trigger of deletes
    """CREATE TRIGGER IF NOT EXISTS audit_no_replace BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END""",
)
POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$""",
    """CREATE OR REPLACE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE OR REPLACE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
)
_INSTALL = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
_REMOVE = {
    "sqlite": tuple(
        f"DROP TRIGGER IF EXISTS audit_no_{what}" for what in ("update", "delete", "replace")
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_no_change ON audit",
        "DROP TRIGGER IF EXISTS audit_no_truncate ON audit",
        "DROP FUNCTION IF EXISTS audit_refuse()",
    ),
}


def install(connection: Connection) -> None:
    """Install the triggers, for a migration; again does no harm."""
    for statement in _INSTALL[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def remove(connection: Connection) -> None:
    """Remove the triggers: for a migration backwards, and for a restore."""
    for statement in _REMOVE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@event.listens_for(Table.metadata, "after_create")
def _with_tables(_: object, connection: Connection, **__: Any) -> None:  # noqa: ANN401 -- as called
    install(connection)
