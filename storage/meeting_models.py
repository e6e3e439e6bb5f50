"""The meetings' tables: what is planned, who comes, what is on the agenda and what it came to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class MeetingRow(Row):
    """One meeting. *municipality* is empty for a meeting of all."""

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("cooperation", "series", "municipality", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cooperation: Mapped[str]
    series: Mapped[str]
    municipality: Mapped[str]
    day: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    place: Mapped[str]
    video: Mapped[str]
    is_cancelled: Mapped[bool]
    reason: Mapped[str]
    sequence: Mapped[int]
    told: Mapped[int]
    round: Mapped[int]
    is_by_hand: Mapped[bool]
    agenda_sent_at: Mapped[datetime | None]
    minutes_sent_at: Mapped[datetime | None]


class MeetingNoticeRow(Row):
    """A notice that has been given, so many days before."""

    __tablename__ = "meeting_notice"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)


class MeetingGuestRow(Row):
    """Who has been told of a meeting, and what they last answered."""

    __tablename__ = "meeting_guest"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    answer: Mapped[str | None]
    sequence: Mapped[int | None]
    at: Mapped[datetime | None]


class MeetingChangeRow(Row):
    """What somebody has changed of the rest of a series."""

    __tablename__ = "meeting_change"

    number: Mapped[int] = mapped_column(primary_key=True)
    cooperation: Mapped[str] = mapped_column(index=True)
    series: Mapped[str]
    municipality: Mapped[str]
    from_day: Mapped[date]
    shift: Mapped[int]
    at: Mapped[str | None]  # local time, 09:00
    minutes: Mapped[int | None]
    is_cancelled: Mapped[bool]
    reason: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class MeetingProposalRow(Row):
    """Another time that somebody proposes. *is_told*: the others have been asked."""

    __tablename__ = "meeting_proposal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    at: Mapped[datetime]
    sequence: Mapped[int]
    is_told: Mapped[bool]
    is_taken: Mapped[bool | None]


class MeetingVoteRow(Row):
    """What one person says of a proposal; the latest holds."""

    __tablename__ = "meeting_vote"

    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("meeting_proposal.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    can: Mapped[bool]


class MeetingWishRow(Row):
    """What somebody wants taken up in the next meeting of a series."""

    __tablename__ = "meeting_wish"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cooperation: Mapped[str]
    series: Mapped[str]
    municipality: Mapped[str]
    text: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[str]
    lifted_from: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"))
    taken_in: Mapped[UUID | None] = mapped_column(ForeignKey("meeting.id"), index=True)


class MeetingPointRow(Row):
    """A point as the caller has placed or struck it, and every point once the agenda is sent."""

    __tablename__ = "meeting_point"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    filled: Mapped[dict[str, Any]] = mapped_column(JSON)
    text: Mapped[str]
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    place: Mapped[int | None]
    is_struck: Mapped[bool]


class MeetingDecisionRow(Row):
    __tablename__ = "meeting_decision"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    changes_agreement: Mapped[bool]
    version: Mapped[str | None] = mapped_column(ForeignKey("agreement.digest"))
    effective_from: Mapped[date | None]


class MeetingActionRow(Row):
    __tablename__ = "meeting_action"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"), index=True)
    cooperation: Mapped[str]
    series: Mapped[str]
    municipality: Mapped[str]
    text: Mapped[str]
    owner: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    due: Mapped[date]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class CalendarFeedRow(Row):
    """A person's private calendar. *token* is a secret; a new one revokes it."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)  # the part of the address that is no secret
    token: Mapped[str]


class MailRow(Row):
    """An e-mail, committed together with the change that caused it; the outbox's habits."""

    __tablename__ = "mail"

    number: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    calendar: Mapped[bytes | None] = mapped_column(LargeBinary)
    method: Mapped[str]  # of the calendar: REQUEST or CANCEL
    attached: Mapped[bytes | None] = mapped_column(LargeBinary)  # a file beside the words
    attached_name: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    put_at: Mapped[datetime]
    not_before: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    refused_because: Mapped[str | None]
