"""Accounts that may be one person's: who has said so, and two people who become one."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Table, Text, cast, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from storage.link_models import AccountLinkRow
from storage.models import EventRow, PersonRow, Row
from storage.once import first

PERSON = "person.id"  # what every column that names somebody points at


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two people who may be one. *other* is None until somebody has written the code."""

    id: UUID
    one: PersonId
    other: PersonId | None
    one_said: bool
    other_said: bool
    made_at: datetime

    @property
    def is_confirmed(self) -> bool:
        """Whether both have said that they are the same."""
        return self.one_said and self.other_said


class Links:
    def __init__(self, session: Session) -> None:
        self._session = session

    def begin(
        self,
        id_: UUID,
        one: PersonId,
        now: datetime,
        *,
        other: PersonId | None = None,
        code: str | None = None,
    ) -> None:
        """Ask whether *one* is *other*; or let whoever writes *code* elsewhere be the other."""
        first(
            self._session,
            AccountLinkRow,
            id=id_,
            code=code,
            one=one,
            other=other,
            made_at=now,
        )

    def get(self, id_: UUID) -> Link | None:
        row = self._session.get(AccountLinkRow, id_, with_for_update=True)
        return _link(row) if row else None

    def by_code(self, code: str) -> Link | None:
        found = select(AccountLinkRow).where(AccountLinkRow.code == code).with_for_update()
        row = self._session.scalar(found)
        return _link(row) if row else None

    def met(self, link: Link, other: PersonId) -> None:
        """Let *other* be who wrote the code, which nobody else can use any more."""
        row = self._session.get_one(AccountLinkRow, link.id)
        row.other, row.code = other, None
        self._session.flush()

    def say_yes(self, link: Link, who: PersonId, now: datetime) -> Link:
        """Put down that *who*, one of the two, has confirmed it."""
        row = self._session.get_one(AccountLinkRow, link.id)
        if who == link.one:
            row.one_said_at = row.one_said_at or now
        if who == link.other:
            row.other_said_at = row.other_said_at or now
        self._session.flush()
        return _link(row)

    def end(self, link: Link) -> None:
        self._session.execute(delete(AccountLinkRow).where(AccountLinkRow.id == link.id))

    def unite(self, gone: PersonId, into: PersonId) -> None:
        """Let everything that was *gone*'s be *into*'s: tickets, accounts, words.

        *gone* is no more. The log keeps what happened, and when; only one name in it is another.
        """
        of_both = or_(AccountLinkRow.one.in_((gone, into)), AccountLinkRow.other.in_((gone, into)))
        self._session.execute(delete(AccountLinkRow).where(of_both))
        for table in Row.metadata.sorted_tables:
            for column in table.columns:
                if any(key.target_fullname == PERSON for key in column.foreign_keys):
                    self._hand_on(table, column, gone, into)
        self._rename(gone, into)
        self._session.expire_all()
        self._one_person(gone, into)

    def _hand_on(self, table: Table, column: Column[str], gone: PersonId, into: PersonId) -> None:
        """Let *column* say *into* for *gone*; where it says both, as two guests, one is enough."""
        try:
            with self._session.begin_nested():
                theirs = update(table).where(column == gone)
                self._session.execute(theirs.values({column.name: into}))
        except IntegrityError:
            self._session.execute(table.delete().where(column == gone))

    def _rename(self, gone: PersonId, into: PersonId) -> None:
        """Let the bodies of events say *into* where they said *gone*."""
        found = select(EventRow).where(cast(EventRow.body, Text).contains(gone, autoescape=True))
        for row in self._session.scalars(found):
            row.body = json.loads(json.dumps(row.body).replace(json.dumps(gone), json.dumps(into)))
        self._session.flush()

    def _one_person(self, gone: PersonId, into: PersonId) -> None:
        """Strike *gone* from the directory; their address stays, if the other had none."""
        leaving, staying = (self._session.get_one(PersonRow, one) for one in (gone, into))
        address = leaving.email
        self._session.delete(leaving)
        self._session.flush()
        staying.email = staying.email or address
        self._session.flush()


def _link(row: AccountLinkRow) -> Link:
    return Link(
        id=row.id,
        one=PersonId(row.one),
        other=PersonId(row.other) if row.other else None,
        one_said=row.one_said_at is not None,
        other_said=row.other_said_at is not None,
        made_at=row.made_at,
    )
