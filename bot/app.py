"""The one place where everything is put together."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
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

Running = Callable[[], Coroutine[None, None, None]]  # what runs for as long as the program does


def create_web(settings: Settings, *, demo: bool = False) -> FastAPI:
    """Return the web application: the chats' doors, and in the demo the page and the jobs too."""
    log_plainly(settings.log_level)
    desk = create_desk(settings, demo=demo)
    door = Door(Dispatcher(desk, TABLE))
    running: list[Running] = [lambda: deliver_when_it_rings(door.bell, desk)]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        clock = start_clock(desk) if demo else None
        tasks = [asyncio.create_task(run()) for run in running]
        yield
        if clock:
            clock.shutdown(wait=False)
        await _stopped(tasks)
        door.close()
        desk.database.close()

    web = FastAPI(title="Vertsdesk", lifespan=lifespan, openapi_url=None)
    health.serve(web, desk)
    if demo:
        web_chat.listen(web, desk, door)
        chat.serve(web, desk)
    else:
        running += _open_slack(web, settings, door)
    return web


async def run_worker(settings: Settings) -> None:
    """Do what happens by itself, until cancelled."""
    log_plainly(settings.log_level)
    start_clock(create_desk(settings))
    await asyncio.Event().wait()


def create_desk(settings: Settings, *, demo: bool = False) -> Desk:
    """Return the desk with its database, its agreement and the chats that it can write to."""
    database = Database(settings.database_url)
    senders: dict[Platform, Sender] = (
        {Platform.WEB: WebSender(database, wall_clock)} if demo else _senders(settings)
    )
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


def _senders(settings: Settings) -> dict[Platform, Sender]:
    if settings.slack_bot_token is None:
        return {}
    from bot.platforms.slack_app import slack_client  # noqa: PLC0415 - the demo needs no SDK
    from bot.platforms.slack_sender import SlackSender  # noqa: PLC0415

    token = settings.slack_bot_token.get_secret_value()
    return {Platform.SLACK: SlackSender(slack_client(token, settings.slack_api_url))}


def _open_slack(web: FastAPI, settings: Settings, door: Door) -> list[Running]:
    """Let Slack in, as far as the settings allow; return what must run for it."""
    if settings.slack_bot_token is None:
        return []
    from bot.platforms import slack_app, slack_door, slack_listener  # noqa: PLC0415

    token, secret = settings.slack_bot_token.get_secret_value(), settings.slack_signing_secret
    client = slack_app.slack_client(token, settings.slack_api_url)
    app = slack_app.slack_app(client, secret.get_secret_value() if secret else "")
    slack_listener.listen(app, door, wall_clock)
    if secret:
        web.include_router(slack_door.slack_routes(app))
    if settings.slack_app_token is None:
        return []
    app_token = settings.slack_app_token.get_secret_value()
    return [lambda: slack_door.socket_mode(app, app_token)]


async def _stopped(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _team(settings: Settings, *, demo: bool) -> Place | None:
    if demo:
        return web_chat.TEAM_PLACE
    return Place(Platform.SLACK, settings.team_channel) if settings.team_channel else None
