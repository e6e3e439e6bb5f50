"""Behind a figure: its tickets, page by page. They are as many as the figure says."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.agreements.book import AgreementBook
from bot.bulk.columns import Columns
from bot.bulk.measures import FIGURES, places_of
from bot.domain.flat import MICROSECOND, NEVER, PRIORITIES, SIDES, STANDINGS, STATE, moment
from bot.domain.measures import Age, Scope, TicketLine
from bot.domain.tickets import TicketId
from bot.measuring.ages import ages_of
from bot.measuring.finding import found_in, version_for
from storage.database import Store

OPEN_FOR = "open_by_age."  # and a band after it: the figures of Measures.open_by_age
BANDS = {f"{OPEN_FOR}{age}": age for age in Age}
MOST_LINES = 100


class NoSuchFigure(Exception):
    """Nothing is counted under that name."""


def tickets(
    store: Store,
    book: AgreementBook,
    scope: Scope,
    as_of: datetime,
    *,
    which: str | None = None,
    after: str | None = None,
    limit: int = MOST_LINES,
) -> Sequence[TicketLine]:
    """Return the tickets behind the figure *which* (None: «asked»), in the order they were asked.

    *which*: a name in FIGURES, such as «first_response.late», or «open_by_age.4-5». As many as the
    figure says, *limit* at a time: the next ones come *after* the number of the last.

    :raises NoSuchFigure: nothing is called *which*
    """
    name = which or "asked"
    if name not in FIGURES and name not in BANDS:
        raise NoSuchFigure(name)
    found = found_in(store, book, scope, as_of)
    if name in FIGURES:
        columns, places = found.columns, places_of(found.columns, name).tolist()
    else:
        calendar = version_for(book, scope, as_of).calendar
        columns, ages = found.open, ages_of(found.open, calendar, as_of)
        places = [place for place, band in enumerate(ages) if band is BANDS[name]]
    page = _after(columns, places, after)[:limit]
    ids = store.measures.ids([columns.numbers[place] for place in page])
    return [_line(columns, place, ids[columns.numbers[place]]) for place in page]


def _after(columns: Columns, places: list[int], number: str | None) -> list[int]:
    """Return *places* in the order they were asked, those after the ticket called *number*."""
    asked_at, numbers = columns.asked_at.tolist(), columns.numbers
    ordered = sorted(places, key=lambda place: (asked_at[place], numbers[place]))
    start = next((at for at, place in enumerate(ordered, 1) if numbers[place] == number), 0)
    return ordered[start:]


def _line(columns: Columns, place: int, ticket_id: TicketId) -> TicketLine:
    letter = {name: chr(columns.letters(name)[place]) for name in STATE}
    return TicketLine(
        id=ticket_id,
        number=columns.numbers[place],
        municipality=columns.municipality.at(place),
        asked_at=moment(int(columns.asked_at[place])),
        task=columns.task.at(place) or None,
        side=SIDES[letter["side"]],
        priority=PRIORITIES[letter["priority"]],
        standing=STANDINGS[letter["standing"]],
        first_response=_used(columns, "first_response", place),
        resolution=_used(columns, "resolution", place),
    )


def _used(columns: Columns, promise: str, place: int) -> timedelta | None:
    length = int(columns.lengths[promise][place])
    return None if length == NEVER else length * MICROSECOND
