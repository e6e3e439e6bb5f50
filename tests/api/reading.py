"""A web with the API alone, tickets of two municipalities behind it, and programs that read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
from fastapi import FastAPI

from bot.agreements import AgreementBook
from bot.conversation import Desk
from bot.domain.agreement import Side
from bot.domain.letting_in import ApiScope
from bot.pages import api
from storage.database import Database
from tests.stories import AGREEMENT, MONDAY_NINE, Story, answered, asked_back, replied, resolved
from tests.web.counter import nobody_reads

HOUR, DAY = 60, 24 * 60
NEXT_DAY = MONDAY_NINE + timedelta(days=1)
HEROYS, DONNAS, OF_NO_TASK = "HALD-2026-0001", "HALD-2026-0002", "HALD-2026-0003"


@dataclass
class Library:
    database: Database
    now: datetime = NEXT_DAY
    web: FastAPI = field(default_factory=FastAPI)

    def __post_init__(self) -> None:
        self.desk = Desk(
            database=self.database,
            agreements=AgreementBook([AGREEMENT]),
            understand=nobody_reads,
            clock=lambda: self.now,
            new_id=uuid4,
            senders={},
            team=None,
        )
        api.serve(self.web, self.desk)

    def holds_tickets(self) -> None:
        """Three tickets: Herøy's, answered and resolved; Dønna's, asked back; one of no task."""
        with self.database.transaction() as store:
            Story(then=((HOUR, answered), (2 * HOUR, resolved))).is_stored(store)
            Story(municipality="donna", then=((30, asked_back), (90, replied))).is_stored(store)
            Story(
                municipality="donna",
                asked_at=MONDAY_NINE + timedelta(hours=1),
                task=None,
                side=Side.UNSPECIFIED,
            ).is_stored(store)

    def token(self, *scopes: ApiScope, of: str | None = None) -> str:
        with self.database.transaction() as store:
            return store.api_clients.add(str(uuid4()), scopes or list(ApiScope), of, self.now)

    @asynccontextmanager
    async def program(
        self, *scopes: ApiScope, of: str | None = None
    ) -> AsyncIterator[httpx.AsyncClient]:
        """Open a program that may read *scopes* (none named: everything) of one municipality."""
        headers = {"Authorization": f"Bearer {self.token(*scopes, of=of)}"}
        async with self.stranger() as client:
            client.headers.update(headers)
            yield client

    @asynccontextmanager
    async def stranger(self) -> AsyncIterator[httpx.AsyncClient]:
        wire = httpx.ASGITransport(app=self.web, raise_app_exceptions=False)
        address = f"https://desk.example{api.PATH}"
        async with httpx.AsyncClient(transport=wire, base_url=address) as client:
            yield client
