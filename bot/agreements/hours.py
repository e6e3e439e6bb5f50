"""Opening hours, from rules and public holidays to the plain windows of the domain's calendar."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays import HolidayBase, country_holidays

from bot.agreements.file import CalendarTable
from bot.agreements.rules import check_rules, intervals
from bot.domain.calendar import Calendar, Window

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

LocalSpan = tuple[datetime, datetime]  # without a zone, as the rules are


class WrongHours(ValueError):
    """The calendar cannot be laid out. *field* is the one to mend."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@lru_cache(maxsize=16)  # most versions of an agreement leave its calendar as it was
def lay_out(table: CalendarTable) -> Calendar:
    """Return the calendar that *table* describes.

    :raises WrongHours: a rule silences another, a year never opens, a country is unknown
    """
    try:
        check_rules(table.opening_hours)
    except ValueError as error:
        raise WrongHours("opening_hours", str(error)) from error
    holidays = _holidays(table)
    spans = [span for span in _by_day(table) if span[0].date() not in holidays]
    _check_every_year(table, spans)
    windows = (_window(*span, table.zone) for span in spans)
    # One that closes as it opens stood where the clocks are put forward: it never was.
    return Calendar.of(table.zone, (w for w in windows if w.opens < w.closes), holidays)


def _holidays(table: CalendarTable) -> Mapping[date, str]:
    years = range(table.years[0], table.years[1] + 1)
    try:
        found: HolidayBase = country_holidays(
            table.country, years=years, language=table.holiday_names
        )
    except NotImplementedError as error:
        raise WrongHours("country", f'no holidays are known for "{table.country}"') from error
    # Asked for a language it does not have, the library answers in another, and does not say so.
    languages = found.supported_languages or (found.default_language,)
    if table.holiday_names not in languages:
        names = ", ".join(f'"{language}"' for language in languages)
        raise WrongHours(
            "holiday_names", f'"{table.holiday_names}" is not one of {table.country}\'s: {names}'
        )
    return dict(sorted(found.items()))


def _by_day(table: CalendarTable) -> Iterator[LocalSpan]:
    """Yield when the unit is open, in local time. What goes on past midnight is cut there."""
    first, last = table.years
    years = datetime(first, 1, 1), datetime(last + 1, 1, 1)  # noqa: DTZ001 local, as the rules are
    for opens, closes in intervals("; ".join(table.opening_hours), *years):
        start = opens
        while start.date() < closes.date():
            midnight = datetime.combine(start.date() + DAY, time())
            yield start, midnight
            start = midnight
        if start < closes:
            yield start, closes


def _check_every_year(table: CalendarTable, spans: list[LocalSpan]) -> None:
    """Refuse rules under which the deadlines of a whole year would fall in the next, or nowhere."""
    opening = {opens.year for opens, _ in spans}
    first, last = table.years
    shut = [year for year in range(first, last + 1) if year not in opening]
    if shut:
        when = f" in {shut[0]}" if opening else ""
        raise WrongHours("opening_hours", f"these rules never open{when}")


def _window(opens: datetime, closes: datetime, zone: ZoneInfo) -> Window:
    return Window(_utc(opens, zone), _utc(closes, zone))


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return *local* in UTC: of two moments the first, of none the next that there is."""
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    while moment.astimezone(zone).replace(tzinfo=None) != local:
        local += MINUTE
        moment = local.replace(tzinfo=zone).astimezone(UTC)
    return moment
