"""What a ticket's log says about time: when its clock ran, when it stood still, and for whom.

No target is known here. Settled here, where SLA rules leave a choice:

- A message that never arrived, or was deleted within a minute, was never written.
- The clock starts at the question when the task is the host's own, unspecified, or unknown; for a
  referral it starts at «I still need help», or at the question if it proves to be the host's.
- A clock that ended because the task was the partner's runs on as if nothing had happened when the
  task comes back, and starts afresh when the asker still needs help.
- Only the asker's message or edit, going on, or resolving ends a wait for the asker. An ordinary
  answer does not: the question stands. Nor does «takk», which is no reply.
- Only going on, resolving, or a question to the asker ends a wait for a third party.
- Resolving without a word is no answer: the first response is still owed. It does end a next
  response, and what is written on a resolved ticket asks for one only if the ticket is reopened.
- A target set by hand holds for what runs when it is set, whatever the task and priority become.
- A ticket that took over another runs from the older question. If that had been answered, the
  younger one waits for a next response; if not, what was said to the younger asker is no answer.
- A question that an earlier answer solved stands still, the first response too; reopened, it goes
  on with the time it had left.
- A message that became a ticket of its own waits for nothing here; a wait that it ended is ended.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.agreement import Priority, Side
from bot.domain.deflection import Deflected
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Chosen,
    Deleted,
    Edited,
    Event,
    NeedsHelp,
    NotDelivered,
    PriorityChanged,
    Reopened,
    Resolved,
    TargetSet,
    TaskChanged,
    WaitsForThirdParty,
    WentOn,
    Withdrawn,
)
from bot.domain.joining import MergedInto, SplitOff, TookOver
from bot.domain.people import PersonId

SECOND_THOUGHTS = timedelta(seconds=60)
OURS = frozenset({Side.HOST, Side.UNSPECIFIED})


class Why(StrEnum):
    """Why the resolution clock stands still; after DEFLECTED, every clock."""

    WAITS_FOR_ASKER = "waits_for_asker"
    WAITS_FOR_THIRD_PARTY = "waits_for_third_party"
    RESOLVED = "resolved"
    DEFLECTED = "deflected"  # an earlier answer solved it


OVER = frozenset({Why.RESOLVED, Why.DEFLECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Time that does not count for resolution. *end* is None while it lasts."""

    start: datetime
    end: datetime | None = None
    why: Why
    by: PersonId | None
    party: str | None = None  # the third party waited for


@dataclass(frozen=True, slots=True)
class Terms:
    """What the targets hang on, from *at* on."""

    at: datetime
    task: str | None
    priority: Priority
    by_hand: tuple[TargetSet, ...] = ()  # the latest for each figure


@dataclass(frozen=True, slots=True)
class Exchange:
    """From the asker's first unanswered message to the answer, or None while there is none."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A ticket's log as moments (all UTC). *pauses* follow each other and do not overlap."""

    started_at: datetime | None
    ended_at: datetime | None  # withdrawn, merged away, or found to be the partner's
    was_chosen_away: bool  # it ended because the asker chose a task that is not the host's
    terms: tuple[Terms, ...]
    answered_at: datetime | None
    exchanges: tuple[Exchange, ...]
    pauses: tuple[Pause, ...]

    @property
    def first_resolved_at(self) -> datetime | None:
        return next((pause.start for pause in self.pauses if pause.why is Why.RESOLVED), None)

    @property
    def resolved_at(self) -> datetime | None:
        """When it was resolved, if it still is."""
        last = self.pauses[-1] if self.pauses else None
        return last.start if last and last.end is None and last.why in OVER else None


def timeline(log: Sequence[Event]) -> Timeline:
    """Return what *log* says, in the order in which it happened, whatever order it was heard in."""
    asked = next(event for event in log if isinstance(event, Asked))
    events = sorted(_that_count(log), key=lambda event: event.at)
    clock = _clock(asked, events)
    lived = [event for event in events if clock.covers(event.at)]
    own = {event.message for event in events if isinstance(event, Asked | AskerWrote)}
    answered_at, exchanges = _talk(lived, clock.own_start or clock.start or asked.at)
    return Timeline(
        started_at=clock.start,
        ended_at=clock.end,
        was_chosen_away=clock.was_chosen_away,
        terms=tuple(_terms(asked, events)),
        answered_at=answered_at,
        exchanges=exchanges,
        pauses=_pauses(lived, own),
    )


def _that_count(log: Sequence[Event]) -> Iterator[Event]:
    """Leave out messages that never arrived, or were taken back at once, and the bot's own."""
    refused = {event.message for event in log if isinstance(event, NotDelivered)}
    deleted = {event.message: event.at for event in reversed(log) if isinstance(event, Deleted)}
    for event in log:
        if isinstance(event, Answered | AskedBack | AskerWrote):
            gone_at = deleted.get(event.message)
            is_taken_back = gone_at is not None and gone_at - event.at <= SECOND_THOUGHTS
            is_the_bots = event.by is None and not isinstance(event, AskerWrote)
            if is_taken_back or is_the_bots or event.message in refused:
                continue
        yield event


