"""A year of meetings: the jobs rung morning by morning, and every card that people got, and when.

Each morning the clock rings when it is open, weekends and holidays too; on Mondays also before
that. Every week the program starts again.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.agreements import AgreementBook
from bot.cards.blocks import Card, Facts
from bot.conversation import Desk, Sent
from bot.domain.people import Account, Person, PersonId, Place, Platform
from schedules.deliver_outbox import deliver_outbox
from schedules.meeting_notices import meeting_notices
from storage.database import Database
from tests.office import AGREEMENT, HALD_WORDS, understand_hald

OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)
MORNINGS = (time(7, 30), time(8, 10))  # closed, and open
STAFF = {
    "Kari": ("alstahaug", {"host-team", "contact-heroy"}),
    "Per": ("alstahaug", {"host-team", "contact-donna"}),
    "Liv": ("alstahaug", {"host-team", "contact-leirfjord"}),
    "Randi": ("alstahaug", {"host-team", "lead", "contact-alstahaug"}),
    "Mona": ("alstahaug", {"manager"}),
    "Ola": ("heroy", {"own-contact"}),
    "Nils": ("donna", {"own-contact"}),
    "Eli": ("leirfjord", {"own-contact"}),
    "Dag": ("heroy", {"municipal-director"}),
    "Unni": ("donna", {"municipal-director"}),
}


@dataclass(frozen=True)
class Got:
    """A card that somebody got, and the moment (UTC)."""

    who: str
    at: datetime
    card: Card

    @property
    def when(self) -> str:
        """The meeting's own time, as the card tells it."""
        facts = [
            fact for block in self.card.body if isinstance(block, Facts) for fact in block.facts
        ]
        return next((fact.value for fact in facts if fact.name == "Når"), "")


@dataclass
class Postman:
    """A chat that takes everything, and remembers when."""

    year: "MeetingYear"
    got: list[Got] = field(default_factory=list)

    async def send(self, to: Place, card: Card, only_to: Account | None) -> Sent:
        self.got.append(Got(to.channel, self.year.now, card))
        return Sent(to.channel, f"m{len(self.got)}")

    async def change(self, at: Place, message: str, card: Card) -> None:
        raise AssertionError("nothing is redrawn")


Acts = dict[date, list[Callable[["MeetingYear"], None]]]


class MeetingYear:
    """*workers* processes ring the same clock at the same time, on one database."""

    def __init__(self, url: str, first: date, workers: int = 1) -> None:
        self._url, self._workers = url, workers
        self.now = datetime.combine(first, time(6), tzinfo=OSLO).astimezone(UTC)
        self.postman = Postman(self)
        self.restarts = 0
        self._loop, self._pool = asyncio.Runner(), ThreadPoolExecutor(workers)
        self.desks = [self._desk() for _ in range(workers)]
        with self.desks[0].database.transaction() as store:
            store.agreements.keep(AGREEMENT, HALD_WORDS, self.now)
            for name, (municipality, roles) in STAFF.items():
                email = f"{name.lower()}@{municipality}.example"
                store.people.introduce(
                    Person(
                        id=PersonId(name),
                        name=name,
                        email=email,
                        municipality=municipality,
                        roles=frozenset(roles),
                    )
                )
                store.people.link(PersonId(name), Account(Platform.SLACK, "T", name), channel=name)

    def passes(self, until: date, acts: Acts) -> None:
        """Let the days go by; *acts* is what people do, by the day, before the clock rings."""
        day = self.now.astimezone(OSLO).date()
        while day < until:
            for act in acts.get(day, ()):
                act(self)
            for at in MORNINGS if day.weekday() == 0 else MORNINGS[1:]:
                self.now = datetime.combine(day, at, tzinfo=OSLO).astimezone(UTC)
                self.rings()
            day += DAY
            if day.weekday() == 0:
                self.starts_again()
        self.ends()

    def rings(self) -> None:
        list(self._pool.map(meeting_notices, self.desks))
        with self.desks[0].database.reading() as store:
            waiting = store.outbox.waiting(self.now)
        if waiting:
            self._loop.run(deliver_outbox(self.desks[0]))

    def starts_again(self) -> None:
        """Forget everything but what is in the database."""
        self.ends_databases()
        self.desks = [self._desk() for _ in range(self._workers)]
        self.restarts += 1

    def ends_databases(self) -> None:
        for desk in self.desks:
            desk.database.close()

    def ends(self) -> None:
        self.ends_databases()
        self._loop.close()
        self._pool.shutdown()

    def _desk(self) -> Desk:
        return Desk(
            database=Database(self._url),
            agreements=AgreementBook([AGREEMENT]),
            understand=understand_hald(),
            clock=lambda: self.now,
            new_id=uuid4,
            senders={Platform.SLACK: self.postman},
            team=None,
        )
