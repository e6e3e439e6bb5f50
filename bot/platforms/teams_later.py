"""What is done for Teams without keeping it waiting for an answer. It may be lost."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog

from bot.conversation import NotDelivered

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Later:
    doing: set[asyncio.Task[None]] = field(default_factory=set)

    def __call__(self, call: Coroutine[Any, Any, object]) -> None:
        """Begin with *call*; when it fails, the log is told and nobody else."""
        task = asyncio.create_task(_tried(call))
        self.doing.add(task)  # asyncio alone would forget it
        task.add_done_callback(self.doing.discard)

    async def done(self) -> None:
        """Wait for what has begun."""
        await asyncio.gather(*self.doing)


async def _tried(call: Coroutine[Any, Any, object]) -> None:
    try:
        await call
    except NotDelivered as failure:
        log.warning("teams.not_shown", reason=str(failure))
    except Exception as bug:  # noqa: BLE001 - nobody waits for it; its words may hold theirs
        log.warning("teams.not_shown", reason=type(bug).__name__)
