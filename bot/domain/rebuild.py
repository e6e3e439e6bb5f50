"""Rebuild: what a ticket's log adds up to, and how that differs from what is kept of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from bot.domain import Refusal
from bot.domain.agreement import Agreement
from bot.domain.events import Asked, Event
from bot.domain.moves import opened, replayed
from bot.domain.tally import tally, unfold
from bot.domain.tickets import Ticket


class BrokenLog(Exception):
    """A log that adds up to nothing: an event of it was never allowed, or it has no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One *field* of the ticket called *ticket*, as it is kept and as its log has it."""

    ticket: str
    field: str
    stored: str
    rebuilt: str


def rebuilt(ticket: Ticket, log: Sequence[Event]) -> Ticket:
    """Return what *log* makes of *ticket*, of which nothing is believed but who and where it is.

    :raises BrokenLog: it makes nothing of it
    """
    asked, *rest = log
    if not isinstance(asked, Asked):
        raise BrokenLog(f"the log of {ticket.number} does not begin with a question")
    anew = opened(
        asked,
        ticket_id=ticket.id,
        number=ticket.number,
        cooperation=ticket.cooperation,
        municipality=ticket.municipality,
        agreement=ticket.agreement,
    )
    try:
        return replayed(anew, rest)
    except Refusal as refused:
        wrong = f"the log of {ticket.number} has an event that is refused: {refused.key}"
        raise BrokenLog(wrong) from refused


def differences(
    ticket: Ticket, stored: str | None, log: Sequence[Event], agreement: Agreement
) -> Iterator[Difference]:
    """Yield how *ticket* and its *stored* tally differ from what *log* adds up to.

    :raises BrokenLog: it adds up to nothing
    """
    kept, counted = _columns(ticket), _columns(rebuilt(ticket, log))
    tallied = tally(log, agreement)
    if stored is None:
        yield Difference(ticket=ticket.number, field="figures", stored="nothing", rebuilt=tallied)
    elif stored != tallied:
        kept, counted = {**kept, **unfold(stored)}, {**counted, **unfold(tallied)}
    for name in sorted({*kept, *counted}):
        before, after = kept.get(name, "nothing"), counted.get(name, "nothing")
        if before != after:
            yield Difference(ticket=ticket.number, field=name, stored=before, rebuilt=after)


def _columns(ticket: Ticket) -> Mapping[str, str]:
    return {f"ticket.{field.name}": str(getattr(ticket, field.name)) for field in fields(ticket)}
