"""What a meeting comes to, put down in the chat: decisions, actions, and points lifted upwards."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from bot.cards import meeting_forms as forms
from bot.cards import meetings as meeting_cards
from bot.cards import minutes as cards
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Say, Show, Submitted
from bot.domain.agenda import NamesATicket, Wish, WishId
from bot.domain.meetings import to_minute
from bot.domain.minutes import Action, ActionId, Decision, DecisionId, NoSuchAction
from bot.domain.people import PersonId, Place
from bot.meetings.hall import Hall, hall_for, hall_for_caller
from bot.meetings.telling import tell
from bot.texts import texts

UPWARDS = {"operational": ("strategic", "principle"), "strategic": ("principle",)}
Draw = Callable[[Fields, Fields], Card]


def show(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for(pressed.value, context)
    return [Say(to=_here(pressed), card=_card(hall, context))]


def open_decide(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _opened(pressed, context, _decision_form)


def send_decide(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    hall = _in_meeting(sent, context)
    decision = Decision(
        id=DecisionId(context.new_id()),
        meeting=hall.meeting.id,
        number=context.store.minutes.next_number(hall.meeting),
        text=_text(sent.fields, _decision_form(hall, context), context),
        by=context.speaker.id,
        at=context.now,
        changes_agreement=sent.fields.get("changes") == "yes",
    )
    context.store.minutes.decide(decision)
    return [Say(to=_here(sent), card=_card(hall, context))]


def open_act(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _opened(pressed, context, _action_form)


def send_act(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    hall = _in_meeting(sent, context)
    meeting, draw, fields = hall.meeting, _action_form(hall, context), sent.fields
    say = texts(context.speaker.language)
    text, due = _text(fields, draw, context), _day(fields.get("due", ""))
    seated = {seat.person.id: seat.person for seat in hall.view().seats}
    owner = seated.get(PersonId(fields.get("owner", "")))
    today = hall.agreement.calendar.local_date(context.now)
    errors = {} if owner else {"owner": say("form.missing")}
    if due is None or due < today:
        errors["due"] = say("minutes.wrong_day")
    if errors or owner is None or due is None:
        raise FormIncomplete(errors, draw(fields, errors))
    action = Action(
        id=ActionId(context.new_id()),
        meeting=meeting.id,
        cooperation=meeting.cooperation,
        series=meeting.series,
        municipality=meeting.municipality,
        text=text,
        owner=owner.id,
        due=due,
        by=context.speaker.id,
        at=context.now,
    )
    context.store.minutes.act(action)
    return [Say(to=_here(sent), card=_card(hall, context))]


def open_lift(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _opened(pressed, context, _lift_form)


def send_lift(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Send a point upwards: a wish to change the agreement, or a matter of principle.

    :raises NamesATicket: everybody up there would read the number
    """
    hall = _in_meeting(sent, context)
    draw, say = _lift_form(hall, context), texts(context.speaker.language)
    text, to = _text(sent.fields, draw, context), sent.fields.get("to", "")
    if to not in dict(_above(hall)):
        errors = {"to": say("form.missing")}
        raise FormIncomplete(errors, draw(sent.fields, errors))
    if hall.agreement.prefix in text.upper():
        raise NamesATicket
    wish = Wish(
        id=WishId(context.new_id()),
        cooperation=hall.agreement.id,
        series=to,
        municipality=None,
        text=text,
        by=context.speaker.id,
        at=context.now,
        lifted_from=hall.meeting.id,
    )
    context.store.agendas.wish(wish)
    name = hall.agreement.meetings[to].name
    return [Say(to=_here(sent), card=meeting_cards.told("minutes.is_lifted", say, meeting=name))]


def done(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Close an action: its owner does, or anybody of its meeting.

    :raises NoSuchAction: there is none, or it is not the speaker's to see
    """
    try:
        action = context.store.minutes.action(ActionId(UUID(pressed.value)))
    except ValueError as error:
        raise NoSuchAction from error
    if action.owner != context.speaker.id:
        hall_for(str(action.meeting), context)
    context.store.minutes.act(action.done(context.speaker.id, context.now))
    say = texts(context.speaker.language)
    return [Say(to=_here(pressed), card=meeting_cards.told("minutes.is_done", say))]


def send(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Send the minutes to everybody who was to come. After that they are not changed."""
    hall, _ = hall_for_caller(pressed.value, context)
    meeting = to_minute(hall.meeting, context.now)
    hall = hall.keeps(meeting.with_minutes(context.now))
    written = _written(hall)
    for seat in written.view.seats:
        card = cards.minutes_card(written, texts(seat.person.language), can_send=False)
        once = f"minutes:{meeting.id}:{seat.person.id}"
        tell(seat.person, card, once, context.store, context.now)
    say = texts(context.speaker.language)
    return [Say(to=_here(pressed), card=meeting_cards.told("minutes.sent_now", say))]


def _in_meeting(event: Submitted | Pressed, context: Context) -> Hall:
    hall, _ = hall_for(event.value, context)
    to_minute(hall.meeting, context.now)
    return hall


def _opened(
    pressed: Pressed, context: Context, form: Callable[[Hall, Context], Draw]
) -> list[Outgoing]:
    draw = form(_in_meeting(pressed, context), context)
    return [Show(card=draw({}, {}), trigger=pressed.trigger)]


def _decision_form(hall: Hall, context: Context) -> Draw:
    view, say = hall.view(), texts(context.speaker.language)
    return lambda fields, errors: forms.decision_form(view, say, fields, errors)


def _action_form(hall: Hall, context: Context) -> Draw:
    view, say = hall.view(), texts(context.speaker.language)
    people = [seat.person for seat in view.seats]
    return lambda fields, errors: forms.action_form(view, people, say, fields, errors)


def _lift_form(hall: Hall, context: Context) -> Draw:
    view, say, above = hall.view(), texts(context.speaker.language), _above(hall)
    return lambda fields, errors: forms.lift_form(view, above, say, fields, errors)


def _above(hall: Hall) -> list[tuple[str, str]]:
    """Return the kinds of meeting above this one, by id, and what each is called."""
    meetings = hall.agreement.meetings
    levels = UPWARDS.get(meetings[hall.meeting.series].level, ())
    return [(one.id, one.name) for one in meetings.values() if one.level in levels]


def _text(fields: Fields, draw: Draw, context: Context) -> str:
    text = fields.get("text", "").strip()
    if not text:
        errors = {"text": texts(context.speaker.language)("form.missing")}
        raise FormIncomplete(errors, draw(fields, errors))
    return text


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _written(hall: Hall) -> cards.Written:
    store, meeting = hall.store, hall.meeting
    return cards.Written(
        view=hall.view(),
        decisions=store.minutes.decisions(meeting),
        actions=store.minutes.actions(meeting),
        names={person.id: person.name for person in hall.people},
    )


def _card(hall: Hall, context: Context) -> Card:
    is_open = hall.meeting.minutes_sent_at is None
    can_send = is_open and hall.is_called_by(context.speaker)
    return cards.minutes_card(_written(hall), texts(context.speaker.language), can_send=can_send)


def _here(event: Pressed | Submitted) -> Place:
    return Place(event.place.platform, event.place.channel)
