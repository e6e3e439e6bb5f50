"""Ages: for how long each open ticket has been open."""

from collections.abc import Sequence
from datetime import datetime

from bot.bulk.columns import Columns
from bot.domain.calendar import Calendar
from bot.domain.flat import moment
from bot.domain.measures import Age, age


def ages_of(columns: Columns, calendar: Calendar, as_of: datetime) -> Sequence[Age]:
    """Return the band of each ticket of *columns*, as it was at *as_of*."""
    return [age(calendar, moment(asked), as_of) for asked in columns.asked_at.tolist()]
