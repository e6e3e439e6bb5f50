"""`vertsdesk clock why`: how a ticket's deadlines came about, in the words of the chat."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.agreements.book import AgreementBook
from bot.agreements.values import write_promise
from bot.cards.why import why
from bot.cli.answers import refusing, write_json
from bot.cli.asked import ticket_asked
from bot.cli.drawn import draw
from bot.cli.installation import opened
from bot.cli.terminal import terminal
from bot.clock import wall_clock
from bot.conversation import frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.events import Figure
from bot.domain.explain import Explanation, explain
from bot.domain.people import Language, Person, PersonId
from bot.domain.tickets import Ticket
from bot.texts import texts
from storage.database import Database

PIPED_WIDTH = 140  # characters, where no terminal says how wide it is
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """The working of a ticket's deadlines. *agreement* is the version that the ticket keeps."""

    ticket: Ticket
    agreement: Agreement
    explanations: Sequence[Explanation]
    people: Mapping[PersonId, Person]


def answer(
    database: Database, book: AgreementBook, number: str, wanted: Sequence[Figure], now: datetime
) -> Answer:
    """Return the working of the *wanted* deadlines of the ticket called *number*, at *now* (UTC).

    :raises CannotAnswer: there is no such ticket
    """
    with database.reading() as store:
        ticket = ticket_asked(number, store)
        agreement, log = frozen_agreement(ticket, book, store), store.tickets.log(ticket.id)
        found = (explain(log, agreement, now, figure) for figure in wanted)
        people = store.people.directory()
        return Answer(ticket, agreement, [told for told in found if told], people)


@refusing()
def run(words: Namespace) -> int:
    wanted = [Figure(words.figure)] if words.figure else list(Figure)
    with opened() as (database, book):
        told = answer(database, book, words.number, wanted, wall_clock())
    if words.json:
        write_json(_as_json(told))
        return 0
    say = texts(Language(words.language))
    card = why(told.ticket, told.explanations, told.people, told.agreement, say)
    draw(card, terminal(PIPED_WIDTH))
    return 0


def _as_json(told: Answer) -> dict[str, object]:
    return {
        "ticket": told.ticket.number,
        "agreement": told.agreement.id,
        "version": told.agreement.version,
        "digest": told.agreement.digest,
        "time_zone": told.agreement.calendar.zone.key,
        "deadlines": [_deadline(explanation) for explanation in told.explanations],
    }


def _deadline(told: Explanation) -> dict[str, object]:
    target = told.by_hand
    return {
        "figure": told.figure,
        "task": told.task,
        "clauses": [f"{clause.section} {clause.number}" for clause in told.clauses],
        "promise": write_promise(told.promise) if told.promise else None,
        "set_by_hand": target
        and {"by": target.by, "at": _moment(target.at), "reason": target.reason},
        "start": _moment(told.start),
        "end": _moment(told.end),
        "due": _moment(told.due),
        "allowed_seconds": None if told.allowed is None else told.allowed // SECOND,
        "counted_seconds": told.counted // SECOND,
        "lines": [
            {
                "start": _moment(line.start),
                "end": _moment(line.end),
                "counted": line.counted,
                "reason": line.reason,
                "name": line.name,
                "by": line.by,
            }
            for line in told.lines
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
