"""The agenda of a meeting (`/agenda`): seen, added to, ordered and sent; a ticket taken up."""

from dataclasses import replace

from bot.cards import agenda as cards
from bot.cards import meeting_forms as forms
from bot.cards import meetings as meeting_cards
from bot.cards.blocks import Card
from bot.case import case_for_either
from bot.conversation import (
    Commanded,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Say,
    Show,
    Submitted,
)
from bot.domain import Refusal
from bot.domain.agenda import AgendaSent, NamesATicket, Wish, WishId, placed_first
from bot.domain.people import Place
from bot.domain.tickets import Ticket
from bot.meetings.agenda import agenda_of, send_agenda
from bot.meetings.hall import Hall, agreement_now, coming_for, hall_for, hall_for_caller
from bot.texts import texts

TAKE_UP = ("ta-opp", "ta opp", "take up", "take-up")


class NothingComing(Refusal):
    key = "agenda.nothing_coming"


class NoFollowUp(Refusal):
    """The ticket's municipality has no follow-up meeting of its own."""

    key = "agenda.no_follow_up"


class NotAllowed(Refusal):
    key = "agenda.what_to_write"


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Show the next meeting's agenda; with «ta-opp …», put a point or a ticket on it."""
    text = commanded.text.strip()
    for word in TAKE_UP:
        if text.casefold().startswith(word):
            return _taken_up(text[len(word) :].strip(), commanded, context)
    halls = [hall for hall in coming_for(context) if hall.is_for(context.speaker)]
    if not halls:
        raise NothingComing
    return [Say(to=commanded.place, card=_card(halls[0], context))]


def show(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for(pressed.value, context)
    return [Say(to=_here(pressed), card=_card(hall, context))]


def take_up(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Take a ticket up in its own municipality's next follow-up meeting."""
    ticket = case_for_either(pressed.value, context).ticket
    return _wished(ticket, "", Place(pressed.place.platform, pressed.place.channel), context)


def open_add(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for(pressed.value, context)
    _still_open(hall)
    form = forms.point_form(hall.view(), texts(context.speaker.language), {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def send_add(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for(sent.value, context)
    _still_open(hall)
    say, text = texts(context.speaker.language), sent.fields.get("text", "").strip()
    if not text:
        errors = {"text": say("form.missing")}
        raise FormIncomplete(errors, forms.point_form(hall.view(), say, sent.fields, errors))
    _keep_wish(text, hall, context)
    return [Say(to=_here(sent), card=meeting_cards.told("agenda.is_added", say))]


def open_order(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for_caller(pressed.value, context)
    return [Show(card=_order_form(hall, context, {}), trigger=pressed.trigger)]


def send_order(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Let a point be read first, be struck, or be taken back."""
    hall, _ = hall_for_caller(sent.value, context)
    points = agenda_of(hall, context.agreements, context.now).points
    chosen = {point.key: point for point in points}.get(sent.fields.get("point", ""))
    if chosen is None:
        errors = {"point": texts(context.speaker.language)("form.missing")}
        raise FormIncomplete(errors, _order_form(hall, context, errors))
    do = sent.fields.get("do", "first")
    new = replace(chosen, is_struck=do == "strike")
    new = placed_first(new, points) if do == "first" else new
    context.store.agendas.keep(hall.meeting, [new])
    return [Say(to=_here(sent), card=_card(hall, context))]


def send(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Send the agenda now, to everybody who is to come."""
    hall, _ = hall_for_caller(pressed.value, context)
    _still_open(hall)
    send_agenda(hall, context.agreements, context.now)
    say = texts(context.speaker.language)
    return [Say(to=_here(pressed), card=meeting_cards.told("agenda.sent_now", say))]


def _taken_up(text: str, commanded: Commanded, context: Context) -> list[Outgoing]:
    """Take up the ticket that is named, or else the words, in the municipality's own meeting."""
    number, _, words = text.partition(" ")
    ticket = context.store.tickets.by_number(number.upper())
    if ticket is not None:
        ticket = case_for_either(str(ticket.id), context).ticket
        return _wished(ticket, words.strip(), commanded.place, context)
    if not text:
        raise NotAllowed
    halls = [hall for hall in coming_for(context) if not hall.meeting.agenda_sent_at]
    if not halls:
        raise NothingComing
    _keep_wish(text, halls[0], context)
    say = texts(context.speaker.language)
    return [Say(to=commanded.place, card=meeting_cards.told("agenda.is_added", say))]


def _wished(ticket: Ticket, words: str, to: Place, context: Context) -> list[Outgoing]:
    agreement = agreement_now(context.agreements, context.store, context.now)
    series = next((one for one in agreement.meetings.values() if one.each), None)
    own = agreement.form == "vertskommune" and ticket.municipality == agreement.host
    if series is None or own:
        raise NoFollowUp
    wish = Wish(
        id=WishId(context.new_id()),
        cooperation=agreement.id,
        series=series.id,
        municipality=ticket.municipality,
        text=words or ticket.question,
        by=context.speaker.id,
        at=context.now,
        ticket=ticket.id,
        number=ticket.number,
    )
    is_new = context.store.agendas.wish(wish)
    key = "agenda.is_taken_up" if is_new else "agenda.was_taken_up"
    say = texts(context.speaker.language)
    return [Say(to=to, card=meeting_cards.told(key, say, number=ticket.number))]


def _keep_wish(text: str, hall: Hall, context: Context) -> None:
    """Keep a point for the meeting's series.

    :raises NamesATicket: others than the ticket's own municipality would read its number
    """
    meeting = hall.meeting
    if meeting.municipality is None and hall.agreement.prefix in text.upper():
        raise NamesATicket
    wish = Wish(
        id=WishId(context.new_id()),
        cooperation=meeting.cooperation,
        series=meeting.series,
        municipality=meeting.municipality,
        text=text,
        by=context.speaker.id,
        at=context.now,
    )
    context.store.agendas.wish(wish)


def _still_open(hall: Hall) -> None:
    if hall.meeting.agenda_sent_at:
        raise AgendaSent


def _card(hall: Hall, context: Context) -> Card:
    agenda = agenda_of(hall, context.agreements, context.now)
    is_caller = hall.is_called_by(context.speaker)
    return cards.agenda_card(agenda, texts(context.speaker.language), is_caller=is_caller)


def _order_form(hall: Hall, context: Context, errors: dict[str, str]) -> Card:
    say = texts(context.speaker.language)
    agenda = agenda_of(hall, context.agreements, context.now)
    points = [(point.key, cards.line(point, agenda.names, say)) for point in agenda.points]
    return forms.order_form(agenda.view, points, say, errors)


def _here(event: Pressed | Submitted) -> Place:
    return Place(event.place.platform, event.place.channel)
