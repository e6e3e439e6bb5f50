"""Reports that were sent, pictures on cards, and files that come along with an e-mail."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_report",
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("as_of", UtcTime(), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("cooperation", "municipality", "month", name="pk_sent_report"),
    )
    op.create_table(
        "picture",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("as_of", UtcTime(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_picture"),
    )
    op.add_column("mail", sa.Column("attached", sa.LargeBinary(), nullable=True))
    op.add_column("mail", sa.Column("attached_name", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("mail", "attached_name")
    op.drop_column("mail", "attached")
    op.drop_table("picture")
    op.drop_table("sent_report")
