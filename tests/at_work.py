"""The desk at work: something happens, time passes, and what has been written is sent."""

import asyncio
from datetime import timedelta

from bot.conversation import Inbound, Shown
from schedules.auditor import auditor
from schedules.deliver_outbox import deliver_outbox
from schedules.relay_files import relay_files
from schedules.ticket_watch import ticket_watch
from storage.database import Database
from tests.onlookers import Onlookers
from tests.pretend_chat import IN_SLACK, Pair


class AtWork(Onlookers):
    """An office that handles what it is told of, with its chats read by the test."""

    def __init__(self, database: Database, pair: Pair = IN_SLACK) -> None:
        super().__init__(database, pair)
        self._loop = asyncio.Runner()  # opened when first needed, and not for each letter anew

    def passes(self, time: timedelta) -> None:
        """Let *time* pass, and do what then happens by itself."""
        self.now += time
        ticket_watch(self.desk)
        auditor(self.desk)
        self.carries_files()

    def delivers(self) -> None:
        self._loop.run(deliver_outbox(self.desk))

    def carries_files(self) -> None:
        self._loop.run(relay_files(self.desk))
        self.delivers()

    def goes_home(self) -> None:
        """End the day: nothing more is sent."""
        self._loop.close()

    def happens(self, event: Inbound, who: str | None = None) -> Shown:
        shown = self.dispatch(event)
        if who:
            self.problems[who] = dict(shown.errors)
        if who and shown.cards:
            self.shown[who] = shown.cards[-1]
        self.delivers()
        self.nobody_sees_anothers()
        return shown
