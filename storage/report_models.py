"""The reports' tables: which were sent, and where a chat finds the pictures on its cards."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class SentReportRow(Row):
    """A month's report that managers were told of: once, and what it said then."""

    __tablename__ = "sent_report"

    cooperation: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(primary_key=True)  # empty: of all together
    month: Mapped[str] = mapped_column(primary_key=True)  # 2026-10
    as_of: Mapped[datetime]
    log: Mapped[str]
    figures: Mapped[str]
    sent_at: Mapped[datetime]


class PictureRow(Row):
    """What a picture shows, by the hash of the key in its address. It is drawn when fetched."""

    __tablename__ = "picture"

    key: Mapped[str] = mapped_column(primary_key=True)
    cooperation: Mapped[str]
    municipality: Mapped[str | None]  # None: of all together
    first: Mapped[date]
    last: Mapped[date]
    as_of: Mapped[datetime]
    language: Mapped[str]
    ends_at: Mapped[datetime]
