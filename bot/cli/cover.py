"""`vertsdesk cover`: who answers on every working day to come, and where there is nobody."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.answers import CannotAnswer, refusing, write_json
from bot.cli.asked import day_asked, municipality_asked
from bot.cli.installation import opened
from bot.cli.terminal import plain, table, terminal
from bot.clock import wall_clock
from bot.cover import Hole, Proof, Standing, holes, prove, weeks
from bot.domain.agreement import Agreement
from bot.domain.people import Person, PersonId

YEAR = 52  # weeks
ABREAST = 13  # weeks beside each other in the heat map: a quarter
STYLES = {Standing.GAP: "white on red", Standing.SINGLE: "black on yellow", Standing.COVERED: ""}
MOST_TASKS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the proof, and the people in it."""

    agreement: Agreement
    proof: Proof
    people: Mapping[PersonId, Person]


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    cover = commands.add_parser(
        "cover",
        help="show who answers on every working day to come, and where there is nobody",
        description="The exit status is 1 when there is a gap: a working day with nobody.",
    )
    cover.add_argument("--from", dest="first", metavar="DAY", help="the first day; today if none")
    cover.add_argument("--weeks", type=int, default=YEAR, metavar="N", help="52 if not given")
    cover.add_argument("--municipality", metavar="M", help="one alone, by name or id")
    cover.add_argument("--json", action="store_true", help="answer in JSON, every stretch in it")
    cover.set_defaults(run=run)


@refusing()
def run(words: Namespace) -> int:
    shown = _asked(words)
    if words.json:
        write_json(_as_json(shown))
    else:
        _draw(shown, terminal())
    return 1 if holes(shown.proof, Standing.GAP) else 0


def _asked(words: Namespace) -> Shown:
    with opened() as (database, book):
        now = wall_clock()
        agreement = book.newest
        with database.reading() as store:
            agreement = book.closed_on(agreement.digest, store.closing_days.of(agreement.id))
            people = store.people.directory()
        first = day_asked(words.first) if words.first else agreement.calendar.local_date(now)
        last = _last(first, words.weeks, agreement)
        only = municipality_asked(words.municipality, agreement) or ""
        return Shown(agreement, prove(agreement, people.values(), first, last, only=only), people)


def _last(first: date, number: int, agreement: Agreement) -> date:
    """Return the last day looked at; never beyond what the calendar has been laid out for."""
    ends = agreement.calendar.local_date(agreement.calendar.laid_out.closes - timedelta(seconds=1))
    if number < 1 or first > ends:
        raise CannotAnswer(f"write 1 week or more, from a day not after {ends}")
    return min(ends, first + timedelta(weeks=min(number, 10 * YEAR)) - timedelta(days=1))


def _draw(shown: Shown, console: Console) -> None:
    answers = sum(len(row.stands) * len(row.tasks) for row in shown.proof.rows)
    days = f"{len(shown.proof.days)} working days"
    console.print(f"{days}, {answers} answers: municipality, task and day.", soft_wrap=True)
    _draw_weeks(shown, console)
    for standing, what in ((Standing.GAP, "Gaps: nobody"), (Standing.SINGLE, "Single points")):
        found = holes(shown.proof, standing)
        if found:
            console.print(_listed(found, what, shown))
        else:
            console.print(f"{what}: none.")


def _draw_weeks(shown: Shown, console: Console) -> None:
    found = {(week.municipality, week.monday): week for week in weeks(shown.proof)}
    mondays = sorted({monday for _, monday in found})
    members = [key for key, _ in groupby(shown.proof.rows, key=lambda row: row.municipality)]
    for start in range(0, len(mondays), ABREAST):
        part = mondays[start : start + ABREAST]
        grid = table(f"{part[0].isocalendar().year}, week", *(str(_number(day)) for day in part))
        for member in members:
            cells = [found.get((member, monday)) for monday in part]
            name = plain(shown.agreement.municipalities[member].name)
            grid.add_row(name, *(_cell(week.gaps, week.singles) if week else "" for week in cells))
        console.print(grid)
    console.print("!n: n tasks with nobody on some day; 1×n: n tasks that rest on one person.")


def _number(monday: date) -> int:
    return monday.isocalendar().week


def _cell(gaps: int, singles: int) -> Text:
    if gaps:
        return Text(f"!{gaps}", STYLES[Standing.GAP])
    return Text(f"1×{singles}", STYLES[Standing.SINGLE]) if singles else Text("·", "dim")


def _listed(found: Sequence[Hole], what: str, shown: Shown) -> Table:
    grid = table("from", "to", "working days", "municipality", "tasks", "rests on")
    grid.title = what
    for hole in found:
        name = shown.agreement.municipalities[hole.municipality].name
        grid.add_row(
            hole.first.isoformat(),
            hole.last.isoformat(),
            str(hole.days),
            plain(f"{name}, its own" if hole.is_home else name),
            plain(_tasks(hole.tasks)),
            plain(shown.people[hole.rests_on].name if hole.rests_on else "nobody"),
        )
    return grid


def _tasks(tasks: Sequence[str]) -> str:
    if len(tasks) <= MOST_TASKS:
        return ", ".join(tasks)
    return f"{', '.join(tasks[:MOST_TASKS])} and {len(tasks) - MOST_TASKS} more"


def _as_json(shown: Shown) -> dict[str, object]:
    return {
        "days": [day.isoformat() for day in shown.proof.days],
        "weeks": [
            {
                "municipality": week.municipality,
                "monday": week.monday.isoformat(),
                "gaps": week.gaps,
                "single_points": week.singles,
            }
            for week in weeks(shown.proof)
        ],
        "gaps": [_hole(hole, shown) for hole in holes(shown.proof, Standing.GAP)],
        "single_points": [_hole(hole, shown) for hole in holes(shown.proof, Standing.SINGLE)],
        "answers": [
            {
                "municipality": row.municipality,
                "tasks": row.tasks,
                "own": row.is_home,
                "from": day.isoformat(),
                "answers": stand.to,
                "next": stand.next,
            }
            for row in shown.proof.rows
            for stand, stretch in groupby(row.stands.items(), key=lambda found: found[1])
            for day, _ in [next(stretch)]
        ],
    }


def _hole(hole: Hole, shown: Shown) -> dict[str, object]:
    return {
        "municipality": hole.municipality,
        "tasks": hole.tasks,
        "own": hole.is_home,
        "from": hole.first.isoformat(),
        "to": hole.last.isoformat(),
        "working_days": hole.days,
        "rests_on": shown.people[hole.rests_on].name if hole.rests_on else None,
    }
