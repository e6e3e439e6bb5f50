"""What the host's team is asked for before its rarer moves: a deadline, a number, a phone call."""

from collections.abc import Iterable

from bot.cards.blocks import Card, Input, Option, Select
from bot.cards.forms import Fields, long_input, send, task_select
from bot.cards.view import TicketView
from bot.domain.events import AskerWrote, Figure
from bot.texts import Texts

SHOWN = 60  # characters of a message: enough to know it again


def correct_form(value: str, text: str, say: Texts, errors: Fields) -> Card:
    """Return the form in which an answer that was sent is corrected; *value* is its button's."""
    words = long_input("text", say("note.correct_text"), {"text": text}, errors)
    return Card(
        title=say("note.correct_title"), body=(words, send("answer.correct.send", value, say))
    )


def target_form(
    view: TicketView, figures: Iterable[Figure], say: Texts, fields: Fields, errors: Fields
) -> Card:
    options = tuple(Option(label=say(f"why.{figure}"), value=figure.value) for figure in figures)
    which = Select(
        name="figure",
        label=say("form.set_target_figure"),
        options=options,
        value=fields.get("figure") or options[0].value,
        error=errors.get("figure"),
    )
    due = _line("due", say("form.set_target_due"), fields, errors)
    reason = long_input("reason", say("form.set_target_reason"), fields, errors)
    title = say("form.set_target", number=view.ticket.number)
    sends = send("ticket.set_target.send", str(view.ticket.id), say)
    return Card(title=title, body=(which, due, reason, sends))


def number_form(view: TicketView, action: str, say: Texts, fields: Fields, errors: Fields) -> Card:
    """Return *action*'s form for another ticket's number: link or merge."""
    other = _line("number", say(f"form.{action}_number"), fields, errors)
    title = say(f"form.{action}", number=view.ticket.number)
    return Card(title=title, body=(other, send(f"ticket.{action}.send", str(view.ticket.id), say)))


def split_form(
    view: TicketView, messages: Iterable[tuple[str, AskerWrote]], say: Texts, errors: Fields
) -> Card:
    """Return the form with the asker's later *messages*, each under a key of its own."""
    options = tuple(
        Option(label=f"{say.moment(wrote.at)}: {wrote.text[:SHOWN]}", value=key)
        for key, wrote in messages
    )
    message = Select(
        name="message",
        label=say("form.split_message"),
        options=options,
        value=options[0].value,
        error=errors.get("message"),
    )
    title = say("form.split", number=view.ticket.number)
    task = task_select(view, say, errors)
    sends = send("ticket.split.send", str(view.ticket.id), say)
    return Card(title=title, body=(message, task, sends))


def phone_form(say: Texts, fields: Fields, errors: Fields) -> Card:
    body = (
        _line("who", say("form.phone_who"), fields, errors),
        _line("when", say("form.phone_when"), fields, errors),
        long_input("text", say("form.phone_text"), fields, errors),
        long_input("answer", say("form.phone_answer"), fields, errors, is_optional=True),
        send("phone.send", "", say),
    )
    return Card(title=say("form.phone"), body=body)


def _line(name: str, label: str, fields: Fields, errors: Fields) -> Input:
    return Input(name=name, label=label, value=fields.get(name, ""), error=errors.get(name))
