"""Telling people of a meeting: a card in each one's language, and an invitation by e-mail.

Plain functions inside one transaction. Each card has a key, so that nobody is told twice.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import meetings as cards
from bot.cards.blocks import Card
from bot.cards.meeting_view import MeetingView
from bot.conversation import Say
from bot.domain.meetings import Seat
from bot.domain.people import Person
from bot.meetings import calendars
from bot.meetings.hall import Hall
from bot.outside import Mailer
from bot.post import post
from bot.texts import texts
from storage.database import Store
from storage.mail import Mail


def tell(person: Person, card: Card, once: str, store: Store, now: datetime) -> None:
    """Let *person* read *card*, once, where they are reached; who has no chat is passed by."""
    place = store.people.place_of(person.id)
    if place is not None:
        post([Say(to=place, card=card, once=once)], store, now)


def invite(hall: Hall, tone: cards.Tone, once: str, mailer: Mailer | None, now: datetime) -> None:
    """Tell everybody who is to come of the meeting as it is now."""
    view = hall.view()
    for seat in view.seats:
        is_new = hall.store.meetings.invite(hall.meeting, seat.person.id)
        say = texts(seat.person.language)
        card = cards.invitation(view, seat, tone, say)
        tell(seat.person, card, f"{once}:{seat.person.id}", hall.store, now)
        if is_new or tone == "moved":
            mail(view, seat.person, mailer, hall.store, now)


def call_off(hall: Hall, mailer: Mailer | None, now: datetime) -> None:
    """Tell everybody who was to come that the meeting is cancelled."""
    view = hall.view()
    for person in told_before(hall, view):
        card = cards.cancelled(view, texts(person.language))
        once = f"meeting:{hall.meeting.id}:cancelled:{person.id}"
        tell(person, card, once, hall.store, now)
        mail(view, person, mailer, hall.store, now)


def tell_rest(halls: Sequence[Hall], mailer: Mailer | None, now: datetime) -> None:
    """Tell everybody of one series, in one card each, what has become of several meetings."""
    views = [hall.view() for hall in halls]
    first = halls[0]
    people = {p.id: p for hall, v in zip(halls, views, strict=True) for p in told_before(hall, v)}
    for person in people.values():
        card = cards.rest_changed(views, texts(person.language))
        once = f"meeting:{first.meeting.id}:rest:{first.meeting.sequence}:{person.id}"
        tell(person, card, once, first.store, now)
    for hall, view in zip(halls, views, strict=True):
        invited = hall.store.meetings.invited(hall.meeting)
        for person in people.values():
            if person.id in invited:
                mail(view, person, mailer, hall.store, now)


def told_before(hall: Hall, view: MeetingView) -> list[Person]:
    """Return who is to come now, and who had been told and is not."""
    seated = {seat.person.id for seat in view.seats}
    invited = hall.store.meetings.invited(hall.meeting)
    return [person for person in hall.people if person.id in seated | invited]


def seat_of(view: MeetingView, person: Person) -> Seat:
    return next((seat for seat in view.seats if seat.person.id == person.id), Seat(person))


def mail(
    view: MeetingView, person: Person, mailer: Mailer | None, store: Store, now: datetime
) -> None:
    """Send the invitation, or its cancellation, by e-mail where that is set up."""
    if mailer is None or not person.email:
        return
    say, meeting = texts(person.language), view.meeting
    title = view.title(say)
    key = "meeting.mail_cancelled" if meeting.is_cancelled else "meeting.mail_subject"
    subject = say(key, meeting=title, moment=say.moment(meeting.starts_at))
    store.mail.put(
        Mail(
            once=f"{meeting.uid}:{meeting.sequence}:{person.id}",
            to=person.email,
            subject=subject,
            text=say("meeting.mail_text", subject=subject),
            calendar=calendars.invitation(view, mailer.sender, say, now),
            method=calendars.method_of(view),
        ),
        now,
    )
