"""A whole helpdesk for tests: real rules, real database, pretend chats and a clock we wind.

The pretend chats are strict: a card for somebody they do not know fails the test, and so does a
card that the test has not heard of when it ends. So does any card that lets a municipality see
another's ticket.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from uuid import UUID

from bot.agreements import HALD, AgreementBook, read_agreement, read_source
from bot.cards.blocks import Button, Card, Facts, Input, Select
from bot.conversation import (
    Commanded,
    Deleted,
    Desk,
    Edited,
    Inbound,
    Marked,
    NotDelivered,
    Opened,
    Pressed,
    Reacted,
    Said,
    Sent,
    Show,
    Shown,
    Submitted,
)
from bot.dispatch import Dispatcher
from bot.domain.events import Event, Via
from bot.domain.people import Absence, Account, Language, Person, PersonId, Place, Platform, Profile
from bot.domain.tickets import Slot, SlotRole, Ticket
from bot.understanding import learn
from handlers import TABLE
from schedules.auditor import auditor
from schedules.deliver_outbox import deliver_outbox
from schedules.ticket_watch import ticket_watch
from storage.database import Database

MONDAY_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Oslo
AGREEMENT = read_agreement(HALD)
TEAM = "team"
NUMBER = re.compile(r"HALD-\d{4}-\d{4,}")

VAT = "Når må mva-kompensasjonen for 1. termin være sendt?"  # the host's
INVOICE = "Hvordan lager jeg en kreditnota på en faktura vi har sendt?"  # the partner's own
LAPTOP = "PC-en min får ikke kontakt med skriveren"  # HALD-IKT's


@cache
def understand_hald():
    """Learn once for all tests: what is learnt never changes."""
    return learn(HALD.with_suffix(""), AGREEMENT.tasks)


@dataclass
class PretendChat:
    """One platform: who is there, what each channel shows now, and what nobody has heard yet."""

    channels: set[str] = field(default_factory=lambda: {TEAM})
    broken: bool = False
    refuses: dict[str, str] = field(default_factory=dict)  # channels, and why for good
    cards: dict[str, dict[str, Card]] = field(default_factory=lambda: defaultdict(dict))
    threads: dict[str, str | None] = field(default_factory=dict)
    unheard: dict[str, list[Card]] = field(default_factory=lambda: defaultdict(list))
    mistakes: list[str] = field(default_factory=list)  # kept: the post would swallow an error
    _numbers: count = field(default_factory=lambda: count(1))

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        channel = only_to.user if only_to else to.channel
        self._answer(channel)
        if channel not in self.channels:
            self.mistakes.append(f"nobody is in {channel}: {card.title}")
        message = f"m{next(self._numbers)}"
        self.cards[channel][message] = card
        self.threads[message] = to.thread
        self.unheard[channel].append(card)
        return Sent(to.channel, message)

    async def change(self, at: Place, message: str, card: Card) -> None:
        self._answer(at.channel)
        if message not in self.cards[at.channel]:
            self.mistakes.append(f"no message {message} in {at.channel}")
        self.cards[at.channel][message] = card

    def _answer(self, channel: str) -> None:
        if self.broken:
            raise NotDelivered("the chat does not answer")
        if channel in self.refuses:
            raise NotDelivered(self.refuses[channel], final=True)


class Helpdesk:
    """People are known by their first name: it is their id, their account and their channel."""

    def __init__(self, database: Database) -> None:
        self.now = MONDAY_NINE
        self.chats = {platform: PretendChat() for platform in Platform}
        self.homes: dict[str, Platform] = {}
        self.shown: dict[str, Show] = {}
        self.problems: dict[str, dict[str, str]] = {}
        self._ids = (UUID(int=n) for n in count(1))
        self._events = count(1)
        self.desk = Desk(
            database=database,
            agreements=AgreementBook([AGREEMENT]),
            understand=understand_hald(),
            clock=lambda: self.now,
            new_id=lambda: next(self._ids),
            senders=self.chats,
            team=Place(Platform.SLACK, TEAM),
        )
        self.dispatch = Dispatcher(self.desk, TABLE)
        with database.transaction() as store:
            store.agreements.keep(AGREEMENT, read_source(HALD), self.now)

    # Who is there

    def opens(self) -> "Helpdesk":
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
        on: Platform = Platform.SLACK,
        language: Language = Language.NB,
        away: tuple[datetime, datetime] | None = None,
        deputy: str | None = None,
    ) -> None:
        person = Person(
            id=PersonId(name),
            name=name,
            email=f"{name.lower()}@{of}.example",
            municipality=of,
            roles=frozenset(roles or {"asker"}),
            language=language,
            absences=(Absence(*away, PersonId(deputy) if deputy else None),) if away else (),
        )
        self.homes[name] = on
        self.chats[on].channels.add(name)
        with self.desk.database.transaction() as store:
            store.people.introduce(person)
            store.people.link(person.id, Account(on, "T", name), channel=name)

    def meets(self, name: str, on: Platform = Platform.SLACK) -> None:
        """Let somebody be in the chat whom the desk does not know."""
        self.homes[name] = on
        self.chats[on].channels.add(name)

    # What they do

    def asks(self, name: str, text: str, *, profile: Profile | None = None) -> str:
        """Write to the bot directly; return the number of the newest ticket."""
        message = self.new_key()
        self.says(name, text, message=message, thread=message, profile=profile)
        return self.newest_number()

    def says(
        self,
        name: str,
        text: str,
        *,
        channel: str | None = None,
        thread: str | None = None,
        message: str | None = None,
        to_us: bool = True,
        at: datetime | None = None,
        profile: Profile | None = None,
    ) -> None:
        message = message or self.new_key()
        place = Place(self.homes[name], channel or name, thread or message)
        self.happens(
            Said(
                key=message,
                account=self.account(name),
                at=at or self.now,
                profile=profile,
                place=place,
                message=message,
                text=text,
                to_us=to_us,
                is_direct=channel is None,
            )
        )

    def replies(
        self, name: str, text: str, *, number: str | None = None, below: str = "asker"
    ) -> str:
        """Write in the thread below a standing card; return the key of the message."""
        place = self.slot_place(number, below)
        message = self.new_key()
        self.happens(
            Said(
                key=message,
                account=self.account(name),
                at=self.now,
                place=place,
                message=message,
                text=text,
                to_us=place.channel == name,
                is_direct=place.channel == name,
            )
        )
        return message

    def commands(self, name: str, command: str, text: str = "") -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Commanded(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                command=command,
                text=text,
                trigger="t",
            ),
            who=name,
        )

    def marks(
        self, name: str, author: str, text: str | None, *, written: datetime | None = None, **more
    ) -> None:
        """Put the ticket emoji on what *author* wrote in a channel."""
        message = more.get("message") or self.new_key()
        self.happens(
            Marked(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=Place(self.homes[name], more.get("channel", "C-all"), message),
                message=message,
                message_at=written or self.now,
                author=self.account(author),
                author_profile=more.get("author_profile"),
                text=text,
                via=Via.REACTION,
            )
        )

    def reacts(self, name: str, emoji: str, *, number: str | None = None) -> None:
        place = self.slot_place(number, "asker")
        self.happens(
            Reacted(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                message="some message",
                emoji=emoji,
            )
        )

    def edits(self, name: str, message: str, text: str) -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Edited(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                message=message,
                text=text,
            )
        )

    def deletes(self, name: str, message: str) -> None:
        place = Place(self.homes[name], name)
        self.happens(
            Deleted(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=place,
                message=message,
            )
        )

    def presses(self, name: str, action: str, *, on: str | None = None, task: str = "") -> None:
        """Press a button that *name* sees now, on their own cards or else on the team's."""
        self.press(name, self.button(name, action, on=on, task=task), channel=on)

    def press(self, name: str, button: Button, *, channel: str | None = None) -> None:
        self.happens(self.pressed(name, button, channel=channel), who=name)

    def pressed(self, name: str, button: Button, *, channel: str | None = None) -> Pressed:
        return Pressed(
            key=self.new_key(),
            account=self.account(name),
            at=self.now,
            place=Place(self.homes[name], channel or name),
            action=button.action,
            value=button.value,
            trigger="t",
        )

    def fills_in(self, name: str, **fields: str) -> None:
        """Send in the form that *name* has before them."""
        form = self.shown[name].card
        [send] = form.buttons()
        known = {block.name for block in form.body if isinstance(block, Input | Select)}
        assert set(fields) <= known, f"the form has only {known}"
        self.happens(
            Submitted(
                key=self.new_key(),
                account=self.account(name),
                at=self.now,
                place=Place(self.homes[name], name),
                action=send.action,
                value=send.value,
                fields=fields,
            ),
            who=name,
        )

    def answers(self, name: str, text: str) -> None:
        """Answer with the button on the team's card."""
        self.presses(name, "ticket.answer", on=TEAM)
        self.fills_in(name, text=text)

    def opens_page(self, name: str) -> Card:
        place = Place(self.homes[name], name)
        opened = Opened(key=self.new_key(), account=self.account(name), at=self.now, place=place)
        self.happens(opened, who=name)
        return self.shown[name].card

    def passes(self, time: timedelta) -> None:
        """Let *time* pass, and do what then happens by itself."""
        self.now += time
        ticket_watch(self.desk)
        auditor(self.desk)
        self.delivers()

    def delivers(self) -> None:
        asyncio.run(deliver_outbox(self.desk))

    def happens(self, event: Inbound, who: str | None = None) -> Shown:
        shown = self.dispatch(event)
        if who:
            self.problems[who] = dict(shown.errors)
        if who and shown.cards:
            self.shown[who] = shown.cards[-1]
        self.delivers()
        self.nobody_sees_anothers()
        return shown

    # What they see

    def hears(self, name: str) -> list[str]:
        """Return the titles of what has come to *name*, or to the team, since last asked."""
        cards = self.chat_of(name).unheard.pop(name, [])
        return [card.title for card in cards]

    def reads(self, name: str) -> list[str]:
        """Return everything that has come, as whole lines, since last asked."""
        return [card.plain() for card in self.chat_of(name).unheard.pop(name, [])]

    def cards_heard(self, name: str) -> list[Card]:
        """Return the cards that have come, since last asked."""
        return self.chat_of(name).unheard.pop(name, [])

    def card(self, name: str, number: str | None = None) -> Card:
        """Return the standing card that *name*, or the team, sees of a ticket, as it is now."""
        number = number or self.newest_number()
        cards = [c for c in self.chat_of(name).cards[name].values() if number in c.title]
        assert cards, f"{name} has no card of {number}"
        return cards[0]

    def facts(self, name: str, number: str | None = None) -> dict[str, str]:
        blocks = [b for b in self.card(name, number).body if isinstance(b, Facts)]
        return {fact.name: fact.value for block in blocks for fact in block.facts}

    def button(self, name: str, action: str, *, on: str | None = None, task: str = "") -> Button:
        channel = on or name
        found = [
            button
            for card in self.chat_of(channel).cards[channel].values()
            for button in card.buttons()
            if button.action == action and button.value.endswith(task)
        ]
        assert found, f"{name} sees no button {action} in {channel}"
        return found[-1]

    def actions(self, name: str) -> list[str]:
        return [button.action for button in self.card(name).buttons()]

    def forgets(self) -> None:
        """Let everything that has come so far count as heard."""
        for chat in self.chats.values():
            chat.unheard.clear()

    def nobody_heard_more(self) -> None:
        """Fail when a card came that the test did not expect."""
        unheard = {
            name: [card.title for card in cards]
            for chat in self.chats.values()
            for name, cards in chat.unheard.items()
            if cards
        }
        assert unheard == {}, "cards that nobody expected"
        assert [chat.mistakes for chat in self.chats.values() if chat.mistakes] == []

    def nobody_sees_anothers(self) -> None:
        """Fail when a partner's person has a card of another municipality's ticket."""
        owners = {ticket.number: ticket.municipality for ticket in self.tickets()}
        for chat in self.chats.values():
            for name, cards in list(chat.cards.items()):
                person = self._person(name)
                if name == TEAM or (person and _sees_all(person)):
                    continue
                seen = {n for c in cards.values() for n in NUMBER.findall(c.model_dump_json())}
                own = person.municipality if person else None
                assert {owners[number] for number in seen} <= {own}, f"{name} sees too much"

    def _person(self, name: str) -> Person | None:
        if name == TEAM:
            return None
        with self.desk.database.reading() as store:
            return store.people.by_account(self.account(name))

    # What is kept

    def tickets(self) -> list[Ticket]:
        with self.desk.database.reading() as store:
            start, end = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
            return [ticket for ticket, _ in store.tickets.asked_between(start, end)]

    def newest_number(self) -> str:
        return max((ticket.number for ticket in self.tickets()), default="none")

    def ticket(self, number: str | None = None) -> Ticket:
        number = number or self.newest_number()
        return next(ticket for ticket in self.tickets() if ticket.number == number)

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

    def account(self, name: str) -> Account:
        return Account(self.homes[name], "T", name)

    def chat_of(self, name: str) -> PretendChat:
        return self.chats[Platform.SLACK if name == TEAM else self.homes[name]]

    def new_key(self) -> str:
        return f"event-{next(self._events)}"


def _sees_all(person: Person) -> bool:
    """The host's team sees every municipality's tickets, and so does the host's own manager."""
    return person.is_host_team or (person.is_manager and person.municipality == AGREEMENT.host)
