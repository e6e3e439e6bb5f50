"""The pages with their door, an issuer beside them, and browsers that come to both."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import httpx
from fastapi import FastAPI

from bot.agreements import HALD, AgreementBook, read_agreement
from bot.conversation import Desk
from bot.letting_in import let_people_in
from bot.outside import Outside
from bot.pages import shell
from bot.pages.visitor import Csrf, Visitor
from bot.settings import Settings
from storage.database import Database
from tests.sign_in.issuer import CLIENT, SECRET, PretendIssuer
from tests.web.counter import AT_NINE, nobody_reads

AGREEMENT = read_agreement(HALD)
ADDRESS = "https://desk.example"
VISIT = "__Host-vertsdesk_visit"
OLA = {"sub": "ola-at-heroy", "email": "ola.husver@heroy.example", "email_verified": True}
KARI = {"sub": "kari", "email": "kari.nordnes@alstahaug.example", "email_verified": True}


@dataclass
class Door:
    """*now* is the time on every clock: ours and the issuer's."""

    database: Database
    now: datetime = AT_NINE
    address: str = ADDRESS
    web: FastAPI = field(default_factory=FastAPI)

    def opens(self, issuer: PretendIssuer, **settings: object) -> None:
        self.desk = desk = Desk(
            database=self.database,
            agreements=AgreementBook([AGREEMENT]),
            understand=nobody_reads,
            clock=lambda: self.now,
            new_id=uuid4,
            senders={},
            team=None,
            outside=Outside(address=self.address),
        )
        told = {
            "oidc_issuer": issuer.address,
            "oidc_client_id": CLIENT,
            "oidc_client_secret": SECRET,
            "secret": "x" * 32,
            "public_url": self.address,
            **settings,
        }
        shell.serve(self.web, desk)
        let_people_in(self.web, desk, Settings(_env_file=None, **told))
        self._pages()

    def passes(self, time: timedelta) -> None:
        self.now += time

    @asynccontextmanager
    async def browser(self, language: str = "nb") -> AsyncIterator["Visiting"]:
        wire = httpx.ASGITransport(app=self.web)
        headers = {"Accept-Language": language}
        async with (
            httpx.AsyncClient(transport=wire, base_url=self.address, headers=headers) as ours,
            httpx.AsyncClient(verify=False) as outside,  # noqa: S501 - it is this machine
        ):
            yield Visiting(ours, outside)

    def _pages(self) -> None:
        @self.web.get("/whoever")
        def whoever(person: Visitor, csrf: Csrf) -> dict[str, str]:
            return {"name": person.name, "csrf": csrf}


@dataclass
class Visiting:
    """One browser: *ours* goes to us, *outside* to the issuer."""

    ours: httpx.AsyncClient
    outside: httpx.AsyncClient

    async def goes_to_issuer(self, wanted: str = "/whoever") -> httpx.Response:
        """Ask for a page of ours; return what the issuer answers to whoever is sent there."""
        sent = await self.ours.get(wanted)
        at_door = await self.ours.get(sent.headers["location"])
        return await self.outside.get(at_door.headers["location"])

    async def comes_back(self, from_issuer: httpx.Response) -> httpx.Response:
        return await self.ours.get(from_issuer.headers["location"])

    async def signs_in(self, wanted: str = "/whoever") -> httpx.Response:
        return await self.comes_back(await self.goes_to_issuer(wanted))

    async def sees(self) -> str | None:
        """Return whose name the page shows; None when it asks to sign in."""
        answer = await self.ours.get("/whoever")
        return answer.json()["name"] if answer.status_code == 200 else None

    @property
    def key(self) -> str:
        return self.ours.cookies[VISIT]

    def holds(self, key: str) -> None:
        """Let the browser hold *key*, wherever it has it from."""
        self.ours.cookies.set(VISIT, key, domain="desk.example", path="/")

    async def signs_out(self) -> httpx.Response:
        csrf = (await self.ours.get("/whoever")).json()["csrf"]
        return await self.ours.post("/sign-out", data={"csrf": csrf})


def words(page: httpx.Response) -> str:
    """Return what the page's main part says."""
    main = page.text[page.text.index("<main") : page.text.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())
