"""Files that go from one side to the other, cards that are changed, and links to what stands."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("to_asker", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("noted_at", UtcTime(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared_file"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_shared_file_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_shared_file_by"),
    )
    op.create_index("ix_shared_file_ticket_id", "shared_file", ["ticket_id"])
    op.create_index("ix_shared_file_state", "shared_file", ["state", "not_before"])
    op.create_table(
        "web_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_web_file"),
    )
    op.create_index("ix_web_file_line", "web_file", ["line"])
    op.add_column("letter", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column("letter", sa.Column("rewrites", sa.Integer(), nullable=True))
    op.create_index("ix_letter_file_id", "letter", ["file_id"])
    op.create_index("ix_letter_carries_message", "letter", ["carries_message"])
    op.add_column("slot", sa.Column("link", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("slot", "link")
    op.drop_index("ix_letter_carries_message", "letter")
    op.drop_index("ix_letter_file_id", "letter")
    op.drop_column("letter", "rewrites")
    op.drop_column("letter", "file_id")
    op.drop_table("web_file")
    op.drop_table("shared_file")
