"""`vertsdesk stats`: how the promises were kept in a period, as tables or as JSON."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Line

from bot.agreements.book import AgreementBook
from bot.cards import statistics as cards
from bot.cards.blocks import Block, Fact, Facts, Table, Text
from bot.cli.answers import refusing, write_json
from bot.cli.asked import add_municipality, add_period, municipality_asked, period_asked
from bot.cli.installation import opened
from bot.cli.terminal import terminal
from bot.clock import wall_clock
from bot.domain.aftermath import Aftermath, aftermath
from bot.domain.measures import By, Promise, Row, Scope, Waited
from bot.domain.people import Language
from bot.domain.periods import Period
from bot.domain.satisfaction import Verdicts
from bot.domain.statistics import SMALLEST_GROUP
from bot.domain.time_spent import Spent
from bot.measuring import measure
from bot.texts import Texts, texts
from storage.database import Database

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


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "stats",
        help="how the promises were kept, per municipality and per side",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    add_period(parser)
    add_municipality(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON, times in seconds")
    parser.set_defaults(run=_run, misused=parser.error)


def count(
    database: Database, book: AgreementBook, period: Period, which: str | None, now: datetime
) -> cards.Counted:
    """Return the figures of *period*, of municipality *which* (id or name) or of all.

    *book* learns the versions that tickets keep and it did not know.

    :raises CannotAnswer: there is no such municipality
    """
    agreement = book.newest
    municipality = municipality_asked(which, agreement)
    with database.reading() as store:
        only = frozenset({municipality}) if municipality else None
        scope = Scope(cooperation=agreement.id, period=period, municipalities=only)
        return cards.Counted(
            measures=measure(store, book, scope, now), agreement=agreement, now=now
        )


def as_json(counted: cards.Counted, book: AgreementBook) -> dict[str, object]:
    """Return *counted* for JSON: times in whole seconds, null where there is none."""
    agreement, measures = counted.agreement, counted.measures
    period = measures.scope.period
    versions = [book.by_digest(digest) for digest in measures.agreements]
    after = aftermath(measures)
    return {
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


def draw(counted: cards.Counted, console: Console, say: Texts) -> None:
    """Draw *counted* as tables, with a note on how it was counted."""
    card = cards.figures(counted, say)
    console.print(Line(card.title, style="bold"))
    for block in card.body:
        _draw(block, console)


@refusing()
def _run(words: Namespace) -> int:
    period = period_asked(words)
    with opened() as (database, book):
        counted = count(database, book, period, words.municipality, wall_clock())
    if words.json:
        write_json(as_json(counted, book))
    else:
        draw(counted, terminal(PIPED_WIDTH), texts(Language.EN))
    return 0


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
