"""The host's team sees that two tickets belong together: it links them, or merges them into one."""

from functools import partial

from bot.cards import notes
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.team_forms import number_form
from bot.case import Case, case_for_team, case_of, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_all, tell_team, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain.joining import Linked, MergedInto, TookOver
from bot.domain.sla import Figures
from bot.texts import Texts, texts


def open_link(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _show("link", pressed, context)


def open_merge(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _show("merge", pressed, context)


def send_link(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Link two tickets, of whichever municipalities. The team alone sees it: no asker ever does."""
    case = case_for_team(sent.value, context)
    other = _other("link", case, sent, context)
    if other.ticket.number in view_of(case).links:
        return []
    said: list[Outgoing] = []
    for one, another in ((case, other), (other, case)):
        number = another.ticket.number
        linked = record(one, Linked(**stamp(context), number=number))
        name = context.speaker.name
        note = notes.did("note.linked", texts(TEAM_LANGUAGE), name=name, number=number)
        said += [*tell_team(linked, note), *redrawn(linked)]
    return said


def send_merge(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Let a ticket go on in another of the same municipality; the oldest start wins (rule 15)."""
    case = case_for_team(sent.value, context)
    other = _other("merge", case, sent, context)
    if wrong := _wrong_to_merge(case, other):
        raise _incomplete(wrong, "merge", case, sent, context)
    now, into = view_of(case).figures, other.ticket
    case = record(case, MergedInto(**stamp(context), ticket=into.id, number=into.number))
    other = record(other, _taken_over(case, now, context))
    number = case.ticket.number
    draw = partial(_merged, number, into.number, context.speaker.name)
    told = [*tell_all(other, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]
    return [*told, *redrawn(case), *redrawn(other)]


def _show(action: str, pressed: Pressed, context: Context) -> list[Outgoing]:
    form = _form(action, case_for_team(pressed.value, context), context, {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def _form(action: str, case: Case, context: Context, fields: Fields, errors: Fields) -> Card:
    return number_form(view_of(case), action, texts(context.speaker.language), fields, errors)


def _other(action: str, case: Case, sent: Submitted | Pressed, context: Context) -> Case:
    """Return the case that the form names, which others are kept from changing meanwhile.

    :raises FormIncomplete: there is none in this cooperation, or it is the same one
    """
    tickets = context.store.tickets
    named = tickets.by_number(sent.fields.get("number", ""))
    is_ours = named and named.cooperation == case.ticket.cooperation
    if named is None or not is_ours or named.id == case.ticket.id:
        raise _incomplete("form.no_ticket", action, case, sent, context)
    return case_of(tickets.get(named.id), context)


def _incomplete(
    wrong: str, action: str, case: Case, sent: Submitted | Pressed, context: Context
) -> FormIncomplete:
    errors = {"number": texts(context.speaker.language)(wrong)}
    return FormIncomplete(errors, _form(action, case, context, sent.fields, errors))


def _wrong_to_merge(case: Case, other: Case) -> str | None:
    if case.ticket.municipality != other.ticket.municipality:
        return "form.other_municipality"
    return None if other.ticket.is_with_host else "form.not_running"


def _taken_over(case: Case, now: Figures, context: Context) -> TookOver:
    """Return what the other ticket takes over: the clock that *case* had, as *now* tells it."""
    ticket, first, following = case.ticket, now.first_response, now.next_response
    answered_at = first.end if first else None
    waits_since = following.start if following else None
    return TookOver(
        **stamp(context),
        ticket=ticket.id,
        number=ticket.number,
        asker=ticket.asker,
        started_at=now.started_at or ticket.asked_at,
        answered_at=answered_at,
        waits_since=waits_since if answered_at else now.started_at,
    )


def _merged(number: str, other: str, name: str, say: Texts) -> Card:
    return notes.did("note.merged", say, number=number, other=other, name=name)
