"""A chat that exists in tests alone: it takes cards as Slack, Teams and our page do.

It has each one's own ways: Teams has nothing that is shown to one person among others, and threads
in channels alone; what Slack shows to one person cannot be changed afterwards.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.files import SharedFile
from bot.domain.people import Account, Place, Platform
from bot.files import Content, FileTooLarge
from bot.render.adaptive_card import adaptive_card
from bot.render.block_kit import block_kit
from tests.slack_limits import wrong_with_message
from tests.teams.card_rules import wrong_with

TEAM = "team"


class Pair(NamedTuple):
    """Which chat the askers use, and which the host's team."""

    askers: Platform
    team: Platform

    def __str__(self) -> str:
        return f"{self.askers}-{self.team}"


IN_SLACK = Pair(Platform.SLACK, Platform.SLACK)


@dataclass
class PretendChat:
    """One platform: who is there, what each channel shows now, and what nobody has heard yet."""

    platform: Platform = Platform.SLACK
    channels: set[str] = field(default_factory=lambda: {TEAM})
    broken: bool = False
    refuses: dict[str, str] = field(default_factory=dict)  # channels, and why for good
    cards: dict[str, dict[str, Card]] = field(default_factory=lambda: defaultdict(dict))
    threads: dict[str, str | None] = field(default_factory=dict)
    whispers: set[str] = field(default_factory=set)  # messages that nobody can change any more
    shared: dict[str, bytes] = field(default_factory=dict)  # files of people's, by their source
    files: dict[str, list[Content]] = field(default_factory=lambda: defaultdict(list))
    unseen: list[tuple[str, Card]] = field(default_factory=list)  # not looked at by any onlooker
    unheard: dict[str, list[Card]] = field(default_factory=lambda: defaultdict(list))
    mistakes: list[str] = field(default_factory=list)  # kept: the post would swallow an error
    _numbers: count = field(default_factory=lambda: count(1))

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        channel = only_to.user if only_to else to.channel
        self._answer(channel)
        if channel not in self.channels:
            self.mistakes.append(f"nobody is in {channel}: {card.title}")
        message = f"m{next(self._numbers)}"
        self._stands(channel, message, card)
        self.threads[message] = to.thread if self._has_threads(channel) else None
        self.unheard[channel].append(card)
        if only_to and self.platform is Platform.TEAMS:
            return Sent(channel, message)
        if only_to and channel != to.channel and self.platform is Platform.SLACK:
            self.whispers.add(message)
            return Sent(to.channel, message)
        return Sent(to.channel, message, self._link(channel, message))

    async def change(self, at: Place, message: str, card: Card) -> None:
        self._answer(at.channel)
        if message not in self.cards[at.channel] or message in self.whispers:
            self.mistakes.append(f"no message {message} in {at.channel}")
        self._stands(at.channel, message, card)

    def has_file(self, name: str, content: bytes, size: int | None = None) -> SharedFile:
        """Let a file be shared that can be fetched here, and return what is told of it."""
        source = f"{self.platform}:{len(self.shared)}:{name}"
        self.shared[source] = content
        return SharedFile(name=name, source=source, size=size or len(content))

    async def fetch(self, source: str, most: int) -> bytes:
        if self.broken:
            raise NotDelivered("the chat does not answer")
        if source not in self.shared:
            raise NotDelivered("there is no such file", final=True)
        if len(self.shared[source]) > most:
            raise FileTooLarge
        return self.shared[source]

    async def send_file(self, to: Place, card: Card, file: Content) -> Sent:
        """Take a file; Teams lets a bot give one to a person alone, and not to a channel."""
        if self.platform is Platform.TEAMS and to.channel == TEAM:
            raise NotDelivered("Teams lets bots give files to one person alone", final=True)
        sent = await self.send(to, card, None)
        self.files[to.channel].append(file)
        return sent

    def looked_at(self) -> list[tuple[str, Card]]:
        """Return the cards that have come or changed since this was last asked, by channel."""
        cards, self.unseen = self.unseen, []
        return cards

    def _stands(self, channel: str, message: str, card: Card) -> None:
        """Let *card* stand there, if the platform itself would take it."""
        if self.platform is Platform.SLACK:
            self.mistakes += wrong_with_message(block_kit(card))
        if self.platform is Platform.TEAMS:
            self.mistakes += wrong_with(adaptive_card(card))
        self.cards[channel][message] = card
        self.unseen.append((channel, card))

    def _link(self, channel: str, message: str) -> str | None:
        """Return what opens a message: in Teams not in one's own chat, and nothing on our page."""
        if self.platform is Platform.WEB or not self._has_threads(channel):
            return None
        return f"https://{self.platform}.example/{channel}/{message}"

    def _has_threads(self, channel: str) -> bool:
        return self.platform is not Platform.TEAMS or channel == TEAM

    def _answer(self, channel: str) -> None:
        if self.broken:
            raise NotDelivered("the chat does not answer")
        if channel in self.refuses:
            raise NotDelivered(self.refuses[channel], final=True)
