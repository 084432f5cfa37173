"""What every table shares: names of constraints, types, ids, versions."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    LargeBinary,
    MetaData,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from api.store.types import Json, Moment

Document = dict[str, Any]


class Table(DeclarativeBase):
    """Every table; constraints have names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 -- what SQLAlchemy reads
        datetime: Moment,
        Document: Json,
        list[str]: Json,
        bytes: LargeBinary,
    }


class Keyed:
    """A row with a random id, which tells nothing."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class Edited(Keyed):
    """A row that people edit: its version is its ETag, and goes up by one with every change."""

    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
