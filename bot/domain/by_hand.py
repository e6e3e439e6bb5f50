"""Targets set by hand: which deadlines can have one, and which moments will do."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.calendar import NOTHING, BeyondCalendar, Calendar
from bot.domain.events import Figure
from bot.domain.sla import Figures, Stretch


def running_now(now: Figures) -> Mapping[Figure, Stretch]:
    """Return what is still owed, by its figure; nothing once the ticket's clock has ended."""
    if now.ended_at:
        return {}
    owed = {
        Figure.FIRST_RESPONSE: now.first_response,
        Figure.NEXT_RESPONSE: now.next_response,
        Figure.RESOLUTION: now.resolution,
    }
    return {figure: stretch for figure, stretch in owed.items() if stretch and not stretch.end}


def can_be_set(now: Figures) -> tuple[Figure, ...]:
    """Return the figures whose deadline may be set: what is broken stays broken."""
    running = running_now(now).items()
    return tuple(figure for figure, stretch in running if not stretch.is_breached)


def will_do(calendar: Calendar, now: datetime, due: datetime) -> bool:
    """Tell whether *due* is still to come, and a moment at which the unit is open or closes."""
    try:
        work = calendar.elapsed(now, due)
        return work > NOTHING and calendar.due(now, work) == due
    except BeyondCalendar:
        return False
