"""Who somebody is to the issuer that signs them in, and who to us: linked once, then known."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from storage.once import first
from storage.visit_models import SubjectRow


class Subjects:
    def __init__(self, session: Session) -> None:
        self._session = session

    def whose(self, issuer: str, subject: str) -> PersonId | None:
        row = self._session.get(SubjectRow, (issuer, subject))
        return PersonId(row.person_id) if row else None

    def has_one(self, person: PersonId, issuer: str) -> bool:
        """Tell whether *person* is somebody to *issuer* already."""
        theirs = (SubjectRow.person_id == person) & (SubjectRow.issuer == issuer)
        return self._session.scalar(select(SubjectRow.subject).where(theirs).limit(1)) is not None

    def link(self, issuer: str, subject: str, person: PersonId, now: datetime) -> None:
        """Let that account be *person*'s. Two who come at once both find the first one's link."""
        first(
            self._session,
            SubjectRow,
            issuer=issuer,
            subject=subject,
            person_id=person,
            linked_at=now,
        )

    def forget(self, person: PersonId) -> None:
        """Let *person* be linked anew, by e-mail, when they sign in next."""
        self._session.execute(delete(SubjectRow).where(SubjectRow.person_id == person))
