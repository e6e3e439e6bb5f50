"""Every minute: read the calendars of being out of office whose quarter of an hour has gone.

Each is taken by one replica, fetched with no transaction open, and followed in one. What cannot be
read is told to its owner once, until it can be read again; its absences stay as they are.
"""

from datetime import datetime

import structlog

from bot.cards import absence as cards
from bot.conversation import Desk, Outgoing, Say
from bot.domain.out_of_office import Span
from bot.out_of_office import NoCalendar, spans_in
from bot.outside import Calendars, CalendarUnread, Fetched
from bot.own_calendar import followed
from bot.post import post
from bot.texts import texts
from storage.away_calendars import AwayCalendar
from storage.database import Store

AT_A_TIME = 20
PATIENCE = 4  # readings: an hour of silence

log = structlog.get_logger()


def read_calendars(desk: Desk) -> None:
    calendars, now = desk.outside.calendars, desk.clock()
    if calendars is None:
        return
    with desk.database.transaction() as store:
        due = store.away_calendars.take_due(now, AT_A_TIME)
    for calendar in due:
        _read(calendar, calendars, desk, now)


def _read(calendar: AwayCalendar, calendars: Calendars, desk: Desk, now: datetime) -> None:
    agreement = desk.agreements.current_at(now)
    try:
        fetched = calendars.read(calendar.url, calendar.etag, calendar.modified)
        spans = spans_in(fetched.content, now, agreement.calendar.zone) if fetched else []
    except (CalendarUnread, NoCalendar) as error:
        log.warning("calendar.unread", why=str(error) or "no calendar")  # an address is a secret
        _failed(calendar, error, desk, now)
        return
    with desk.database.transaction() as store:
        if _is_still(calendar, store):
            store.away_calendars.was_reached(calendar.who)
            if fetched:
                _followed(calendar, fetched, spans, desk=desk, store=store, now=now)


def _followed(
    calendar: AwayCalendar,
    fetched: Fetched,
    spans: list[Span],
    *,
    desk: Desk,
    store: Store,
    now: datetime,
) -> None:
    store.away_calendars.was_whole(calendar.who, fetched.etag, fetched.modified, now)
    said = followed(calendar.who, spans, store=store, book=desk.agreements, now=now, team=desk.team)
    post(said, store, now)


def _failed(
    calendar: AwayCalendar, error: CalendarUnread | NoCalendar, desk: Desk, now: datetime
) -> None:
    with desk.database.transaction() as store:
        if not _is_still(calendar, store):
            return
        times, since = store.away_calendars.failed(calendar.who, now)
        if times >= PATIENCE or not isinstance(error, CalendarUnread) or error.final:
            post(_told(calendar, error, since, store, desk), store, now)


def _told(
    calendar: AwayCalendar,
    error: CalendarUnread | NoCalendar,
    since: datetime,
    store: Store,
    desk: Desk,
) -> list[Outgoing]:
    person = store.people.get(calendar.who)
    place = store.people.place_of(person.id, desk.team.platform if desk.team else None)
    if place is None:
        return []
    card = cards.unread(_why(error), texts(person.language))
    return [Say(to=place, card=card, once=f"calendar-unread:{person.id}:{int(since.timestamp())}")]


def _why(error: CalendarUnread | NoCalendar) -> str:
    if isinstance(error, NoCalendar) or str(error) == "too large":
        return "no_file"
    if str(error) in {"address", "inside", "redirects"}:
        return "address"
    return "gone" if error.final else "silent"


def _is_still(calendar: AwayCalendar, store: Store) -> bool:
    """Tell whether it is this calendar's turn still: another may have been named meanwhile."""
    kept = store.away_calendars.of(calendar.who)
    return kept is not None and kept.url == calendar.url
