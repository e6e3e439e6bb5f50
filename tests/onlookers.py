"""What people see in the pretend chats, and what nobody may see there."""

import re
from collections import defaultdict

from bot.cards.blocks import Button, Card, Facts
from bot.domain.people import Person, Platform
from storage.database import Database, Store
from tests.office import AGREEMENT, Office
from tests.pretend_chat import TEAM, Pair

PRIVATE = "zqx7"  # stands in words that nobody but the host's team may read
NUMBER = re.compile(r"HALD-\d{4}-\d{4,}")


class Onlookers(Office):
    """An office whose chats are read by the test."""

    def __init__(self, database: Database, pair: Pair) -> None:
        super().__init__(database, pair)
        self._whose: dict[str, str] = {}  # each ticket's municipality, which never changes

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
        self.nobody_sees_anothers()
        assert [chat.mistakes for chat in self.chats.values() if chat.mistakes] == []

    def nobody_sees_anothers(self) -> None:
        """Fail when somebody outside got a card of another municipality's, or private words."""
        told = defaultdict[tuple[str, Platform], str](str)
        for chat in self.chats.values():
            for name, card in chat.looked_at():
                told[name, chat.platform] += card.model_dump_json() if name != TEAM else ""
        told_something = {
            who: words for who, words in told.items() if NUMBER.search(words) or PRIVATE in words
        }
        if told_something:
            with self.desk.database.reading() as store:
                for (name, platform), words in told_something.items():
                    person = store.people.by_account(self.account(name, platform))
                    self._nobody_else_is_told(name, person, words, store)

    def _nobody_else_is_told(
        self, name: str, person: Person | None, words: str, store: Store
    ) -> None:
        if person and _sees_all(person):
            return
        assert PRIVATE not in words, f"{name} reads what is private"
        for number in set(NUMBER.findall(words)) - self._whose.keys():
            ticket = store.tickets.by_number(number)
            self._whose |= {number: ticket.municipality} if ticket else {}
        owners = {self._whose[number] for number in NUMBER.findall(words) if number in self._whose}
        assert owners <= {person.municipality if person else None}, f"{name} sees too much"


def _sees_all(person: Person) -> bool:
    """The host's team sees every municipality's tickets, and so does the host's own manager."""
    return person.is_host_team or (person.is_manager and person.municipality == AGREEMENT.host)
