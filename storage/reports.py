"""The reports that were sent, by municipality and month, with the hashes they had then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.months import Month, read_month
from storage.once import first
from storage.report_models import SentReportRow

EVERYBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReport:
    """*municipality* is None for all together; *log* and *figures* are the seal's hashes."""

    cooperation: str
    municipality: str | None
    month: Month
    as_of: datetime
    log: str
    figures: str
    sent_at: datetime


class Reports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def first(self, sent: SentReport) -> bool:
        """Keep that *sent* goes out; return False if some replica has sent it already."""
        return first(
            self._session,
            SentReportRow,
            cooperation=sent.cooperation,
            municipality=sent.municipality or EVERYBODY,
            month=str(sent.month),
            as_of=sent.as_of,
            log=sent.log,
            figures=sent.figures,
            sent_at=sent.sent_at,
        )

    def sent(self, cooperation: str, month: Month) -> Sequence[SentReport]:
        """Return what was sent of *month*."""
        found = select(SentReportRow).where(
            SentReportRow.cooperation == cooperation, SentReportRow.month == str(month)
        )
        return [_sent(row) for row in self._session.scalars(found)]


def _sent(row: SentReportRow) -> SentReport:
    return SentReport(
        cooperation=row.cooperation,
        municipality=row.municipality or None,
        month=read_month(row.month),
        as_of=row.as_of,
        log=row.log,
        figures=row.figures,
        sent_at=row.sent_at,
    )
