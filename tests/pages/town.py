"""Four municipalities with a quarter of tickets each, and everybody who may look into them.

What a municipality asks is known by a word of its own, so that a leak is seen at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from fastapi import Request

from bot.agreements import HALD, AgreementBook, read_agreement, read_source
from bot.demo import demo_people
from bot.domain import events
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.events import Event, Via
from bot.domain.people import Language, Person, PersonId, Role
from bot.domain.tickets import Ticket, TicketId
from bot.domain.time_spent import TimeSpent
from bot.orders import read_orders
from storage.database import Database, Store

AGREEMENT: Agreement = read_agreement(HALD)
BOOK = AgreementBook([AGREEMENT], read_orders(HALD.with_suffix(""), AGREEMENT))
TOWNS = tuple(AGREEMENT.municipalities)
FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)  # a Monday, 09:00 in Oslo
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 6, 8, tzinfo=UTC)  # for pages that look at the clock on the wall
PERIOD = {"from": "2025-01-01", "to": "2025-03-31"}
MANY = 13  # tickets of a municipality: together more than a page of a list holds
KARI = PersonId("kari.nordnes")
TASKS = (
    ("vat", Side.HOST),
    ("payments", Side.HOST),
    ("invoicing", Side.PARTNER),
    (None, Side.UNSPECIFIED),
    ("general-support", Side.UNSPECIFIED),
    ("bank-reconciliation", Side.HOST),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AUDITOR = Person(
    id=PersonId("rolf.revisor"),
    name="Rolf Revisor",
    municipality="alstahaug",
    roles=frozenset({Role.AUDITOR}),
)


@dataclass(frozen=True)
class Town:
    """What is in the database. *tickets* by municipality, in the order they were asked."""

    people: dict[PersonId, Person]
    tickets: dict[str, list[Ticket]]

    def of(self, municipality: str, role: str) -> Person:
        """Return somebody of *municipality* with *role*, and few others beside it."""
        there = [person for person in self.people.values() if person.municipality == municipality]
        return min((one for one in there if role in one.roles), key=lambda one: len(one.roles))

    def secrets_of(self, municipality: str) -> Iterator[str]:
        """Yield what nobody of another municipality may read."""
        yield f"hemmelig-{municipality}"
        for ticket in self.tickets[municipality]:
            yield ticket.number
        for person in self.people.values():
            if person.municipality == municipality and not person.is_host_team:
                yield person.name


class Visitors:
    """Who visits is said by a header: a double of the real doors, at the edge of the app."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def of(self, request: Request) -> Person | None:
        who = request.headers.get("x-visitor") or request.cookies.get("visitor", "")
        return self.town.people.get(PersonId(who))

    def csrf(self, request: Request) -> str:
        return "a-form-of-ours"


def settle(database: Database, *, each: int = len(TASKS), first: datetime = FIRST) -> Town:
    """Let everybody move in, and *each* municipality ask so many questions."""
    people = {person.id: person for person in (*demo_people(AGREEMENT), AUDITOR)}
    for language in (Language.NN, Language.EN):
        who = PersonId(f"leder-{language}")
        roles = frozenset({Role.MANAGER})
        people[who] = Person(
            id=who,
            name=f"Leder {language}",
            municipality="alstahaug",
            roles=roles,
            language=language,
        )
    town = Town(people, {name: [] for name in TOWNS})
    with database.transaction() as store:
        store.agreements.keep(AGREEMENT, read_source(HALD), FIRST)
        for person in people.values():
            store.people.introduce(person)
        for number in range(each):
            for place, name in enumerate(TOWNS):
                at = first + number * 6 * DAY + place * HOUR
                ticket = _asked(store, town, name, number, at)
                town.tickets[name].append(ticket)
    return town


def _asked(store: Store, town: Town, name: str, number: int, at: datetime) -> Ticket:
    task, side = TASKS[number % len(TASKS)]
    asker = town.of(name, Role.ASKER)
    question = events.Asked(
        at=at,
        received_at=at,
        by=asker.id,
        message=f"{name}-{number}",
        text=f"Hvordan fører vi hemmelig-{name} nummer {number}? <b>&",
        via=Via.DIRECT,
        task=task,
        side=side,
    )
    ticket = store.tickets.open(
        question,
        ticket_id=TicketId(UUID(int=next(_IDS))),
        prefix=AGREEMENT.prefix,
        year=at.year,
        cooperation=AGREEMENT.id,
        municipality=name,
        agreement=AGREEMENT.digest,
    )
    if ticket.is_with_host:
        for event in _life(name, number, at):
            ticket = store.tickets.record(ticket, event)
    store.figures.keep(ticket, store.tickets.log(ticket.id), AGREEMENT)
    return ticket


def _life(name: str, number: int, at: datetime) -> Iterator[Event]:
    """Yield what happens to a question: answered in time or late, left open, resolved."""
    taken, answered = at + HOUR / 2, at + HOUR * (1 + 3 * (number % 3))
    yield events.Taken(at=taken, received_at=taken, by=KARI)
    yield events.Warned(at=taken, received_at=taken, percent=50)
    yield events.PriorityChanged(at=taken, received_at=taken, by=KARI, priority=Priority.URGENT)
    if number % 4 == 3:
        return
    message = f"answer-{name}-{number}"
    text = f"Slik: hemmelig-{name}."
    yield events.Answered(at=answered, received_at=answered, by=KARI, message=message, text=text)
    if number % 2:
        return
    done = answered + HOUR
    yield events.Resolved(at=done, received_at=done, by=KARI)
    yield TimeSpent(at=done, received_at=done, minutes=15)


_IDS = count(1)
