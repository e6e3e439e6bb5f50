"""Calendar files: invitations (iTIP, RFC 5546) and the feed of one person's meetings.

Local times stand in the cooperation's own zone, which every file brings along (VTIMEZONE).
"""

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

from bot.cards.meeting_view import MeetingView
from bot.domain.meetings import Answer
from bot.texts import Texts

PRODUCT = "-//Vertsdesk//Meetings//NO"
PARTSTAT = {Answer.COMES: "ACCEPTED", Answer.CANNOT: "DECLINED", None: "NEEDS-ACTION"}


def invitation(view: MeetingView, organizer: str, say: Texts, now: datetime) -> bytes:
    """Return the meeting as an invitation, or as its cancellation, from the address *organizer*."""
    calendar = _calendar("CANCEL" if view.meeting.is_cancelled else "REQUEST")
    event = _event(view, say, now)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    for seat in view.seats:
        if seat.person.email:
            reply = view.replies.get(seat.person.id)
            attendee = vCalAddress(f"mailto:{seat.person.email}")
            attendee.params["CN"] = vText(seat.person.name)
            attendee.params["PARTSTAT"] = vText(PARTSTAT[reply.answer if reply else None])
            attendee.params["RSVP"] = vText("TRUE")
            event.add("attendee", attendee)
    return _written(calendar, [event])


def feed(views: Iterable[MeetingView], say: Texts, now: datetime) -> bytes:
    """Return one calendar with all of *views*; cancelled meetings say so."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", say("meeting.feed_name"))
    return _written(calendar, [_event(view, say, now) for view in views])


def method_of(view: MeetingView) -> str:
    return "CANCEL" if view.meeting.is_cancelled else "REQUEST"


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _event(view: MeetingView, say: Texts, now: datetime) -> Event:
    meeting, zone = view.meeting, view.agreement.calendar.zone
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", now)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", view.title(say))
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    if where := ", ".join(filter(None, (meeting.place, meeting.video))):
        event.add("location", where)
    if meeting.reason:
        event.add("description", meeting.reason)
    return event


def _written(calendar: Calendar, events: list[Event]) -> bytes:
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
