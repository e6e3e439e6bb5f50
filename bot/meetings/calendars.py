"""Calendar files: invitations (iTIP, RFC 5546) and the feed of one person's meetings.

Local times stand in the cooperation's own zone, which every file brings along (VTIMEZONE).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from bot.cards.meeting_view import MeetingView
from bot.domain.meetings import Answer
from bot.texts import Texts

SHOWN_BACK = timedelta(days=31)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
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
    return _written(calendar, [(event, view.agreement.calendar.zone)])


def feed(views: Iterable[MeetingView], say: Texts, now: datetime) -> bytes:
    """Return one calendar with all of *views*; cancelled meetings say so."""
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", say("meeting.feed_name"))
    events = [(_event(view, say, now), view.agreement.calendar.zone) for view in views]
    return _written(calendar, events)


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


def _written(calendar: Calendar, events: list[tuple[Event, ZoneInfo]]) -> bytes:
    for zone in dict.fromkeys(zone for _, zone in events):
        if _is_european(zone):
            calendar.add_component(_european(zone))
    for event, _ in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _is_european(zone: ZoneInfo) -> bool:
    """Tell whether *zone* changes to summer time by the European rule, as Europe/Oslo does."""
    before = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)  # the change comes at 01:00 UTC
    return (before + MINUTE).astimezone(zone).utcoffset() == _offset(before, zone) + HOUR


def _european(zone: ZoneInfo) -> Timezone:
    """Return *zone* by its rule. The library lists every change, and some programmes read one."""
    winter = _offset(datetime(2026, 1, 1, tzinfo=UTC), zone)
    onset = (datetime(1996, 1, 1) + HOUR + winter).time()  # noqa: DTZ001 local, as the rule is
    written = Timezone()
    written.add("tzid", zone.key)
    for part, name, begins, offsets, month in (
        (TimezoneDaylight(), "CEST", date(1996, 3, 31), (winter, winter + HOUR), 3),
        (TimezoneStandard(), "CET", date(1996, 10, 27), (winter + HOUR, winter), 10),
    ):
        local = datetime.combine(begins, onset) + (offsets[0] - winter)
        part.add("dtstart", local)
        part.add("rrule", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", offsets[0])
        part.add("tzoffsetto", offsets[1])
        written.add_component(part)
    return written


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)
