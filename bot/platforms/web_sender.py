"""Our cards, put into the chat on our own page."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from starlette.concurrency import run_in_threadpool

from bot.cards.blocks import Card
from bot.conversation import NotDelivered, Sent
from bot.domain.people import Account, PersonId, Place
from bot.files import Content, FileTooLarge
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

    async def fetch(self, source: str, most: int) -> bytes:
        """Return the file that was shared on the page under the id *source*.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: there is none
        """
        content = await run_in_threadpool(self._content, UUID(source))
        if content is None:
            raise NotDelivered("it is not on the page any more", final=True)
        if len(content) > most:
            raise FileTooLarge
        return content

    async def send_file(self, to: Place, card: Card, file: Content) -> Sent:
        return await run_in_threadpool(self._give, to, card, file)

    def _content(self, file_id: UUID) -> bytes | None:
        with self._database.reading() as store:
            return store.web_files.content(file_id)

    def _give(self, to: Place, card: Card, file: Content) -> Sent:
        with self._database.transaction() as store:
            line = store.web_messages.put(to.channel, card, self._clock(), thread=to.thread)
            store.web_files.keep(
                uuid4(), file.name, file.media_type, file.content, line=line.number
            )
        return Sent(to.channel, str(line.number))

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
