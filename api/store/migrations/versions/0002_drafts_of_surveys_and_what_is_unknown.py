"""Drafts of surveys and what is unknown.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from api.store.types import Json, Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it so."""
    op.create_table(
        "site_unknowns",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("waiting", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_unknowns_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_unknowns")),
    )
    op.create_table(
        "survey_draft",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.Column("answers", Json, nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_survey_draft_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_draft")),
        sa.UniqueConstraint("site_id", name=op.f("uq_survey_draft_site_id")),
    )


def downgrade() -> None:
    """Unmake it."""
    op.drop_table("survey_draft")
    op.drop_table("site_unknowns")
