"""Lives: what becomes of questions, from a seed: asked in opening hours, answered sooner or later.

A life is counted once and lived by several tickets, each with a number and a municipality of its
own, so that a million are soon made. What is counted of it is exactly what its log adds up to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from bot.domain import events
from bot.domain.agreement import Priority, Side
from bot.domain.counted import Counted, with_figures
from bot.domain.events import Event, Reached, Via
from bot.domain.moves import opened, replayed
from bot.domain.people import PersonId
from bot.domain.tally import last_figures, tally_of
from bot.domain.tickets import Ticket, TicketId
from bot.domain.time_spent import CHIPS, TimeSpent
from tests.bench.nineteen import NINETEEN

FIRST, END = date(2024, 1, 1), datetime(2027, 1, 1, tzinfo=UTC)
DAYS = 3 * 365
OLA, KARI = PersonId("Ola"), PersonId("Kari")
MINUTE = timedelta(minutes=1)
TASKS = tuple(NINETEEN.tasks.values())
WEIGHT = {Side.HOST: 16, Side.UNSPECIFIED: 5, Side.PARTNER: 4, Side.EXTERNAL: 3, Side.NONE: 2}


@dataclass(frozen=True, slots=True)
class Life:
    """A ticket that lived it, its log, and what that adds up to."""

    ticket: Ticket
    log: tuple[Event, ...]
    tally: str
    counted: Counted


def lives(seed: int) -> Iterator[Life]:
    """Yield one after the other, spread over three years. The last of them are still open."""
    random = Random(seed)  # noqa: S311 a simulation
    while True:
        yield _counted(_known(tuple(_log(random))))


def _counted(log: tuple[Event, ...]) -> Life:
    asked, *rest = log
    assert isinstance(asked, events.Asked)
    ticket = opened(
        asked,
        ticket_id=TicketId(UUID(int=0)),
        number="",
        cooperation=NINETEEN.id,
        municipality="",
        agreement=NINETEEN.digest,
    )
    ticket, now = replayed(ticket, rest), last_figures(log, NINETEEN)
    return Life(ticket, log, tally_of(now), with_figures(ticket, log, now))


def _known(log: tuple[Event, ...]) -> tuple[Event, ...]:
    """Leave out what would happen after the three years."""
    return tuple(event for event in log if event.received_at < END)


def _log(random: Random) -> Iterator[Event]:
    at = _asked_at(random)
    [task] = random.choices(TASKS, [WEIGHT[task.side] for task in TASKS])
    yield events.Asked(
        at=at,
        received_at=at,
        by=OLA,
        message="asked",
        text="Når er bankavstemmingen for forrige måned klar?",
        via=Via.DIRECT,
        task=task.id,
        side=task.side,
    )
    if task.side not in {Side.HOST, Side.UNSPECIFIED}:
        if random.random() < 0.8:
            return  # referred, and that was that
        at += random.randint(1, 60) * MINUTE
        yield events.NeedsHelp(at=at, received_at=at, by=OLA)
    yield from _worked_on(random, at)


def _worked_on(random: Random, at: datetime) -> Iterator[Event]:
    yield events.Routed(at=at, received_at=at, to=KARI, reached=Reached.CONTACT)
    if random.random() < 0.08:
        yield events.PriorityChanged(at=at, received_at=at, by=OLA, priority=Priority.URGENT)
    at += _some(random, 90)
    yield events.Taken(at=at, received_at=at, by=KARI)
    if random.random() < 0.05:
        yield events.TaskChanged(at=at, received_at=at, by=KARI, task="vat", side=Side.HOST)
    at += _some(random, 60)
    yield events.Answered(at=at, received_at=at, by=KARI, message="answered", text="Innen fredag.")
    if random.random() < 0.3:
        at += _some(random, 60)
        yield events.AskedBack(
            at=at, received_at=at, by=KARI, message="back", text="Hvilket bilag?"
        )
        at += _some(random, 600)
        yield events.AskerWrote(at=at, received_at=at, by=OLA, message="more", text="Bilag 14.")
    at += _some(random, 500)
    if random.random() < 0.02:
        yield events.Withdrawn(at=at, received_at=at, by=OLA)
        return
    yield events.Resolved(at=at, received_at=at, by=KARI)
    yield TimeSpent(at=at, received_at=at, minutes=random.choice(CHIPS))
    if random.random() < 0.04:
        at += _some(random, 900)
        yield events.Reopened(at=at, received_at=at, by=OLA)
        at += _some(random, 300)
        yield events.Resolved(at=at, received_at=at, by=KARI)


def _asked_at(random: Random) -> datetime:
    while True:
        minute = random.randrange(DAYS * 24 * 60)
        at = datetime.combine(FIRST, datetime.min.time(), tzinfo=UTC) + minute * MINUTE
        if NINETEEN.calendar.is_open(at):
            return at + timedelta(microseconds=random.randrange(60_000_000))


def _some(random: Random, minutes: int) -> timedelta:
    """Return about so many minutes; now and then days."""
    return timedelta(seconds=int(60 * minutes * random.lognormvariate(0, 1.2)))
