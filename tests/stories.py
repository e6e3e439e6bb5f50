"""Tickets with a history, told in a line: who asked, of what, and what happened how much later."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from bot.agreements import HALD, read_agreement, read_source
from bot.domain import events
from bot.domain.agreement import Agreement, Side
from bot.domain.events import Event, Via
from bot.domain.moves import opened, replayed
from bot.domain.people import Person, PersonId
from bot.domain.sla import Figures, figures
from bot.domain.tickets import Ticket, TicketId
from storage.database import Store

AGREEMENT: Agreement = read_agreement(HALD)
MONDAY_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Oslo; open until 15:45
ASKER = PersonId("kari-the-asker")
CONTACT = PersonId("ola-the-contact")

Happening = Callable[[datetime], Event]


@dataclass(frozen=True, kw_only=True)
class Story:
    """A question about *task*, and what happened to it so many minutes after it was asked."""

    municipality: str = "heroy"
    asker: PersonId = ASKER
    asked_at: datetime = MONDAY_NINE
    task: str | None = "vat"
    side: Side = Side.HOST
    then: tuple[tuple[float, Happening], ...] = ()
    cooperation: str = AGREEMENT.id
    id: UUID = field(default_factory=uuid4)

    def log(self) -> tuple[Event, ...]:
        rest = (happens(self.asked_at + timedelta(minutes=m)) for m, happens in self.then)
        return (self._asked(), *rest)

    def ticket(self) -> Ticket:
        asked, *rest = self.log()
        assert isinstance(asked, events.Asked)
        ticket = opened(
            asked,
            ticket_id=TicketId(self.id),
            number="HALD-2026-0001",
            cooperation=self.cooperation,
            municipality=self.municipality,
            agreement=AGREEMENT.digest,
        )
        return replayed(ticket, rest)

    def case(self, now: datetime) -> tuple[Ticket, Figures]:
        return self.ticket(), figures(self.log(), AGREEMENT, now)

    def is_stored(self, store: Store) -> None:
        """Keep it in *store*, with the people in it and the version it was asked under."""
        store.agreements.keep(AGREEMENT, read_source(HALD), self.asked_at)
        for who in (self.asker, CONTACT):
            store.people.introduce(Person(id=who, name=who.title()))
        asked, *rest = self.log()
        assert isinstance(asked, events.Asked)
        ticket = store.tickets.open(
            asked,
            ticket_id=TicketId(self.id),
            prefix="HALD",
            year=self.asked_at.year,
            cooperation=self.cooperation,
            municipality=self.municipality,
            agreement=AGREEMENT.digest,
        )
        for event in rest:
            ticket = store.tickets.record(ticket, event)
        store.figures.keep(ticket, store.tickets.log(ticket.id), AGREEMENT)

    def _asked(self) -> events.Asked:
        return events.Asked(
            at=self.asked_at,
            received_at=self.asked_at,
            by=self.asker,
            message=f"asked-{self.id}",
            text="Hvordan fører vi dette?",
            via=Via.DIRECT,
            task=self.task,
            side=self.side,
        )


def answered(at: datetime) -> Event:
    return events.Answered(at=at, received_at=at, by=CONTACT, message=str(uuid4()), text="Slik.")


def asked_back(at: datetime) -> Event:
    return events.AskedBack(at=at, received_at=at, by=CONTACT, message=str(uuid4()), text="Hva?")


def replied(at: datetime) -> Event:
    return events.AskerWrote(at=at, received_at=at, by=ASKER, message=str(uuid4()), text="Dette.")


def resolved(at: datetime) -> Event:
    return events.Resolved(at=at, received_at=at, by=CONTACT)


def withdrawn(at: datetime) -> Event:
    return events.Withdrawn(at=at, received_at=at, by=ASKER)


def needs_help(at: datetime) -> Event:
    return events.NeedsHelp(at=at, received_at=at, by=ASKER)


def proved_to_be_own(at: datetime) -> Event:
    return events.TaskChanged(
        at=at, received_at=at, by=CONTACT, task="invoicing", side=Side.PARTNER
    )
