"""The first tables."""

import sqlalchemy as sa
from alembic import op

from storage.models import WAITING, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    *("agreement", "person", "account", "absence", "series", "ticket", "event", "message"),
    *("slot", "letter", "seen", "job_run", "web_message"),
)


def upgrade() -> None:
    _people()
    _agreements()
    _tickets()
    _logs()
    _slots()
    _letters()
    _memory()
    _web()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text()),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("email", name="uq_person_email"),
    )
    op.create_table(
        "account",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("tenant", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "tenant", "user", name="pk_account"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_account_person_id"),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("start", UtcTime(), nullable=False),
        sa.Column("end", UtcTime(), nullable=False),
        sa.Column("deputy_id", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_absence_person_id"),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name="fk_absence_deputy_id"),
    )
    op.create_index("ix_person_municipality", "person", ["municipality"])
    op.create_index("ix_account_person_id", "account", ["person_id"])
    op.create_index("ix_absence_person_id", "absence", ["person_id"])


def _agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_agreement"),
    )
    op.create_table(
        "series",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name="pk_series"),
    )


def _tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("agreement", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("task", sa.Text()),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("counted_as", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text()),
        sa.Column("taken_by", sa.Text()),
        sa.Column("resolved_at", UtcTime()),
        sa.Column("last_event_at", UtcTime()),
        sa.Column("next_moment", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("number", name="uq_ticket_number"),
        sa.ForeignKeyConstraint(["agreement"], ["agreement.digest"], name="fk_ticket_agreement"),
        sa.ForeignKeyConstraint(["asker"], ["person.id"], name="fk_ticket_asker"),
        sa.ForeignKeyConstraint(["contact"], ["person.id"], name="fk_ticket_contact"),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name="fk_ticket_taken_by"),
    )
    for column in ("asked_at", "asker", "contact", "municipality", "next_moment", "status"):
        op.create_index(f"ix_ticket_{column}", "ticket", [column])


def _logs() -> None:
    op.create_table(
        "event",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("received_at", UtcTime(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "number", name="pk_event"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_event_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_event_by"),
    )
    op.create_table(
        "message",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_message"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_message_ticket_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_message_by"),
    )
    op.create_index("ix_event_at", "event", ["at"])
    op.create_index("ix_message_ticket_id", "message", ["ticket_id"])


def _slots() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("card", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        sa.UniqueConstraint(
            "ticket_id", "role", "person_id", name="uq_slot_ticket_id_role_person_id"
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_slot_ticket_id"),
    )
    op.create_index("ix_slot_place", "slot", ["platform", "channel", "thread"])
    op.create_index("ix_slot_card", "slot", ["platform", "channel", "card"])


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("once", sa.Text()),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("slot_id", sa.Integer()),
        sa.Column("below_id", sa.Integer()),
        sa.Column("redraws_id", sa.Integer()),
        sa.Column("only_to", sa.JSON()),
        sa.Column("carries_ticket", sa.Uuid()),
        sa.Column("carries_message", sa.Text()),
        sa.Column("card", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("put_at", UtcTime(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime()),
        sa.Column("sent_as", sa.Text()),
        sa.Column("refused_because", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_letter"),
        sa.UniqueConstraint("once", name="uq_letter_once"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name="fk_letter_slot_id"),
        sa.ForeignKeyConstraint(["below_id"], ["slot.id"], name="fk_letter_below_id"),
        sa.ForeignKeyConstraint(["redraws_id"], ["slot.id"], name="fk_letter_redraws_id"),
        sa.ForeignKeyConstraint(["carries_ticket"], ["ticket.id"], name="fk_letter_carries_ticket"),
    )
    op.create_index("ix_letter_sent_as", "letter", ["sent_as"])
    op.create_index(
        "ix_letter_waiting",
        "letter",
        ["number"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    op.create_index(
        "ix_letter_place",
        "letter",
        ["platform", "channel", "number"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    op.create_index(
        "ix_letter_redraw",
        "letter",
        ["redraws_id"],
        unique=True,
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )


def _memory() -> None:
    op.create_table(
        "seen",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_seen"),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("job", "day", name="pk_job_run"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])


def _web() -> None:
    op.create_table(
        "web_message",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("only_to", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("card", sa.JSON()),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_web_message"),
    )
    op.create_index("ix_web_message_channel", "web_message", ["channel"])
    op.create_index("ix_web_message_version", "web_message", ["version"])
