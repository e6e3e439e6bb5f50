"""A question that was answered before: its asker is offered the answer, and the ticket goes on."""

from bot.case import Case
from bot.casework import record
from bot.domain.deflection import Offered
from bot.understanding.likeness import SAME


def offer_known_answer(case: Case) -> Case:
    """Offer the answer to the likest question, if it is like enough to be the same."""
    ticket, similar = case.ticket, case.store.similar
    likest = similar.answered_like(
        ticket.question, ticket.municipality, 1, cooperation=ticket.cooperation
    )
    if not likest or likest[0].likeness < SAME:
        return case
    known = likest[0]
    at = case.now
    return record(case, Offered(at=at, received_at=at, answer=known.id, ticket=known.ticket))
