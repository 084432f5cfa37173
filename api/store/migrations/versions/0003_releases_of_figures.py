"""Releases of figures.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from api.store.types import Json, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("published", Json, nullable=False),
        sa.Column("reports", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("job_id", name=op.f("uq_release_job_id")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
    )


def downgrade() -> None:
    """Unmake it."""
    op.drop_table("release")
