"""How Teams is reached and what waits there; and accounts that may be one person's."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams_address",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("gone_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_teams_address"),
    )
    op.create_table(
        "teams_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("put_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_teams_upload"),
    )
    op.create_index("ix_teams_upload_put_at", "teams_upload", ["put_at"])
    op.create_table(
        "account_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=True),
        sa.Column("one_said_at", UtcTime(), nullable=True),
        sa.Column("other_said_at", UtcTime(), nullable=True),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_link"),
        sa.ForeignKeyConstraint(["one"], ["person.id"], name="fk_account_link_one"),
        sa.ForeignKeyConstraint(["other"], ["person.id"], name="fk_account_link_other"),
        sa.UniqueConstraint("code", name="uq_account_link_code"),
    )
    op.create_index("ix_account_link_one", "account_link", ["one"])
    op.create_index("ix_account_link_other", "account_link", ["other"])


def downgrade() -> None:
    for table in ("account_link", "teams_upload", "teams_address"):
        op.drop_table(table)
