"""`/spor`: ask from anywhere. With text it asks at once, without it opens a form."""

from bot.cards import forms
from bot.conversation import (
    Commanded,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Show,
    Submitted,
)
from bot.domain.events import Via
from bot.intake import Question, take_in
from bot.texts import texts


def spor(commanded: Commanded, context: Context) -> list[Outgoing]:
    if not commanded.text.strip():
        return [_form(commanded, context)]
    question = Question(
        message=commanded.key,
        text=commanded.text,
        via=Via.COMMAND,
        asker=context.speaker,
        place=commanded.place,
    )
    return take_in(question, context)


def open_form(pressed: Pressed, context: Context) -> list[Outgoing]:
    return [_form(pressed, context)]


def send_form(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    text = sent.fields.get("text", "")
    if not text.strip():
        errors = {"text": texts(context.speaker.language)("form.missing")}
        redrawn = forms.ask_form(texts(context.speaker.language), sent.fields, errors)
        raise FormIncomplete(errors, redrawn)
    question = Question(
        message=sent.key, text=text, via=Via.FORM, asker=context.speaker, place=sent.place
    )
    return take_in(question, context)


def _form(event: Commanded | Pressed, context: Context) -> Show:
    card = forms.ask_form(texts(context.speaker.language), {}, {})
    return Show(card=card, trigger=event.trigger)
