"""The schema's versions: brought up by ``steget migrate``; the service refuses any but its own."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from api.store.tables import Table

FOLDER = Path(__file__).parent / "migrations"


class Schema(StrEnum):
    """How a database's schema stands to the one that this version of the program knows."""

    NONE = "none"
    """An empty database."""
    OLDER = "older"
    """``steget migrate`` brings it up."""
    CURRENT = "current"
    NEWER = "newer"
    """Made by a newer version of the program: that one has to be used."""


def schema(engine: Engine) -> Schema:
    """How the database's schema stands."""
    script = ScriptDirectory.from_config(_config())
    with engine.connect() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            return Schema.OLDER if inspect(connection).get_table_names() else Schema.NONE
    if revision == script.get_current_head():
        return Schema.CURRENT
    known = {one.revision for one in script.walk_revisions()}
    return Schema.OLDER if revision in known else Schema.NEWER


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the schema up, in one transaction where the database can."""
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as c, c.begin():
        command.upgrade(_config(c), to)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the schema back: for tests and for the brave."""
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as c, c.begin():
        command.downgrade(_config(c), to)


def differences(engine: Engine) -> list[object]:
    """Where the database differs from the tables of the program: nothing, after ``upgrade``."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Table.metadata))


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    if connection is not None:
        config.attributes["connection"] = connection
    return config
