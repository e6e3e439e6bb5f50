"""The door: outside it everything is async, inside it everything is plain. One hop, here."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import ParamSpec, Protocol, TypeVar

from bot.conversation import Inbound, Shown
from bot.domain.people import Account

THREADS = 8  # asyncio's own executor has few, and shares them with whoever resolves a name

P = ParamSpec("P")
T = TypeVar("T")


class Inside(Protocol):
    """What a door opens to: the dispatcher."""

    def __call__(self, event: Inbound) -> Shown:
        """Handle *event*; when this returns, what came of it is committed."""

    def knows(self, account: Account) -> bool:
        """Tell whether *account* is somebody's; if not, the platform is asked who it is."""


def _threads() -> Executor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="door")


@dataclass(frozen=True, slots=True)
class Door:
    """*bell* rings after each event: there may be post, and no need to wait for the worker."""

    dispatch: Inside
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    threads: Executor = field(default_factory=_threads)

    async def __call__(self, event: Inbound) -> Shown:
        """Hand *event* in, and return what is to be shown at once. What came of it is committed.

        :raises Exception: it could not be stored; nothing has happened, and it may come again
        """
        shown = await self._inside(self.dispatch, event)
        self.bell.set()
        return shown

    async def knows(self, account: Account) -> bool:
        return await self._inside(self.dispatch.knows, account)

    def close(self) -> None:
        """Wait for what is being handled, and take in nothing more."""
        self.threads.shutdown()

    async def _inside(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run *call* in a thread of ours. What the log is told of an event goes along."""
        within = partial(copy_context().run, call, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self.threads, within)