@dataclass(frozen=True, slots=True)
class _Clock:
    start: datetime | None
    end: datetime | None = None
    was_chosen_away: bool = False
    own_start: datetime | None = None  # before it took over an older one

    def covers(self, moment: datetime) -> bool:
        if self.start is None:
            return False
        return self.start <= moment and (self.end is None or moment <= self.end)


def _clock(asked: Asked, events: Iterable[Event]) -> _Clock:
    clock = _Clock(asked.at if asked.side in OURS or asked.choices else None)
    for event in events:
        match event:
            case Withdrawn() | MergedInto():
                return replace(clock, end=clock.end or event.at)
            case TookOver() if clock.start:
                start = min(clock.start, event.started_at)
                clock = replace(clock, start=start, own_start=clock.own_start or clock.start)
            case NeedsHelp() if clock.start is None or clock.end:
                clock = _Clock(event.at)
            case Chosen() | TaskChanged() if event.side in OURS:
                clock = _Clock(clock.start or asked.at)
            case Chosen() | TaskChanged() if clock.start and not clock.end:
                clock = _Clock(clock.start, event.at, isinstance(event, Chosen))
    return clock


def _terms(asked: Asked, events: Iterable[Event]) -> Iterator[Terms]:
    terms = Terms(asked.at, asked.task, Priority.NORMAL)
    yield terms
    for event in events:
        match event:
            case Chosen() | TaskChanged():
                terms = replace(terms, at=event.at, task=event.task)
                yield terms
            case PriorityChanged():
                terms = replace(terms, at=event.at, priority=event.priority)
                yield terms
            case TargetSet():
                others = (target for target in terms.by_hand if target.figure != event.figure)
                terms = replace(terms, at=event.at, by_hand=(*others, event))
                yield terms


def _talk(
    events: Sequence[Event], asked_at: datetime
) -> tuple[datetime | None, tuple[Exchange, ...]]:
    """Return the first answer, and every exchange after it; the last may lack its answer."""
    answered_at, waiting_since, is_resolved = None, None, False
    exchanges: list[Exchange] = []
    for event in _that_ask(events):
        match event:
            case TookOver():
                answered_at, more = _of_both(event, answered_at, asked_at)
                waiting_since = _earliest(waiting_since, more)
                asked_at = min(asked_at, event.started_at)
            case Answered() | AskedBack() | Resolved():
                if waiting_since and not is_resolved:
                    exchanges.append(Exchange(waiting_since, event.at))
                waiting_since, is_word = None, not isinstance(event, Resolved)
                answered_at = answered_at or (event.at if is_word else None)
                is_resolved = is_resolved or not is_word
            case AskerWrote() if answered_at:
                waiting_since = waiting_since or event.at
            case Reopened():
                waiting_since, is_resolved = waiting_since and event.at, False
    if waiting_since and not is_resolved:
        exchanges.append(Exchange(waiting_since, None))
    return answered_at, tuple(exchanges)


def _that_ask(events: Sequence[Event]) -> Iterator[Event]:
    """Leave out what the asker wrote and waits for no answer to: thanks, and what was split off."""
    moved = {event.message for event in events if isinstance(event, SplitOff)}
    for event in events:
        match event:
            case AskerWrote(message=message, is_thanks=is_thanks) if is_thanks or message in moved:
                continue
        yield event


def _of_both(
    other: TookOver, answered_at: datetime | None, asked_at: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the older question's first answer, and since when the younger asker waits now."""
    if other.started_at < asked_at:
        waits = other.waits_since if answered_at else min(other.waits_since or asked_at, asked_at)
        return other.answered_at, waits if other.answered_at else None
    return answered_at, (other.waits_since if answered_at else None)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


def _pauses(events: Iterable[Event], own: set[str]) -> tuple[Pause, ...]:
    """Return the pauses in order. *own* are the asker's own messages: editing one is a reply."""
    pauses: list[Pause] = []
    current: Pause | None = None
    for event in events:
        following = _after(event, current, own)
        if following is current:
            continue
        if current:
            pauses.append(replace(current, end=event.at))
        current = following
    return (*pauses, current) if current else tuple(pauses)


def _after(event: Event, current: Pause | None, own: set[str]) -> Pause | None:
    why = current.why if current else None
    if why in OVER:
        return None if isinstance(event, Reopened) else current
    pause = _pause_of(event)
    if pause:
        return current if pause.why is why else pause
    if why is Why.WAITS_FOR_ASKER and _is_reply(event, own):
        return None
    return None if isinstance(event, WentOn) else current


def _is_reply(event: Event, own: set[str]) -> bool:
    match event:
        case AskerWrote():
            return not event.is_thanks
        case Edited():
            return event.message in own
    return False


def _pause_of(event: Event) -> Pause | None:
    match event:
        case AskedBack():
            return Pause(start=event.at, why=Why.WAITS_FOR_ASKER, by=event.by)
        case WaitsForThirdParty():
            why = Why.WAITS_FOR_THIRD_PARTY
            return Pause(start=event.at, why=why, by=event.by, party=event.party)
        case Resolved():
            return Pause(start=event.at, why=Why.RESOLVED, by=event.by)
        case Deflected():
            return Pause(start=event.at, why=Why.DEFLECTED, by=event.by)
    return None
