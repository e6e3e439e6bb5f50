"""Private calendar addresses: one for each person, until they ask for another."""

import hmac
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from storage.meeting_models import CalendarFeedRow

NAME_LENGTH = 12  # bytes; it finds the row, and is no secret
TOKEN_LENGTH = 32  # bytes
NOBODYS = "." * 43  # compared when there is no such address, so that both take as long


class CalendarFeeds:
    def __init__(self, session: Session) -> None:
        self._session = session

    def token_of(self, who: PersonId) -> str:
        """Return the secret part of *who*'s address, «name.token»; one is made if there is none."""
        row = self._session.get(CalendarFeedRow, who)
        return f"{row.name}.{row.token}" if row else self.renew(who)

    def renew(self, who: PersonId) -> str:
        """Make *who* a new address, and the old one worthless."""
        row = self._session.get(CalendarFeedRow, who) or CalendarFeedRow(person_id=who)
        row.name, row.token = token_urlsafe(NAME_LENGTH), token_urlsafe(TOKEN_LENGTH)
        self._session.add(row)
        self._session.flush()
        return f"{row.name}.{row.token}"

    def whose(self, address: str) -> PersonId | None:
        """Return whose calendar *address* opens, or None. It takes as long for a wrong one."""
        name, _, token = address.partition(".")
        found = select(CalendarFeedRow).where(CalendarFeedRow.name == name)
        row = self._session.scalars(found).first()
        is_right = hmac.compare_digest(
            token.encode("utf-8", "replace"), (row.token if row else NOBODYS).encode()
        )
        return PersonId(row.person_id) if row and is_right else None
