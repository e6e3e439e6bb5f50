"""What each ticket counts for, in columns; those there are already are counted from their logs.

`vertsdesk clock rebuild --write` counts them once and for all. Until then figures are right, and
slower.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WORDS = ("cooperation", "agreement", "number", "municipality", "task", "state")
LENGTHS = (
    "asked_at",
    "first_response",
    "next_response",
    "first_resolution",
    "resolution",
    "waited_for_asker",
    "waited_for_third_party",
    "spent",
)
UNTIL_COUNTED = """
    INSERT INTO counted (ticket_id, cooperation, agreement, number, municipality, task, state,
        asked_at, first_response, next_response, first_resolution, resolution,
        waited_for_asker, waited_for_third_party, spent, digest, final_at)
    SELECT id, cooperation, agreement, number, municipality, '', '',
        0, -1, -1, -1, -1, 0, 0, 0, '', NULL FROM ticket
"""


def upgrade() -> None:
    op.create_table(
        "counted",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in LENGTHS),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("final_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("ticket_id", name="pk_counted"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_counted_ticket_id"),
    )
    op.create_index("ix_counted_asked", "counted", ["cooperation", "asked_at", "final_at"])
    town = ["cooperation", "municipality", "asked_at", "final_at"]
    op.create_index("ix_counted_town", "counted", town)
    op.create_index("ix_counted_final", "counted", ["cooperation", "final_at", "asked_at"])
    op.execute(UNTIL_COUNTED)


def downgrade() -> None:
    op.drop_table("counted")
