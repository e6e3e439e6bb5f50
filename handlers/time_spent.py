"""Somebody in the host's team puts down the time that a resolved ticket took. It names nobody."""

from bot.case import case_for_team
from bot.casework import record, redrawn
from bot.conversation import Context, Outgoing, Pressed
from bot.domain import Refusal
from bot.domain.time_spent import CHIPS, TimeSpent, is_put_down
from bot.table import UnknownButton


class AlreadyPutDown(Refusal):
    """Somebody was first; the time is the unit's, and is counted once."""

    key = "refusal.time_put_down"


def put_down(pressed: Pressed, context: Context) -> list[Outgoing]:
    ticket, _, minutes = pressed.value.partition(":")
    case = case_for_team(ticket, context)
    if not case.agreement.notes_time_spent or minutes not in {str(chip) for chip in CHIPS}:
        raise UnknownButton
    if is_put_down(case.store.tickets.log(case.ticket.id)):
        raise AlreadyPutDown
    at = min(context.at, context.now)
    spent = TimeSpent(at=at, received_at=context.now, minutes=int(minutes))
    return redrawn(record(case, spent))
