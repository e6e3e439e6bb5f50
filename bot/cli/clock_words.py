"""How times and lengths of work are written on the command line."""

import re
from datetime import UTC, datetime, timedelta

from bot.domain.agreement import WorkingDays, WorkingTime
from bot.domain.calendar import Calendar

HOURS_AND_MINUTES = re.compile(r"(?:([0-9]{1,5}) ?h)? ?(?:([0-9]{1,6}) ?m(?:in)?)?")
DAYS = re.compile(r"([0-9]{1,5}) ?d")


class CannotTell(Exception):
    """A word or a row that has no answer. Says why, and what to write instead."""


def read_time(written: str, calendar: Calendar | None = None) -> datetime:
    """Return *written*, ISO 8601, in UTC. Without an offset it is local time in the *calendar*.

    :raises CannotTell: it is no time, has no offset and no *calendar* to read it in, or is local
        time that the clock shows twice or never
    """
    try:
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            moment = _placed(moment, calendar)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise CannotTell(f'"{written}" is not a time; write 2026-04-01T11:10+02:00') from None


def read_work(written: str) -> WorkingTime | WorkingDays:
    """Return what *written* promises: 4h, 90m and 1h30m are working time, 3d is working days.

    :raises CannotTell: it is neither, or nothing at all
    """
    if (days := DAYS.fullmatch(written)) and int(days[1]):
        return WorkingDays(int(days[1]))
    if time := HOURS_AND_MINUTES.fullmatch(written):
        length = timedelta(hours=int(time[1] or 0), minutes=int(time[2] or 0))
        if length:
            return WorkingTime(length)
    raise CannotTell(f'"{written}" is not working time; write 4h, 90m, 1h30m or 3d')


def _placed(moment: datetime, calendar: Calendar | None) -> datetime:
    """Put local time on the line of time, if there is exactly one place for it."""
    if calendar is None:
        raise CannotTell(f'"{moment.isoformat()}" has no offset; write +02:00 or Z after it')
    first, second = (moment.replace(tzinfo=calendar.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        is_twice = first.astimezone(UTC) < second.astimezone(UTC)
        raise CannotTell(
            f"{moment.isoformat()} {'comes twice' if is_twice else 'does not exist'} "
            f"in {calendar.zone}, where the clock is changed; write it with an offset"
        )
    return first
