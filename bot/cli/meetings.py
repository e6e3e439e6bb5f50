"""`vertsdesk meetings`: what is planned, and which decisions the agreement carries out."""

from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from uuid import UUID

from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer
from bot.cli.installation import telling
from bot.clock import wall_clock
from bot.domain.minutes import DecisionId, NoChange
from storage.database import Database

TODAY = "the version of the agreement that holds today"


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("meetings", help="what is planned, and what was decided")
    kinds = parser.add_subparsers(required=True, metavar="WHAT")
    kinds.add_parser("list", help="the coming meetings").set_defaults(run=telling(listed))
    kinds.add_parser("decisions", help="decisions that change the agreement").set_defaults(
        run=telling(decisions)
    )
    carried = kinds.add_parser("carried-out", help=f"link a decision to {TODAY}")
    carried.add_argument("decision", type=UUID, help="its id, as `meetings decisions` shows it")
    carried.set_defaults(run=telling(_carried_out))


def listed(database: Database, book: AgreementBook, _: Namespace) -> str:
    """Return the coming meetings, one on each line, in the cooperation's local time."""
    zone, now = book.newest.calendar.zone, wall_clock()
    with database.reading() as store:
        found = store.meetings.between(book.newest.id, now)
    return "".join(
        f"{one.starts_at.astimezone(zone):%Y-%m-%d %H:%M}  {one.series:<14}"
        f"{one.municipality or 'all':<14}{'cancelled' if one.is_cancelled else ''}".rstrip()
        + "\n"
        for one in found
    )


def decisions(database: Database, book: AgreementBook, _: Namespace) -> str:
    """Return every decision that changes the agreement, and the version that carries it out."""
    with database.reading() as store:
        found = store.minutes.changing(book.newest.id)
    return "".join(
        f"{one.id}  {one.effective_from or 'not carried out'}  {one.text}\n" for one in found
    )


def carry_out(database: Database, book: AgreementBook, words: Namespace) -> str:
    """Link a decision to the version that holds today, which the meetings then no longer ask for.

    :raises NoChange: there is no such decision, or it changes nothing in the agreement
    """
    version = book.current_at(wall_clock())
    with database.transaction() as store:
        decision = store.minutes.decision(DecisionId(words.decision))
        store.minutes.decide(decision.carried_out(version.digest, version.effective_from))
    return f"Carried out in the version of {version.effective_from}.\n"


def _carried_out(database: Database, book: AgreementBook, words: Namespace) -> str:
    try:
        return carry_out(database, book, words)
    except NoChange:
        why = "There is no such decision, or it changes nothing in the agreement."
        raise CannotAnswer(why) from None
