"""A year at the helpdesk, from a seed: everything that people do, through the real handlers.

Nobody reads the letters here. What matters is the log that the year leaves behind.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from structlog.testing import capture_logs

from bot.agreements import AgreementBook
from bot.cli.closing import close
from bot.conversation import Deleted, Desk, Edited, Inbound, Pressed, Said, Submitted
from bot.dispatch import Dispatcher
from bot.domain.people import Account, Place, Platform
from handlers import TABLE
from schedules.ticket_watch import ticket_watch
from storage.database import Database
from tests.helpdesk import AGREEMENT, INVOICE, LAPTOP, TEAM, VAT, Helpdesk, understand_hald

OSLO = ZoneInfo("Europe/Oslo")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SWEEP = timedelta(hours=12)
CLOSED = (date(2026, 2, 20), date(2026, 6, 12), date(2026, 11, 6))  # Fridays, told on the Thursday
QUESTIONS = (
    VAT,
    VAT,
    VAT,
    "Når er bankavstemmingen klar?",
    "Kan dere hjelpe meg?",
    INVOICE,
    LAPTOP,
)
ASKERS = ("Ola", "Nils", "Eli")
TEAM_OF_HALD = ("Kari", "Per", "Liv", "Randi")
TASKS = ("vat", "payments", "bank-reconciliation", "system-users", "invoicing")

# What is done to a ticket, and how often. A refusal is a part of life, too.
BY_TEAM = {
    "ticket.take": 10,
    "ticket.answer.send": 16,
    "ticket.ask_back.send": 10,
    "ticket.third_party.send": 7,
    "ticket.go_on": 8,
    "ticket.resolve.send": 12,
    "ticket.reopen": 3,
    "ticket.hand_over.send": 4,
    "ticket.change_task.send": 5,
    "ticket.urgent": 2,
    "ticket.not_urgent": 2,
    "ticket.set_target.send": 2,
    "ticket.merge.send": 1,
}
BY_ASKER = {
    "says": 16,
    "thanks": 4,
    "edits": 4,
    "deletes": 1,
    "asker.choose": 2,
    "asker.need_help": 3,
    "asker.urgent": 4,
    "asker.not_urgent": 3,
    "asker.wrong_task.send": 2,
    "asker.reopen": 3,
    "asker.withdraw": 1,
}
ALL = {**BY_TEAM, **BY_ASKER}


@dataclass(order=True)
class Planned:
    at: datetime
    order: int
    what: str = field(compare=False)
    asker: str = field(compare=False)
    thread: str = field(compare=False)  # the key of the question


class Year:
    """*tickets* questions from New Year on, spread over *days*, and what becomes of them.

    *acts*: how much is done to a ticket at the most, beside asking.
    """

    def __init__(
        self, database: Database, url: str, *, tickets: int, days: int, acts: int, seed: int
    ) -> None:
        Helpdesk(database).opens()
        self._random, self._url, self.days = Random(seed), url, days  # noqa: S311 a simulation
        self._keys, self._ids = count(1), (UUID(int=n) for n in count(1))
        self._numbers: list[str] = []
        self._said: dict[str, list[tuple[str, str]]] = {}  # who wrote which message, by thread
        self._told_to_close = list(CLOSED)
        self.now, self.did = NEW_YEAR, Counter[str]()
        self.desk = self._desk(database)
        self._plans = [plan for _ in range(tickets) for plan in self._life(acts)]
        heapq.heapify(self._plans)

    def passes(self) -> list[str]:
        """Live through it, with a restart half-way; return the bugs that were apologised for."""
        halfway, sweep_at = NEW_YEAR + timedelta(days=self.days / 2), NEW_YEAR
        with capture_logs() as logged:
            while self._plans:
                plan = heapq.heappop(self._plans)
                while sweep_at < plan.at:
                    self._sweeps(sweep_at)
                    sweep_at += SWEEP
                if plan.at > halfway:
                    self.restarts()
                    halfway = datetime.max.replace(tzinfo=UTC)
                self._does(plan)
        self.did.update(entry["event"] for entry in logged)
        return [entry["error"] for entry in logged if entry["event"] == "event.failed"]

    def restarts(self) -> None:
        """Forget everything but what is in the database."""
        self.close()
        self.desk = self._desk(Database(self._url))
        self.did["restarted"] += 1

    def close(self) -> None:
        self.desk.database.close()

    def _desk(self, database: Database) -> Desk:
        return Desk(
            database=database,
            agreements=AgreementBook([AGREEMENT]),
            understand=understand_hald(),
            clock=lambda: self.now,
            new_id=lambda: next(self._ids),
            senders={},
            team=Place(Platform.SLACK, TEAM),
        )

    def _life(self, most: int) -> Iterator[Planned]:
        asker, thread = self._random.choice(ASKERS), f"q{next(self._keys)}"
        at = NEW_YEAR + self._random.uniform(0, self.days) * DAY
        yield Planned(at, next(self._keys), "asks", asker, thread)
        for _ in range(self._random.randint(1, most)):
            at += self._random.choice([MINUTE, HOUR, HOUR, 6 * HOUR, DAY, 5 * DAY]) * (
                self._random.uniform(0.2, 1.5)
            )
            [what] = self._random.choices(list(ALL), list(ALL.values()))
            yield Planned(at, next(self._keys), what, asker, thread)

    def _sweeps(self, at: datetime) -> None:
        self.now = at
        ticket_watch(self.desk)
        if self._told_to_close and at.date() > self._told_to_close[0] - 2 * DAY:
            day = self._told_to_close.pop(0)
            closed = close(self.desk.database, self.desk.agreements, day, "Kurs", at)
            self.did["deadlines moved by a closing day"] += closed.moved

    def _does(self, plan: Planned) -> None:
        self.now = plan.at
        event = self._event(plan)
        if event is None:
            return
        Dispatcher(self.desk, TABLE)(event)
        self.did[plan.what] += 1
        if plan.what == "asks":
            self._said[plan.thread] = [(plan.asker, plan.thread)]
        elif isinstance(event, Said):
            self._said[plan.thread].append((plan.asker, event.message))
        elif isinstance(event, Submitted) and "text" in event.fields:
            self._said[plan.thread].append((event.account.user, event.key))

    def _event(self, plan: Planned) -> Inbound | None:
        if plan.what in {"asks", "says", "thanks"}:
            return self._words(plan)
        if plan.what in {"edits", "deletes"}:
            return self._second_thought(plan)
        who = plan.asker if plan.what in BY_ASKER else self._random.choice(TEAM_OF_HALD)
        value = self._ticket(plan.thread)
        if value is None:
            return None
        if plan.what.endswith(".send"):
            fields = self._fields(plan.what)
            return Submitted(**self._came(who), action=plan.what, value=value, fields=fields)
        value += ":" if plan.what == "asker.choose" else ""
        return Pressed(**self._came(who), action=plan.what, value=value)

    def _words(self, plan: Planned) -> Said:
        is_first = plan.what == "asks"
        text = self._random.choice(QUESTIONS) if is_first else "Takk"
        came = self._came(plan.asker)
        if is_first:
            came["key"] = plan.thread
        return Said(
            **{**came, "place": Place(Platform.SLACK, plan.asker, plan.thread)},
            message=came["key"],
            text="Det gjelder bilag 14 fra mars." if plan.what == "says" else text,
            to_us=True,
            is_direct=True,
        )

    def _second_thought(self, plan: Planned) -> Inbound | None:
        said = self._said.get(plan.thread)
        if not said:
            return None
        who, message = self._random.choice(said)
        if plan.what == "deletes":
            return Deleted(**self._came(who), message=message)
        return Edited(**self._came(who), message=message, text="Jeg mente bilag 15.")

    def _fields(self, action: str) -> dict[str, str]:
        by = (self.now + 3 * DAY).astimezone(OSLO)
        other = self._random.choice(self._numbers) if self._numbers else ""
        return {
            "text": "Det skal føres på 14. Hilsen oss.",
            "to": self._random.choice(TEAM_OF_HALD),
            "task": self._random.choice(TASKS),
            "figure": self._random.choice(["first_response", "resolution"]),
            "due": f"{by:%Y-%m-%d} 12:00",
            "reason": "avtalt på telefon",
            "number": other,
        }

    def _came(self, who: str) -> dict:
        """Return what every event has. The platform's clock is a little behind ours."""
        behind = self._random.choice([0, 0, 1, 30, 300]) * timedelta(seconds=1)
        return {
            "key": f"e{next(self._keys)}",
            "account": Account(Platform.SLACK, "T", who),
            "at": self.now - behind,
            "place": Place(Platform.SLACK, who),
        }

    def _ticket(self, thread: str) -> str | None:
        with self.desk.database.reading() as store:
            ticket_id = store.tickets.by_message(thread)
            if ticket_id is None:
                return None
            self._numbers.append(store.tickets.get(ticket_id).number)
        del self._numbers[:-20]
        return str(ticket_id)
