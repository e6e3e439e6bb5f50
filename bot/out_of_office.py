"""The reader of .ics files: when is their owner out of office? Nothing else in them is looked at.

An event counts when Outlook marks it «out of office» (OOF); without Outlook's mark, when it is
opaque, as in a calendar that is kept for being away. Recurrences are expanded by dateutil's rules,
with what is excepted and moved; RANGE=THISANDFUTURE, which no common calendar writes, is not.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Calendar
from icalendar.prop import vRecur

from bot.domain.out_of_office import SHORTEST, Span, joined

Event = Any  # a component: what its properties are is known when they are looked at
AHEAD = timedelta(days=366)
MOST_EVENTS = 5_000
MOST_TIMES = 30_000  # of one event, since it began: every day of eighty years
MOST_SPANS = 500
MOST_RECURRING = 50  # events
# What a rule may be made of. Others, and whatever comes more than daily, is how nobody is away; a
# rule that never comes true would be looked for until the year 9999.
PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "WKST"}
OF_A_MONTH = PARTS | {"BYMONTHDAY", "BYSETPOS"}
KNOWN = {"DAILY": PARTS, "WEEKLY": PARTS, "MONTHLY": OF_A_MONTH, "YEARLY": OF_A_MONTH}


class NoCalendar(Exception):
    """It is no .ics file, or one with far too much in it."""


def spans_in(source: bytes, now: datetime, zone: ZoneInfo) -> list[Span]:
    """Return when the owner of the calendar *source* is away, from *now* on for a year.

    Days, and times without a zone, are local ones in *zone*. What is under way is there as well.

    :raises NoCalendar: it cannot be read
    """
    try:
        calendar = Calendar.from_ical(source)
    except (ValueError, IndexError, KeyError) as error:
        raise NoCalendar from error
    events = calendar.walk("VEVENT") if calendar.name == "VCALENDAR" else None
    if events is None or len(events) > MOST_EVENTS:
        raise NoCalendar
    if sum("RRULE" in event and _is_away(event) for event in events) > MOST_RECURRING:
        raise NoCalendar
    found = joined(span for event in events for span in _spans(event, events, now, zone))
    return [span for span in found if span.end - span.start >= SHORTEST][:MOST_SPANS]


def _spans(event: Event, events: Iterable[Event], now: datetime, zone: ZoneInfo) -> Iterator[Span]:
    """Yield the spans of *event* that count; one that cannot be read has none."""
    if not _is_away(event):
        return
    try:
        start, length = _begins(event), _lasts(event)
        own = start.tzinfo if isinstance(start, datetime) and start.tzinfo else zone
        moved = _moved(event, events, own)
        for wall in _times(event, _wall(start, own), (now + AHEAD).astimezone(own), own):
            span = _span(wall, length, own)
            if wall not in moved and span.end > now and span.start < now + AHEAD:
                yield span
    except (ValueError, KeyError, TypeError, OverflowError):
        return


def _is_away(event: Event) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    mark = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
    if mark:
        return mark == "OOF"
    return str(event.get("TRANSP", "OPAQUE")).upper() == "OPAQUE"


def _begins(event: Event) -> date:
    begins: date = event["DTSTART"].dt
    return begins


def _lasts(event: Event) -> timedelta:
    """Return how long it lasts by the clock on the wall."""
    start = _begins(event)
    if "DTEND" in event:
        end: date = event["DTEND"].dt
        if isinstance(start, datetime) and isinstance(end, datetime) and start.tzinfo:
            end = end.astimezone(start.tzinfo) if end.tzinfo else end
        return _naive(end) - _naive(start)
    if "DURATION" in event:
        length: timedelta = event["DURATION"].dt
        return length
    return timedelta(0) if isinstance(start, datetime) else timedelta(days=1)


def _times(event: Event, first: datetime, until: datetime, own: tzinfo) -> Iterator[datetime]:
    """Yield when it begins, each time, by the clock on the wall in *own*."""
    excepted = {_wall(day, own) for day in _dates(event.get("EXDATE"))}
    if "RECURRENCE-ID" in event or "RRULE" not in event:
        more = [_wall(day, own) for day in _dates(event.get("RDATE"))]
        yield from (wall for wall in (first, *more) if wall not in excepted)
        return
    rules = event["RRULE"]
    for rule in rules if isinstance(rules, list) else [rules]:
        yield from (wall for wall in _recurring(rule, first, until, own) if wall not in excepted)
    yield from (_wall(day, own) for day in _dates(event.get("RDATE")))


def _recurring(rule: vRecur, first: datetime, until: datetime, own: tzinfo) -> Iterator[datetime]:
    parts = dict(rule)
    known = KNOWN.get(str(parts["FREQ"][0]), set())
    if not known >= parts.keys() or min(map(int, parts.get("INTERVAL", [1]))) < 1:
        return
    ends = [_wall(end, own) for end in parts.pop("UNTIL", [])]
    counts = [int(count) for count in parts.pop("COUNT", [])]
    if ends and isinstance(rule["UNTIL"][0], date) and not isinstance(rule["UNTIL"][0], datetime):
        ends = [end + timedelta(days=1, microseconds=-1) for end in ends]  # the day is included
    last = min([until.replace(tzinfo=None), *ends])
    written: Any = vRecur(parts)
    times: Any = rrulestr(written.to_ical().decode(), dtstart=first)
    yield from islice(times.replace(until=last), min([MOST_TIMES, *counts]))


def _moved(event: Event, events: Iterable[Event], own: tzinfo) -> set[datetime]:
    """Return which times of a recurring *event* are told of by events of their own."""
    if "RECURRENCE-ID" in event:
        return set()
    uid = str(event.get("UID", ""))
    return {
        _wall(other["RECURRENCE-ID"].dt, own)
        for other in events
        if "RECURRENCE-ID" in other and str(other.get("UID", "")) == uid
    }


def _dates(listed: Any) -> Iterator[date]:
    """Yield the dates of a property that may be there not at all, once or several times."""
    for each in listed if isinstance(listed, list) else [listed] if listed else []:
        for day in each.dts:
            if isinstance(day.dt, date):
                yield day.dt


def _wall(moment: date, own: tzinfo) -> datetime:
    """Return *moment* by the clock on the wall in *own*; a day begins at midnight."""
    if isinstance(moment, datetime) and moment.tzinfo:
        moment = moment.astimezone(own)
    return _naive(moment)


def _naive(moment: date) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time())


def _span(wall: datetime, length: timedelta, own: tzinfo) -> Span:
    start, end = (moment.replace(tzinfo=own) for moment in (wall, wall + length))
    return Span(start.astimezone(UTC), end.astimezone(UTC))
