"""Order forms to fill in, drawn from the agreement's own data, and the reason for saying no."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards.blocks import Block, Card, Input, Option, Select, Text
from bot.cards.forms import Fields, long_input, send
from bot.cards.orders import OrderView
from bot.domain.order_forms import Kind, OrderField, OrderForm
from bot.domain.people import Person
from bot.texts import Texts

APPROVER = "_approver"  # the input for who is to approve; no field of a form can be called so


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A form to be filled in. *ticket*: the id of the one it is filled in from, or nothing.

    *approvers*: those who could approve it now.
    """

    form: OrderForm
    ticket: str
    approvers: Sequence[Person]
    municipality: str  # its name


def order_form(blank: Blank, say: Texts, fields: Fields, errors: Fields) -> Card:
    form = blank.form
    inputs = [block for each in form.fields for block in _inputs(each, say, fields, errors)]
    value = f"{form.id}:{blank.ticket}"
    body = (*inputs, _approver(blank, say, fields, errors), send("order.send", value, say))
    return Card(title=form.words[say.language], body=body)


def decline_form(view: OrderView, say: Texts, fields: Fields, errors: Fields) -> Card:
    label = say("order.decline_reason", name=view.name(view.order.asker))
    reason = long_input("reason", label, fields, errors)
    title = say("order.decline_title", number=view.order.number)
    return Card(title=title, body=(reason, send("order.decline.send", str(view.order.id), say)))


def _inputs(each: OrderField, say: Texts, fields: Fields, errors: Fields) -> list[Input | Select]:
    """Draw a field; one with several choices has an input for each of them."""
    label = each.words[say.language]
    first = label if each.is_required else say("order.optional", label=label)
    may_be_empty = not each.is_required or each.only_if is not None
    drawn = []
    for number, name in enumerate(each.inputs(), 1):
        shown = first if number == 1 else say("order.more", label=label, number=number)
        drawn.append(_input(each, name, shown, say, is_optional=may_be_empty or number > 1))
    return [_written(block, fields, errors) for block in drawn]


def _input(
    each: OrderField, name: str, label: str, say: Texts, *, is_optional: bool
) -> Input | Select:
    if each.kind is not Kind.CHOICE:
        return Input(name=name, label=label, is_optional=is_optional)
    options = tuple(Option(label=o.words[say.language], value=o.id) for o in each.options)
    return Select(name=name, label=label, options=options, is_optional=is_optional)


def _written(block: Input | Select, fields: Fields, errors: Fields) -> Input | Select:
    """Return *block* with what was written the last time, and what was wrong with it."""
    error, value = errors.get(block.name), fields.get(block.name, "")
    if isinstance(block, Select):
        return block.model_copy(update={"value": value or None, "error": error})
    return block.model_copy(update={"value": value, "error": error})


def _approver(blank: Blank, say: Texts, fields: Fields, errors: Fields) -> Block:
    approvers = blank.approvers
    if not approvers:
        return Text(text=say("order.approver_none", municipality=blank.municipality))
    if len(approvers) == 1:
        return Text(text=say("order.approver_is", name=approvers[0].name), subtle=True)
    options = tuple(Option(label=person.name, value=person.id) for person in approvers)
    return Select(
        name=APPROVER,
        label=say("order.approver"),
        options=options,
        value=fields.get(APPROVER) or options[0].value,
        error=errors.get(APPROVER),
    )
