"""The host's team writes to the asker: an answer, a question back, or the answer that resolves."""

from dataclasses import replace
from functools import partial

from bot.cards import forms, notes
from bot.cards.blocks import Card
from bot.cards.satisfaction import survey
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_asker, tell_team, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Say, Show, Submitted
from bot.domain.events import Answered, AskedBack, Resolved
from bot.texts import texts


def open_answer(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _show("answer", pressed, context)


def open_ask_back(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _show("ask_back", pressed, context)


def send_answer(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case, text = _filled_in("answer", sent, context)
    case, told = _answered(case, text, sent, context)
    return [*told, *redrawn(case)]


def send_ask_back(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Ask the municipality, visibly; the clock of resolution stands until it replies."""
    case, text = _filled_in("ask_back", sent, context)
    case = record(case, AskedBack(**stamp(context), message=sent.key, text=text))
    name = context.speaker.name
    asked = partial(notes.asked_back, text, name)
    note = notes.wrote("note.asked_the_asker", text, texts(TEAM_LANGUAGE), name=name)
    return [*tell_asker(case, asked, carries=sent.key), *tell_team(case, note), *redrawn(case)]


def resolve(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Resolve what has been answered; what has not is answered first."""
    case = case_for_team(pressed.value, context)
    if _has_answer(case):
        return _resolved(case, context)
    return _show("resolve", pressed, context)


def send_resolve(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case, text = _filled_in("resolve", sent, context)
    case, told = _answered(case, text, sent, context)
    return [*told, *_resolved(case, context)]


def _show(action: str, pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    return [Show(card=_form(action, case, context, {}, {}), trigger=pressed.trigger)]


def _form(
    action: str, case: Case, context: Context, fields: forms.Fields, errors: forms.Fields
) -> Card:
    return forms.text_form(view_of(case), action, texts(context.speaker.language), fields, errors)


def _filled_in(action: str, sent: Submitted | Pressed, context: Context) -> tuple[Case, str]:
    case, text = case_for_team(sent.value, context), sent.fields.get("text", "")
    if not text.strip():
        errors = {"text": texts(context.speaker.language)("form.missing")}
        raise FormIncomplete(errors, _form(action, case, context, sent.fields, errors))
    return case, text


def _answered(
    case: Case, text: str, sent: Submitted | Pressed, context: Context
) -> tuple[Case, list[Outgoing]]:
    case = record(case, Answered(**stamp(context), message=sent.key, text=text))
    name = context.speaker.name
    answer = partial(notes.wrote, "note.answered", text, name=name)
    note = notes.wrote("note.sent_to_asker", text, texts(TEAM_LANGUAGE), name=name)
    return case, [*tell_asker(case, answer, carries=sent.key), *tell_team(case, note)]


def _has_answer(case: Case) -> bool:
    return any(isinstance(event, Answered) for event in case.store.tickets.log(case.ticket.id))


def _resolved(case: Case, context: Context) -> list[Outgoing]:
    case = record(case, Resolved(**stamp(context)))
    name, days = context.speaker.name, case.agreement.reopen_within
    said, *others = tell_asker(case, partial(notes.resolved, name, days))
    say, ticket = case.say_to(case.ticket.asker), case.ticket
    if isinstance(said, Say) and case.store.satisfaction.ask(ticket.asker, ticket.id, case.now):
        said = replace(said, card=notes.resolved(name, days, say, *survey(ticket.id, say)))
    to_team = notes.did("note.resolved", texts(TEAM_LANGUAGE), name=name)
    return [said, *others, *tell_team(case, to_team), *redrawn(case)]
