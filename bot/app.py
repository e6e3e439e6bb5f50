"""The one place where everything is put together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC
from pathlib import Path
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

from bot.agreements import HALD, AgreementBook, parse_agreement, read_source
from bot.clock import wall_clock
from bot.conversation import Desk, Sender
from bot.dispatch import Dispatcher
from bot.domain.people import Place, Platform
from bot.logs import log_plainly
from bot.pages import chat, health
from bot.platforms import web_chat
from bot.platforms.door import Door
from bot.platforms.web_sender import WebSender
from bot.settings import Settings
from bot.understanding import learn
from handlers import TABLE
from schedules import TIMETABLE
from schedules.deliver_outbox import deliver_when_it_rings
from storage.database import Database


def create_web(settings: Settings, *, demo: bool = False) -> FastAPI:
    """Return the web application: the chats' doors, and in the demo the page and the jobs too."""
    log_plainly(settings.log_level)
    desk = create_desk(settings, demo=demo)
    door = Door(Dispatcher(desk, TABLE))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        post = asyncio.create_task(deliver_when_it_rings(door.bell, desk))
        clock = start_clock(desk) if demo else None
        yield
        if clock:
            clock.shutdown(wait=False)
        post.cancel()
        with suppress(asyncio.CancelledError):
            await post

    web = FastAPI(title="Vertsdesk", lifespan=lifespan, openapi_url=None)
    health.serve(web, desk)
    if demo:
        web_chat.listen(web, desk, door)
        chat.serve(web, desk)
    return web


def create_desk(settings: Settings, *, demo: bool = False) -> Desk:
    """Return the desk with its database, its agreement and the chats that it can write to."""
    database = Database(settings.database_url)
    senders: dict[Platform, Sender] = {}
    if demo:
        senders[Platform.WEB] = WebSender(database, wall_clock)
    path = settings.agreement or HALD
    book = open_book(path, database)
    return Desk(
        database=database,
        agreements=book,
        understand=learn(path.with_suffix(""), book.newest.tasks),
        clock=wall_clock,
        new_id=uuid4,
        senders=senders,
        team=_team(settings, demo=demo),
    )


def open_book(path: Path, database: Database) -> AgreementBook:
    """Return every version of the agreement in *path*, whose present words are kept from now on.

    The file is the newest version: one that was put in and taken back before its day never begins.
    """
    source = read_source(path)
    newest = parse_agreement(source, path.name)
    with database.transaction() as store:
        store.agreements.keep(newest, source, wall_clock())
        kept = [parse_agreement(words, path.name) for words in store.agreements.sources(newest.id)]
    older = [version for version in kept if version.effective_from <= newest.effective_from]
    return AgreementBook([*(version for version in older if version != newest), newest])


def start_clock(desk: Desk) -> AsyncIOScheduler:
    """Ring the timetable. The clock has no memory; plain jobs run in threads, async ones here."""
    clock = AsyncIOScheduler(timezone=UTC)
    for job, every in TIMETABLE:
        clock.add_job(
            job,
            "interval",
            seconds=every.total_seconds(),
            args=[desk],
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    clock.start()
    return clock


def _team(settings: Settings, *, demo: bool) -> Place | None:
    if demo:
        return web_chat.TEAM_PLACE
    return Place(Platform.SLACK, settings.team_channel) if settings.team_channel else None
