"""What every event has: when it was, when we heard of it, and who did it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    at: datetime
    received_at: datetime
    by: PersonId | None = None
