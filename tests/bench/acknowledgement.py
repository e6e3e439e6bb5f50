"""How long a question takes until it is stored and may be acknowledged, and until its card is sent.

``python -m tests.bench.acknowledgement [--questions N] [--pause S] [--postgres]``: eight people ask
at the same time, with a pause after each answer, while the post delivers beside them. Times are in
milliseconds. With no pause at all it shows what a desk does that can do no more.
"""

import asyncio
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from uuid import uuid4

import structlog

from bot.cards.blocks import Card
from bot.conversation import Said, Sent
from bot.dispatch import Dispatcher
from bot.domain.people import Account, Place, Platform
from handlers import TABLE
from schedules.deliver_outbox import deliver_outbox
from storage.database import Database
from tests.helpdesk import Helpdesk
from tests.postgres import started

SENDERS = 8
PAUSE = 0.5  # seconds before the same person asks again: 16 questions a second from all


class Chat:
    """Takes every card at once, and notes when each place first heard something."""

    def __init__(self) -> None:
        self.first_heard: dict[str, float] = {}

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        if to.thread:
            self.first_heard.setdefault(to.thread, perf_counter())
        return Sent(to.channel, uuid4().hex)

    async def change(self, at: Place, message: str, card: Card) -> None:
        return None


class Rush:
    """Eight people who ask at the same time, and the post beside them."""

    def __init__(self, database: Database, questions: int, pause: float) -> None:
        helpdesk = Helpdesk(database).opens()
        for number in range(SENDERS):
            helpdesk.has(f"Asker{number}", of="heroy")
        self.chat, self.questions, self.pause = Chat(), questions, pause
        senders = {Platform.SLACK: self.chat}
        self.desk = replace(helpdesk.desk, new_id=uuid4, senders=senders)
        self.dispatch = Dispatcher(self.desk, TABLE)
        self.asked: dict[str, float] = {}
        self.acknowledged: list[float] = []
        self.is_over = False

    def runs(self) -> None:
        with ThreadPoolExecutor(SENDERS + 1) as threads:
            post = threads.submit(self._deliver)
            list(threads.map(self._ask, range(SENDERS)))
            self.is_over = True
            post.result()

    def arrived(self) -> list[float]:
        heard = self.chat.first_heard
        return [heard[message] - at for message, at in self.asked.items()]

    def _ask(self, who: int) -> None:
        for number in range(self.questions // SENDERS):
            message = f"{who}.{number}"
            self.asked[message] = perf_counter()
            self.dispatch(_said(f"Asker{who}", message))
            self.acknowledged.append(perf_counter() - self.asked[message])
            sleep(self.pause)

    def _deliver(self) -> None:
        while not self.is_over:
            asyncio.run(deliver_outbox(self.desk))
            sleep(0.01)
        asyncio.run(deliver_outbox(self.desk))


def main(words: Sequence[str]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    options = _options(words)
    with _url(options) as url:
        database = Database(url)
        database.migrate()
        rush = Rush(database, options.questions, options.pause)
        rush.runs()
        database.close()
    _report("acknowledged", rush.acknowledged)
    _report("card arrived", rush.arrived())


def _options(words: Sequence[str]) -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--pause", type=float, default=PAUSE)
    parser.add_argument("--postgres", action="store_true")
    return parser.parse_args(words)


@contextmanager
def _url(options: Namespace) -> Iterator[str]:
    if options.postgres:
        with started() as server:
            yield server.fresh_database()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder, 'desk.db')}"


def _said(who: str, message: str) -> Said:
    account, now = Account(Platform.SLACK, "T", who), datetime.now(UTC)
    return Said(
        key=message,
        account=account,
        at=now,
        place=Place(Platform.SLACK, who, message),
        message=message,
        text="Når må mva-kompensasjonen for 1. termin være sendt?",
        to_us=True,
        is_direct=True,
    )


def _report(what: str, seconds: list[float]) -> None:
    taken = sorted(1000 * second for second in seconds)
    marks = {share: taken[min(len(taken) * share // 100, len(taken) - 1)] for share in (50, 90, 99)}
    shown = " ".join(f"p{share}={ms:.0f}" for share, ms in marks.items())
    sys.stdout.write(f"{what}: n={len(taken)} {shown} max={taken[-1]:.0f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
