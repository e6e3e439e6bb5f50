"""Forms about meetings: another time, why it is cancelled, and what it came to."""

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.cards.blocks import Block, Card, Input, Option, Select
from bot.cards.forms import Fields, long_input, send
from bot.cards.meeting_view import MeetingView
from bot.domain.moments import written
from bot.domain.people import Person
from bot.texts import Texts

MINUTE = timedelta(minutes=1)


def another_time(
    view: MeetingView, action: str, say: Texts, fields: Fields, errors: Fields
) -> Card:
    """Return the form for a new time: of a proposal, or (with a reason, and how far) of a move."""
    zone = ZoneInfo(str(view.agreement.calendar.zone))
    meeting = view.meeting
    until = say.time(meeting.ends_at)
    shown = {"when": written(meeting.starts_at, zone), "until": until, **fields}
    body: list[Block] = [
        _input("when", say("meeting.form_when"), shown, errors),
        _input("until", say("meeting.form_until"), shown, errors),
    ]
    if action == "meeting.move":
        body += [
            _how_far(say, fields),
            long_input("reason", say("meeting.form_reason"), fields, errors),
        ]
    return _form(view, action, say, body)


def cancel_form(view: MeetingView, say: Texts, fields: Fields, errors: Fields) -> Card:
    body: list[Block] = [
        _how_far(say, fields),
        long_input("reason", say("meeting.form_reason"), fields, errors),
    ]
    return _form(view, "meeting.cancel", say, body)


def point_form(view: MeetingView, say: Texts, fields: Fields, errors: Fields) -> Card:
    body: list[Block] = [long_input("text", say("agenda.form_text"), fields, errors)]
    return _form(view, "agenda.add", say, body)


def order_form(
    view: MeetingView, points: Sequence[tuple[str, str]], say: Texts, errors: Fields
) -> Card:
    """Return the caller's form; *points* are keys and what they are about."""
    options = tuple(Option(label=label[:70], value=key) for key, label in points[:100])
    what = tuple(
        Option(label=say(f"agenda.do_{name}"), value=name)
        for name in ("first", "strike", "restore")
    )
    body: list[Block] = [
        Select(
            name="point", label=say("agenda.form_point"), options=options, error=errors.get("point")
        ),
        Select(name="do", label=say("agenda.form_do"), options=what, value="first"),
    ]
    return _form(view, "agenda.order", say, body)


def decision_form(view: MeetingView, say: Texts, fields: Fields, errors: Fields) -> Card:
    body: list[Block] = [
        long_input("text", say("minutes.form_decision"), fields, errors),
        _yes_no("changes", say("minutes.form_changes"), say),
    ]
    return _form(view, "minutes.decide", say, body)


def action_form(
    view: MeetingView, people: Sequence[Person], say: Texts, fields: Fields, errors: Fields
) -> Card:
    owners = tuple(Option(label=person.name, value=person.id) for person in people)
    body: list[Block] = [
        long_input("text", say("minutes.form_action"), fields, errors),
        Select(
            name="owner", label=say("minutes.form_owner"), options=owners, error=errors.get("owner")
        ),
        _input("due", say("minutes.form_due"), fields, errors),
    ]
    return _form(view, "minutes.act", say, body)


def lift_form(
    view: MeetingView, series: Sequence[tuple[str, str]], say: Texts, fields: Fields, errors: Fields
) -> Card:
    options = tuple(Option(label=label, value=id_) for id_, label in series)
    body: list[Block] = [
        long_input("text", say("minutes.form_lift"), fields, errors),
        Select(name="to", label=say("minutes.form_to"), options=options, error=errors.get("to")),
    ]
    return _form(view, "minutes.lift", say, body)


def _form(view: MeetingView, action: str, say: Texts, body: Sequence[Block]) -> Card:
    value = f"{view.meeting.id}:{view.meeting.sequence}"
    title = say(f"{action}_form", meeting=view.title(say))
    return Card(title=title, body=(*body, send(f"{action}.send", value, say)))


def _how_far(say: Texts, fields: Fields) -> Select:
    options = tuple(Option(label=say(f"meeting.only_{far}"), value=far) for far in ("one", "rest"))
    label = say("meeting.form_how_far")
    return Select(name="far", label=label, options=options, value=fields.get("far", "one"))


def _yes_no(name: str, label: str, say: Texts) -> Select:
    options = tuple(Option(label=say(f"meeting.{word}"), value=word) for word in ("no", "yes"))
    return Select(name=name, label=label, options=options, value="no")


def _input(name: str, label: str, fields: Fields, errors: Fields) -> Input:
    return Input(name=name, label=label, value=fields.get(name, ""), error=errors.get(name))
