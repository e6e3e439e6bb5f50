"""The versions of the agreements, in their own words, for the tickets that began with them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.agreement import Agreement
from storage.models import AgreementRow
from storage.once import first


class Agreements:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, agreement: Agreement, source: str, now: datetime) -> None:
        """Keep *source*, the file that *agreement* was read from. A known one stays as it is."""
        first(
            self._session,
            AgreementRow,
            digest=agreement.digest,
            cooperation=agreement.id,
            effective_from=agreement.effective_from,
            source=source,
            added_at=now,
        )

    def source(self, digest: str) -> str:
        """Return the words of one version.

        :raises sqlalchemy.exc.NoResultFound: it was never kept here
        """
        return self._session.get_one(AgreementRow, digest).source

    def sources(self, cooperation: str) -> Sequence[str]:
        """Return every version of *cooperation*'s agreement, the oldest first."""
        found = (
            select(AgreementRow.source)
            .where(AgreementRow.cooperation == cooperation)
            .order_by(AgreementRow.effective_from, AgreementRow.added_at)
        )
        return self._session.scalars(found).all()

    def versions(self, cooperation: str) -> Sequence[tuple[str, date]]:
        """Return the digest of each kept version, and from when it holds, the oldest first."""
        found = (
            select(AgreementRow.digest, AgreementRow.effective_from)
            .where(AgreementRow.cooperation == cooperation)
            .order_by(AgreementRow.effective_from, AgreementRow.added_at)
        )
        return [(digest, begins) for digest, begins in self._session.execute(found)]
