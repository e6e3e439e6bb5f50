"""The asker says that a word which was taken as a reply was a new question after all."""

from bot.case import case_for_asker
from bot.conversation import Context, Outgoing, Pressed
from bot.domain.events import AskerWrote, Via
from bot.intake import Question, take_in
from storage.tickets import NoSuchTicket


def ask_anew(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Ask what the message said. The button's value is the ticket's id, a colon, and its key."""
    ticket, _, message = pressed.value.partition(":")
    case = case_for_asker(ticket, context)
    log = context.store.tickets.log(case.ticket.id)
    wrote = [event for event in log if isinstance(event, AskerWrote) and event.message == message]
    if not wrote or wrote[0].by != context.speaker.id:
        raise NoSuchTicket
    if not context.store.seen.first_time(f"anew:{message}", context.now):
        return []  # pressed twice
    question = Question(
        message=pressed.key,
        text=wrote[0].text,
        via=Via.DIRECT,
        asker=context.speaker,
        place=pressed.place,
        message_at=wrote[0].at,
    )
    return take_in(question, context)
