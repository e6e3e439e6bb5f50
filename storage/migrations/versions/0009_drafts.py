"""Drafts of answers, and who answers which ticket now."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("resolves", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_draft"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_draft_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_draft_by"),
    )
    op.create_table(
        "answering",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_answering"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_answering_ticket_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_answering_person_id"),
    )
    op.create_index("ix_answering_until", "answering", ["until"])


def downgrade() -> None:
    op.drop_table("answering")
    op.drop_table("draft")
