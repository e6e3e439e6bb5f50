"""The one place where everything is put together."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, timedelta
from pathlib import Path
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from fastapi import FastAPI

from bot.agreements import HALD, AgreementBook, parse_agreement, read_source
from bot.agreements.ready_answers import read_answers
from bot.chats import Chat, Opened, chats
from bot.clock import wall_clock
from bot.conversation import Desk, Sender
from bot.dispatch import Dispatcher
from bot.domain.files import MEGABYTE, FileRules, Scan
from bot.domain.people import Place, Platform
from bot.letting_in import let_people_in
from bot.logs import log_plainly
from bot.orders import read_orders
from bot.outside import Outside, Smtp
from bot.pages import (
    api,
    chat,
    cover,
    figures,
    health,
    ledger,
    meetings,
    metrics,
    reports,
    shell,
    tickets,
    vulnerability,
    what_if,
    who_am_i,
)
from bot.platforms import web_chat
from bot.platforms.body import MOST_BYTES, ShortBodies
from bot.platforms.calendar_reader import CalendarReader
from bot.platforms.door import Door
from bot.platforms.scanner import AddressScanner, CommandScanner
from bot.platforms.timed_requests import TimedRequests
from bot.platforms.web_sender import WebSender
from bot.reports.pictures import Drawing
from bot.settings import Settings
from bot.understanding.learning import FolderLearner, Learning
from bot.year import read_year
from handlers import TABLE
from schedules import EVERYWHERE, TIMETABLE, Job
from schedules.deliver_outbox import deliver_when_it_rings
from storage.database import Database

PAGES: tuple[Callable[[FastAPI, Desk], None], ...] = (
    health.serve,
    meetings.serve,
    shell.serve,
    api.serve,
    figures.serve,
    tickets.serve,
    ledger.serve,
    reports.serve,
    cover.serve,
    vulnerability.serve,
    what_if.serve,
)  # everywhere; the demo has its own besides
TEAMS_CHANNEL = "19:"  # how the id of a channel begins in Teams; in Slack it is C… or G…


def create_web(settings: Settings, *, demo: bool = False) -> FastAPI:
    """Return the web application: the chats' doors, and in the demo the page and the jobs too."""
    log_plainly(settings.log_level)
    known = [] if demo else chats(settings)
    desk = create_desk(settings, known, demo=demo)
    door = Door(Dispatcher(desk, TABLE))
    opened: list[Opened] = [Opened(running=(lambda: deliver_when_it_rings(door.bell, desk),))]

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for start in [start for one in opened for start in one.starting]:
            await start()
        clock = start_clock(desk, TIMETABLE if demo else EVERYWHERE)
        tasks = [asyncio.create_task(run()) for one in opened for run in one.running]
        yield
        clock.shutdown(wait=False)
        await _stopped(tasks)
        for end in [end for one in opened for end in one.ending]:
            await end()
        door.close()
        desk.database.close()

    web = FastAPI(title="Vertsdesk", lifespan=lifespan, openapi_url=None)
    _serve_pages(web, desk, settings)
    _serve_demo(web, desk, door) if demo else let_people_in(web, desk, settings)
    opened += [each.opened(web, door, desk.database) for each in known]
    files = desk.files.largest if demo else 0  # only there are files sent to us
    web.add_middleware(ShortBodies, most=2 * MOST_BYTES + files)
    return web


def _serve_pages(web: FastAPI, desk: Desk, settings: Settings) -> None:
    for serve in PAGES:
        serve(web, desk)
    token = settings.metrics_token
    metrics.serve(web, desk, token.get_secret_value() if token else None)
    web.add_middleware(TimedRequests, metrics=desk.metrics)


def _serve_demo(web: FastAPI, desk: Desk, door: Door) -> None:
    web_chat.listen(web, desk, door)
    chat.serve(web, desk)
    who_am_i.serve(web, desk)


async def run_worker(settings: Settings) -> None:
    """Do what happens by itself, until cancelled."""
    log_plainly(settings.log_level)
    desk = create_desk(settings, chats(settings))
    if settings.worker_metrics_port:
        desk.metrics.listen(settings.worker_metrics_port)
    start_clock(desk, TIMETABLE)
    await asyncio.Event().wait()


def create_desk(settings: Settings, known: Sequence[Chat], *, demo: bool = False) -> Desk:
    """Return the desk with its database, its agreement and the chats that it can write to."""
    database = Database(settings.database_url)
    path = settings.agreement or HALD
    book = open_book(path, database)
    draw = Drawing(database, book, wall_clock)
    senders: dict[Platform, Sender] = {each.platform: each.sender(database, draw) for each in known}
    if demo:
        senders[Platform.WEB] = WebSender(database, wall_clock)
    return Desk(
        database=database,
        agreements=book,
        understand=Learning(FolderLearner(path.with_suffix(""), book.newest.tasks)),
        clock=wall_clock,
        new_id=uuid4,
        senders=senders,
        team=_team(settings, demo=demo),
        files=_file_rules(settings),
        outside=_outside(settings),
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
    versions = [*(version for version in older if version != newest), newest]
    folder = path.with_suffix("")
    orders, year = read_orders(folder, newest), read_year(folder, newest)
    return AgreementBook(versions, orders, year, read_answers(folder, newest.tasks))


def start_clock(desk: Desk, timetable: Sequence[tuple[Job, timedelta]]) -> AsyncIOScheduler:
    """Ring the *timetable*. The clock has no memory; plain jobs run in threads, async ones here."""
    clock = AsyncIOScheduler(timezone=UTC)
    for job, every in timetable:
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


async def _stopped(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _file_rules(settings: Settings) -> FileRules:
    command, url = settings.files_scan_command, settings.files_scan_url
    scan: Scan | None = CommandScanner(command) if command else None
    if url:
        scan = AddressScanner(url)
    return FileRules(
        largest=settings.files_largest_mb * MEGABYTE,
        endings=frozenset(settings.files_endings.lower().split()),
        scan=scan,
    )


def _outside(settings: Settings) -> Outside:
    """Return what is set up outside the chats: our own address, a mail server, calendars."""
    address = settings.public_url.rstrip("/") if settings.public_url else None
    calendars = CalendarReader(allows_inside=settings.calendars_inside)
    if settings.smtp_host is None or settings.smtp_from is None:
        return Outside(address=address, calendars=calendars)
    server = Smtp(
        sender=settings.smtp_from,
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        starts_tls=settings.smtp_starttls,
    )
    return Outside(address=address, mailer=server, calendars=calendars)


def _team(settings: Settings, *, demo: bool) -> Place | None:
    if demo:
        return web_chat.TEAM_PLACE
    if settings.team_channel is None:
        return None
    is_in_teams = settings.team_channel.startswith(TEAMS_CHANNEL)
    return Place(Platform.TEAMS if is_in_teams else Platform.SLACK, settings.team_channel)
