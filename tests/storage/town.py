"""A small town for tests of the memory: an asker, a contact, an agreement, and one question."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from bot.agreements import HALD, read_agreement, read_source
from bot.domain import events
from bot.domain.agreement import Side
from bot.domain.events import Via
from bot.domain.people import Person, PersonId, Place, Platform, Role
from bot.domain.tickets import Slot, SlotRole, Ticket, TicketId
from storage.database import Database, Store

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)  # a Monday, 09:00 in Oslo
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
OLA, KARI, PER = PersonId("ola"), PersonId("kari"), PersonId("per")
OLAS_OWN = Place(Platform.SLACK, "D-OLA")
KARIS_OWN = Place(Platform.SLACK, "D-KARI")
TEAM = Place(Platform.SLACK, "C-TEAM")
AGREEMENT = read_agreement(HALD)
_ids = count(1)


def settle(database: Database) -> None:
    """Let *database* know the town's people and its agreement."""
    with database.transaction() as store:
        store.agreements.keep(AGREEMENT, read_source(HALD), NOW)
        store.people.introduce(Person(id=OLA, name="Ola", municipality="heroy"))
        for who in (KARI, PER):
            roles = frozenset({Role.HOST_TEAM})
            name = who.capitalize()
            store.people.introduce(Person(id=who, name=name, municipality="alstahaug", roles=roles))


def ask(
    store: Store,
    text: str = "Når kommer bankavstemmingen?",
    *,
    at: datetime = NOW,
    message: str | None = None,
    year: int = 2026,
    by: PersonId = OLA,
) -> Ticket:
    """Open a ticket; every question is a message of its own unless *message* is told."""
    number = next(_ids)
    asked = events.Asked(
        at=at,
        received_at=at,
        by=by,
        message=message or f"message-{number}",
        text=text,
        via=Via.DIRECT,
        task=None,
        side=Side.UNSPECIFIED,
    )
    return store.tickets.open(
        asked,
        ticket_id=TicketId(UUID(int=number)),
        prefix="HALD",
        year=year,
        cooperation="hald",
        municipality="heroy",
        agreement=AGREEMENT.digest,
    )


def asked(database: Database) -> Ticket:
    """Open a ticket, committed."""
    with database.transaction() as store:
        return ask(store)


def answered(text: str, message: str = "answer-1", by: PersonId = KARI) -> events.Answered:
    at = NOW + MINUTE
    return events.Answered(at=at, received_at=at, by=by, message=message, text=text)


def taken(by: PersonId = KARI) -> events.Taken:
    return events.Taken(at=NOW + SECOND, received_at=NOW + SECOND, by=by)


def slot_of(ticket: Ticket, role: SlotRole = SlotRole.ASKER) -> Slot:
    return Slot(ticket.id, role, KARI if role is SlotRole.CONTACT else None)
