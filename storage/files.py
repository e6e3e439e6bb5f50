"""Files on their way from one side to the other: noted, fetched, passed on or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from bot.domain.files import FileId, FileState, SharedFile
from bot.domain.people import PersonId, Platform
from bot.domain.tickets import SlotRole, TicketId
from storage.file_models import SharedFileRow
from storage.models import LetterRow, SlotRow

LEASE = timedelta(minutes=3)  # to fetch a file and to have it looked at
FIRST_WAIT = timedelta(seconds=5)  # doubled after each failure
AT_A_TIME = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A file that goes to the team, or *to_asker*. *message* is the key of what it came with.

    For a file that the team sends, it is the key of the press that sent it. *attempts* counts
    this one.
    """

    id: FileId
    ticket: TicketId
    by: PersonId
    message: str
    platform: Platform
    file: SharedFile
    to_asker: bool
    state: FileState
    attempts: int = 0


class Files:
    def __init__(self, session: Session) -> None:
        self._session = session

    def note(self, relay: Relay, now: datetime) -> None:
        """Put down that the file was shared; once it is noted, it is not forgotten."""
        row = SharedFileRow(
            id=relay.id,
            ticket_id=relay.ticket,
            by=relay.by,
            message=relay.message,
            platform=relay.platform,
            name=relay.file.name,
            media_type=relay.file.media_type,
            size=relay.file.size,
            source=relay.file.source,
            to_asker=relay.to_asker,
            state=relay.state,
            noted_at=now,
            not_before=now,
        )
        self._session.add(row)
        self._session.flush()

    def get(self, file_id: FileId) -> Relay | None:
        """Return the file, and keep others from changing it until we are done."""
        row = self._session.get(SharedFileRow, file_id, with_for_update=True)
        return _relay(row) if row else None

    def send(self, file_id: FileId, by: PersonId, message: str, now: datetime) -> None:
        """Let a file that was held go to the asker, because of the press *message*."""
        row = self._session.get_one(SharedFileRow, file_id)
        row.by, row.message, row.not_before = by, message, now
        row.state = FileState.NOTED
        self._session.flush()

    def is_due(self, now: datetime) -> bool:
        """Tell whether any file is to be fetched. Nobody waits for anybody to ask this."""
        due = SharedFileRow.state == FileState.NOTED, SharedFileRow.not_before <= now
        return bool(self._session.scalar(select(exists().where(*due))))

    def is_any_left(self) -> bool:
        """Tell whether there is anything to pass on, or to drop once it has arrived."""
        return bool(
            self._session.scalar(select(exists().where(SharedFileRow.content.is_not(None))))
        )

    def claim(self, now: datetime) -> Sequence[Relay]:
        """Take files that are to be fetched. After the lease they are anyone's again."""
        found = (
            select(SharedFileRow)
            .where(SharedFileRow.state == FileState.NOTED, SharedFileRow.not_before <= now)
            .order_by(SharedFileRow.not_before)
            .limit(AT_A_TIME)
            .with_for_update(skip_locked=True)
        )
        rows = self._session.scalars(found).all()
        for row in rows:
            row.attempts, row.not_before = row.attempts + 1, now + LEASE
        self._session.flush()
        return [_relay(row) for row in rows]

    def fetched(self, relay: Relay, content: bytes) -> None:
        """Keep *content*, which was looked at, until it can be passed on."""
        row = self._locked(relay.id)
        row.state, row.content, row.size = FileState.CHECKED, content, len(content)
        self._session.flush()

    def later(self, relay: Relay, now: datetime) -> None:
        """Let it be tried again, a little later each time."""
        self._locked(relay.id).not_before = now + FIRST_WAIT * (1 << min(relay.attempts, 6))
        self._session.flush()

    def refused(self, relay: Relay, reason: str) -> None:
        row = self._locked(relay.id)
        row.state, row.reason, row.content = FileState.REFUSED, reason, None
        self._session.flush()

    def ready(self) -> Sequence[Relay]:
        """Return what can be passed on now: the team must have the ticket first."""
        is_with_team = exists().where(
            SlotRow.ticket_id == SharedFileRow.ticket_id, SlotRow.role == SlotRole.TEAM
        )
        found = (
            select(SharedFileRow)
            .where(SharedFileRow.state == FileState.CHECKED)
            .where(or_(SharedFileRow.to_asker, is_with_team))
            .order_by(SharedFileRow.noted_at, SharedFileRow.id)
            .with_for_update(skip_locked=True)
        )
        return [_relay(row) for row in self._session.scalars(found)]

    def passed(self, relay: Relay) -> None:
        self._locked(relay.id).state = FileState.PASSED
        self._session.flush()

    def content(self, file_id: FileId) -> tuple[SharedFile, bytes] | None:
        """Return the file with what is in it; None when it has arrived and is not kept."""
        row = self._session.get(SharedFileRow, file_id)
        return (_file(row), row.content) if row and row.content is not None else None

    def forget(self) -> None:
        """Drop what is in the files that have arrived, or never will."""
        is_on_its_way = exists().where(
            LetterRow.file_id == SharedFileRow.id, LetterRow.done_at.is_(None)
        )
        arrived = update(SharedFileRow).where(
            SharedFileRow.state == FileState.PASSED,
            SharedFileRow.content.is_not(None),
            ~is_on_its_way,
        )
        self._session.execute(arrived.values(content=None))

    def _locked(self, file_id: FileId) -> SharedFileRow:
        return self._session.get_one(SharedFileRow, file_id, with_for_update=True)


def _relay(row: SharedFileRow) -> Relay:
    return Relay(
        id=FileId(row.id),
        ticket=TicketId(row.ticket_id),
        by=PersonId(row.by),
        message=row.message,
        platform=Platform(row.platform),
        file=_file(row),
        to_asker=row.to_asker,
        state=FileState(row.state),
        attempts=row.attempts,
    )


def _file(row: SharedFileRow) -> SharedFile:
    return SharedFile(name=row.name, source=row.source, media_type=row.media_type, size=row.size)
