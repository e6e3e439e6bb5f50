"""`vertsdesk clock why` and `clock rebuild`: the clock of the tickets that are kept.

What they need is loaded when one of them runs: a question to the calendar waits for no database.
"""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from functools import partial
from importlib import import_module

from bot.domain.events import Figure
from bot.domain.people import Language

REBUILD = """The log of a ticket is the only truth: the ticket and its figures are what it adds up
to, under the agreement that the ticket keeps. This counts them again from the log alone. The exit
status is 0 when nothing differs, or all has been mended, and 1 when something does."""


def add(clock: "_SubParsersAction[ArgumentParser]") -> None:
    why = clock.add_parser("why", help="list what counts in a ticket's deadlines, and why")
    why.add_argument("number", metavar="NUMBER", help="the ticket's, such as HALD-2026-0001")
    why.add_argument("--figure", choices=list(Figure), help="this deadline alone")
    why.add_argument("--language", choices=list(Language), default=Language.EN)
    why.add_argument("--json", action="store_true", help="answer in JSON")
    why.set_defaults(run=partial(_run, "clock_why"))
    rebuild = clock.add_parser(
        "rebuild", help="count every figure again from the log", description=REBUILD
    )
    rebuild.add_argument("--ticket", metavar="NUMBER", help="this one alone, not every one")
    rebuild.add_argument("--write", action="store_true", help="keep what the log adds up to")
    rebuild.add_argument("--json", action="store_true", help="answer in JSON")
    rebuild.set_defaults(run=partial(_run, "clock_rebuild"))


def _run(command: str, words: Namespace) -> int:
    exit_status: int = import_module(f"bot.cli.{command}").run(words)
    return exit_status
