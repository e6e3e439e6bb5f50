"""Meetings: what is planned, who comes, the agenda, the minutes, and the calendars outside."""

import sqlalchemy as sa
from alembic import op

from storage.models import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "mail",
    "calendar_feed",
    "meeting_action",
    "meeting_decision",
    "meeting_point",
    "meeting_wish",
    "meeting_vote",
    "meeting_proposal",
    "meeting_change",
    "meeting_guest",
    "meeting_notice",
    "meeting",
)


def upgrade() -> None:
    _planned()
    _proposed()
    _agendas()
    _minutes()
    _calendars()


def _planned() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("video", sa.Text(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("agenda_sent_at", UtcTime(), nullable=True),
        sa.Column("minutes_sent_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint(
            "cooperation",
            "series",
            "municipality",
            "day",
            name="uq_meeting_cooperation_series_municipality_day",
        ),
    )
    op.create_index("ix_meeting_starts_at", "meeting", ["starts_at"])
    op.create_table(
        "meeting_notice",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "round", "days", name="pk_meeting_notice"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_meeting_notice_meeting_id"
        ),
    )
    op.create_table(
        "meeting_guest",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name="pk_meeting_guest"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_guest_meeting_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_meeting_guest_person_id"),
    )
    op.create_table(
        "meeting_change",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_meeting_change"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_change_by"),
    )
    op.create_index("ix_meeting_change_cooperation", "meeting_change", ["cooperation"])


def _proposed() -> None:
    op.create_table(
        "meeting_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.Column("is_taken", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_proposal"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_meeting_proposal_meeting_id"
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_proposal_by"),
    )
    op.create_index("ix_meeting_proposal_meeting_id", "meeting_proposal", ["meeting_id"])
    op.create_table(
        "meeting_vote",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("can", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "person_id", name="pk_meeting_vote"),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["meeting_proposal.id"], name="fk_meeting_vote_proposal_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_meeting_vote_person_id"),
    )


def _agendas() -> None:
    op.create_table(
        "meeting_wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("lifted_from", sa.Uuid(), nullable=True),
        sa.Column("taken_in", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_wish"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_wish_by"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="fk_meeting_wish_ticket_id"),
        sa.ForeignKeyConstraint(
            ["lifted_from"], ["meeting.id"], name="fk_meeting_wish_lifted_from"
        ),
        sa.ForeignKeyConstraint(["taken_in"], ["meeting.id"], name="fk_meeting_wish_taken_in"),
    )
    op.create_index("ix_meeting_wish_taken_in", "meeting_wish", ["taken_in"])
    op.create_table(
        "meeting_point",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("filled", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("is_struck", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "key", name="pk_meeting_point"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_meeting_point_meeting_id"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_point_by"),
    )


def _minutes() -> None:
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("changes_agreement", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_decision"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_meeting_decision_meeting_id"
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_decision_by"),
        sa.ForeignKeyConstraint(
            ["version"], ["agreement.digest"], name="fk_meeting_decision_version"
        ),
    )
    op.create_index("ix_meeting_decision_meeting_id", "meeting_decision", ["meeting_id"])
    op.create_table(
        "meeting_action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("cooperation", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_action"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name="fk_meeting_action_meeting_id"
        ),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_meeting_action_owner"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name="fk_meeting_action_by"),
        sa.ForeignKeyConstraint(["done_by"], ["person.id"], name="fk_meeting_action_done_by"),
    )
    op.create_index("ix_meeting_action_meeting_id", "meeting_action", ["meeting_id"])
    op.create_index("ix_meeting_action_owner", "meeting_action", ["owner"])


def _calendars() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_feed"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_feed_person_id"),
        sa.UniqueConstraint("name", name="uq_calendar_feed_name"),
    )
    op.create_table(
        "mail",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("once", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("calendar", sa.LargeBinary(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("put_at", UtcTime(), nullable=False),
        sa.Column("not_before", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("refused_because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_mail"),
        sa.UniqueConstraint("once", name="uq_mail_once"),
    )
    op.create_index("ix_mail_not_before", "mail", ["not_before"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
