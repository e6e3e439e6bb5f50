"""The memory of what has already come in. Platforms deliver some things twice."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from storage.models import SeenRow
from storage.once import first


class Seen:
    def __init__(self, session: Session) -> None:
        self._session = session

    def first_time(self, key: str, now: datetime) -> bool:
        """Remember *key*; return False if it was already known."""
        return first(self._session, SeenRow, key=key, at=now)

    def forget_before(self, moment: datetime) -> None:
        """Forget what came in before *moment*."""
        self._session.execute(delete(SeenRow).where(SeenRow.at < moment))
