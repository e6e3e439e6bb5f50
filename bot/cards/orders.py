"""Cards of orders: what the asker and the approver read, and the checklist of the host's team."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Text,
)
from bot.domain.order_forms import Kind, OrderField, OrderForm, chosen
from bot.domain.orders import Order, OrderStatus
from bot.domain.people import Absence, Person, PersonId
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order as cards show it. *ticket*: the number of the one it belongs to, if there is one."""

    order: Order
    municipality: str  # its name
    people: Mapping[PersonId, Person]
    ticket: str = ""

    def name(self, who: PersonId | None) -> str:
        person = self.people.get(who) if who else None
        return person.name if person else who or ""


def menu(
    forms: Iterable[OrderForm],
    own: Sequence[Order],
    to_approve: Sequence[Order],
    municipality: str,
    say: Texts,
) -> Card:
    """Return what can be ordered, what the reader has ordered, and what they may approve."""
    buttons = tuple(
        Button(label=form.words[say.language], action="order.open", value=form.id) for form in forms
    )
    help_ = say("order.menu_help" if buttons else "order.no_forms", municipality=municipality)
    body: list[Block] = [Text(text=help_), *([Buttons(buttons=buttons)] if buttons else [])]
    if to_approve:
        body.append(Heading(text=say("order.menu_waits", municipality=municipality)))
        body += [block for order in to_approve for block in _line(order, say)]
    if own:
        body.append(Heading(text=say("order.menu_own")))
        body += [block for order in own for block in _line(order, say)]
    return Card(title=say("order.menu"), body=tuple(body))


def placed(view: OrderView, say: Texts) -> Card:
    """Return the asker's card while it waits for approval."""
    if view.order.approver is None:
        return nobody(view, (), say)
    name = view.name(view.order.approver)
    help_ = Text(text=say("order.placed_help", name=name))
    title = say("order.placed", number=view.order.number)
    return Card(title=title, body=(help_, _filled_in(view, say), _withdraw(view, say)))


def nobody(view: OrderView, why: Sequence[str], say: Texts) -> Card:
    """Return the asker's card when there is nobody who can approve; *why* in whole sentences."""
    help_ = Text(text=say("order.nobody_help", municipality=view.municipality))
    reasons = tuple(Text(text=sentence) for sentence in why)
    title = say("order.nobody", number=view.order.number)
    return Card(title=title, body=(help_, *reasons, _filled_in(view, say), _withdraw(view, say)))


def nobody_for_contact(view: OrderView, why: Sequence[str], say: Texts) -> Card:
    """Return what the main contact is told then: not what is ordered, which is not theirs yet."""
    number, municipality = view.order.number, view.municipality
    reasons = tuple(Text(text=sentence) for sentence in why)
    help_ = Text(text=say("order.nobody_contact_help"), subtle=True)
    title = say("order.nobody_contact", number=number, municipality=municipality)
    return Card(title=title, body=(*reasons, help_))


def missing(
    approvers: Sequence[Person], away: Mapping[PersonId, Absence], say: Texts
) -> Sequence[str]:
    """Say of each approver why not they: away, or not in the chat."""
    told = [_why(person, away.get(person.id), say) for person in approvers]
    return [*told, say("order.nobody_role")]


def to_approve(view: OrderView, key: str, say: Texts) -> Card:
    """Return the approver's card; *key* says why they have it now."""
    title = say(key, number=view.order.number)
    approve = _button(view, "order.approve", say, "primary")
    buttons = (approve, _button(view, "order.decline", say, "danger"))
    return Card(title=title, body=(_filled_in(view, say), Buttons(buttons=buttons)))


def stale(view: OrderView, days: int, say: Texts) -> Card:
    """Return what the main contact reads of an order that nobody decides."""
    title = say("order.stale", number=view.order.number, days=days)
    approver = Text(text=view.name(view.order.approver))
    return Card(title=title, body=(approver, Text(text=view.municipality, subtle=True)))


def decided(view: OrderView, say: Texts) -> Card:
    """Return the receipt of both: what was decided, by whom, and what happens now."""
    order = view.order
    title = say(f"order.{order.status}", number=order.number, name=view.name(order.decided_by))
    reason = (Text(text=order.reason),) if order.reason else ()
    if order.status is OrderStatus.APPROVED:
        reason = (Text(text=say("order.approved_help", ticket=view.ticket)),)
    return Card(title=title, body=(*reason, _filled_in(view, say)))


