"""A spring in which three municipalities asked: enough to make reports of, and always the same."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.agreements.book import AgreementBook
from bot.domain.months import Month
from bot.reports.making import make
from bot.reports.report import Report
from storage.database import Database
from tests.stories import AGREEMENT, Story, answered, asked_back, replied, resolved, withdrawn

BOOK = AgreementBook([AGREEMENT])
MARCH = Month(2026, 3)
LATER = datetime(2026, 5, 4, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ALWAYS = (  # municipality, days after Monday 2 February, what happened so many minutes later
    *(("donna", day, ((10 + day, answered), (300 + day, resolved))) for day in range(28, 34)),
    ("donna", 35, ((30, asked_back), (90, replied), (120, answered), (150, resolved))),
    ("donna", 36, ((2, withdrawn),)),
    ("donna", 3, ((4000, answered),)),
    ("donna", 57, ()),
    ("heroy", 30, ((40, answered),)),
    ("heroy", 31, ()),
    ("leirfjord", 2, ((15, answered), (20, resolved))),
)
FIRST = datetime(2026, 2, 2, 8, tzinfo=UTC)


def spring(database: Database) -> None:
    """Let the spring have been: its tickets have the same ids every time."""
    with database.transaction() as store:
        for number, (town, days, then) in enumerate(ALWAYS, start=1):
            task = "vat" if number % 2 else "payments"
            Story(
                id=UUID(int=number),
                municipality=town,
                asked_at=FIRST + days * DAY,
                task=task,
                then=then,
            ).is_stored(store)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    with closing(Database(url)) as database:
        yield database


def report(
    database: Database,
    municipality: str | None = "donna",
    *,
    month: Month = MARCH,
    now: datetime = LATER,
    as_of: datetime | None = None,
    book: AgreementBook | None = None,
) -> Report:
    with database.reading() as store:
        return make(
            store,
            book or AgreementBook([AGREEMENT]),
            month,
            municipality,
            now=now,
            as_of=as_of,
        )
