"""A ticket's log in words, as far as its reader may see it.

What the host's team keeps to itself (links, reviews, warnings, minutes) is for the team and for an
auditor alone. Another ticket's number is shown to them alone too: it may be another municipality's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain import events
from bot.domain.agreement import Agreement
from bot.domain.events import Event
from bot.domain.joining import Linked, MergedInto, SplitOff, TookOver
from bot.domain.people import Person, PersonId
from bot.domain.review import Approved, ReviewAsked, SentBack
from bot.domain.time_spent import TimeSpent
from bot.texts import Texts

TEAMS_OWN = Linked | TookOver | ReviewAsked | SentBack | Approved | TimeSpent | events.Warned
WRITTEN = events.Asked | events.Answered | events.AskedBack | events.AskerWrote
JOINED = SplitOff | MergedInto


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened at *at* (UTC), in words. *quote* is what somebody wrote, as it reads now."""

    at: datetime
    words: str
    quote: str | None = None
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, and in which language. *is_host*: of the team, or an auditor."""

    is_host: bool
    people: Mapping[PersonId, Person]
    agreement: Agreement
    say: Texts


def entries(log: Sequence[Event], reader: Reader) -> Iterator[Entry]:
    """Yield the log as *reader* may see it, in order."""
    texts, lost = _as_they_read_now(log), _never_arrived(log)
    for event in log:
        is_own = isinstance(event, TEAMS_OWN)
        if is_own and not reader.is_host:
            continue
        quote = None
        if isinstance(event, WRITTEN):
            is_hidden = event.message in lost and not reader.is_host
            quote = None if is_hidden else texts.get(event.message)
        yield Entry(event.at, _words(event, reader), quote, is_own)


def _as_they_read_now(log: Sequence[Event]) -> Mapping[str, str | None]:
    """Return every message's words as its writer left them; None of what they took back."""
    texts: dict[str, str | None] = {}
    for event in log:
        if isinstance(event, WRITTEN | events.Edited):
            texts[event.message] = event.text
        elif isinstance(event, events.Deleted):
            texts[event.message] = None
    return texts


def _never_arrived(log: Sequence[Event]) -> set[str]:
    return {event.message for event in log if isinstance(event, events.NotDelivered)}


def _words(event: Event, reader: Reader) -> str:
    key = f"ticket_log.{event.kind}"
    if isinstance(event, JOINED) and not reader.is_host:
        key = f"{key}_elsewhere"
    return reader.say(key, name=_name(event.by, reader), **_values(event, reader))


def _values(event: Event, reader: Reader) -> dict[str, Any]:
    """Return what fills the gaps of *event*'s words, beside who did it."""
    say, agreement = reader.say, reader.agreement
    match event:
        case events.Routed() | events.HandedOver():
            return {"to": _name(event.to, reader) if event.to else say("ticket_log.nobody")}
        case events.TaskChanged() | events.Chosen():
            task = agreement.tasks.get(event.task or "")
            return {"task": task.name if task else say("report.no_task")}
        case events.WaitsForThirdParty():
            party = agreement.third_parties.get(event.party)
            return {"party": party.name if party else event.party}
        case Linked() | SplitOff() | MergedInto() | TookOver():
            return {"number": event.number}
        case _:
            return _promised(event, say)


def _promised(event: Event, say: Texts) -> dict[str, Any]:
    """Return what fills the gaps of words about deadlines and time."""
    match event:
        case events.PriorityChanged():
            return {"priority": say(f"priority.{event.priority}")}
        case events.TargetSet():
            moment = say.moment(event.due)
            figure = say(f"why.{event.figure}")
            return {"figure": figure, "moment": moment, "reason": event.reason}
        case events.Warned():
            return {"figure": say(f"why.{event.figure}"), "percent": event.percent}
        case TimeSpent():
            return {"length": say.duration(timedelta(minutes=event.minutes))}
        case _:
            return {}


def _name(who: PersonId | None, reader: Reader) -> str:
    if who is None:
        return reader.say("page.bot")
    person = reader.people.get(who)
    return person.name if person else reader.say("why.somebody")
