"""The tables of whom we let in: who is signed in, which account is whose, programs that read."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class VisitRow(Row):
    """Somebody is signed in, in one browser. *token* is the hash of what its cookie holds."""

    __tablename__ = "visit"

    token: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # within the last few minutes before it really was
    ends_at: Mapped[datetime] = mapped_column(index=True)
    proof: Mapped[str]  # the issuer's own token, which it wants back when they sign out


class SubjectRow(Row):
    """Who somebody is to an issuer, and to us. One of each issuer's accounts for each person."""

    __tablename__ = "subject"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    linked_at: Mapped[datetime]


class ApiClientRow(Row):
    """A program that may read. *token* is a hash; *municipality* is empty for all of them."""

    __tablename__ = "api_client"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str]
    scopes: Mapped[list[str]]
    municipality: Mapped[str]
    added_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
