"""The host's team corrects an answer that it has sent, or takes it back: the asker's copy follows.

A button's value is the ticket's id, a colon, and the key of the message. The log keeps every word.
"""

from functools import partial

from bot.cards import notes
from bot.cards.blocks import Card
from bot.cards.team_forms import correct_form
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, came_along, record, redrawn, tell_asker
from bot.conversation import (
    Change,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Show,
    Submitted,
)
from bot.domain import Refusal
from bot.domain.events import Answered, AskedBack, Deleted, Edited
from bot.domain.review import needs_second_eyes
from bot.domain.tickets import Slot, SlotRole, TicketId
from bot.texts import Texts, texts


class TakenBack(Refusal):
    """There is no such answer any more."""

    key = "refusal.taken_back"


class NeedsTwo(Refusal):
    """What two must look at is not changed by one: it is taken back, or answered anew."""

    key = "refusal.correction_needs_two"


def open_correct(pressed: Pressed, context: Context) -> list[Outgoing]:
    case, _, text = _sent(pressed.value, context)
    _refuse_if_two_must_look(case)
    card = correct_form(pressed.value, text, texts(context.speaker.language), {})
    return [Show(card=card, trigger=pressed.trigger)]


def send_correct(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Let the asker's copy say what is right, and tell them that it was changed."""
    case, message, before = _sent(sent.value, context)
    _refuse_if_two_must_look(case)
    text, say = sent.fields.get("text", ""), texts(context.speaker.language)
    if not text.strip():
        errors = {"text": say("form.missing")}
        raise FormIncomplete(errors, correct_form(sent.value, text, say, errors))
    if text == before:
        return []
    case = record(case, Edited(**stamp(context), message=message, text=text))
    name = context.speaker.name
    theirs = partial(notes.changed, "note.answered", text, name=name)
    ours = notes.sent(case.ticket.id, message, text, texts(TEAM_LANGUAGE), name, is_changed=True)
    told = tell_asker(case, lambda say: notes.did("note.answer_corrected", say, name=name))
    return [*_copies(case, message, theirs), _ours(case, message, ours), *told, *redrawn(case)]


def take_back(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let nobody read the answer any more. Within a minute it never counted as one."""
    case, message, _ = _sent(pressed.value, context)
    case = record(case, Deleted(**stamp(context), message=message))
    name = context.speaker.name
    gone = partial(_gone, name)
    ours = gone(texts(TEAM_LANGUAGE))
    told = tell_asker(case, gone)
    return [*_copies(case, message, gone), _ours(case, message, ours), *told, *redrawn(case)]


def _sent(value: str, context: Context) -> tuple[Case, str, str]:
    """Return the case, the key of what was sent to the asker, and what it says now.

    :raises TakenBack: there is no such answer any more
    """
    ticket, _, message = value.partition(":")
    case = case_for_team(ticket, context)
    text: str | None = None
    for event in case.store.tickets.log(case.ticket.id):
        match event:
            case Answered() | AskedBack() | Edited() if event.message == message:
                text = event.text
            case Deleted() if event.message == message:
                text = None
            case _:
                pass
    if text is None:
        raise TakenBack
    return case, message, text


def _refuse_if_two_must_look(case: Case) -> None:
    if needs_second_eyes(case.ticket, case.agreement):
        raise NeedsTwo


def _copies(case: Case, message: str, draw: partial[Card]) -> list[Outgoing]:
    """Redraw what brought the answer to the asker, and to those whose tickets go on in this one."""
    readers = {case.ticket.id: case.ticket.asker}
    readers |= {TicketId(other.ticket): other.asker for other in came_along(case)}
    return [
        Change(slot=Slot(ticket, SlotRole.ASKER), card=draw(case.say_to(who)), message=message)
        for ticket, who in readers.items()
    ]


def _ours(case: Case, message: str, card: Card) -> Change:
    return Change(slot=Slot(case.ticket.id, SlotRole.TEAM), card=card, message=message)


def _gone(name: str, say: Texts) -> Card:
    return notes.did("note.answer_taken_back", say, name=name)
