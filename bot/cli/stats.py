"""`vertsdesk stats`: how the promises were kept in a period, as tables or as JSON."""

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Line

from bot.agreements import HALD, AgreementError, read_agreement
from bot.agreements.book import AgreementBook
from bot.cards import statistics as cards
from bot.cards.blocks import Block, Fact, Facts, Table, Text
from bot.clock import wall_clock
from bot.domain.aftermath import Aftermath, aftermath
from bot.domain.agreement import Agreement
from bot.domain.measures import By, Promise, Row, Scope, Waited
from bot.domain.people import Language
from bot.domain.periods import Period
from bot.domain.satisfaction import Verdicts
from bot.domain.statistics import SMALLEST_GROUP
from bot.domain.time_spent import Spent
from bot.measuring import measure
from bot.settings import Settings
from bot.texts import Texts, texts
from storage.database import Database
from storage.engines import BadDatabaseUrl

PIPED_WIDTH = 120  # characters, where no terminal says how wide it is
SECOND = timedelta(seconds=1)
ABOUT = f"""
A question belongs to the local day on which it was asked, and is counted as it stands now, under
the version of the agreement that it keeps. It has one row in each table: rows add up to the total.

in time     of those answered (resolved) and those past the deadline; per cent rounded down
past due    the deadline has passed without an answer (a resolution); not yet due: it has not
set apart   withdrawn, referred (own task, third party, not finance), merged, or solved by an
            earlier answer (deflected), and measured on nothing
median,     working time without pauses that half, and nine in ten, did not exceed, by nearest
  90 %      rank; those past due with the time used so far; none of fewer than {SMALLEST_GROUP}
counted on  the side whose work it was; help with a partner's own task is unspecified
"""


class CannotCount(Exception):
    """Nothing can be counted. Says why, and what to do instead."""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "stats",
        help="how the promises were kept, per municipality and per side",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--from", type=_day, required=True, metavar="DATE", help="first day")
    parser.add_argument("--to", type=_day, required=True, metavar="DATE", help="last day, included")
    parser.add_argument("--municipality", metavar="WHICH", help="this one alone, by id or name")
    parser.add_argument("--json", action="store_true", help="answer in JSON, times in seconds")
    parser.set_defaults(run=_run, misused=parser.error)


def count(
    database: Database, book: AgreementBook, period: Period, which: str | None, now: datetime
) -> cards.Counted:
    """Return the figures of *period*, of municipality *which* (id or name) or of all.

    *book* learns the versions that tickets keep and it did not know.

    :raises CannotCount: there is no such municipality, or the database is not up to date
    """
    agreement = book.newest
    municipality = None if which is None else _municipality(which, agreement)
    if not database.is_current():
        raise CannotCount("the database is not ready: run `vertsdesk migrate`")
    with database.reading() as store:
        only = frozenset({municipality}) if municipality else None
        scope = Scope(cooperation=agreement.id, period=period, municipalities=only)
        return cards.Counted(
            measures=measure(store, book, scope, now), agreement=agreement, now=now
        )


def as_json(counted: cards.Counted, book: AgreementBook) -> str:
    """Return *counted* as JSON: times in whole seconds, null where there is none."""
    agreement, measures = counted.agreement, counted.measures
    period = measures.scope.period
    versions = [book.by_digest(digest) for digest in measures.agreements]
    after = aftermath(measures)
    answer = {
        "cooperation": agreement.id,
        "period": f"{period.first}/{period.last}",
        "time_zone": agreement.calendar.zone.key,
        "counted_at": counted.now.isoformat(),
        "agreement_versions": [{"version": v.version, "digest": v.digest} for v in versions],
        "percentile_method": "nearest rank",
        "smallest_group": SMALLEST_GROUP,
        "total": _group(measures.total),
        "municipalities": _groups(measures.cuts[By.MUNICIPALITY]),
        "sides": _groups(measures.cuts[By.SIDE]),
        "time_spent": _time_spent(after),
        "helped": {town: _verdicts(each) for town, each in after.verdicts.items()},
    }
    return json.dumps(answer, ensure_ascii=False, indent=2)


def draw(counted: cards.Counted, console: Console, say: Texts) -> None:
    """Draw *counted* as tables, with a note on how it was counted."""
    card = cards.figures(counted, say)
    console.print(Line(card.title, style="bold"))
    for block in card.body:
        _draw(block, console)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f'"{written}" is not a date; write 2026-01-31') from None


