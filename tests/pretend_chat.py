"""A chat that exists in tests alone: it takes cards as Slack and Teams do, and remembers them."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, Place

TEAM = "team"


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
