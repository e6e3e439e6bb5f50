"""The asker's one card: whose task it is, who has it, by when, and what the asker can do."""

from bot.cards.blocks import Block, Button, Buttons, Card, Fact, Facts, Quote, Text
from bot.cards.known_answer import known_answer
from bot.cards.orders import order_facts
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
    who_has_it,
)
from bot.domain.agreement import Priority, Side
from bot.domain.orders import STANDING
from bot.domain.tickets import Status
from bot.texts import Texts

_TITLES = {
    Status.UNSURE: "asker.unsure",
    Status.OPEN: "asker.received",
    Status.TAKEN: "asker.received",
    Status.WAITS_FOR_ASKER: "asker.waits",
    Status.WAITS_FOR_THIRD_PARTY: "asker.waits_for_third_party",
    Status.RESOLVED: "asker.resolved",
    Status.WITHDRAWN: "asker.withdrawn",
    Status.DEFLECTED: "asker.deflected",
}


def asker_card(view: TicketView, say: Texts) -> Card:
    """Return the card as it is now; it is redrawn in place whenever the ticket changes."""
    is_solved = view.ticket.status is Status.DEFLECTED
    card = _deflected(view, say) if is_solved else _card(view, say)
    return Card(title=card.title, body=(*card.body, *known_answer(view, say)))


def _card(view: TicketView, say: Texts) -> Card:
    ticket = view.ticket
    if ticket.status is Status.REFERRED:
        referral = _referral(view, say)
        return Card(title=referral.title, body=(*referral.body, *_second(view, say)))
    title = say(_TITLES[ticket.status], number=ticket.number)
    question = (Quote(text=ticket.question), *link_to_message(view, say))
    if ticket.status is Status.UNSURE:
        return Card(title=title, body=(*question, *_choices(view, say), *_second(view, say)))
    if ticket.status is Status.WITHDRAWN:
        return Card(title=title, body=question)
    ending = (*_ending(view, say), *_second(view, say))
    return Card(title=title, body=(*question, Facts(facts=_facts(view, say)), *ending))


def _deflected(view: TicketView, say: Texts) -> Card:
    again = Buttons(buttons=(button(view, "asker.reopen", say),))
    title = say("asker.deflected", number=view.ticket.number)
    return Card(title=title, body=(Quote(text=view.ticket.question), again))


def merged_card(view: TicketView, number: str, say: Texts) -> Card:
    """Return the card of the ticket *number*, which goes on in *view*'s: what can be done there."""
    title = say("asker.merged", number=number, other=view.ticket.number)
    return Card(title=title, body=asker_card(view, say).body)


def _facts(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    return (
        *phoned_fact(view, say),
        *task_facts(view, say),
        Fact(name=say("fact.who"), value=who_has_it(view, say)),
        *first_response_fact(view, say),
        *resolution_fact(view, say),
        *by_hand_facts(view, say),
        *own_time_fact(view, say),
        Fact(name=say("fact.priority"), value=say(f"priority.{view.ticket.priority}")),
        status_fact(view, say),
        *order_facts(view.orders, view.people, say),
    )


def _ending(view: TicketView, say: Texts) -> tuple[Block, ...]:
    help_ = Text(text=say("asker.reply_here"), subtle=True)
    if view.ticket.status is Status.RESOLVED:
        reopen = button(view, "asker.reopen", say, style="primary")
        return help_, Buttons(buttons=(reopen, *take_up_button(view, say)))
    hurry, calm = _pace(view, say)
    buttons = (
        *hurry,
        *_order(view, say),
        button(view, "asker.wrong_task", say),
        *calm,
        button(view, "ticket.why", say, key="asker.why"),
        *take_up_button(view, say),
        button(view, "asker.withdraw", say, style="danger"),
    )
    seems = (Text(text=say("asker.seems_urgent")),) if hurry else ()
    return help_, *seems, Buttons(buttons=buttons)


def _pace(view: TicketView, say: Texts) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """Return the button for the pace: as the first of all, or else as one among the others."""
    if view.offers.urgent:
        return (button(view, "asker.urgent", say, style="primary"),), ()
    is_urgent = view.ticket.priority is Priority.URGENT
    return (), (button(view, "asker.not_urgent" if is_urgent else "asker.urgent", say),)


def _second(view: TicketView, say: Texts) -> tuple[Block, ...]:
    """Offer to make the words that ask for another thing a ticket of its own."""
    words, ticket = view.offers.second, view.ticket
    if words is None or not (ticket.is_unfinished or ticket.status is Status.REFERRED):
        return ()
    two = Buttons(buttons=(button(view, "asker.two", say),))
    return Text(text=say("asker.two_help")), Quote(text=words), two


def _order(view: TicketView, say: Texts) -> tuple[Button, ...]:
    """Return a button for each form that the ticket's task has, unless it is filled in already."""
    filled_in = {order.form.id for order in view.orders if order.status in STANDING}
    return tuple(
        Button(
            label=say("asker.order"),
            action="order.open",
            value=f"{form.id}:{view.ticket.id}",
            style="primary",
        )
        for form in view.agreement.orders.values()
        if form.task == view.ticket.task and form.id not in filled_in
    )


def _choices(view: TicketView, say: Texts) -> tuple[Block, ...]:
    """Return up to three likely tasks as buttons, and «something else»."""
    ticket, agreement = view.ticket, view.agreement
    until = agreement.calendar.due(ticket.asked_at, agreement.choose_within)
    moment = say.moment(until)
    help_ = say("asker.unsure_help", municipality=view.municipality.name, moment=moment)
    named = [(agreement.tasks[task].name, task) for task in ticket.choices]
    buttons = tuple(
        Button(label=label, action="asker.choose", value=f"{ticket.id}:{task}")
        for label, task in [*named, (say("asker.something_else"), "")]
    )
    return Text(text=help_), Buttons(buttons=buttons)


def _referral(view: TicketView, say: Texts) -> Card:
    """Return who has it instead, how to reach them, and the one button for who still needs help."""
    number = view.ticket.number
    need_help = Buttons(buttons=(button(view, "asker.need_help", say, style="primary"),))
    if view.ticket.side is Side.PARTNER:
        title = say("asker.own_task", number=number)
        why = say("asker.own_task_why", municipality=view.municipality.name)
        who = Fact(name=say("fact.who"), value=_own_contact(view, say))
        facts = Facts(facts=(*task_facts(view, say), who))
        dispute = button(view, "asker.dispute", say)
        both = Buttons(buttons=(*need_help.buttons, dispute, *take_up_button(view, say)))
        return Card(title=title, body=(Text(text=why), facts, both))
    party = view.task.third_party if view.task else None
    if party is None:
        title, why = say("asker.not_finance", number=number), say("asker.not_finance_why")
        return Card(title=title, body=(Text(text=why), need_help))
    third = view.agreement.third_parties[party]
    title = say("asker.external", number=number, party=third.name)
    why = say("asker.external_why", party=third.name, what=third.what)
    return Card(title=title, body=(Text(text=why), Text(text=third.reach), need_help))


def _own_contact(view: TicketView, say: Texts) -> str:
    person = view.own_contact
    if person is None:
        return say("asker.own_task_nobody", municipality=view.municipality.name)
    return say("asker.own_task_who", name=person.name, email=person.email)
