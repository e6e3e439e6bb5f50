"""Every two seconds: fetch the files that people have shared, look at them, and pass them on.

Three steps: claim in a thread, fetch and scan here, settle in a thread. No transaction is open
while we wait for anybody.
"""

import asyncio
from datetime import datetime
from traceback import format_tb

import structlog

from bot.case import case_at
from bot.conversation import Desk, NotDelivered
from bot.domain.files import Wrong
from bot.files import FileCarrier, FileTooLarge
from bot.filing import passed_on, turned_back
from bot.post import post
from storage.database import Store
from storage.files import Relay

FETCHING_TAKES = 60  # seconds at the most, and as long to look at it: well within the lease
TRIES = 8  # over about ten minutes

log = structlog.get_logger()

Outcome = bytes | Wrong | None  # what is in it, why not, or that it must be tried again


async def relay_files(desk: Desk) -> None:
    """Take what is due, side by side, and settle each by itself."""
    claimed = await asyncio.to_thread(_claimed, desk)
    outcomes = await asyncio.gather(*(_looked_at(relay, desk) for relay in claimed))
    for relay, outcome in zip(claimed, outcomes, strict=True):
        await asyncio.to_thread(_settled, relay, outcome, desk)
    await asyncio.to_thread(_passed_on, desk)


async def _looked_at(relay: Relay, desk: Desk) -> Outcome:
    """Fetch the file and have it scanned, as far as the rules allow."""
    if wrong := desk.files.wrong_with(relay.file):
        return wrong
    is_last = relay.attempts >= TRIES
    try:
        content = await _fetched(relay, desk)
    except FileTooLarge:
        return Wrong.TOO_LARGE
    except NotDelivered as failure:
        log.warning("file.not_fetched", file=str(relay.id), reason=str(failure))
        return Wrong.NOT_FETCHED if failure.final or is_last else None
    try:
        return content if await _is_harmless(relay, content, desk) else Wrong.HARMFUL
    except Exception as bug:  # noqa: BLE001 - whatever is wrong with a scanner, nothing passes it
        where, fault = "".join(format_tb(bug.__traceback__)), type(bug).__name__
        log.error("file.not_scanned", file=str(relay.id), error=fault, where=where)  # noqa: TRY400
        return Wrong.NOT_SCANNED if is_last else None


async def _fetched(relay: Relay, desk: Desk) -> bytes:
    carrier = desk.senders.get(relay.platform)
    if not isinstance(carrier, FileCarrier):
        raise NotDelivered(f"nobody here fetches files from {relay.platform}", final=True)
    try:
        async with asyncio.timeout(FETCHING_TAKES):
            return await carrier.fetch(relay.file.source, desk.files.largest)
    except TimeoutError as error:
        raise NotDelivered("no answer in time") from error


async def _is_harmless(relay: Relay, content: bytes, desk: Desk) -> bool:
    if desk.files.scan is None:
        return True
    async with asyncio.timeout(FETCHING_TAKES):
        return await desk.files.scan(relay.file.name, content)


def _claimed(desk: Desk) -> list[Relay]:
    with desk.database.reading() as store:
        if not store.files.is_due(desk.clock()):
            return []
    with desk.database.transaction() as store:
        return list(store.files.claim(desk.clock()))


def _settled(relay: Relay, outcome: Outcome, desk: Desk) -> None:
    now = desk.clock()
    with desk.database.transaction() as store:
        match outcome:
            case bytes(content):
                store.files.fetched(relay, content)
            case Wrong() as wrong:
                store.files.refused(relay, wrong)
                _turned_back(relay, wrong, desk, store, now)
                log.warning("file.refused", file=str(relay.id), why=wrong)
            case None:
                store.files.later(relay, now)


def _turned_back(relay: Relay, wrong: Wrong, desk: Desk, store: Store, now: datetime) -> None:
    case = case_at(desk, store.tickets.get(relay.ticket), store, now)
    post(turned_back(relay, wrong, desk.files.largest, case), store, now)


def _passed_on(desk: Desk) -> None:
    with desk.database.reading() as store:
        if not store.files.is_any_left():
            return
    now = desk.clock()
    with desk.database.transaction() as store:
        for relay in store.files.ready():
            case = case_at(desk, store.tickets.get(relay.ticket), store, now)
            post(passed_on(relay, case), store, now)
            store.files.passed(relay)
        store.files.forget()
