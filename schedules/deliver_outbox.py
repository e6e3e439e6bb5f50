"""Every two seconds, and whenever something was said: send what waits in the outbox.

Three steps: claim in a thread, send here, mark in a thread. No transaction is open while we send.
Places are served side by side; the outbox gives out one letter at a time for each.
"""

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import Callable, Sequence
from datetime import datetime
from traceback import format_tb

import structlog

from bot.cards.blocks import Card
from bot.cards.delivery import refused
from bot.case import case_at
from bot.casework import record, redrawn
from bot.conversation import Desk, NotDelivered, Sender, Sent
from bot.detour import by_mail, nobody_reached, other_way
from bot.domain import events
from bot.domain.files import FileId
from bot.domain.people import Language
from bot.domain.tickets import Slot, SlotRole
from bot.files import Content, FileCarrier
from bot.filing import not_arrived
from bot.ladder import is_warning, not_taken
from bot.post import post
from bot.texts import texts
from storage.database import Store
from storage.outbox import Letter
from storage.tickets import WRITTEN

AT_ONCE = 32  # letters on their way from one process
SENDING_TAKES = 10  # seconds at the most: half of the lease
LOOKS_AGAIN = 1  # second, while something is still on its way

log = structlog.get_logger()

OnTheWay = set[asyncio.Task[None]]


async def deliver_outbox(desk: Desk) -> None:
    """Send until nothing is due any more and nothing is on its way."""
    on_the_way: OnTheWay = set()
    try:
        while True:
            was_idle = not on_the_way  # else what arrives meanwhile may free more in its place
            took = await _take(desk, on_the_way)
            if was_idle and not took:
                return
            if on_the_way:
                await asyncio.wait(on_the_way, timeout=LOOKS_AGAIN, return_when=FIRST_COMPLETED)
    finally:
        await _arrived(on_the_way)


async def deliver_when_it_rings(bell: asyncio.Event, desk: Desk) -> None:
    """Deliver at once, in the web process. The worker remains the safety net."""
    on_the_way: OnTheWay = set()
    try:
        while True:
            await bell.wait()
            bell.clear()
            try:
                await _take(desk, on_the_way, then=bell.set)
            except Exception as bug:  # noqa: BLE001 - the database may be away, and come back
                log.warning("post.failed", **_told(bug))
    finally:
        await _arrived(on_the_way)


async def _take(desk: Desk, on_the_way: OnTheWay, then: Callable[[], None] | None = None) -> int:
    """Start sending what is due, as far as there is room; return how many letters that are.

    *then* is called when one has gone.
    """
    claiming = asyncio.create_task(asyncio.to_thread(_claim, desk, AT_ONCE - len(on_the_way)))
    try:
        await asyncio.shield(claiming)
    finally:  # what was claimed is sent, even when we are told to stop just then
        for letter in await claiming:
            task = asyncio.create_task(_deliver(letter, desk))
            on_the_way.add(task)
            task.add_done_callback(on_the_way.discard)
            if then:
                task.add_done_callback(lambda _: then())
    return len(claiming.result())


async def _arrived(on_the_way: OnTheWay) -> None:
    """Let what is on its way arrive, rather than be sent twice after a restart."""
    if on_the_way:
        await asyncio.wait(on_the_way, timeout=SENDING_TAKES)


async def _deliver(letter: Letter, desk: Desk) -> None:
    outcome = await _outcome(letter, desk)
    desk.metrics.sent(letter.to.platform, arrived=isinstance(outcome, Sent))
    try:
        await asyncio.to_thread(_mark, letter, outcome, desk)
    except Exception as bug:  # noqa: BLE001 - the lease runs out, and the letter is sent again
        log.warning("letter.not_marked", letter=letter.number, **_told(bug))


async def _outcome(letter: Letter, desk: Desk) -> Sent | NotDelivered:
    sender = desk.senders.get(letter.to.platform)
    if sender is None:
        return NotDelivered(f"nobody here sends to {letter.to.platform}")
    try:
        async with asyncio.timeout(SENDING_TAKES):
            return await _send(letter, sender, desk)
    except NotDelivered as failure:
        return failure
    except TimeoutError:
        return NotDelivered(f"no answer within {SENDING_TAKES} seconds")
    except Exception as bug:  # noqa: BLE001 - one bad letter must not stop the post
        log.warning("letter.failed", letter=letter.number, **_told(bug))
        return NotDelivered(f"a fault of our own ({type(bug).__name__})")


