"""Who is signed in, which of an issuer's accounts is whose, and the programs that may read."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("began_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_visit"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_visit_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_visit_person_id", "visit", ["person_id"])
    op.create_index("ix_visit_ends_at", "visit", ["ends_at"])
    op.create_table(
        "subject",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("linked_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_subject"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_subject_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_subject_person_id", "subject", ["person_id"])
    op.create_table(
        "api_client",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("added_at", UtcTime(), nullable=False),
        sa.Column("revoked_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_api_client"),
        sa.UniqueConstraint("name", name="uq_api_client_name"),
    )


def downgrade() -> None:
    for table in ("api_client", "subject", "visit"):
        op.drop_table(table)
