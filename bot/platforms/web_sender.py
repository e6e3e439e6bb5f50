"""Our cards, put into the chat on our own page."""

from collections.abc import Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, PersonId, Place
from storage.database import Database


class WebSender:
    """A sender whose platform is our own database; the page sees what is new there."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        return await run_in_threadpool(self._put, to, card, only_to)

    async def change(self, at: Place, message: str, card: Card) -> None:
        if not await run_in_threadpool(self._redraw, message, card):
            raise NotDelivered(f"there is no line {message} on the page", final=True)

    def _put(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        reader = PersonId(only_to.user) if only_to else None
        with self._database.transaction() as store:
            line = store.web_messages.put(
                to.channel, card, self._clock(), thread=to.thread, only_to=reader
            )
        return Sent(to.channel, str(line.number))

    def _redraw(self, message: str, card: Card) -> bool:
        with self._database.transaction() as store:
            return store.web_messages.redraw(int(message), card)
