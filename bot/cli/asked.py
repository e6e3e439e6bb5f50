"""What commands are asked for in the same words: days, a municipality, somebody, a ticket."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date

from bot.cli.answers import CannotAnswer
from bot.directory.cells import WrongCell, municipality_in
from bot.domain.agreement import Agreement
from bot.domain.periods import Period
from bot.domain.tickets import Ticket
from storage.database import Store


def add_period(parser: ArgumentParser) -> None:
    parser.add_argument("--from", type=day, required=True, metavar="DATE", help="first day")
    parser.add_argument("--to", type=day, required=True, metavar="DATE", help="last day, included")


def add_municipality(parser: ArgumentParser) -> None:
    parser.add_argument("--municipality", metavar="WHICH", help="this one alone, by id or name")


def add_person(parser: ArgumentParser) -> None:
    parser.add_argument("who", metavar="WHO", help="an e-mail address, or a name only one has")


def day(written: str) -> date:
    """Return the date that an argument is. argparse explains an ArgumentTypeError."""
    try:
        return day_asked(written)
    except CannotAnswer as error:
        raise ArgumentTypeError(str(error)) from None


def day_asked(written: str) -> date:
    """Return the date that *written*, in ISO 8601, is.

    :raises CannotAnswer: it is none
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise CannotAnswer(f'"{written}" is not a date; write 2026-01-31') from None


def period_asked(words: Namespace) -> Period:
    """Return the days from *words.from* to *words.to*, or end the program with *words.misused*."""
    try:
        return Period(vars(words)["from"], words.to)
    except ValueError as error:
        words.misused(str(error))
        raise


def municipality_asked(which: str | None, agreement: Agreement) -> str | None:
    """Return the id of the member called *which*, by id or name; None is all of them.

    :raises CannotAnswer: there is none called so
    """
    try:
        return municipality_in(which, agreement) if which else None
    except WrongCell as error:
        raise CannotAnswer(str(error)) from error


def ticket_asked(number: str, store: Store) -> Ticket:
    """Return the ticket called *number*.

    :raises CannotAnswer: there is none called so
    """
    ticket = store.tickets.by_number(number)
    if ticket is None:
        raise CannotAnswer(f'no ticket is called "{number}"; write one such as HALD-2026-0001')
    return ticket