def done(view: OrderView, say: Texts) -> Card:
    help_ = Text(text=say("order.done_help", ticket=view.ticket))
    title = say("order.done", number=view.order.number)
    return Card(title=title, body=(help_, _filled_in(view, say)))


def show(view: OrderView, say: Texts, *, may_approve: bool) -> Card:
    """Return the order as it is now, with what the reader can do."""
    if view.order.status is not OrderStatus.WAITS:
        return decided(view, say)
    return to_approve(view, "order.to_approve", say) if may_approve else placed(view, say)


def summary(order: Order, say: Texts) -> str:
    """Return the order as text: the form's name, and a line for each field."""
    lines = [f"{fact.name}: {fact.value}" for fact in written(order, say)]
    return "\n".join([order.form.words[say.language], *lines])


def written(order: Order, say: Texts) -> tuple[Fact, ...]:
    """Return every field that the order has something in."""
    return tuple(
        Fact(name=each.words[say.language], value=_value(each, order.values[each.id], say))
        for each in order.form.fields
        if order.values.get(each.id)
    )


def order_facts(
    orders: Iterable[Order], people: Mapping[PersonId, Person], say: Texts
) -> list[Fact]:
    """Return how a ticket's orders stand, for the cards of both sides."""
    return [Fact(name=say("order.fact"), value=_stands(order, people, say)) for order in orders]


def checklists(orders: Iterable[Order], say: Texts) -> list[Block]:
    """Return what the host has to do of each approved order, step by step, as buttons."""
    blocks: list[Block] = []
    for order in orders:
        steps = order.form.steps(order.values)
        if order.status is OrderStatus.APPROVED and steps:
            title = say(
                "order.checklist",
                number=order.number,
                done=sum(step.id in order.ticked for step in steps),
                all=len(steps),
            )
            buttons = tuple(
                Button(
                    label=say(
                        "order.ticked" if step.id in order.ticked else "order.unticked",
                        step=step.words[say.language],
                    ),
                    action="order.tick",
                    value=f"{order.id}:{step.id}",
                )
                for step in steps
            )
            blocks += [Text(text=title), Buttons(buttons=buttons)]
    return blocks


def _line(order: Order, say: Texts) -> tuple[Block, Block]:
    status = say("order.status.done" if order.is_done else f"order.status.{order.status}")
    form = order.form.words[say.language]
    line = Text(text=say("order.line", number=order.number, form=form, status=status))
    label = say("order.show", number=order.number)
    button = Button(label=label, action="order.show", value=str(order.id))
    return line, Buttons(buttons=(button,))


def _filled_in(view: OrderView, say: Texts) -> Facts:
    order = view.order
    about = (
        Fact(name=say("order.form"), value=order.form.words[say.language]),
        Fact(name=say("order.asker"), value=f"{view.name(order.asker)}, {view.municipality}"),
        Fact(name=say("order.placed_at"), value=say.moment(order.placed_at)),
    )
    return Facts(facts=(*about, *written(order, say)))


def _value(each: OrderField, value: str, say: Texts) -> str:
    if each.kind is Kind.CHOICE:
        return ", ".join(option.words[say.language] for option in chosen(value, each))
    return say.date(date.fromisoformat(value)) if each.kind is Kind.DATE else value


def _stands(order: Order, people: Mapping[PersonId, Person], say: Texts) -> str:
    person = people.get(order.decided_by) if order.decided_by else None
    moment = say.moment(order.decided_at) if order.decided_at else ""
    name = person.name if person else ""
    return say(f"order.fact_{order.status}", number=order.number, name=name, moment=moment)


def _why(person: Person, absence: Absence | None, say: Texts) -> str:
    if absence is None:
        return say("order.nobody_unreachable", name=person.name)
    until = absence.end.astimezone(say.zone).date()
    return say("order.nobody_away", name=person.name, date=say.date(until))


def _withdraw(view: OrderView, say: Texts) -> Buttons:
    return Buttons(buttons=(_button(view, "order.withdraw", say, "danger"),))


def _button(view: OrderView, action: str, say: Texts, style: str) -> Button:
    return Button.model_validate(
        {"label": say(action), "action": action, "value": str(view.order.id), "style": style}
    )
