"""What the API is asked for: read once, at the door. What is not asked for here is refused."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime

from fastapi import HTTPException
from pydantic import BaseModel, ConfigDict, Field

from bot.domain.agreement import Priority, Side
from bot.domain.periods import Period
from bot.domain.tickets import Ticket
from storage.ticket_pages import Mark

UNCLEAR = 422
MOST_DAYS = 3 * 366
MOST_TICKETS = 100


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    municipality: str | None = Field(
        None, description="One, by id. Default: all that you may read."
    )


class FiguresAsked(Asked):
    """The local days that tickets were asked in, both included; by default this year so far."""

    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    task: str | None = None
    side: Side | None = None
    priority: Priority | None = None

    def period(self, today: date) -> Period:
        """Return the days; 422 when they are none, or too many."""
        last = self.last or today
        first = self.first or last.replace(month=1, day=1)
        if (last - first).days >= MOST_DAYS:
            raise HTTPException(UNCLEAR, f"A period is at most {MOST_DAYS} days.")
        try:
            return Period(first, last)
        except ValueError as wrong:
            raise HTTPException(UNCLEAR, str(wrong)) from wrong


class TicketsAsked(Asked):
    """*cursor*: the ``next`` of the page before."""

    cursor: str | None = None
    limit: int = Field(MOST_TICKETS, ge=1, le=MOST_TICKETS)

    @property
    def after(self) -> Mark | None:
        """Where the page before ended; 422 when the cursor is none of ours."""
        if self.cursor is None:
            return None
        try:
            read = urlsafe_b64decode(self.cursor.encode("ascii")).decode("ascii")
            moment, _, number = read.partition(" ")
            asked_at = datetime.fromisoformat(moment)
        except ValueError as wrong:
            raise HTTPException(UNCLEAR, "That is no cursor of ours.") from wrong
        if asked_at.tzinfo is None or not number:
            raise HTTPException(UNCLEAR, "That is no cursor of ours.")
        return asked_at, number


def cursor_after(last: Ticket) -> str:
    return urlsafe_b64encode(f"{last.asked_at.isoformat()} {last.number}".encode()).decode()
