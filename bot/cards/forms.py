"""Forms: what is asked for before something is done. A form's first primary button sends it.

Each takes what was written the last time and what was wrong with it, so that nothing is lost.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.cards.blocks import Button, Buttons, Card, Input, Option, Quote, Select
from bot.cards.view import TicketView
from bot.domain.people import Person
from bot.texts import Texts

Fields = Mapping[str, str]


def ask_form(say: Texts, fields: Fields, errors: Fields) -> Card:
    text = long_input("text", say("form.ask_text"), fields, errors)
    return Card(title=say("form.ask"), body=(text, send("ask.send", "", say)))


def ask_about(text: str, say: Texts) -> Card:
    """Return the form that makes a question of what somebody wrote."""
    about = (Quote(text=text),) if text else ()
    return Card(title=say("form.ask_about"), body=(*about, send("ask.about", "", say)))


def text_form(view: TicketView, action: str, say: Texts, fields: Fields, errors: Fields) -> Card:
    """Return *action*'s form for one text: answer, ask_back, third_party or resolve."""
    title = say(f"form.{action}", number=view.ticket.number)
    label = say(f"form.{action}_text", name=view.asker.name)
    text = long_input("text", label, fields, errors)
    return Card(title=title, body=(text, send(f"ticket.{action}.send", _value(view), say)))


def hand_over_form(
    view: TicketView, team: Iterable[Person], now: datetime, say: Texts, errors: Fields
) -> Card:
    options = tuple(Option(label=_here(person, now, say), value=person.id) for person in team)
    to = Select(name="to", label=say("form.hand_over_to"), options=options, error=errors.get("to"))
    title = say("form.hand_over", number=view.ticket.number)
    return Card(title=title, body=(to, send("ticket.hand_over.send", _value(view), say)))


def change_task_form(view: TicketView, action: str, say: Texts, errors: Fields) -> Card:
    """Return the form with every task of the agreement; *action* is the team's or the asker's."""
    task = task_select(view, say, errors)
    title = say("form.change_task", number=view.ticket.number)
    return Card(title=title, body=(task, send(f"{action}.send", _value(view), say)))


def task_select(view: TicketView, say: Texts, errors: Fields) -> Select:
    """Return the field with every task of the agreement; the ticket's own is chosen already."""
    options = tuple(
        Option(label=task.name, value=id_) for id_, task in view.agreement.tasks.items()
    )
    return Select(
        name="task",
        label=say("form.change_task_to"),
        options=options,
        value=view.ticket.task,
        error=errors.get("task"),
    )


def long_input(
    name: str, label: str, fields: Fields, errors: Fields, *, is_optional: bool = False
) -> Input:
    return Input(
        name=name,
        label=label,
        value=fields.get(name, ""),
        is_long=True,
        is_optional=is_optional,
        error=errors.get(name),
    )


def _here(person: Person, now: datetime, say: Texts) -> str:
    absence = person.absence_at(now)
    if absence is None:
        return person.name
    until = absence.end.astimezone(say.zone).date()
    return say("form.away", name=person.name, date=say.date(until))


def send(action: str, value: str, say: Texts) -> Buttons:
    send = Button(label=say("form.send"), action=action, value=value, style="primary")
    return Buttons(buttons=(send,))


def _value(view: TicketView) -> str:
    return str(view.ticket.id)
