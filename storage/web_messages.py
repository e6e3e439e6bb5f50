"""The lines of the chat on our own page: what people wrote, and the bot's cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, cast, func, or_, select
from sqlalchemy.orm import Session

from bot.cards.blocks import Card
from bot.domain.people import Person, PersonId
from storage.models import WebMessageRow

TEAM = "team"  # the host team's channel; every other channel is one person's, and named by their id
VERSIONS = 20_260_101  # PostgreSQL's name for the lock on the counting of versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a person's *text*, or a *card* of the bot's (then *author* is None).

    *thread* is the number of the line it stands below; None for a line of its own.
    *only_to* is the one person who sees it. *at* is in UTC.
    """

    number: int
    channel: str
    thread: str | None
    author: PersonId | None
    only_to: PersonId | None
    text: str | None
    card: Card | None
    at: datetime

    @property
    def root(self) -> str:
        """Return the number of the line that its thread begins with, be it this one."""
        return self.thread or str(self.number)


def may_read(person: Person, channel: str) -> bool:
    """Whether *person* may read and write there: in their own channel; in the team's, if of it."""
    return channel == person.id or (channel == TEAM and person.is_host_team)


class WebMessages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self, channel: str, text: str, at: datetime, *, author: PersonId, thread: str | None = None
    ) -> Line:
        """Add what *author* wrote, below the line *thread* or as a line of its own."""
        return self._add(channel=channel, text=text, at=at, author=author, thread=thread)

    def put(
        self,
        channel: str,
        card: Card,
        at: datetime,
        *,
        thread: str | None = None,
        only_to: PersonId | None = None,
    ) -> Line:
        """Add a card of the bot's."""
        drawn = card.model_dump(mode="json")
        return self._add(channel=channel, card=drawn, at=at, thread=thread, only_to=only_to)

    def redraw(self, number: int, card: Card) -> bool:
        """Let *card* stand where another stood; return False when there is no such line."""
        row = self._session.get(WebMessageRow, number)
        if row is None:
            return False
        row.card, row.version = card.model_dump(mode="json"), self._next_version()
        self._session.flush()
        return True

    def get(self, number: int) -> Line | None:
        row = self._session.get(WebMessageRow, number)
        return _line(row) if row else None

    def version(self) -> int:
        """Return a number that has grown whenever anything in the chat has changed."""
        return self._session.scalar(select(func.max(WebMessageRow.version))) or 0

    def changed(self, channel: str, reader: PersonId, since: int) -> Sequence[Line]:
        """Return the lines that are new or redrawn after version *since*, in order."""
        return self._lines(_seen_by(reader, channel), WebMessageRow.version > since)

    def latest(self, channel: str, reader: PersonId, threads: int = 50) -> Sequence[Line]:
        """Return the *threads* that changed last, whole, with their lines in order."""
        seen, root = _seen_by(reader, channel), _root()
        newest = (
            select(root)
            .where(seen)
            .group_by(root)
            .order_by(func.max(WebMessageRow.version).desc())
            .limit(threads)
        )
        return self._lines(seen, root.in_(newest))

    def _lines(self, *which: ColumnElement[bool]) -> Sequence[Line]:
        rows = select(WebMessageRow).where(*which).order_by(WebMessageRow.number)
        return [_line(row) for row in self._session.scalars(rows)]

    def _add(self, **values: object) -> Line:
        row = WebMessageRow(**values, version=self._next_version())
        self._session.add(row)
        self._session.flush()
        return _line(row)

    def _next_version(self) -> int:
        """Count on. Whoever counts goes last to commit, so no reader ever passes a version by."""
        if self._session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
            self._session.execute(select(func.pg_advisory_xact_lock(VERSIONS)))
        return self.version() + 1


def _seen_by(reader: PersonId, channel: str) -> ColumnElement[bool]:
    to_reader = or_(WebMessageRow.only_to.is_(None), WebMessageRow.only_to == reader)
    return (WebMessageRow.channel == channel) & to_reader


def _root() -> ColumnElement[str]:
    return func.coalesce(WebMessageRow.thread, cast(WebMessageRow.number, String))


def _line(row: WebMessageRow) -> Line:
    return Line(
        number=row.number,
        channel=row.channel,
        thread=row.thread,
        author=PersonId(row.author) if row.author else None,
        only_to=PersonId(row.only_to) if row.only_to else None,
        text=row.text,
        card=Card.model_validate(row.card) if row.card else None,
        at=row.at,
    )
