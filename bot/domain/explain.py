"""Why this deadline? Every interval that counts, every one that does not, and the reason."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.agreement import Agreement, Clause, Promise
from bot.domain.calendar import Calendar
from bot.domain.events import Event, Figure, TargetSet
from bot.domain.people import PersonId
from bot.domain.seasons import Season
from bot.domain.sla import Figures, Stretch, figures, pausing
from bot.domain.timeline import Pause, timeline


class Reason(StrEnum):
    """Why an interval counts (it is open) or does not: the calendar's reasons, and the pauses'."""

    OPEN = "open"
    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    WAITS_FOR_ASKER = "waits_for_asker"
    WAITS_FOR_THIRD_PARTY = "waits_for_third_party"
    RESOLVED = "resolved"
    DEFLECTED = "deflected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One interval (UTC, half-open). Only what is open is counted.

    *name* is the holiday's name, or the id of the third party waited for; *by* is who paused.
    """

    start: datetime
    end: datetime
    reason: Reason
    name: str | None = None
    by: PersonId | None = None

    @property
    def counted(self) -> bool:
        return self.reason is Reason.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How a deadline came about. The counted *lines* add up to *counted*, to the microsecond.

    The lines run from *start*: to the end when it was done; or else to *due*, and then they add up
    to what the promise *allowed*; or else, with the clock paused or ended, as far as it got.
    """

    figure: Figure
    start: datetime
    end: datetime | None  # when it was done, if it was
    due: datetime | None
    promise: Promise | None
    season: Season | None = None  # the part of the year that the promise is for
    by_hand: TargetSet | None = None  # overrides the promise
    allowed: timedelta | None
    task: str | None
    clauses: tuple[Clause, ...]
    version: str  # the agreement's, frozen by the ticket
    lines: tuple[Line, ...]

    @property
    def counted(self) -> timedelta:
        return sum((line.end - line.start for line in self.lines if line.counted), timedelta(0))


def explain(
    log: Sequence[Event], agreement: Agreement, now: datetime, figure: Figure
) -> Explanation | None:
    """Return the working of *figure* at *now*, or None when there is nothing to count.

    That is before the clock has started, as for a referral, or when there has been no next
    response to wait for; of several, the last is explained.
    """
    now_figures = figures(log, agreement, now)
    stretch = _stretch(now_figures, figure)
    if stretch is None:
        return None
    line = timeline(log)
    pauses = pausing(line, agreement, figure)
    until = stretch.end or (None if line.ended_at else stretch.due) or line.ended_at or now
    task = agreement.tasks.get(stretch.task) if stretch.task else None
    return Explanation(
        figure=figure,
        start=stretch.start,
        end=stretch.end,
        due=stretch.due,
        promise=stretch.promise,
        season=stretch.season,
        by_hand=stretch.by_hand,
        allowed=stretch.allowed,
        task=stretch.task,
        clauses=task.clauses if task else (),
        version=agreement.version,
        lines=tuple(lines_between(agreement.calendar, stretch.start, until, pauses)),
    )


def lines_between(
    calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> Iterator[Line]:
    """Yield what lies between two moments, in order and without gaps; a pause is one line.

    :raises BeyondCalendar: one of them is outside what the calendar lays out
    """
    for pause in pauses:
        if pause.start >= end:
            break
        yield from _hours(calendar, start, pause.start)
        start = min(pause.end or end, end)
        why = Reason(pause.why.value)
        if pause.start < start:
            yield Line(start=pause.start, end=start, reason=why, name=pause.party, by=pause.by)
    yield from _hours(calendar, start, end)


def _stretch(now: Figures, figure: Figure) -> Stretch | None:
    match figure:
        case Figure.FIRST_RESPONSE:
            return now.first_response
        case Figure.NEXT_RESPONSE:
            return now.next_responses[-1] if now.next_responses else None
        case Figure.RESOLUTION:
            return now.resolution


def _hours(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Line]:
    for span in calendar.spans(start, end):
        yield Line(start=span.start, end=span.end, reason=Reason(span.hours.value), name=span.name)
