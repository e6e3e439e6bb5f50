"""What was answered before: shown to who asks much the same; and the form that lets all read it."""

from collections.abc import Mapping

from bot.cards.blocks import Block, Buttons, Card, Heading, Quote, Text
from bot.cards.forms import long_input, send
from bot.cards.view import TicketView, button
from bot.domain.tickets import Status
from bot.texts import Texts

LONGEST = 1500  # characters that are shown of each; a card has room for both, and for the rest


def known_answer(view: TicketView, say: Texts) -> tuple[Block, ...]:
    """Return the answer that the asker is offered, and what they can say to it."""
    known, ticket = view.known, view.ticket
    if known is None or not (ticket.is_unfinished or ticket.status in _WITHOUT_WORK):
        return ()
    about = say("known.general") if known.is_general else say("known.own")
    return (
        Heading(text=say("known.title")),
        *(() if ticket.status is Status.DEFLECTED else (Text(text=about),)),
        Quote(text=_short(known.question)),
        Text(text=say("known.answer")),
        Quote(text=_short(known.answer)),
        *_replies(view, say),
    )


def share_form(
    view: TicketView, say: Texts, fields: Mapping[str, str], errors: Mapping[str, str]
) -> Card:
    """Return the form in which the team confirms the words that everybody may read."""
    question = long_input("question", say("form.share_question"), fields, errors)
    answer = long_input("answer", say("form.share_answer"), fields, errors)
    about = Text(text=say("form.share_about"))
    body = (about, question, answer, send("ticket.share.send", str(view.ticket.id), say))
    return Card(title=say("form.share", number=view.ticket.number), body=body)


_WITHOUT_WORK = frozenset({Status.REFERRED, Status.DEFLECTED})


def _replies(view: TicketView, say: Texts) -> tuple[Buttons, ...]:
    if view.ticket.status is Status.DEFLECTED:
        return ()
    solved = button(view, "asker.solved", say, style="primary")
    if view.ticket.status is Status.REFERRED:  # the card has that button already
        return (Buttons(buttons=(solved,)),)
    return (Buttons(buttons=(solved, button(view, "asker.still_help", say))),)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} …"
