"""The host's team writes to the asker: an answer, a question back, or the answer that resolves."""

from functools import partial

from bot import answering
from bot.answering import Reply
from bot.cards import forms, notes
from bot.cards.answer_form import DRAFT, NONE
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_asker, tell_team, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain.events import Answered, AskedBack
from bot.domain.ready_answers import ReadyAnswer
from bot.domain.review import needs_second_eyes
from bot.texts import texts


def open_answer(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _open("answer", case_for_team(pressed.value, context), pressed, context)


def send_answer(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    return _answered("answer", sent, context)


def open_ask_back(pressed: Pressed, context: Context) -> list[Outgoing]:
    view = view_of(case_for_team(pressed.value, context))
    form = forms.text_form(view, "ask_back", texts(context.speaker.language), {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def send_ask_back(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Ask the municipality, visibly; the clock of resolution stands until it replies."""
    case, text = case_for_team(sent.value, context), sent.fields.get("text", "")
    if not text.strip():
        say = texts(context.speaker.language)
        errors = {"text": say("form.missing")}
        form = forms.text_form(view_of(case), "ask_back", say, sent.fields, errors)
        raise FormIncomplete(errors, form)
    case = record(case, AskedBack(**stamp(context), message=sent.key, text=text))
    name = context.speaker.name
    asked = partial(notes.asked_back, text, name)
    note = notes.wrote("note.asked_the_asker", text, texts(TEAM_LANGUAGE), name=name)
    return [*tell_asker(case, asked, carries=sent.key), *tell_team(case, note), *redrawn(case)]


def resolve(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Resolve what has been answered; what has not is answered first."""
    case = case_for_team(pressed.value, context)
    if any(isinstance(event, Answered) for event in case.store.tickets.log(case.ticket.id)):
        return answering.resolved(case, context.speaker.id, context)
    return _open("resolve", case, pressed, context)


def send_resolve(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    return _answered("resolve", sent, context)


def _open(action: str, case: Case, pressed: Pressed, context: Context) -> list[Outgoing]:
    """Open the form, with the draft in it if there is one; for now nobody else answers."""
    case = answering.begin(case, context)
    draft = case.store.drafts.of(case.ticket.id)
    fields = {"text": draft.text} if draft else {}
    form = answering.form(action, case, context, fields, {})
    return [Show(card=form, trigger=pressed.trigger), *redrawn(case)]


def _answered(action: str, sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Send the answer, or keep it as a draft: a ready one always, and one that two must see."""
    case = case_for_team(sent.value, context)
    text, is_draft = _filled_in(action, case, sent, context)
    reply = Reply(text=text, by=context.speaker.id, key=sent.key, resolves=action == "resolve")
    if is_draft:
        return answering.put_by(answering.written(reply, case, context), case)
    if needs_second_eyes(case.ticket, case.agreement):
        draft = answering.written(reply, case, context)
        return answering.ask_for_review(draft, case, context)
    return answering.go_out(reply, case, context)


def _filled_in(
    action: str, case: Case, sent: Submitted | Pressed, context: Context
) -> tuple[str, bool]:
    """Return the words, and whether they are only a draft."""
    text, chosen = sent.fields.get("text", ""), sent.fields.get("ready", NONE) or NONE
    known = {ready.id: ready for ready in case.agreement.ready_answers}
    errors = _errors(case, text, chosen, known, context)
    if errors:
        raise FormIncomplete(errors, answering.form(action, case, context, sent.fields, errors))
    if chosen != NONE:
        return answering.in_words(known[chosen], case, context), True
    return text, sent.fields.get("how") == DRAFT


def _errors(
    case: Case, text: str, chosen: str, known: dict[str, ReadyAnswer], context: Context
) -> dict[str, str]:
    say = texts(context.speaker.language)
    other = answering.somebody_else(case, context)
    if other:
        words = answering.named(other, case, context)
        return {"text": say("refusal.somebody_answers", **words)}
    if chosen != NONE and chosen not in known:
        return {"ready": say("form.unknown_choice")}
    if chosen != NONE and text.strip():
        return {"ready": say("form.ready_or_text")}
    return {} if chosen != NONE or text.strip() else {"text": say("form.missing")}
