"""Escalation: which warnings fall due when, and which of them are still to be told.

A step is a percentage of one target: of the first response, of the next one, or of the resolution.
Pure functions of a ticket's log and the version of the agreement that it froze. Settled here:

- A target is known by what it is for, when it began and how much working time it allowed. A new
  deadline is a new target, and so is every exchange with the asker; a pause makes no new one.
- Each step of a target is warned of once. One of a new target counts as told when that percentage,
  or a higher one, was told after the moment at which the new target had used it up: so going up and
  down and up tells nobody the same thing twice, and a later deadline warns anew.
- While the ticket waits, no step of its resolution is armed; what is resolved warns of nothing.
- Of several steps of one target that are due at once only the last is told, and one that fell due
  LONG_PAST ago is not told at all, except that a target has passed: that is told however late.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bot.domain.agreement import Agreement
from bot.domain.calendar import Calendar
from bot.domain.events import Event, Figure, Warned
from bot.domain.sla import ALL, Figures, Stretch, figures, pausing, running
from bot.domain.tickets import Status, Ticket
from bot.domain.timeline import Pause, timeline

LONG_PAST = timedelta(hours=2)  # of working time
GRACE = timedelta(seconds=30)  # in which the sweep has come by three times
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """*percent* of a target is used up at *at* (UTC). The target: *figure*, *since*, *allowed*."""

    figure: Figure
    percent: int
    at: datetime
    since: datetime
    allowed: timedelta
    due: datetime

    @property
    def is_breach(self) -> bool:
        return self.percent >= ALL

    @property
    def key(self) -> str:
        """Return what names this step among all of its ticket's."""
        seconds = int(self.allowed.total_seconds())
        return f"{self.figure}:{self.since.isoformat()}:{seconds}:{self.percent}"


@dataclass(frozen=True, slots=True)
class Missed:
    """What should have gone out at *at* (UTC) and has not: a warning, or (None) the ticket itself.

    The latter waits for its asker's choice, and should have come to the main contact.
    """

    at: datetime
    step: Step | None

    @property
    def key(self) -> str:
        """Return what names it among all of its ticket's."""
        return self.step.key if self.step else "choice"


def armed(log: Sequence[Event], agreement: Agreement) -> list[Step]:
    """Return every step still to come, or due and not yet told, the earliest first."""
    now = figures(log, agreement, max(event.at for event in log))
    if now.ended_at or now.resolution is None or now.resolution.end:
        return []
    told = [event for event in log if isinstance(event, Warned)]
    steps = [
        step
        for figure, stretch, pauses in _targets(now, log, agreement)
        for step in _steps(figure, stretch, pauses, agreement)
        if not any(_tells(warned, step) for warned in told)
    ]
    return sorted(steps, key=lambda step: (step.at, step.percent))


def due_steps(log: Sequence[Event], agreement: Agreement, now: datetime) -> list[Step]:
    """Return the steps that *now* are due and not yet told, the earliest first."""
    return [step for step in armed(log, agreement) if step.at <= now]


def to_tell(due: Iterable[Step], calendar: Calendar, now: datetime) -> list[Step]:
    """Return those of *due* that are told: the last of each target, unless it is long past."""
    by_target = sorted(due, key=lambda step: (step.figure, step.percent))
    last = [list(steps)[-1] for _, steps in groupby(by_target, key=lambda step: step.figure)]
    return [step for step in last if step.is_breach or calendar.elapsed(step.at, now) <= LONG_PAST]


def next_moment(log: Sequence[Event], agreement: Agreement) -> datetime | None:
    """Return when the next step is due. It may have passed; None when nothing is to come."""
    return next((step.at for step in armed(log, agreement)), None)


def missed(
    ticket: Ticket, log: Sequence[Event], agreement: Agreement, now: datetime
) -> list[Missed]:
    """Return what *log* says should have gone out more than GRACE ago, inside opening hours.

    What we heard of late is given as much time from when we heard of it.
    """
    calendar = agreement.calendar
    heard_at = max(event.received_at for event in log)
    if not calendar.is_open(now) or now - heard_at < GRACE:
        return []
    if ticket.status is Status.UNSURE:
        found = [Missed(calendar.due(ticket.asked_at, agreement.choose_within), None)]
    elif ticket.is_with_host:
        due = due_steps(log, agreement, now)
        found = [Missed(step.at, step) for step in to_tell(due, calendar, now)]
    else:
        return []
    return [one for one in found if calendar.opens_after(one.at) + GRACE <= now]


def _targets(
    now: Figures, log: Sequence[Event], agreement: Agreement
) -> Iterator[tuple[Figure, Stretch, Sequence[Pause]]]:
    """Yield what runs now, each with its pauses. What waits does not run."""
    line = timeline(log)
    if now.first_response:
        first = Figure.FIRST_RESPONSE
        yield first, now.first_response, pausing(line, agreement, first)
    if now.next_response:
        following = Figure.NEXT_RESPONSE
        yield following, now.next_response, pausing(line, agreement, following)
    pauses = pausing(line, agreement, Figure.RESOLUTION)
    is_waiting = bool(pauses) and pauses[-1].end is None
    if now.resolution and not is_waiting:
        yield Figure.RESOLUTION, now.resolution, pauses


def _steps(
    figure: Figure, stretch: Stretch, pauses: Sequence[Pause], agreement: Agreement
) -> Iterator[Step]:
    if stretch.end or stretch.due is None or stretch.allowed is None:
        return
    for percent in agreement.warn_at:
        work = stretch.allowed * percent / ALL
        at = stretch.due
        if work and percent < ALL:
            at = _used_up(work, stretch.start, pauses, agreement.calendar)
        yield Step(
            figure=figure,
            percent=percent,
            at=at,
            since=stretch.start,
            allowed=stretch.allowed,
            due=stretch.due,
        )


def _used_up(
    work: timedelta, start: datetime, pauses: Sequence[Pause], calendar: Calendar
) -> datetime:
    """Return when *work* has been used since *start*. The last of *pauses* has ended."""
    at = start
    for since, to in running(start, END_OF_TIME, pauses):
        at = calendar.due(since, work)
        if at <= to:
            break
        work -= calendar.elapsed(since, to)
    return at


def _tells(warned: Warned, step: Step) -> bool:
    """Tell whether *warned* has told *step*, or has told as much after it was true."""
    if warned.figure is not step.figure or warned.at < step.since:
        return False
    is_same_target = (warned.since or step.since, warned.allowed or step.allowed) == (
        step.since,
        step.allowed,
    )
    if is_same_target and warned.percent == step.percent:
        return True
    return warned.percent >= step.percent and warned.at >= step.at
