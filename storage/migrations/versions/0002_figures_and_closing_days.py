"""Figures that a ticket's log adds up to, and closing days told after an agreement was made.

The figures of tickets that are here already are written by `vertsdesk clock rebuild --write`.
"""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("tally", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_figure"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_figure_ticket_id"),
    )
    op.create_table(
        "closing_day",
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("cooperation", "day", name="pk_closing_day"),
    )


def downgrade() -> None:
    op.drop_table("closing_day")
    op.drop_table("figure")
