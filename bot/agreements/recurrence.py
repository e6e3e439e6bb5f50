"""When meetings recur: RFC 5545 rules, read and worked out by dateutil; none of it by hand."""

import re
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from bot.domain.meeting_plans import Schedule

FREQUENCIES = ("WEEKLY", "MONTHLY", "YEARLY")
PARTS = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "BYYEARDAY",
    "BYWEEKNO",
    "WKST",
}
LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}  # days in a month that has not 31
LONGEST_MEETING = timedelta(hours=12)


def check_recurrence(written: str) -> str:
    """Return the rule as it is written.

    :raises ValueError: it is no rule of RFC 5545, or one that gives no day, or too many
    """
    parts = dict(part.partition("=")[::2] for part in written.upper().split(";"))
    if unknown := set(parts) - PARTS:
        raise ValueError(f'"{written}" has {", ".join(sorted(unknown))}, which no meeting needs')
    if parts.get("FREQ") not in FREQUENCIES:
        raise ValueError(f'"{written}" does not say FREQ={", ".join(FREQUENCIES)}')
    if not re.fullmatch(r"[1-9]\d{0,2}", parts.get("INTERVAL", "1")):
        raise ValueError(f'"{written}" has an INTERVAL that is none, such as 2')
    if _is_impossible(parts):
        raise ValueError(f'"{written}" means a day that no month has')
    try:
        rrulestr(written, dtstart=datetime(2024, 1, 1))  # noqa: DTZ001 rules are of local days
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError(f'"{written}" is not a rule of RFC 5545') from error
    return written.upper()


def check_time(written: object) -> time:
    """Return the local time that "09:00" means.

    :raises ValueError: it is not written so
    """
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(written)):
        raise ValueError(f'"{written}" is not a time of day')
    return time.fromisoformat(str(written))


def check_length(written: object) -> timedelta:
    """Return the length that "60 min" or "2 h" means.

    :raises ValueError: it is not written so, or no meeting is that long
    """
    found = re.fullmatch(r"(\d{1,3}) (h|min)", str(written))
    if not found:
        raise ValueError(f'"{written}" is not a length of time')
    minutes = int(found[1]) * (60 if found[2] == "h" else 1)
    if not timedelta(0) < timedelta(minutes=minutes) <= LONGEST_MEETING:
        raise ValueError("a meeting lasts more than no time, and twelve hours at the most")
    return timedelta(minutes=minutes)


def days_of(schedule: Schedule, first: date, last: date) -> list[date]:
    """Return the days, from *first* to *last*, that the rule gives: its own, wherever held."""
    begins = datetime.combine(schedule.first, time())
    rule = rrulestr(schedule.recurrence, dtstart=begins)
    start, end = datetime.combine(first, time()), datetime.combine(last, time())
    return [moment.date() for moment in rule.between(start, end, inc=True)]


def first_day(schedule: Schedule) -> date | None:
    """Return the first day that the rule gives; None if there is none at all."""
    begins = datetime.combine(schedule.first, time())
    found = next(iter(rrulestr(schedule.recurrence, dtstart=begins)), None)
    return found.date() if found else None


def _is_impossible(parts: dict[str, str]) -> bool:
    """Tell whether no month is long enough, such as 30 February: dateutil would look for ever."""
    days = [int(day) for day in re.findall(r"-?\d+", parts.get("BYMONTHDAY", ""))]
    months = [int(month) for month in re.findall(r"\d+", parts.get("BYMONTH", ""))]
    longest = max((LONGEST.get(month, 31) for month in months), default=31)
    return bool(days) and all(abs(day) > longest or day == 0 for day in days)
