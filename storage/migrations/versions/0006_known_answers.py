"""Answers that may help again, the words they are searched by, and what the team has taught."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("is_general", sa.Boolean(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_known_answer"),
        sa.UniqueConstraint("ticket_id", "is_general", name="uq_known_answer_ticket_id_is_general"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_known_answer_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_known_answer_by"),
    )
    op.create_index("ix_known_answer_municipality", "known_answer", ["municipality"])
    _words()
    _taught()


def _words() -> None:
    """Make what each database searches by. Alembic compares nothing of it: see storage.migrate."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE known_answer_words"
            " USING fts5(words, tokenize = 'unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE known_answer_words (answer_id integer NOT NULL,"
        " words tsvector NOT NULL, CONSTRAINT pk_known_answer_words PRIMARY KEY (answer_id),"
        " CONSTRAINT fk_known_answer_words_answer_id"
        " FOREIGN KEY (answer_id) REFERENCES known_answer (id) ON DELETE CASCADE)"
    )
    op.execute("CREATE INDEX ix_known_answer_words ON known_answer_words USING gin (words)")


def _taught() -> None:
    op.create_table(
        "taught",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("before", sa.Double(), nullable=True),
        sa.Column("after", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_taught"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_taught_ticket_id"),
    )
    for name in ("cooperation", "ticket_id"):
        op.create_index(f"ix_taught_{name}", "taught", [name])
    op.create_table(
        "learning",
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("busy_until", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("cooperation", name="pk_learning"),
    )


def downgrade() -> None:
    for table in ("learning", "taught", "known_answer_words", "known_answer"):
        op.drop_table(table)