def _run(words: Namespace) -> int:
    try:
        period = Period(vars(words)["from"], words.to)
    except ValueError as error:
        words.misused(str(error))
    settings = Settings()
    try:
        book = AgreementBook([read_agreement(settings.agreement or HALD)])
        with closing(Database(settings.database_url)) as database:
            counted = count(database, book, period, words.municipality, wall_clock())
    except (AgreementError, BadDatabaseUrl, CannotCount) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if words.json:
        sys.stdout.write(as_json(counted, book) + "\n")
    else:
        draw(counted, _console(), texts(Language.EN))
    return 0


def _municipality(which: str, agreement: Agreement) -> str:
    for member in agreement.municipalities.values():
        if which.casefold() in {member.id.casefold(), member.name.casefold()}:
            return member.id
    known = ", ".join(agreement.municipalities)
    raise CannotCount(f'no municipality "{which}" in {agreement.name}; write one of {known}')


def _groups(rows: Mapping[str, Row]) -> dict[str, object]:
    return {key: _group(row) for key, row in rows.items()}


def _group(group: Row) -> dict[str, object]:
    return {
        "asked": group.asked,
        "withdrawn": group.withdrawn,
        "merged": group.merged,
        "deflected": group.deflected,
        "referred": {
            "own_task": group.own_task,
            "third_party": group.third_party,
            "out_of_scope": group.out_of_scope,
        },
        "apart_after_breach": group.left_late,
        "first_response": {"answered": group.first_response.reached} | _kept(group.first_response),
        "resolution": {"resolved": group.resolution.reached} | _kept(group.resolution),
        "waited_for_municipality": _waits(group.waited_for_asker),
        "waited_for_third_party": _waits(group.waited_for_third_party),
    }


def _time_spent(found: Aftermath) -> dict[str, object]:
    return {
        "total": _spent(found.total),
        "municipalities": {town: _spent(spent) for town, spent in found.municipalities.items()},
        "sides": {side: _spent(spent) for side, spent in found.sides.items()},
    }


def _spent(spent: Spent) -> dict[str, int | None]:
    return {"tickets": spent.tickets, "seconds": _seconds(spent.time)}


def _verdicts(verdicts: Verdicts) -> dict[str, int | None]:
    """Return the share of yes; nothing at all of a few, which could be one person's."""
    percent = verdicts.percent_good
    return {"answers": None if percent is None else verdicts.number, "percent_yes": percent}


def _waits(waited: Waited) -> dict[str, int | None]:
    return {
        "tickets": waited.number,
        "median_seconds": _seconds(waited.median),
        "total_seconds": _seconds(waited.total),
    }


def _kept(kept: Promise) -> dict[str, int | None]:
    return {
        "in_time": kept.in_time,
        "late": kept.late,
        "unpromised": kept.unpromised,
        "overdue": kept.overdue,
        "not_yet_due": kept.not_yet_due,
        "percent_in_time": kept.percent_in_time,
        "median_seconds": _seconds(kept.spread.median),
        "p90_seconds": _seconds(kept.spread.p90),
    }


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else length // SECOND


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)


def _draw(block: Block, console: Console) -> None:
    match block:
        case Text():
            console.print(Line(f"\n{block.text}", style="dim" if block.subtle else ""))
        case Facts():
            console.print(_facts(block.facts))
        case Table():
            console.print(_table(block))
        case _:  # the card has no words of people's, and nothing to press or fill in
            raise TypeError(f"{block.kind} cannot be drawn here")


def _facts(facts: Iterable[Fact]) -> Grid:
    grid = Grid(box=None, show_header=False)
    grid.add_column()
    grid.add_column(justify="right")
    for fact in facts:
        grid.add_row(Line(fact.name), Line(fact.value))
    return grid


def _table(table: Table) -> Grid:
    grid = Grid(
        title=Line(f"\n{table.title}"), title_justify="left", title_style="bold", box=box.SIMPLE
    )
    for number, column in enumerate(table.columns):
        grid.add_column(Line(column), justify="right" if number else "left", no_wrap=True)
    for row in table.rows[:-1]:
        grid.add_row(*map(Line, row))
    grid.add_section()
    grid.add_row(*map(Line, table.rows[-1]))  # the total
    return grid
