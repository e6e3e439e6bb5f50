"""The desk as tests open it, the people around it, and what is kept of their tickets."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Self
from uuid import UUID

from sqlalchemy import func, select

from bot.agreements import HALD, AgreementBook, parse_agreement, read_source
from bot.agreements.ready_answers import read_answers
from bot.conversation import Desk, Show
from bot.dispatch import Dispatcher
from bot.domain.events import Event
from bot.domain.people import (
    HOST_ROLES,
    Absence,
    Account,
    Language,
    Person,
    PersonId,
    Place,
    Platform,
)
from bot.domain.tickets import Slot, SlotRole, Ticket
from bot.orders import read_orders
from bot.understanding import learn
from bot.year import read_year
from handlers import TABLE
from storage.database import Database
from storage.models import TicketRow
from tests.pretend_chat import IN_SLACK, TEAM, Pair, PretendChat

MONDAY_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Oslo
# Here answers go out at once. Scenarios of the second pair of eyes take the file as it is.
HALD_WORDS = read_source(HALD).replace("second_eyes = true", "second_eyes = false")
AGREEMENT = parse_agreement(HALD_WORDS, HALD.name)
ORDERS = read_orders(HALD.with_suffix(""), AGREEMENT)
YEAR = read_year(HALD.with_suffix(""), AGREEMENT)
READY = read_answers(HALD.with_suffix(""), AGREEMENT.tasks)


@cache
def understand_hald():
    """Learn once for all tests: what is learnt never changes."""
    return learn(HALD.with_suffix(""), AGREEMENT.tasks)


class Office:
    """People are known by their first name: it is their id, their account and their channel."""

    def __init__(self, database: Database, pair: Pair = IN_SLACK) -> None:
        self.now, self.pair = MONDAY_NINE, pair
        self.chats = {platform: PretendChat(platform) for platform in Platform}
        self.homes: dict[str, Platform] = {}
        self.shown: dict[str, Show] = {}
        self.problems: dict[str, dict[str, str]] = {}
        self._ids = (UUID(int=n) for n in count(1))
        self._events = count(1)
        self.desk = Desk(
            database=database,
            agreements=AgreementBook([AGREEMENT], ORDERS, YEAR, READY),
            understand=understand_hald(),
            clock=lambda: self.now,
            new_id=lambda: next(self._ids),
            senders=self.chats,
            team=Place(pair.team, TEAM),
        )
        self.dispatch = Dispatcher(self.desk, TABLE)
        with database.transaction() as store:
            store.agreements.keep(AGREEMENT, HALD_WORDS, self.now)

    def starts_again(self, agreements: AgreementBook) -> None:
        """Stop and start the program, with these versions of the agreement."""
        self.desk = replace(self.desk, agreements=agreements)
        self.dispatch = Dispatcher(self.desk, TABLE)

    # Who is there

    def opens(self) -> Self:
        """Let HALD's team come to work, and one asker in each municipality."""
        self.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
        self.has("Per", of="alstahaug", roles={"host-team", "contact-donna"})
        self.has(
            "Liv",
            of="alstahaug",
            roles={"host-team", "contact-leirfjord"},
            language=Language.NN,
        )
        self.has("Randi", of="alstahaug", roles={"host-team", "lead", "contact-alstahaug"})
        self.has("Ola", of="heroy")
        self.has("Nils", of="donna")
        self.has("Eli", of="leirfjord", language=Language.NN)
        return self

    def has(
        self,
        name: str,
        *,
        of: str | None = None,
        roles: set[str] | None = None,
        on: Platform | None = None,
        language: Language = Language.NB,
        away: tuple[datetime, datetime] | None = None,
        deputy: str | None = None,
    ) -> None:
        """Let somebody be there, in the chat of their side unless it is told which (*on*)."""
        person = Person(
            id=PersonId(name),
            name=name,
            email=f"{name.lower()}@{of}.example",
            municipality=of,
            roles=frozenset(roles or {"asker"}),
            language=language,
            absences=(Absence(*away, PersonId(deputy) if deputy else None),) if away else (),
        )
        home = on or (self.pair.team if person.roles & HOST_ROLES else self.pair.askers)
        self.meets(name, home)
        with self.desk.database.transaction() as store:
            store.people.introduce(person)
            store.people.link(person.id, Account(home, "T", name), channel=name)

    def meets(self, name: str, on: Platform | None = None) -> None:
        """Let somebody be in the askers' chat, or *on* another, whom the desk does not know."""
        self.homes[name] = on or self.pair.askers
        self.chats[self.homes[name]].channels.add(name)

    def is_also_on(self, name: str, platform: Platform) -> None:
        """Let *name* have an account on *platform* too, if they do not live there."""
        self.chats[platform].channels.add(name)
        with self.desk.database.transaction() as store:
            store.people.link(PersonId(name), Account(platform, "T", name), channel=name)

    # What is kept

    def tickets(self) -> list[Ticket]:
        with self.desk.database.reading() as store:
            start, end = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
            return [ticket for ticket, _ in store.tickets.asked_between(start, end)]

    def newest_number(self) -> str:
        with self.desk.database.reading() as store:
            newest = select(func.max(TicketRow.number))
            return store.tickets._session.scalar(newest) or "none"

    def ticket(self, number: str | None = None) -> Ticket:
        with self.desk.database.reading() as store:
            found = store.tickets.by_number(number or self.newest_number())
        assert found
        return found

    def log(self, number: str | None = None) -> Sequence[Event]:
        with self.desk.database.reading() as store:
            return store.tickets.log(self.ticket(number).id)

    def slot_place(self, number: str | None, role: str) -> Place:
        ticket = self.ticket(number)
        person = ticket.contact if role == "contact" else None
        with self.desk.database.reading() as store:
            place = store.slots.place_of(Slot(ticket.id, SlotRole(role), person))
        assert place, f"{ticket.number} has no card for the {role}"
        return place

    def account(self, name: str, on: Platform | None = None) -> Account:
        return Account(on or self.homes[name], "T", name)

    def chat_of(self, name: str) -> PretendChat:
        return self.chats[self.pair.team if name == TEAM else self.homes[name]]

    def new_key(self) -> str:
        return f"event-{next(self._events)}"
