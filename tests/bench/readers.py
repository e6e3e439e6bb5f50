"""Readers of the figures, timed: the page as a browser asks for it, and the report as a file."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import httpx
from fastapi import FastAPI, Request

from bot.agreements.book import AgreementBook
from bot.conversation import Desk
from bot.domain.months import Month
from bot.domain.people import Language, Person, PersonId, Role
from bot.pages import figures, ledger, vulnerability
from bot.pages.visitor import let_in
from bot.reports.files import written
from bot.reports.making import make
from storage.database import Database
from tests.bench.nineteen import NINETEEN

LEAD = Person(
    id=PersonId("Kari"),
    name="Kari",
    municipality=NINETEEN.host,
    roles=frozenset({Role.LEAD, Role.HOST_TEAM}),
)


class OneReader:
    def of(self, request: Request) -> Person | None:
        return LEAD

    def csrf(self, request: Request) -> str:
        return ""


def page(
    database: Database, book: AgreementBook, now: datetime, path: str, **asked: str
) -> Callable[[], object]:
    """Return what asks for the page at *path* of what is *asked* in its address."""
    desk = Desk(
        database=database,
        agreements=book,
        understand=lambda _: None,
        clock=lambda: now,
        new_id=uuid4,
        senders={},
        team=None,
    )
    web = FastAPI()
    let_in(web, OneReader())
    for part in (figures, ledger, vulnerability):
        part.serve(web, desk)

    async def ask() -> None:
        wire = httpx.ASGITransport(app=web)
        async with httpx.AsyncClient(transport=wire, base_url="https://desk.example") as browser:
            answer = await browser.get(path, params=asked)
        assert answer.status_code == 200, answer.text

    return lambda: asyncio.run(ask())


def report(
    database: Database, book: AgreementBook, now: datetime, ending: str, town: str | None
) -> Callable[[], object]:
    """Return what makes the report of the last December, with the twelve months until then."""

    def write() -> None:
        month = Month(now.year - 1, 12)
        with database.reading() as store:
            made = make(store, book, month, town, now=now)
        assert written(made, ending, Language.NB)

    return write
