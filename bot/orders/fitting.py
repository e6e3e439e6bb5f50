"""Whether order forms fit together, and with the agreement they belong to."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from bot.agreements.advice import advise_on_name
from bot.agreements.complaints import Misfit
from bot.agreements.lines import Where
from bot.domain.agreement import Agreement
from bot.domain.order_forms import Kind
from bot.domain.people import Role
from bot.domain.tickets import HOSTS
from bot.orders.advice import INSTEAD
from bot.orders.file import ConditionTable, FieldEntry, FormEntry, OrdersFile

ONLY = {  # what only one kind of field has
    "options": {Kind.CHOICE},
    "several": {Kind.CHOICE},
    "pattern": {Kind.TEXT, Kind.PERSON},
    "pattern_help": {Kind.TEXT, Kind.PERSON},
    "least": {Kind.NUMBER},
    "most": {Kind.NUMBER},
    "not_past": {Kind.DATE},
}


@dataclass(frozen=True, slots=True)
class _Form:
    where: Where
    entry: FormEntry


def misfits(file: OrdersFile, agreement: Agreement) -> Iterator[Misfit]:
    """Yield everything that does not fit."""
    yield from _repeated([(("forms", n), form.id) for n, form in enumerate(file.forms)])
    for n, entry in enumerate(file.forms):
        form = _Form(("forms", n), entry)
        yield from _outside(form, agreement)
        for check in CHECKS:
            yield from check(form)


def _outside(form: _Form, agreement: Agreement) -> Iterator[Misfit]:
    """Yield a task or an approver that the agreement does not have."""
    task, approver = form.entry.task, form.entry.approver
    hosts = [known.id for known in agreement.tasks.values() if known.side in HOSTS]
    if task not in agreement.tasks:
        where = (*form.where, "task")
        yield Misfit(where, f'there is no task "{task}"', advise_on_name(task, hosts))
    elif task not in hosts:
        where = (*form.where, "task")
        yield Misfit(where, f'the host does not have the task "{task}"', INSTEAD.at(where))
    if "@" not in approver and approver not in {*Role, *agreement.roles}:
        where = (*form.where, "approver")
        wrong = f'there is no role "{approver}" in the agreement\'s [roles]'
        yield Misfit(where, wrong, INSTEAD.at(where))


def _ids(form: _Form) -> Iterator[Misfit]:
    fields, steps = form.entry.fields, form.entry.checklist
    yield from _repeated([((*form.where, "fields", n), each.id) for n, each in enumerate(fields)])
    yield from _repeated([((*form.where, "checklist", n), each.id) for n, each in enumerate(steps)])
    for n, each in enumerate(fields):
        around = (*form.where, "fields", n, "options")
        yield from _repeated([((*around, m), option.id) for m, option in enumerate(each.options)])


def _inputs(form: _Form) -> Iterator[Misfit]:
    """Refuse a field with the name that another's second choice goes by."""
    names = [name for each in form.entry.fields for name in each.order_field().inputs()[1:]]
    for n, each in enumerate(form.entry.fields):
        if each.id in names:
            where = (*form.where, "fields", n, "id")
            wrong = f'"{each.id}" is what another field\'s choices are called by'
            yield Misfit(where, wrong, "another id")


def _kinds(form: _Form) -> Iterator[Misfit]:
    for n, each in enumerate(form.entry.fields):
        around = (*form.where, "fields", n)
        for name in sorted(each.model_fields_set & ONLY.keys()):
            if each.kind not in ONLY[name]:
                wrong = f'does not belong on a field of the kind "{each.kind}"'
                yield Misfit((*around, name), wrong, INSTEAD.at((name,)))
        yield from _own(each, around)


def _own(each: FieldEntry, around: Where) -> Iterator[Misfit]:
    """Yield what a field lacks, or contradicts itself in."""
    if each.kind is Kind.CHOICE and not each.options:
        yield Misfit((*around, "options"), "is missing", INSTEAD.at(("options",)))
    if each.several > max(1, len(each.options)):
        wrong = f"there are {len(each.options)} options to choose among"
        yield Misfit((*around, "several"), wrong, INSTEAD.at(("several",)))
    if each.pattern and not each.pattern_help:
        yield Misfit((*around, "pattern_help"), "is missing", INSTEAD.at(("pattern_help",)))
    if each.least is not None and each.most is not None and each.least > each.most:
        yield Misfit((*around, "most"), f"is below least, {each.least}", INSTEAD.at(("most",)))


def _conditions(form: _Form) -> Iterator[Misfit]:
    fields = form.entry.fields
    for n, each in enumerate(fields):
        if each.only_if:
            where = (*form.where, "fields", n, "only_if")
            yield from _condition(each.only_if, where, fields[:n])
    for n, step in enumerate(form.entry.checklist):
        if step.only_if:
            yield from _condition(step.only_if, (*form.where, "checklist", n, "only_if"), fields)


def _condition(
    condition: ConditionTable, where: Where, above: Collection[FieldEntry]
) -> Iterator[Misfit]:
    choices = {e.id: e for e in above if e.kind is Kind.CHOICE and e.several == 1}
    choice = choices.get(condition.field)
    if choice is None:
        wrong = f'there is no choice "{condition.field}" above, of one option'
        yield Misfit((*where, "field"), wrong, INSTEAD.at((*where, "field")))
        return
    known = [option.id for option in choice.options]
    for n, value in enumerate(condition.values):
        if value not in known:
            wrong = f'"{condition.field}" has no option "{value}"'
            yield Misfit((*where, "is", n), wrong, advise_on_name(value, known))


def _repeated(written: list[tuple[Where, str]]) -> Iterator[Misfit]:
    seen = set()
    for where, value in written:
        if value in seen:
            wrong = f'"{value}" stands here for the second time'
            yield Misfit((*where, "id"), wrong, "another id than those above it have")
        seen.add(value)


CHECKS: tuple[Callable[[_Form], Iterator[Misfit]], ...] = (_ids, _inputs, _kinds, _conditions)
