"""A meeting in hand, inside one transaction: who is to come, who calls it, who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.agreements.book import AgreementBook
from bot.cards.meeting_view import MeetingView
from bot.conversation import Context
from bot.domain.agreement import Agreement
from bot.domain.attendance import caller_of, may_call, may_see, seats
from bot.domain.meetings import CallerOnly, Meeting, MeetingId, NoSuchMeeting
from bot.domain.people import Person
from storage.database import Store


@dataclass(frozen=True, slots=True)
class Hall:
    """*agreement* is today's version, closed on the days that have been added."""

    meeting: Meeting
    agreement: Agreement
    people: Sequence[Person]
    store: Store

    def view(self) -> MeetingView:
        meeting, people = self.meeting, self.people
        return MeetingView(
            meeting=meeting,
            agreement=self.agreement,
            seats=seats(meeting, self.agreement, people),
            replies=self.store.meetings.replies(meeting),
            caller=caller_of(meeting, self.agreement, people),
            callers=frozenset(
                person.id for person in people if may_call(person, meeting, self.agreement, people)
            ),
        )

    def keeps(self, meeting: Meeting) -> "Hall":
        """Keep the meeting as it is now."""
        self.store.meetings.change(meeting)
        return Hall(meeting, self.agreement, self.people, self.store)

    def is_for(self, person: Person) -> bool:
        return may_see(person, self.meeting, self.agreement, self.people)

    def is_called_by(self, person: Person) -> bool:
        return may_call(person, self.meeting, self.agreement, self.people)


def agreement_now(book: AgreementBook, store: Store, now: datetime) -> Agreement:
    """Return today's version, with the closing days that have been added."""
    current = book.current_at(now)
    return book.closed_on(current.digest, store.closing_days.of(current.id))


def hall_of(meeting: Meeting, agreement: Agreement, store: Store) -> Hall:
    return Hall(meeting, agreement, store.people.everybody(), store)


def hall_for(value: str, context: Context) -> tuple[Hall, int]:
    """Return the meeting that a button's *value* names, and the sequence the button knew.

    :raises NoSuchMeeting: there is none, or it is not the speaker's to see
    """
    name, _, sequence = value.partition(":")
    try:
        meeting_id, known = MeetingId(UUID(name)), int(sequence or "-1")
    except ValueError as error:
        raise NoSuchMeeting from error
    agreement = agreement_now(context.agreements, context.store, context.now)
    hall = hall_of(context.store.meetings.get(meeting_id), agreement, context.store)
    if not hall.is_for(context.speaker):
        raise NoSuchMeeting
    return hall, known


def hall_for_caller(value: str, context: Context) -> tuple[Hall, int]:
    """Return the same for who calls the meeting.

    :raises CallerOnly: the speaker does not
    """
    hall, known = hall_for(value, context)
    if not hall.is_called_by(context.speaker):
        raise CallerOnly
    return hall, known


def coming_for(context: Context) -> list[Hall]:
    """Return the coming meetings to which the speaker is to come, or which they call."""
    agreement = agreement_now(context.agreements, context.store, context.now)
    people, found = context.store.people.everybody(), []
    for meeting in context.store.meetings.between(agreement.id, context.now):
        hall = Hall(meeting, agreement, people, context.store)
        guests = {seat.person.id for seat in seats(meeting, agreement, people)}
        mine = context.speaker.id in guests or hall.is_called_by(context.speaker)
        if mine and not meeting.is_cancelled:
            found.append(hall)
    return found
