"""`vertsdesk what-if`: a past period replayed under another agreement, before it is voted on."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from argparse import _SubParsersAction as Commands
from collections.abc import Mapping
from datetime import timedelta

from rich.console import Console
from rich.progress import Progress

from bot.agreements import AgreementError, find_agreement, read_agreement
from bot.cards.what_if import SLOWEST, Replayed, compared
from bot.cli.answers import refusing, write_json
from bot.cli.asked import add_municipality, add_period, municipality_asked, period_asked
from bot.cli.drawn import draw
from bot.cli.installation import opened
from bot.cli.terminal import terminal
from bot.clock import wall_clock
from bot.domain.agreement import Agreement
from bot.domain.people import Language
from bot.domain.periods import Period
from bot.domain.statistics import MEDIAN, SLOW, Group, Kept
from bot.domain.what_if import Chair, Half
from bot.texts import texts
from bot.what_if import Asked, CannotReplay, Replaying

SECOND = timedelta(seconds=1)
ABOUT = """
Tickets asked in the period are replayed under the agreement in FILE: promises, opening hours,
seasons, sides, pauses, contact rules. People answer when they answered; what was set urgent or due
by hand stays so; nobody is away; questions are understood as they were. What would have come to the
host and was referred then has no times: it is counted as unknown. Nothing is kept of a replay.
"""


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "what-if",
        help="replay a past period under another agreement, before it is voted on",
        epilog=ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--agreement", required=True, metavar="FILE", help="what is proposed")
    add_period(parser)
    add_municipality(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON, times in seconds")
    parser.set_defaults(run=run, misused=parser.error)


@refusing(AgreementError, CannotReplay)
def run(words: Namespace) -> int:
    shown = _replayed(words, period_asked(words))
    if words.json:
        write_json(_as_json(shown))
    else:
        draw(compared(shown, texts(Language.EN)), terminal())
    return 0


def _replayed(words: Namespace, period: Period) -> Replayed:
    proposed = read_agreement(find_agreement(words.agreement))
    with opened() as (database, book), database.reading() as store:
        today = book.newest
        only = municipality_asked(words.municipality, today)
        asked = Asked(proposed=proposed, period=period, municipality=only)
        replaying = Replaying(asked, store, book, wall_clock())
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("Replaying", total=replaying.number)
            for done in replaying.steps():
                progress.update(task, completed=done)
        return Replayed(
            found=replaying.result,
            proposed=proposed,
            today=today,
            period=period,
            municipality=only,
        )


def _as_json(shown: Replayed) -> Mapping[str, object]:
    found = shown.found
    return {
        "period": f"{shown.period.first}/{shown.period.last}",
        "municipality": shown.municipality,
        "today": _version(shown.today),
        "proposed": _version(shown.proposed),
        "tickets": found.tickets,
        "unknown": found.unknown,
        "no_members_any_more": found.left,
        "before": _half(found.before),
        "after": _half(found.after),
        "sides": [
            {"task": task, "before": was, "after": would, "tickets": number}
            for (task, was, would), number in found.sides.items()
        ],
    }


def _version(agreement: Agreement) -> Mapping[str, str]:
    return {"version": agreement.version, "digest": agreement.digest}


def _half(half: Half) -> Mapping[str, object]:
    return {
        "total": _group(half.total),
        "next_responses": {"asked_for": half.answers, "late": half.late_answers},
        "municipalities": {town: _group(group) for town, group in half.municipalities.items()},
        "tasks": {task or "": _group(group) for task, group in half.tasks.items()},
        "load": {_chair(chair): number for chair, number in sorted(half.load.items())},
    }


def _chair(chair: Chair) -> str:
    return chair.role or ", ".join(chair.tasks) or f"contact for {chair.municipality}"


def _group(group: Group) -> Mapping[str, object]:
    return {
        "asked": group.asked,
        "apart": group.apart,
        "first_response": _kept(group.first_response),
        "resolution": _kept(group.resolution),
    }


def _kept(kept: Kept) -> Mapping[str, int | None]:
    lengths = {percent: kept.percentile(percent) for percent in (MEDIAN, SLOW, SLOWEST)}
    return {
        "in_time": kept.in_time,
        "late": kept.late,
        "overdue": kept.overdue,
        "not_yet_due": kept.not_yet_due,
        "unpromised": kept.unpromised,
        "percent_in_time": kept.percent_in_time,
        **{
            f"p{percent}_seconds": None if length is None else length // SECOND
            for percent, length in lengths.items()
        },
    }
