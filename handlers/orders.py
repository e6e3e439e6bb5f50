"""`/bestill`: somebody orders something of the host, on a form of the agreement's own."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import orders as cards
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.order_forms import APPROVER, Blank, order_form
from bot.case import Case, case_for_asker
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
from bot.domain.agreement import Municipality
from bot.domain.order_forms import OrderForm, read_form
from bot.domain.orders import Order, OrderId, may_approve
from bot.intake import member_of
from bot.ordering import (
    Ordering,
    can_approve,
    in_hand,
    ordering_of,
    tell,
    to_approver,
    waits_with,
)
from bot.texts import texts
from storage.orders import NoSuchOrder

MOST = 5  # of a person's own orders, in the menu
MOST_WAITING = 12  # for approval: a message in Slack holds 50 blocks


def bestill(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Open the form that the text means; without one, show what can be ordered."""
    member = member_of(context.speaker, context)
    form = _meant(commanded.text, context)
    if form is None:
        return [Say(to=commanded.place, card=_menu(member, context))]
    card = _form(_draft(form, None, commanded, context), {}, {}, context)
    return [Show(card=card, trigger=commanded.trigger)]


def menu(pressed: Pressed, context: Context) -> list[Outgoing]:
    member = member_of(context.speaker, context)
    place = context.store.people.place_of(context.speaker.id, pressed.place.platform)
    return [Say(to=place or pressed.place, card=_menu(member, context))]


def open_form(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show a form. The value is its id, and perhaps a colon and the ticket it is filled in from."""
    form, case = _named(pressed.value, context)
    card = _form(_draft(form, case, pressed, context), {}, {}, context)
    return [Show(card=card, trigger=pressed.trigger)]


def send_form(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Place the order, and send it to the municipality's approver."""
    form, case = _named(sent.value, context)
    draft = _draft(form, case, sent, context)
    it = _placed(draft, _filled_in(draft, sent.fields, context), sent.fields.get(APPROVER))
    it, said = to_approver(it)
    if it.order.approver:
        card = cards.placed(it.view, texts(context.speaker.language))
        said = [*tell(it, it.order.asker, card, "placed"), *said]
    return [*said, *(waits_with(case, it) if case and case.ticket.is_with_host else [])]


def show(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show an order to its own municipality's approvers, to its asker, and to the host's team."""
    it = ordering_of(pressed.value, context)
    speaker, order = context.speaker, it.order
    approves = may_approve(order, speaker)
    if not (approves or speaker.id == order.asker or speaker.is_host_team):
        raise NoSuchOrder
    decides = approves and (order.form.own_approval or speaker.id != order.asker)
    card = cards.show(it.view, texts(speaker.language), may_approve=decides)
    place = context.store.people.place_of(speaker.id, pressed.place.platform)
    return [Say(to=place or pressed.place, card=card)]


def _menu(member: Municipality, context: Context) -> Card:
    speaker, orders = context.speaker, context.store.orders
    waiting = [order for order in orders.waiting_in(member.id) if may_approve(order, speaker)]
    return cards.menu(
        context.agreement.orders.values(),
        orders.of_asker(speaker.id, MOST),
        waiting[:MOST_WAITING],
        member.name,
        texts(speaker.language),
    )


def _meant(text: str, context: Context) -> OrderForm | None:
    """Return the one form whose id or title has *text* in it."""
    wanted = text.strip().casefold()
    found = [form for form in context.agreement.orders.values() if wanted in _names(form)]
    return found[0] if wanted and len(found) == 1 else None


def _names(form: OrderForm) -> str:
    return " ".join([form.id, *form.words.values()]).casefold()


def _named(value: str, context: Context) -> tuple[OrderForm, Case | None]:
    """Return the form, and the case if there is one: of the speaker's own municipality alone.

    :raises NoSuchOrder: there is no such form
    :raises NoSuchTicket: there is no such ticket, or it is another municipality's
    """
    name, _, ticket = value.partition(":")
    form = context.agreement.orders.get(name)
    if form is None:
        raise NoSuchOrder
    return form, case_for_asker(ticket, context) if ticket else None


def _draft(
    form: OrderForm,
    case: Case | None,
    event: Commanded | Pressed | Submitted,
    context: Context,
) -> Ordering:
    """Return the order that the speaker is about to place: it is kept nowhere yet."""
    order = Order(
        id=OrderId(context.new_id()),
        number="",
        cooperation=context.agreement.id,
        municipality=member_of(context.speaker, context).id,
        asker=context.speaker.id,
        platform=event.account.platform,
        form=form,
        values={},
        placed_at=min(context.at, context.now),
        ticket=case.ticket.id if case else None,
    )
    return in_hand(order, context)


def _form(draft: Ordering, fields: Fields, errors: Fields, context: Context) -> Card:
    order = draft.order
    blank = Blank(
        form=order.form,
        ticket=str(order.ticket or ""),
        approvers=can_approve(draft),
        municipality=draft.view.municipality,
    )
    return order_form(blank, texts(context.speaker.language), fields, errors)


def _filled_in(draft: Ordering, fields: Fields, context: Context) -> Mapping[str, str]:
    """Return what was filled in.

    :raises FormIncomplete: something in it will not do
    """
    language = context.speaker.language
    today = context.agreement.calendar.local_date(context.now)
    found = read_form(draft.order.form, fields, today, language)
    if found.wrong:
        say = texts(language)
        errors = {name: say(wrong.key, **wrong.gaps) for name, wrong in found.wrong.items()}
        raise FormIncomplete(errors, _form(draft, fields, errors, context))
    return found.values


def _placed(draft: Ordering, values: Mapping[str, str], wanted: str | None) -> Ordering:
    """Keep the order under its number, for the approver whom the asker has chosen, if any."""
    chosen = [who.id for who in can_approve(draft) if who.id == wanted]
    order = replace(draft.order, values=values, approver=chosen[0] if chosen else None)
    agreement = draft.agreement
    year = agreement.calendar.local_date(draft.now).year
    placed = draft.store.orders.place(order, prefix=agreement.prefix, year=year)
    return replace(draft, order=placed)
