"""The host team's card of a ticket: who asks what, by when, and everything the team can do."""

from bot.cards.blocks import Block, Buttons, Card, Fact, Facts, Quote
from bot.cards.view import (
    TicketView,
    button,
    first_response_fact,
    resolution_fact,
    status_fact,
    task_facts,
    who_has_it,
)
from bot.domain.agreement import Priority
from bot.domain.tickets import PAUSED, Status
from bot.texts import Texts

_WORK = (
    "team.answer",
    "team.ask_back",
    "team.third_party",
    "team.hand_over",
    "team.change_task",
    "team.resolve",
)


def team_card(view: TicketView, say: Texts) -> Card:
    """Return the card as it is now, for the team's channel and for the contact's own messages."""
    asked = say("fact.asker_of", name=view.asker.name, municipality=view.municipality.name)
    facts = (
        Fact(name=say("fact.asker"), value=asked),
        *task_facts(view, say),
        Fact(name=say("fact.who"), value=who_has_it(view, say)),
        *first_response_fact(view, say),
        *resolution_fact(view, say),
        Fact(name=say("fact.priority"), value=say(f"priority.{view.ticket.priority}")),
        status_fact(view, say),
    )
    body: tuple[Block, ...] = (Quote(text=view.ticket.question), Facts(facts=facts))
    return Card(title=team_title(view, say), body=(*body, *_buttons(view, say)))


def team_title(view: TicketView, say: Texts) -> str:
    is_urgent = view.ticket.priority is Priority.URGENT and view.ticket.is_unfinished
    key = "team.title_urgent" if is_urgent else "team.title"
    task = view.task.name if view.task else say("fact.no_task")
    return say(key, number=view.ticket.number, municipality=view.municipality.name, task=task)


def _buttons(view: TicketView, say: Texts) -> tuple[Buttons, ...]:
    actions = [*_actions(view), "team.why"]
    buttons = tuple(
        button(
            view,
            action.replace("team.", "ticket."),
            say,
            key=action,
            style="primary" if number == 0 and action != "team.why" else "plain",
        )
        for number, action in enumerate(actions)
    )
    return (Buttons(buttons=buttons),)


def _actions(view: TicketView) -> list[str]:
    ticket = view.ticket
    if ticket.status is Status.RESOLVED:
        return ["team.reopen"]
    if not ticket.is_with_host:
        return []
    first = ["team.go_on"] if ticket.status in PAUSED else []
    take = ["team.take"] if ticket.taken_by is None else []
    return [*first, *take, *_WORK]
