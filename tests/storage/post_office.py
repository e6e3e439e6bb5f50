"""The town's post office: one chat that takes every card, and a clock that we wind."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.agreements.book import AgreementBook
from bot.cards.blocks import Card
from bot.conversation import Desk, Sent
from bot.domain.people import Account, Place, Platform
from bot.domain.understanding import Talk, Understanding
from schedules.deliver_outbox import deliver_outbox
from storage.database import Database
from tests.storage.town import AGREEMENT, NOW, TEAM


@dataclass
class Chat:
    """A platform that takes every card, but for what it was told about a channel."""

    trouble: dict[str, list[Exception]] = field(default_factory=dict)
    came: list[tuple[str, str | None, str]] = field(default_factory=list)  # channel, thread, title
    redrawn: list[tuple[str, str]] = field(default_factory=list)  # message, title
    cards: list[Card] = field(default_factory=list)
    hold: asyncio.Event | None = None  # a channel called "slow" waits for it
    is_held: bool = False

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        if to.channel == "slow" and self.hold:
            self.is_held = True
            await self.hold.wait()
        if waiting := self.trouble.get(to.channel):
            raise waiting.pop(0)
        self.came.append((to.channel, to.thread, card.title))
        self.cards.append(card)
        return Sent(to.channel, f"m{len(self.came)}")

    async def change(self, at: Place, message: str, card: Card) -> None:
        self.redrawn.append((message, card.title))


class Post:
    """The town's post office: one chat, and a clock that we wind."""

    def __init__(self, town: Database) -> None:
        self.database, self.chat, self.now = town, Chat(), NOW
        self.desk = Desk(
            database=town,
            agreements=AgreementBook([AGREEMENT]),
            understand=lambda _: Understanding(talk=Talk.QUESTION),
            clock=lambda: self.now,
            new_id=lambda: pytest.fail("the post makes no ids"),
            senders={Platform.SLACK: self.chat},
            team=TEAM,
        )

    def put(self, *titles: str, to: Place = TEAM) -> None:
        with self.database.transaction() as store:
            for title in titles:
                store.outbox.put(to=to, card=Card(title=title), now=self.now)

    def delivers(self, after: timedelta = timedelta(0)) -> list[str]:
        """Deliver *after* a while, and return what came then."""
        self.now += after
        before = len(self.chat.came)
        asyncio.run(deliver_outbox(self.desk))
        return [title for _, _, title in self.chat.came[before:]]

    def waiting(self) -> int:
        with self.database.reading() as store:
            return store.outbox.waiting(self.now)
