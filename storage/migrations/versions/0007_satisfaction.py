"""When a person was asked whether they got help, and what each municipality has said."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "asked_about",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("is_answered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_asked_about"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_asked_about_person_id"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_asked_about_ticket_id"),
    )
    op.create_table(
        "verdict",
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cooperation", "municipality", "day", name="pk_verdict"),
    )


def downgrade() -> None:
    op.drop_table("verdict")
    op.drop_table("asked_about")
