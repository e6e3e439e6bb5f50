"""What the municipalities order of the host, and disputes about whose a task is."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _orders()
    op.create_table(
        "dispute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("by_host", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_dispute_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_dispute_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_dispute_decided_by"),
    )
    for column in ("cooperation", "municipality", "ticket_id"):
        op.create_index(f"ix_dispute_{column}", "dispute", [column])


def _orders() -> None:
    op.create_table(
        "placed_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.Column("filled_in", sa.JSON(), nullable=False),
        sa.Column("placed_at", UtcTime(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("approver", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("ticked", sa.JSON(), nullable=False),
        sa.Column("remind_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_placed_order"),
        sa.UniqueConstraint("number", name="uq_placed_order_number"),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="fk_placed_order_asker"),
        sa.ForeignKeyConstraint(["approver"], ["person.id"], name="fk_placed_order_approver"),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name="fk_placed_order_decided_by"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_placed_order_ticket_id"),
    )
    for column in ("municipality", "asker", "placed_at", "ticket_id", "remind_at"):
        op.create_index(f"ix_placed_order_{column}", "placed_order", [column])
    op.create_table(
        "order_step",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "number", name="pk_order_step"),
        sa.ForeignKeyConstraint(["order_id"], ["placed_order.id"], name="fk_order_step_order_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_order_step_by"),
    )


def downgrade() -> None:
    op.drop_table("dispute")
    op.drop_table("order_step")
    op.drop_table("placed_order")
