"""The SLA clock: what was promised, how much of it is used, and by when the rest is due.

Pure functions of a ticket's log, the version of the agreement that it froze, and the time they
are told. How a log is read is settled in :mod:`bot.domain.timeline`. All moments are UTC, all
lengths are working time in the agreement's calendar.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import assert_never

from bot.domain.agreement import Agreement, ByTime, Promise, WorkingDays, WorkingTime
from bot.domain.calendar import NOTHING, Calendar
from bot.domain.events import Event, Figure, TargetSet
from bot.domain.seasons import Season
from bot.domain.timeline import Pause, Terms, Timeline, Why, timeline

ALL = 100
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One thing promised, from *start* until it was done (*end*), or not yet (None).

    *due* is None while nothing is promised, and while the clock is paused unless it was broken
    before. *is_breached* stays once it has happened; *promise*, *allowed* and *due* are then those
    that were broken.
    """

    start: datetime
    end: datetime | None
    due: datetime | None
    task: str | None
    promise: Promise | None
    season: Season | None = None  # the part of the year that the promise is for
    by_hand: TargetSet | None = None  # overrides the promise: *due* and *allowed* are its own
    allowed: timedelta | None  # what the promise came to
    used: timedelta  # without pauses
    is_breached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A ticket's figures. Nothing is promised, and all is empty, while *started_at* is None.

    *ended_at*: withdrawn, or the task proved to be the partner's. Nothing runs after it.
    """

    started_at: datetime | None = None
    ended_at: datetime | None = None
    first_response: Stretch | None = None
    next_responses: tuple[Stretch, ...] = ()  # only the last can be open
    first_resolution: Stretch | None = None
    resolution: Stretch | None = None  # with reopenings: the figure of the agreement
    waited_for_asker: timedelta = NOTHING  # the partner's own response time
    waited_for_third_party: timedelta = NOTHING

    @property
    def next_response(self) -> Stretch | None:
        """The exchange in which the asker waits for an answer now, if there is one."""
        last = self.next_responses[-1] if self.next_responses else None
        return last if last and last.end is None and self.ended_at is None else None


def due_by(calendar: Calendar, start: datetime, promise: Promise) -> datetime:
    """Return the moment until which *promise*, given at *start*, is kept.

    :raises BeyondCalendar: it is later than the calendar goes
    """
    match promise:
        case WorkingTime():
            return calendar.due(start, promise.length)
        case WorkingDays():
            return calendar.closing_of_working_day(start, promise.days)
        case ByTime():
            return calendar.at_on_working_day(start, promise.at, promise.days)
        case _:
            assert_never(promise)


def figures(log: Sequence[Event], agreement: Agreement, now: datetime) -> Figures:
    """Return every figure of the ticket with this *log* as it stands at *now*."""
    line = timeline(log)
    start = line.started_at
    if start is None:
        return Figures()
    watch = _Watch(agreement, line, line.ended_at or now, agreement.calendar.local_date(start))
    first = watch.stretch(Figure.FIRST_RESPONSE, start, line.answered_at)
    if line.was_chosen_away and not first.end and not first.is_breached:
        return Figures()  # the asker said whose it is before anybody was late: it was a referral
    return Figures(
        started_at=start,
        ended_at=line.ended_at,
        first_response=first,
        next_responses=tuple(
            watch.stretch(Figure.NEXT_RESPONSE, talk.start, talk.end) for talk in line.exchanges
        ),
        first_resolution=watch.stretch(Figure.RESOLUTION, start, line.first_resolved_at),
        resolution=watch.stretch(Figure.RESOLUTION, start, line.resolved_at),
        waited_for_asker=watch.waited(Why.WAITS_FOR_ASKER),
        waited_for_third_party=watch.waited(Why.WAITS_FOR_THIRD_PARTY),
    )


def first_response_due(log: Sequence[Event], agreement: Agreement) -> datetime | None:
    """Return by when the first answer is, or was, due; None without a clock."""
    now = figures(log, agreement, max(event.at for event in log))
    return now.first_response.due if now.first_response and not now.ended_at else None


def pausing(line: Timeline, agreement: Agreement, figure: Figure) -> tuple[Pause, ...]:
    """Return the pauses of *line* in which *agreement* lets the clock of *figure* stand."""
    if figure != Figure.RESOLUTION:
        return tuple(pause for pause in line.pauses if pause.why is Why.DEFLECTED)
    if agreement.third_party_pauses:
        return line.pauses
    return tuple(pause for pause in line.pauses if pause.why is not Why.WAITS_FOR_THIRD_PARTY)


def running(start: datetime, stop: datetime, pauses: Iterable[Pause]) -> Iterator[Interval]:
    """Yield the intervals between *start* and *stop* in which no pause is on."""
    for pause in pauses:
        if pause.start >= stop:
            break
        yield start, pause.start
        if pause.end is None:
            return
        start = pause.end
    yield start, stop


@dataclass(frozen=True, slots=True)
class _Watch:
    """What all figures of one ticket are read off from. *stop*: now, or when the clock ended.

    *day* is the local date on which it started, and so the season of every target.
    """

    agreement: Agreement
    line: Timeline
    stop: datetime
    day: date

    def waited(self, why: Why) -> timedelta:
        elapsed = self.agreement.calendar.elapsed
        waits = [pause for pause in self.line.pauses if pause.why is why]
        return sum((elapsed(wait.start, wait.end or self.stop) for wait in waits), NOTHING)

    def stretch(self, figure: Figure, start: datetime, end: datetime | None) -> Stretch:
        stop = end or self.stop
        calendar = self.agreement.calendar_known_at(end or self.line.ended_at)
        pauses = pausing(self.line, self.agreement, figure)
        verdicts = [
            self._verdict(calendar, figure, terms, start, list(running(start, until, pauses)))
            for terms, until in _in_force(self.line.terms, stop, is_over=end is not None)
        ]
        verdict = next((broken for broken in verdicts if broken.is_breached), verdicts[-1])
        is_paused = end is None and bool(pauses) and pauses[-1].end is None
        return Stretch(
            start=start,
            end=end,
            due=None if is_paused and not verdict.is_breached else verdict.due,
            task=verdict.task,
            promise=verdict.promise,
            season=verdict.season,
            by_hand=verdict.by_hand,
            allowed=verdict.allowed,
            used=sum((calendar.elapsed(*ran) for ran in running(start, stop, pauses)), NOTHING),
            is_breached=verdict.is_breached,
        )

    def _verdict(
        self,
        calendar: Calendar,
        figure: Figure,
        terms: Terms,
        start: datetime,
        ran: Sequence[Interval],
    ) -> "_Verdict":
        targets = self.agreement.targets_for(terms.task, terms.priority, self.day)
        promise: Promise | None = getattr(targets, figure)
        for target in terms.by_hand:
            if target.figure is figure and target.at >= start:
                return _judged_by_hand(calendar, ran, terms.task, promise, target)
        judged = _judged(calendar, start, ran, terms.task, promise)
        return replace(judged, season=targets.season if figure in targets.changed else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    task: str | None
    promise: Promise | None
    season: Season | None = None
    by_hand: TargetSet | None = None
    allowed: timedelta | None = None
    due: datetime | None = None
    is_breached: bool = False


def _in_force(
    terms: Sequence[Terms], stop: datetime, *, is_over: bool
) -> Iterator[tuple[Terms, datetime]]:
    """Yield the terms until *stop* (at least one), each with when they changed.

    What is over in the same moment as the terms change was done under the old ones.
    """
    for these, those in pairwise(terms):
        if those.at > stop or (is_over and those.at == stop):
            yield these, stop
            return
        yield these, those.at
    yield terms[-1], stop


def _judged(
    calendar: Calendar,
    start: datetime,
    ran: Sequence[Interval],
    task: str | None,
    promise: Promise | None,
) -> _Verdict:
    """Judge *promise*, given at *start*, by the intervals in which its clock *ran*."""
    if promise is None:
        return _Verdict(task=task, promise=None)
    promised = due_by(calendar, start, promise)
    allowed = calendar.elapsed(start, promised)
    due, is_breached = _run_out(calendar, ran, promised, allowed)
    return _Verdict(task=task, promise=promise, allowed=allowed, due=due, is_breached=is_breached)


def _judged_by_hand(
    calendar: Calendar,
    ran: Sequence[Interval],
    task: str | None,
    promise: Promise | None,
    target: TargetSet,
) -> _Verdict:
    """Judge a *target* set by hand: pauses before it was set do not move it, later ones do."""
    before = [(since, min(to, target.at)) for since, to in ran if since < target.at]
    after = [(max(since, target.at), to) for since, to in ran if to > target.at]
    left = calendar.elapsed(target.at, target.due)
    due, is_breached = _run_out(calendar, after, target.due, left)
    return _Verdict(
        task=task,
        promise=promise,
        by_hand=target,
        allowed=sum((calendar.elapsed(*interval) for interval in before), left),
        due=due,
        is_breached=is_breached,
    )


def _run_out(
    calendar: Calendar, ran: Iterable[Interval], promised: datetime, left: timedelta
) -> tuple[datetime, bool]:
    """Return when what is *left* is used up by a clock that *ran* so, and whether it has been.

    Working time left over from one interval is due in the next; the first interval that goes on
    after its due moment has broken the promise. A pause never moves what is due to before where
    it was, even when «by 08:00» left no working time at all.
    """
    due, is_breached = promised, False
    for since, to in ran:
        due = max(promised, calendar.due(since, left) if left else since)
        is_breached = to > due
        if is_breached:
            break
        left -= calendar.elapsed(since, to)
    return due, is_breached
