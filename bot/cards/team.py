"""The host team's card of a ticket: who asks what, by when, and everything the team can do."""

from bot.cards.blocks import Block, Buttons, Card, Fact, Facts, Quote
from bot.cards.drafts import writing_facts
from bot.cards.orders import checklists, order_facts
from bot.cards.time_spent import time_chips, time_fact
from bot.cards.view import (
    TicketView,
    button,
    by_hand_facts,
    first_response_fact,
    link_to_message,
    own_time_fact,
    phoned_fact,
    resolution_fact,
    status_fact,
    take_up_button,
    task_facts,
    way,
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
_MORE = ("set_target", "link", "merge", "split", "dispute")


def contact_card(view: TicketView, say: Texts) -> Card:
    """Return the team's card as it stands in the contact's own messages, with the way to it."""
    card = team_card(view, say)
    to_team = way(view.team_thread, "go_to.team", say)
    return card.model_copy(update={"body": (*card.body, *to_team)})


def team_card(view: TicketView, say: Texts) -> Card:
    """Return the card as it is now, for the team's channel."""
    asked = say("fact.asker_of", name=view.asker.name, municipality=view.municipality.name)
    facts = (
        Fact(name=say("fact.asker"), value=asked),
        *phoned_fact(view, say),
        *task_facts(view, say),
        Fact(name=say("fact.who"), value=who_has_it(view, say)),
        *first_response_fact(view, say),
        *resolution_fact(view, say),
        *by_hand_facts(view, say),
        *own_time_fact(view, say),
        Fact(name=say("fact.priority"), value=say(f"priority.{view.ticket.priority}")),
        status_fact(view, say),
        *writing_facts(view, say),
        *time_fact(view, say),
        *_links(view, say),
        *order_facts(view.orders, view.people, say),
    )
    asked_in = link_to_message(view, say)
    body: tuple[Block, ...] = (Quote(text=view.ticket.question), *asked_in, Facts(facts=facts))
    below = (*checklists(view.orders, say), *time_chips(view, say), *_buttons(view, say))
    return Card(title=team_title(view, say), body=(*body, *below))


def more_card(view: TicketView, say: Texts) -> Card:
    """Return the rarer moves, for who asked to see them."""
    buttons = tuple(button(view, f"ticket.{move}", say, key=f"team.{move}") for move in _MORE)
    return Card(
        title=say("team.more_title", number=view.ticket.number),
        body=(Buttons(buttons=(*buttons, *take_up_button(view, say))),),
    )


def _links(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return the tickets that belong with this one; no asker's card ever shows them."""
    if not view.links:
        return ()
    return (Fact(name=say("fact.links"), value=", ".join(dict.fromkeys(view.links))),)


def team_title(view: TicketView, say: Texts) -> str:
    is_urgent = view.ticket.priority is Priority.URGENT and view.ticket.is_unfinished
    key = "team.title_urgent" if is_urgent else "team.title"
    task = view.task.name if view.task else say("fact.no_task")
    return say(key, number=view.ticket.number, municipality=view.municipality.name, task=task)


def _buttons(view: TicketView, say: Texts) -> tuple[Buttons, ...]:
    draft = ["team.draft"] if view.draft else []
    actions = [*_actions(view), *draft, "team.why", "team.more"]
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


def _sharing(view: TicketView) -> list[str]:
    if view.is_shared is None:
        return []
    return ["team.unshare" if view.is_shared else "team.share"]


def _actions(view: TicketView) -> list[str]:
    ticket = view.ticket
    if ticket.status in {Status.RESOLVED, Status.DEFLECTED}:
        return ["team.reopen", *_sharing(view)]
    if not ticket.is_with_host:
        return []
    first = ["team.go_on"] if ticket.status in PAUSED else []
    take = ["team.take"] if ticket.taken_by is None else []
    pace = "team.not_urgent" if ticket.priority is Priority.URGENT else "team.urgent"
    return [*first, *take, *_WORK, pace]
