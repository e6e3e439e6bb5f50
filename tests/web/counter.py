"""The page with somebody behind it who writes down what comes in, and answers as they are told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import httpx
from fastapi import FastAPI

from bot.agreements import HALD, AgreementBook, read_agreement
from bot.conversation import Desk, Inbound, Shown
from bot.demo import move_in
from bot.domain.people import Platform
from bot.domain.understanding import Understanding
from bot.pages import chat, shell
from bot.platforms import web_chat
from bot.platforms.door import Door
from bot.platforms.web_sender import WebSender
from storage.database import Database

HERE = "http://127.0.0.1:8000"
AT_NINE = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Oslo
AGREEMENT = read_agreement(HALD)


def nobody_reads(text: str) -> Understanding:
    raise AssertionError(text)


@dataclass
class Counter:
    """*heard* is every event; *shown* is what whoever acts next gets to see at once."""

    database: Database
    heard: list[Inbound] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)

    def __post_init__(self) -> None:
        move_in(self.database, AGREEMENT)
        self.sender = WebSender(self.database, lambda: AT_NINE)
        self.web = FastAPI()
        desk = self.desk = self._desk()
        web_chat.listen(self.web, desk, Door(self.hear))
        shell.serve(self.web, desk)
        chat.serve(self.web, desk)

    def hear(self, event: Inbound) -> Shown:
        self.heard.append(event)
        return self.shown

    @asynccontextmanager
    async def browser(self, address: str = HERE) -> AsyncIterator[httpx.AsyncClient]:
        wire = httpx.ASGITransport(app=self.web)
        async with httpx.AsyncClient(transport=wire, base_url=address) as client:
            yield client

    def _desk(self) -> Desk:
        return Desk(
            database=self.database,
            agreements=AgreementBook([AGREEMENT]),
            understand=nobody_reads,
            clock=lambda: AT_NINE,
            new_id=uuid4,
            senders={Platform.WEB: self.sender},
            team=web_chat.TEAM_PLACE,
        )
