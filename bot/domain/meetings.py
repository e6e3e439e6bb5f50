"""Meetings: when people are told of them, and what may be done with one that is planned."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from bot.domain import Refusal
from bot.domain.agreement import MeetingSeries
from bot.domain.calendar import Calendar
from bot.domain.meeting_plans import DAY, Planned
from bot.domain.people import Person, PersonId

MeetingId = NewType("MeetingId", UUID)
ProposalId = NewType("ProposalId", UUID)

OPENS_EARLY = timedelta(minutes=30)  # minutes can be put down a little before the meeting begins
ANEW = timedelta(days=7)  # moved this much later, a meeting is noticed as if for the first time


class Answer(StrEnum):
    COMES = "comes"
    CANNOT = "cannot"


class NoSuchMeeting(Refusal):
    """There is none, or it is not the speaker's to see: nobody learns which."""

    key = "meeting.none"


class StaleInvitation(Refusal):
    """The answer is to a time at which the meeting is not held any more."""

    key = "meeting.stale"


class MeetingCancelled(Refusal):
    key = "meeting.is_cancelled"


class MeetingOver(Refusal):
    key = "meeting.over"


class CallerOnly(Refusal):
    key = "meeting.caller_only"


class NotYetBegun(Refusal):
    key = "meeting.not_begun"


class MinutesSent(Refusal):
    key = "meeting.minutes_are_sent"


class AlreadyDecided(Refusal):
    """A vote, or a second decision, after the caller has decided on a proposal."""

    key = "meeting.decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting, of one municipality's series or (None) of all. Times are in UTC.

    *day* is the recurrence rule's own, and names it in its series. *sequence* grows with every
    change, as in RFC 5546; *told* is the one that everybody has been told of. *round* grows when
    it is moved so far that it is to be noticed anew.
    """

    id: MeetingId
    cooperation: str
    series: str
    municipality: str | None
    day: date
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    video: str = ""
    is_cancelled: bool = False
    reason: str = ""
    sequence: int = 0
    told: int = 0
    round: int = 0
    is_by_hand: bool = False
    agenda_sent_at: datetime | None = None
    minutes_sent_at: datetime | None = None

    @property
    def uid(self) -> str:
        """Its name in every calendar."""
        return f"{self.id}@vertsdesk"

    def moved(self, starts_at: datetime, ends_at: datetime, reason: str = "") -> "Meeting":
        is_anew = starts_at - self.starts_at >= ANEW
        return replace(
            self,
            starts_at=starts_at,
            ends_at=ends_at,
            reason=reason,
            sequence=self.sequence + 1,
            round=self.round + is_anew,
        )

    def cancelled(self, reason: str) -> "Meeting":
        return replace(self, is_cancelled=True, reason=reason, sequence=self.sequence + 1)

    def is_told(self) -> "Meeting":
        """Return it so that everybody knows of its last change."""
        return replace(self, told=self.sequence)

    def with_minutes(self, sent_at: datetime) -> "Meeting":
        return replace(self, minutes_sent_at=sent_at)

    def by_hand(self) -> "Meeting":
        """Return it so that the series' rule changes it no more."""
        return replace(self, is_by_hand=True)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is to come, perhaps instead of another who is away then."""

    person: Person
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody has answered to the invitation numbered *sequence*."""

    person: PersonId
    answer: Answer
    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Another time for a meeting. *is_taken* is the caller's decision; None while it is open."""

    id: ProposalId
    meeting: MeetingId
    by: PersonId
    starts_at: datetime
    ends_at: datetime
    at: datetime
    sequence: int  # of the meeting when it was made
    is_taken: bool | None = None
    votes: tuple[tuple[PersonId, bool], ...] = ()

    def tally(self) -> tuple[int, int]:
        """Return how many can come then, and how many cannot."""
        yes = sum(can for _, can in self.votes)
        return yes, len(self.votes) - yes


def still_open(proposal: Proposal) -> Proposal:
    """Return *proposal* if one may still vote or decide.

    :raises AlreadyDecided: the caller has decided
    """
    if proposal.is_taken is not None:
        raise AlreadyDecided
    return proposal


def to_answer(meeting: Meeting, sequence: int, now: datetime) -> Meeting:
    """Return *meeting* if the invitation numbered *sequence* can be answered.

    :raises Refusal: it is cancelled, over, or held at another time by now
    """
    coming = to_change(meeting, now)
    if sequence != meeting.sequence:
        raise StaleInvitation
    return coming


def to_change(meeting: Meeting, now: datetime) -> Meeting:
    """Return *meeting* if it is still to come.

    :raises Refusal: it is cancelled, or it has begun
    """
    if meeting.is_cancelled:
        raise MeetingCancelled
    if now >= meeting.starts_at:
        raise MeetingOver
    return meeting


def to_minute(meeting: Meeting, now: datetime) -> Meeting:
    """Return *meeting* if decisions and actions can be put down now.

    :raises Refusal: it is cancelled, has not begun, or its minutes have been sent
    """
    if meeting.is_cancelled:
        raise MeetingCancelled
    if now < meeting.starts_at - OPENS_EARLY:
        raise NotYetBegun
    if meeting.minutes_sent_at:
        raise MinutesSent
    return meeting


def notice_moments(
    meeting: Meeting, notice_days: Iterable[int], calendar: Calendar
) -> list[tuple[int, datetime]]:
    """Return when each notice is due (UTC), the earliest first: at opening, never later.

    A day on which the unit is closed means the last working day before it.
    """
    held = calendar.local_date(meeting.starts_at)
    found = []
    for days in sorted(set(notice_days), reverse=True):
        day = held - DAY * days
        while not _is_before(day, meeting, calendar):
            day -= DAY
        found.append((days, _opening(day, calendar)))
    return found


def as_planned(meeting: Meeting, plan: Planned, series: MeetingSeries) -> Meeting:
    """Return *meeting* after its series' rule, *plan*; itself when nothing is different."""
    if meeting.is_cancelled:
        return meeting
    if plan.is_cancelled:
        return meeting.cancelled(plan.reason)
    if meeting.is_by_hand:
        return meeting
    new = meeting
    if (plan.starts_at, plan.ends_at) != (meeting.starts_at, meeting.ends_at):
        new = meeting.moved(plan.starts_at, plan.ends_at, plan.reason)
    if (series.place, series.video) != (meeting.place, meeting.video):
        new = replace(new, sequence=meeting.sequence + 1, place=series.place, video=series.video)
    return new


def _is_before(day: date, meeting: Meeting, calendar: Calendar) -> bool:
    return calendar.is_working_day(day) and _opening(day, calendar) < meeting.starts_at


def _opening(day: date, calendar: Calendar) -> datetime:
    return calendar.opens_after(datetime.combine(day, datetime.min.time(), tzinfo=calendar.zone))
