"""The tables."""

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    TIMESTAMP,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

WAITING = text("done_at IS NULL")  # letters that are still to be sent


class UtcTime(TypeDecorator[datetime]):
    """A moment, always in UTC, on every database. Naive times are refused."""

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Row(DeclarativeBase):
    type_annotation_map: ClassVar = {
        datetime: UtcTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
        str: Text,
    }
    # Every constraint has a name, so that a migration can change it on every database.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PersonRow(Row):
    __tablename__ = "person"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)  # in small letters
    language: Mapped[str]
    municipality: Mapped[str | None] = mapped_column(index=True)
    roles: Mapped[list[str]]
    absences: Mapped[list["AbsenceRow"]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        foreign_keys="AbsenceRow.person_id",
        order_by="AbsenceRow.start",
    )


class AccountRow(Row):
    """A person's account on one platform, and the channel where we reach them."""

    __tablename__ = "account"

    platform: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    channel: Mapped[str]


class AbsenceRow(Row):
    __tablename__ = "absence"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    start: Mapped[datetime]
    end: Mapped[datetime]
    deputy_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class AgreementRow(Row):
    """One version's own words, kept for as long as a ticket may need them."""

    __tablename__ = "agreement"

    digest: Mapped[str] = mapped_column(primary_key=True)
    cooperation: Mapped[str]
    effective_from: Mapped[date]
    source: Mapped[str]
    added_at: Mapped[datetime]


class SeriesRow(Row):
    """The last ticket number given out, for each prefix and year."""

    __tablename__ = "series"

    prefix: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class TicketRow(Row):
    """What the ticket's events add up to, and the moment when somebody must look at it next."""

    __tablename__ = "ticket"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    cooperation: Mapped[str]
    municipality: Mapped[str] = mapped_column(index=True)
    agreement: Mapped[str] = mapped_column(ForeignKey("agreement.digest"))
    asker: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    question: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    task: Mapped[str | None]
    side: Mapped[str]
    counted_as: Mapped[str]
    choices: Mapped[list[str]]
    status: Mapped[str] = mapped_column(index=True)
    priority: Mapped[str]
    contact: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    taken_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None]
    last_event_at: Mapped[datetime | None]
    next_moment: Mapped[datetime | None] = mapped_column(index=True)


class EventRow(Row):
    """One event of a ticket's log. Rows are added, never changed."""

    __tablename__ = "event"

    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 is the question
    kind: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    body: Mapped[dict[str, Any]]


class MessageRow(Row):
    """Which ticket a person's message belongs to, by the message's own key."""

    __tablename__ = "message"

    key: Mapped[str] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"), index=True)
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class SlotRow(Row):
    """A ticket's standing card in one place, and the thread below it.

    *thread* is known at once where a person's own message starts it; *card* when that is sent.
    """

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("ticket_id", "role", "person_id"),
        Index("ix_slot_place", "platform", "channel", "thread"),
        Index("ix_slot_card", "platform", "channel", "card"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket.id"))
    role: Mapped[str]
    person_id: Mapped[str] = mapped_column(default="")  # empty: nobody's in particular
    platform: Mapped[str]
    channel: Mapped[str]
    thread: Mapped[str | None]
    card: Mapped[str | None]
    link: Mapped[str | None]  # opens the card, for whoever may read it there


class SeenRow(Row):
    """An inbound event we have already handled."""

    __tablename__ = "seen"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class JobRunRow(Row):
    """A daily job that has been done, by the local date."""

    __tablename__ = "job_run"

    job: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class LetterRow(Row):
    """An outgoing card, committed together with the change that caused it.

    With *slot_id* it becomes that slot's standing card; with *below_id* it goes into the thread
    below a slot; with *redraws_id* it replaces a slot's standing card. *not_before* is the end of
    the lease, too, while somebody is sending it.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("once"),
        Index("ix_letter_waiting", "number", postgresql_where=WAITING, sqlite_where=WAITING),
        Index(
            "ix_letter_place",
            "platform",
            "channel",
            "number",
            postgresql_where=WAITING,
            sqlite_where=WAITING,
        ),
        Index(
            "ix_letter_redraw",
            "redraws_id",
            unique=True,
            postgresql_where=WAITING,
            sqlite_where=WAITING,
        ),
    )

    number: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str | None]
    platform: Mapped[str]
    channel: Mapped[str]
    thread: Mapped[str | None]
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"))
    below_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"))
    redraws_id: Mapped[int | None] = mapped_column(ForeignKey("slot.id"))
    only_to: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    carries_ticket: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    carries_message: Mapped[str | None] = mapped_column(index=True)
    card: Mapped[dict[str, Any]]
    revision: Mapped[int] = mapped_column(default=1)  # grows when a waiting redraw is replaced
    attempts: Mapped[int] = mapped_column(default=0)
    put_at: Mapped[datetime]
    not_before: Mapped[datetime]
    done_at: Mapped[datetime | None]
    sent_as: Mapped[str | None] = mapped_column(index=True)
    file_id: Mapped[UUID | None] = mapped_column(index=True)
    rewrites: Mapped[int | None]  # the number of the letter whose card this one replaces
    refused_because: Mapped[str | None]


class WebMessageRow(Row):
    """One line of the demo's own chat: what a person wrote, or a card of the bot's."""

    __tablename__ = "web_message"

    number: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(index=True)
    thread: Mapped[str | None]
    author: Mapped[str | None]  # a person's id; None is the bot
    only_to: Mapped[str | None]
    text: Mapped[str | None]
    card: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime]
    version: Mapped[int] = mapped_column(index=True)  # grows with every change in the chat
