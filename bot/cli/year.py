"""`vertsdesk year …`: the deadlines of the year, who is reminded when, and who has met them."""

from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.agreements import AgreementBook
from bot.cli.answers import CannotAnswer, refusing, write_json
from bot.cli.asked import add_municipality, day, municipality_asked
from bot.cli.installation import agreement_file, opened
from bot.cli.terminal import plain, table, terminal
from bot.clock import wall_clock
from bot.domain.agreement import Agreement
from bot.domain.calendar import BeyondCalendar
from bot.domain.people import Language, Person, PersonId
from bot.domain.year_wheel import Occurrence, occurrences, reminder_day
from bot.year import read_year
from storage.database import Database
from storage.year import Kept

SHOWN = ("due", "municipality", "name", "side", "source", "reminders", "status")
AHEAD = timedelta(days=365)
LIST = """Show what is due in the period: from today and a year on, where nothing else is said. A
day that falls on a weekend or a holiday is shown where year.toml moves it."""

Entry = Mapping[str, object]


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("year", help="list the deadlines of the year")
    parts = parser.add_subparsers(required=True, metavar="PART")
    shown = parts.add_parser("list", help="show them as a table, or as JSON", description=LIST)
    add_municipality(shown)
    shown.add_argument("--from", type=day, metavar="DATE", help="first day; today if left out")
    shown.add_argument("--to", type=day, metavar="DATE", help="last day, included")
    shown.add_argument("--json", action="store_true", help="as JSON, for a program to read")
    shown.set_defaults(run=_list)


def entries(
    database: Database, agreement: Agreement, words: Namespace, today: date
) -> Sequence[Entry]:
    """Return what *words* ask for, the earliest first; *agreement* has its yearly wheel.

    :raises CannotAnswer: there is no such municipality or period
    """
    first = vars(words)["from"] or today
    last = words.to or first + AHEAD
    if last < first:
        raise CannotAnswer(f"the period ends on {last}, before it begins on {first}")
    which = municipality_asked(words.municipality, agreement)
    try:
        found = occurrences(agreement, first, last, which)
        with database.reading() as store:
            known = store.year.known(agreement.id, first, which)
            people = store.people.directory()
            return [_entry(one, known.get(one.term), agreement, people, today) for one in found]
    except (BeyondCalendar, OverflowError) as error:
        raise CannotAnswer(f"the calendar does not reach so far: {error}") from error


def _entry(
    one: Occurrence,
    kept: Kept | None,
    agreement: Agreement,
    people: Mapping[PersonId, Person],
    today: date,
) -> Entry:
    deadline, calendar = one.deadline, agreement.calendar
    by = people.get(kept.met_by) if kept and kept.met_by else None
    at = kept.met_at.astimezone(calendar.zone) if kept and kept.met_at else None
    return {
        "due": one.due.isoformat(),
        "municipality": agreement.municipalities[one.term.municipality].name,
        "id": deadline.id,
        "name": deadline.words[Language.EN],
        "task": deadline.task,
        "side": one.side.value,
        "basis": deadline.basis.value,
        "source": deadline.source,
        "reminders": [
            reminder_day(one.due, before, calendar).isoformat() for before in deadline.remind
        ],
        "status": "met" if at else "late" if one.due < today else "open",
        "met_by": by.name if by else "",
        "met_at": at.isoformat(timespec="seconds") if at else "",
    }


@refusing()
def _list(words: Namespace) -> int:
    with opened() as (database, book):
        wheel = read_year(agreement_file().with_suffix(""), book.newest)
        agreement = AgreementBook([book.newest], year=wheel).newest
        today = agreement.calendar.local_date(wall_clock())
        found = entries(database, agreement, words, today)
    if words.json:
        write_json(found)
    else:
        _show(found)
    return 0


def _show(found: Sequence[Entry]) -> None:
    drawn = table(*SHOWN)
    for entry in found:
        drawn.add_row(*(plain(_cell(entry, column)) for column in SHOWN))
    terminal().print(drawn if found else "Nothing is due in this period.")


def _cell(entry: Entry, column: str) -> str:
    value = entry[column]
    if isinstance(value, list):
        return ", ".join(day[5:] for day in value)
    if column == "status" and entry["met_at"]:
        return f"met by {entry['met_by']} {str(entry['met_at'])[:10]}"
    return str(value)
