"""`vertsdesk ledger`: what is done without standing in the agreement, and what should be in it."""

import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Mapping
from uuid import uuid4

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer, refusing, write_json
from bot.cli.asked import add_municipality, add_period, municipality_asked, period_asked
from bot.cli.installation import opened
from bot.cli.terminal import terminal
from bot.clock import wall_clock
from bot.domain.agreement import Agreement
from bot.domain.ledger import BELONGS_FROM, MINUTE, Entry, Ledger
from bot.domain.measures import NO_TASK, Scope
from bot.measuring import NoStrategicMeeting, ledger, propose
from storage.database import Database

PIPED_WIDTH = 120  # characters, where no terminal says how wide it is
ABOUT = f"""
unspecified  what the host works on and the agreement does not name, and help with a
             municipality's own task
share        of all that the host has worked on in the period, rounded down
change       since the period before: as many whole months, or else as many days
misdirected  a municipality's own task asked of the host, whether referred or helped with
belongs      asked {BELONGS_FROM} times or more: proposed for the strategic meeting, which may
             change the agreement or the resources; --propose-as puts it on its agenda
"""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "ledger",
        help="what is done without standing in the agreement, and what belongs in it",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    add_period(parser)
    add_municipality(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON, times in minutes")
    parser.add_argument(
        "--propose-as", metavar="EMAIL", help="put the proposal on the agenda, as this manager"
    )
    parser.set_defaults(run=_run, misused=parser.error)


def as_json(found: Ledger) -> dict[str, object]:
    """Return *found* for JSON: times in minutes, null where there is nothing to compare with."""
    scope, before = found.scope, found.before
    return {
        "cooperation": scope.cooperation,
        "period": f"{scope.period.first}/{scope.period.last}",
        "compared_with": f"{before.first}/{before.last}" if before else None,
        "work": _entry(found.work),
        "unspecified": _entry(found.unspecified)
        | {"percent_of_tickets": found.share, "percent_of_time": found.share_of_time},
        "municipalities": _entries(found.municipalities),
        "tasks": _entries(found.tasks),
        "months": dict(found.months),
        "misdirected": _entry(found.misdirected)
        | {
            "municipalities": _entries(found.misdirected_by),
            "tasks": _entries(found.misdirected_tasks),
        },
        "belongs_in_the_agreement": [
            {"task": each.task, "municipalities": each.towns, "own_task": each.is_own}
            | _entry(each.entry)
            for each in found.proposal
        ],
    }


def draw(found: Ledger, agreement: Agreement, console: Console) -> None:
    """Draw *found* as tables."""
    period, share, of_time = found.scope.period, found.share, found.share_of_time
    console.print(f"{agreement.name}, {period.first} to {period.last}", style="bold")
    shares = f"{_percent(share)} of the tickets worked on, {_percent(of_time)} of the time put down"
    console.print(f"Unspecified: {found.unspecified.number}, {shares}.")
    towns = {town.id: town.name for town in agreement.municipalities.values()}
    tasks = {task.id: task.name for task in agreement.tasks.values()}
    tasks[NO_TASK] = "recognised as no task"
    console.print(_table("Unspecified by municipality", found.municipalities, towns))
    console.print(_table("Unspecified by task", found.tasks, tasks))
    console.print(_table("Misdirected by municipality", found.misdirected_by, towns))
    console.print(_table("Misdirected by task", found.misdirected_tasks, tasks))
    for each in found.proposal:
        end = "is the municipalities' own, and was helped with" if each.is_own else "belongs in it"
        towns_told = f"{each.entry.number} tickets from {each.towns} municipalities"
        console.print(f"For the strategic meeting: {tasks[each.task]}: {towns_told}: {end}.")


@refusing()
def _run(words: Namespace) -> int:
    period = period_asked(words)
    with opened() as (database, book):
        agreement = book.newest
        town = municipality_asked(words.municipality, agreement)
        only = frozenset({town}) if town else None
        scope = Scope(cooperation=agreement.id, period=period, municipalities=only)
        with database.reading() as store:
            found = ledger(store, book, scope, wall_clock())
        new = _propose(database, book, found, words.propose_as) if words.propose_as else None
    if words.json:
        write_json(as_json(found))
    else:
        draw(found, agreement, terminal(PIPED_WIDTH))
    if new is not None:
        sys.stderr.write(f"{new} points put on the strategic meeting's agenda\n")
    return 0


def _propose(database: Database, book: AgreementBook, found: Ledger, email: str) -> int:
    with database.transaction() as store:
        person = store.people.by_email(email)
        if person is None or not person.is_manager:
            raise CannotAnswer(f'"{email}" is no manager in the directory: nothing was proposed')
        try:
            return propose(store, found, book.newest, by=person, now=wall_clock(), new_id=uuid4)
        except NoStrategicMeeting:
            raise CannotAnswer("the agreement has no strategic meeting to propose it to") from None


def _entries(entries: Mapping[str, Entry]) -> dict[str, dict[str, int | None]]:
    return {name or "none": _entry(entry) for name, entry in entries.items()}


def _entry(entry: Entry) -> dict[str, int | None]:
    return {
        "tickets": entry.number,
        "minutes": entry.time // MINUTE,
        "tickets_before": entry.before,
        "percent_change": entry.percent_change,
    }


def _percent(share: int | None) -> str:
    return "–" if share is None else f"{share} %"


def _table(title: str, entries: Mapping[str, Entry], names: Mapping[str, str]) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", box=box.SIMPLE)
    table.add_column("")
    for column in ("tickets", "minutes", "before", "change"):
        table.add_column(column, justify="right", no_wrap=True)
    for name, entry in entries.items():
        minutes = entry.time // MINUTE or "–"
        told = (entry.number, minutes, entry.before, f"{entry.change:+}")
        table.add_row(escape(names.get(name, name)), *map(str, told))
    return table
