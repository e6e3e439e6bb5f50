"""When meetings are held: what a series says, and what somebody has changed of the rest of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.calendar import Calendar
from bot.domain.people import PersonId

DAY = timedelta(days=1)


class OnClosedDay(StrEnum):
    """What becomes of a meeting whose day is a holiday, a weekend or another closed day."""

    MOVE = "move"  # to the next working day
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """*recurrence* is an RFC 5545 rule that begins on *first*; *at* is local time."""

    recurrence: str
    first: date
    at: time
    length: timedelta
    on_closed_day: OnClosedDay = OnClosedDay.MOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChange:
    """From the rule's *from_day* on, every meeting is *shift* days later, at *at*; or none is held.

    *shift* may be negative; *at* is local time, None as before.
    """

    series: str
    municipality: str | None
    from_day: date
    shift: int = 0
    at: time | None = None
    length: timedelta | None = None
    is_cancelled: bool = False
    reason: str = ""
    by: PersonId | None = None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A meeting as it should be held. *day* is the rule's own, and names it in its series."""

    day: date
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    reason: str = ""


def planned(
    days: Iterable[date],
    schedule: Schedule,
    changes: Sequence[SeriesChange],
    calendar: Calendar,
) -> list[Planned]:
    """Return what the rule's *days* come to. No two meetings of a series share a day.

    *changes* are the series' own, the oldest first: a later one has the last word.
    """
    found: dict[date, Planned] = {}
    for day in days:
        mine = [change for change in changes if change.from_day <= day]
        meant = day + DAY * (mine[-1].shift if mine else 0)
        held = _held_on(meant, schedule, calendar)
        if held is not None and held not in found:
            found[held] = _planned(day, held, schedule, mine, calendar)
    return list(found.values())


def _held_on(day: date, schedule: Schedule, calendar: Calendar) -> date | None:
    """Return the local date on which a meeting meant for *day* is held; None if it is skipped."""
    if schedule.on_closed_day is OnClosedDay.SKIP:
        return day if calendar.is_working_day(day) else None
    last = calendar.local_date(calendar.laid_out.closes)
    while day < last and not calendar.is_working_day(day):
        day += DAY
    return day if calendar.is_working_day(day) else None


def _planned(
    day: date, held: date, schedule: Schedule, mine: Sequence[SeriesChange], calendar: Calendar
) -> Planned:
    at = next((change.at for change in reversed(mine) if change.at), schedule.at)
    length = next((change.length for change in reversed(mine) if change.length), schedule.length)
    starts_at = datetime.combine(held, at, tzinfo=calendar.zone).astimezone(UTC)
    last = mine[-1] if mine else None
    return Planned(
        day=day,
        starts_at=starts_at,
        ends_at=starts_at + length,
        is_cancelled=bool(last and last.is_cancelled),
        reason=last.reason if last else "",
    )
