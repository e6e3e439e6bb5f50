"""The host's team works on a draft: reads it, goes on with it, sends it, looks over another's."""

from dataclasses import replace

from bot import answering
from bot.answering import Reply
from bot.cards import notes
from bot.cards.drafts import back_form, draft_card
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, place_of, record, redrawn, tell_team, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Say, Show, Submitted
from bot.domain.people import Place
from bot.domain.review import (
    Approved,
    Draft,
    DraftGone,
    SentBack,
    State,
    needs_second_eyes,
    the_same,
    to_review,
)
from bot.texts import texts


def show(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show the draft as it is now, to who asks."""
    case = case_for_team(pressed.value, context)
    draft = case.store.drafts.of(case.ticket.id)
    if draft is None:
        raise DraftGone
    needs, say = needs_second_eyes(case.ticket, case.agreement), texts(context.speaker.language)
    card = draft_card(view_of(case), draft, say, needs_review=needs)
    to = Place(pressed.place.platform, pressed.place.channel)
    return [Say(to=to, card=card, only_to=pressed.account)]


def edit(pressed: Pressed, context: Context) -> list[Outgoing]:
    case, draft = _draft(pressed, context)
    case = answering.begin(case, context)
    action = "resolve" if draft.resolves else "answer"
    form = answering.form(action, case, context, {"text": draft.text}, {})
    return [Show(card=form, trigger=pressed.trigger), *redrawn(case)]


def send(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Send a draft as one's own words; what two must see goes to a colleague first."""
    case, draft = _draft(pressed, context)
    if draft.state is not State.DRAFT:
        raise DraftGone
    if needs_second_eyes(case.ticket, case.agreement):
        return answering.ask_for_review(draft, case, context)
    by = context.speaker.id
    reply = Reply(text=draft.text, by=by, key=pressed.key, resolves=draft.resolves)
    return answering.go_out(reply, case, context)


def approve(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Send a colleague's answer, in the colleague's name. Only now it counts as an answer."""
    case, key = _case(pressed, context)
    draft = to_review(case.store.drafts.of(case.ticket.id), key, context.speaker.id)
    case = record(case, Approved(**stamp(context)))
    reply = Reply(text=draft.text, by=draft.by, key=pressed.key, resolves=draft.resolves)
    note = notes.did("note.approved", texts(TEAM_LANGUAGE), name=context.speaker.name)
    return [*tell_team(case, note), *answering.go_out(reply, case, context)]


def open_back(pressed: Pressed, context: Context) -> list[Outgoing]:
    case, key = _case(pressed, context)
    draft = to_review(case.store.drafts.of(case.ticket.id), key, context.speaker.id)
    form = back_form(view_of(case), draft, texts(context.speaker.language), {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def send_back(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Give it back to its author with a comment, in the team's thread and directly."""
    case, key = _case(sent, context)
    draft = to_review(case.store.drafts.of(case.ticket.id), key, context.speaker.id)
    comment, say = sent.fields.get("text", ""), texts(context.speaker.language)
    if not comment.strip():
        errors = {"text": say("form.missing")}
        raise FormIncomplete(errors, back_form(view_of(case), draft, say, sent.fields, errors))
    case = record(case, SentBack(**stamp(context)))
    returned = replace(draft, state=State.RETURNED, comment=comment)
    said = answering.put_by(returned, case)
    place = place_of(draft.by, case)
    if place:
        card = draft_card(view_of(case), returned, case.say_to(draft.by), needs_review=True)
        said.append(Say(to=place, card=card))
    return said


def drop(pressed: Pressed, context: Context) -> list[Outgoing]:
    case, _ = _draft(pressed, context)
    case.store.drafts.drop(case.ticket.id)
    note = notes.did("note.draft_dropped", texts(TEAM_LANGUAGE), name=context.speaker.name)
    return [*tell_team(case, note), *redrawn(case)]


def _draft(pressed: Pressed, context: Context) -> tuple[Case, Draft]:
    case, key = _case(pressed, context)
    return case, the_same(case.store.drafts.of(case.ticket.id), key)


def _case(event: Submitted | Pressed, context: Context) -> tuple[Case, str]:
    """Return the case, and the key of the words that the button stood below."""
    ticket, _, key = event.value.partition(":")
    return case_for_team(ticket, context), key
