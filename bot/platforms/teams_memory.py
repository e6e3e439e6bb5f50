"""What is remembered for Teams: how its conversations are reached, and files that wait for a yes.

Every call hops into a thread: storage is plain.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.cards.blocks import Card
from bot.domain.people import Place
from storage.database import Database
from storage.teams import TeamsAddress, Upload

FILES_WAIT = timedelta(days=7)  # then nobody has said yes, and the file is dropped


@dataclass(frozen=True, slots=True)
class Memory:
    """*clock* tells the time, in UTC; *new_id* names files. Whatever is asked may fail to store."""

    database: Database
    clock: Callable[[], datetime]
    new_id: Callable[[], UUID]
    noted: dict[str, TeamsAddress] = field(default_factory=dict)  # by this process

    async def note(self, name: str, address: TeamsAddress) -> None:
        """Let *name*, a conversation's id or a person's, be reached at *address*."""
        if self.noted.get(name) != address:
            await asyncio.to_thread(self._note, name, address)
            self.noted[name] = address

    async def address(self, name: str) -> TeamsAddress | None:
        """Return how *name* is reached; None when nothing has been heard from there."""
        return await asyncio.to_thread(self._address, name)

    async def standing_card(self, at: Place) -> Card | None:
        """Return what the standing card says now that *at*'s thread names; None if it is none."""
        return await asyncio.to_thread(self._standing_card, at)

    async def keep(self, upload: Upload) -> UUID:
        """Keep a file until somebody says yes or no to it, and return its name."""
        return await asyncio.to_thread(self._keep, upload)

    async def upload(self, id_: UUID) -> Upload | None:
        """Return a file that waits; None when it was answered for, or waited too long."""
        return await asyncio.to_thread(self._upload, id_)

    async def drop(self, id_: UUID) -> None:
        await asyncio.to_thread(self._drop, id_)

    def _note(self, name: str, address: TeamsAddress) -> None:
        with self.database.transaction() as store:
            store.teams.note(name, address, self.clock())

    def _address(self, name: str) -> TeamsAddress | None:
        with self.database.reading() as store:
            return store.teams.address(name)

    def _standing_card(self, at: Place) -> Card | None:
        with self.database.reading() as store:
            return store.slots.card_at(at)

    def _keep(self, upload: Upload) -> UUID:
        id_, now = self.new_id(), self.clock()
        with self.database.transaction() as store:
            store.teams.drop_older(now - FILES_WAIT)
            store.teams.keep(id_, upload, now)
        return id_

    def _upload(self, id_: UUID) -> Upload | None:
        with self.database.reading() as store:
            return store.teams.upload(id_)

    def _drop(self, id_: UUID) -> None:
        with self.database.transaction() as store:
            store.teams.drop(id_)
