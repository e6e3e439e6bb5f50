"""The table of accounts that may be one person's: nothing is linked before both have said so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models import Row


class AccountLinkRow(Row):
    """Two who may be one. Without *other*, whoever writes *code* in another chat is that."""

    __tablename__ = "account_link"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    one: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    other: Mapped[str | None] = mapped_column(ForeignKey("person.id"), index=True)
    one_said_at: Mapped[datetime | None]
    other_said_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
