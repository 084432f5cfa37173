"""Migrations make the very tables that the program knows, on both databases, and unmake them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text

from api.store import make_engine
from api.store.migration import Schema, differences, downgrade, schema, upgrade


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """An engine on an empty database."""
    made = make_engine(empty_url)
    yield made
    made.dispose()


def test_up_and_down_and_up_again(engine: Engine) -> None:
    """Nothing differs after; nothing is left in between."""
    assert schema(engine) is Schema.NONE
    upgrade(engine)
    assert schema(engine) is Schema.CURRENT
    assert differences(engine) == []
    downgrade(engine)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    upgrade(engine)
    assert schema(engine) is Schema.CURRENT


def test_a_schema_of_another_version_is_known(engine: Engine) -> None:
    """A revision that this program does not know was made by a newer one."""
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert schema(engine) is Schema.NEWER


def test_tables_of_something_else(engine: Engine) -> None:
    """Tables without a version: nothing of ours, to be brought up by hand or left alone."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (id INTEGER)"))
    assert schema(engine) is Schema.OLDER