async def _send(letter: Letter, sender: Sender, desk: Desk) -> Sent:
    if letter.file:
        return await _send_file(letter, letter.file, sender, desk)
    card = _with_the_way(letter, desk)
    if letter.message is None:
        return await sender.send(letter.to, card, letter.only_to)
    await sender.change(letter.to, letter.message, card)
    return Sent(letter.to.channel, letter.message)


def _with_the_way(letter: Letter, desk: Desk) -> Card:
    """Return the card, with the page where all of its ticket stands, if we have such pages."""
    address = desk.outside.address
    if address is None or letter.about is None:
        return letter.card
    return letter.card.model_copy(update={"whole": f"{address}/tickets/{letter.about}"})


async def _send_file(letter: Letter, file_id: FileId, sender: Sender, desk: Desk) -> Sent:
    if not isinstance(sender, FileCarrier):
        raise NotDelivered("files cannot be sent there", final=True)
    content = await asyncio.to_thread(_content, file_id, desk)
    return await sender.send_file(letter.to, letter.card, content)


def _content(file_id: FileId, desk: Desk) -> Content:
    with desk.database.reading() as store:
        kept = store.files.content(file_id)
    if kept is None:
        raise NotDelivered("the file is not here any more", final=True)
    file, content = kept
    return Content(name=file.name, media_type=file.media_type, content=content)


def _claim(desk: Desk, room: int) -> Sequence[Letter]:
    if room <= 0:
        return ()
    with desk.database.transaction() as store:
        return store.outbox.claim(desk.clock(), room)


def _mark(letter: Letter, outcome: Sent | NotDelivered, desk: Desk) -> None:
    now = desk.clock()
    with desk.database.transaction() as store:
        if isinstance(outcome, Sent):
            where = {"channel": outcome.channel, "message": outcome.message}
            store.outbox.sent(letter, now, **where, link=outcome.link)
            return
        reason = str(outcome)
        is_over = store.outbox.failed(
            letter, reason, now, final=outcome.final, retry_after=outcome.retry_after
        )
        if is_over:
            _try_to_tell(letter, reason, desk, store, now)
    event = "letter.given_up" if is_over else "letter.not_delivered"
    log.warning(event, letter=letter.number, attempt=letter.attempts, reason=reason)


def _try_to_tell(letter: Letter, reason: str, desk: Desk, store: Store, now: datetime) -> None:
    """Tell whom it concerns; a letter given up stays given up, even when they cannot be told."""
    try:
        with store.savepoint():
            if other_way(letter, desk, store):
                return
            if not by_mail(letter, desk, store):
                post(nobody_reached(letter, reason, desk, store), store, now)
            _tell_team(letter, reason, desk, store, now)
            post(not_arrived(letter, reason, store), store, now)
            if letter.once and is_warning(letter.once):
                post(not_taken(letter.once, letter.to, reason, desk, store), store, now)
    except Exception as bug:  # noqa: BLE001 - else it would be sent again every twenty seconds
        log.warning("letter.nobody_told", letter=letter.number, **_told(bug))


def _tell_team(letter: Letter, reason: str, desk: Desk, store: Store, now: datetime) -> None:
    """Put down on the ticket that a person's words did not arrive, and say so in its thread."""
    if letter.carries is None:
        return
    ticket_id, message = letter.carries
    ticket = store.tickets.get(ticket_id)
    history = store.tickets.log(ticket_id)
    event = events.NotDelivered(at=now, received_at=now, message=message)
    if any(_is_same(event, earlier) for earlier in history):
        return
    # An answer that never arrived stops no clock: the cards show it running again.
    case = record(case_at(desk, ticket, store, now), event)
    post(redrawn(case), store, now)
    slot = Slot(ticket_id, SlotRole.TEAM)
    to = slot if store.slots.place_of(slot) else desk.team
    if to:
        say = texts(Language.NB)
        card = refused(ticket.number, _words(message, history), letter.to.platform, reason, say)
        store.outbox.put(to=to, card=card, now=now, once=f"{ticket_id}:not-delivered:{message}")


def _is_same(event: events.NotDelivered, earlier: events.Event) -> bool:
    return isinstance(earlier, events.NotDelivered) and earlier.message == event.message


def _words(message: str, history: Sequence[events.Event]) -> str:
    """Return what the person wrote in *message*."""
    texts_of = {e.message: e.text for e in history if isinstance(e, WRITTEN)}
    return texts_of.get(message, "")


def _told(bug: Exception) -> dict[str, str]:
    """Say what went wrong and where, without the error's own words: they may hold the message."""
    return {"error": type(bug).__name__, "where": "".join(format_tb(bug.__traceback__))}
