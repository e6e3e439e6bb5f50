"""The yearly wheel: each municipality's deadlines of each year, what was told, and who met them."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "year_deadline",
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("deadline", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.Column("met_by", sa.Text(), nullable=True),
        sa.Column("met_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint(
            "cooperation", "municipality", "deadline", "year", "rule", name="pk_year_deadline"
        ),
        sa.ForeignKeyConstraint(["met_by"], ["person.id"], name="fk_year_deadline_met_by"),
    )
    op.create_index("ix_year_deadline_due", "year_deadline", ["due"])


def downgrade() -> None:
    op.drop_table("year_deadline")
