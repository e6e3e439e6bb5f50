"""Calendars of being out of office: where each is read, and what of it is whose."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "away_calendar",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.Column("next_at", UtcTime(), nullable=False),
        sa.Column("put", sa.JSON(), nullable=False),
        sa.Column("declined", sa.JSON(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name="pk_away_calendar"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_away_calendar_person_id"),
    )
    op.create_index("ix_away_calendar_next_at", "away_calendar", ["next_at"])


def downgrade() -> None:
    op.drop_table("away_calendar")
