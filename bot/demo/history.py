"""The demo's past: some weeks of fictional questions, so that figures and pages have something to
show. What began is finished: nobody is warned of anything that never was.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from bot.case import Stamp
from bot.domain.agreement import Agreement
from bot.domain.events import (
    Answered,
    Asked,
    AskedBack,
    AskerWrote,
    Event,
    NeedsHelp,
    Reopened,
    Resolved,
    Routed,
    Taken,
    Via,
)
from bot.domain.people import Person, PersonId, Role
from bot.domain.routing import route
from bot.domain.tickets import HOSTS, TicketId
from storage.database import Store

QUESTIONS = Path(__file__).with_name("past.csv")
WEEKS, A_WEEK = 13, 4  # how far back it goes, and how many ask
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OPEN_MINUTES = 400  # of a working day, in which people ask
WHILE, LONG = timedelta(hours=2), timedelta(hours=6)  # working time, at the most
NEEDS_HELP, ASKS_BACK, COMES_BACK = 0.5, 0.25, 0.08
WHICH_ONE, THIS_ONE = "Hvilket nummer gjelder det?", "Det står på bilaget jeg la ved."
WE_HELP = "Dette har dere ansvar for selv, men jeg viser deg gjerne hvordan."


@dataclass(frozen=True, slots=True)
class _Past:
    """One question: the *number*-th, what was asked and answered, and when (UTC) it was asked."""

    number: int
    asker: Person
    task: str
    text: str
    answer: str
    at: datetime


@dataclass(slots=True)
class _Life:
    """What became of one question: each thing is told after the one before it."""

    past: _Past
    agreement: Agreement
    directory: Mapping[PersonId, Person]
    chance: Random
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.past.at

    def events(self) -> Iterator[Event]:
        side = self.agreement.side_of(self.past.task)
        asked = Asked(
            **self._by(self.past.asker.id),
            message=self._message("asked"),
            text=self.past.text,
            via=Via.DIRECT,
            task=self.past.task,
            side=side,
        )
        yield asked
        if side not in HOSTS:
            if self.chance.random() < NEEDS_HELP:
                yield NeedsHelp(**self._later(WHILE))
                yield from self._helped()
            return
        yield from self._helped()

    def _helped(self) -> Iterator[Event]:
        municipality = str(self.past.asker.municipality)
        found = route(
            self.agreement, self.past.task, municipality, self.directory, load={}, now=self.now
        )
        yield Routed(**self._by(None), to=found.to, reached=found.reached, skipped=found.skipped)
        yield Taken(**self._later(WHILE, found.to))
        if self.chance.random() < ASKS_BACK:
            yield AskedBack(
                **self._later(WHILE, found.to), message=self._message("back"), text=WHICH_ONE
            )
            yield AskerWrote(**self._later(LONG), message=self._message("reply"), text=THIS_ONE)
        answer = self.past.answer or WE_HELP
        yield Answered(**self._later(LONG, found.to), message=self._message("answer"), text=answer)
        yield Resolved(**self._later(LONG, found.to))
        if self.chance.random() < COMES_BACK:
            yield Reopened(**self._later(WHILE))
            yield Resolved(**self._later(LONG, found.to))

    def _later(self, most: timedelta, by: PersonId | None = None) -> Stamp:
        """Return the stamp of what is done after some working time, rarely near *most*."""
        work = most * self.chance.random() ** 3 + MINUTE
        self.now = self.agreement.calendar.due(self.now, work)
        return self._by(by or self.past.asker.id)

    def _by(self, who: PersonId | None) -> Stamp:
        return {"at": self.now, "received_at": self.now, "by": who}

    def _message(self, name: str) -> str:
        return f"demo:{self.past.number}:{name}"


def live_through(
    store: Store, agreement: Agreement, now: datetime, new_id: Callable[[], UUID]
) -> None:
    """Put the weeks before *now* into the store, unless it has tickets."""
    if store.tickets.count():
        return
    chance, directory = Random(WEEKS), store.people.directory()  # noqa: S311 - a story
    for past in _asked(agreement, directory.values(), now, chance):
        events = list(_Life(past, agreement, directory, chance).events())
        if events[-1].at < now - DAY:
            _put_down(past, events, store, agreement, TicketId(new_id()))


def _put_down(
    past: _Past, events: Sequence[Event], store: Store, agreement: Agreement, ticket_id: TicketId
) -> None:
    asked, *rest = events
    if not isinstance(asked, Asked):
        raise TypeError(asked.kind)
    ticket = store.tickets.open(
        asked,
        ticket_id=ticket_id,
        prefix=agreement.prefix,
        year=agreement.calendar.local_date(asked.at).year,
        cooperation=agreement.id,
        municipality=str(past.asker.municipality),
        agreement=agreement.digest,
    )
    for event in rest:
        ticket = store.tickets.record(ticket, event)
    store.figures.keep(ticket, events, agreement)


def _asked(
    agreement: Agreement, people: Iterable[Person], now: datetime, chance: Random
) -> Iterator[_Past]:
    """Yield who asked what, the oldest first."""
    askers = [p for p in people if p.municipality and p.roles == {Role.ASKER}]
    questions, today = _questions(), agreement.calendar.local_date(now)
    days = [today - DAY * back for back in range(WEEKS * 7, 1, -1)]
    working = [day for day in days if agreement.calendar.is_working_day(day)]
    chosen = sorted(chance.choice(working) for _ in range(WEEKS * A_WEEK))
    for number, day in enumerate(chosen, 1):
        midnight = datetime.combine(day, time(), agreement.calendar.zone)
        at = agreement.calendar.opens_after(midnight) + chance.randrange(OPEN_MINUTES) * MINUTE
        task, text, answer = chance.choice(questions)
        yield _Past(number, chance.choice(askers), task, text, answer, at)


def _questions() -> Sequence[tuple[str, str, str]]:
    _, *lines = QUESTIONS.read_text("utf-8").splitlines()  # after the word on what it is
    rows = csv.DictReader(lines, delimiter=";")
    return [(row["task"], row["question"], row["answer"]) for row in rows]
