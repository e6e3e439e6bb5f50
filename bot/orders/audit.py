"""Orders for audit: what was ordered, who approved it, what was done, by whom and when.

A cell of the CSV that a spreadsheet would run as a formula is made text.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

from bot.domain.order_forms import Kind, OrderField, chosen
from bot.domain.orders import Order, OrderStep, StepKind
from bot.domain.people import Language, Person, PersonId

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
COLUMNS = (
    "number",
    "municipality",
    "form",
    "status",
    "placed_at",
    "ordered_by",
    "sent_to",
    "decided_by",
    "decided_at",
    "reason",
    "ticket",
    "ordered",
    "done",
    "done_by",
    "done_at",
)

Entry = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """An order with its steps, and the number of the ticket that it became."""

    order: Order
    steps: Sequence[OrderStep]
    ticket: str


@dataclass(frozen=True, slots=True)
class Auditor:
    """Tells orders in English, with times in *zone*, and names where the directory has them."""

    people: Mapping[PersonId, Person]
    municipalities: Mapping[str, str]  # names, by id
    zone: ZoneInfo

    def entry(self, one: Audited) -> Entry:
        """Return the order as one row, by column."""
        order, last = one.order, _last_tick(one)
        steps = order.form.steps(order.values)
        ticked = sum(step.id in order.ticked for step in steps)
        cells = (
            order.number,
            self.municipalities.get(order.municipality, order.municipality),
            order.form.words[Language.EN],
            "done" if order.is_done else order.status.value,
            self._moment(order.placed_at),
            self._name(order.asker),
            self._name(order.approver),
            self._name(order.decided_by),
            self._moment(order.decided_at),
            order.reason,
            one.ticket,
            "; ".join(f"{label}: {value}" for label, value in _filled_in(order).items()),
            f"{ticked} of {len(steps)}",
            self._name(last.by if last else None),
            self._moment(last.at if last else None),
        )
        return dict(zip(COLUMNS, cells, strict=True))

    def told(self, one: Audited) -> dict[str, object]:
        """Return the order with all its steps, for a program to read."""
        return {
            **self.entry(one),
            "form_id": one.order.form.id,
            "task": one.order.form.task,
            "ordered": dict(one.order.values),
            "steps": [self._step(step) for step in one.steps],
        }

    def _step(self, step: OrderStep) -> dict[str, str | None]:
        is_to_somebody = step.kind in {StepKind.SENT, StepKind.REMINDED}
        about = self._name(PersonId(step.about)) if is_to_somebody else step.about
        by = self._name(step.by) or None  # nobody: the program itself
        return {"kind": step.kind, "at": self._moment(step.at), "by": by, "about": about}

    def _name(self, who: PersonId | None) -> str:
        person = self.people.get(who) if who else None
        if person is None:
            return who or ""
        return f"{person.name} <{person.email}>" if person.email else person.name

    def _moment(self, moment: datetime | None) -> str:
        local = moment.astimezone(self.zone) if moment else None
        return local.isoformat(timespec="seconds") if local else ""


def as_csv(entries: Iterable[Entry]) -> str:
    """Return rows as Excel opens them here: semicolons, every cell in quotes, no formulas."""
    out = StringIO()
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([harmless(entry[column]) for column in COLUMNS] for entry in entries)
    return out.getvalue()


def as_json(told: Sequence[Mapping[str, object]]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def harmless(cell: str) -> str:
    """Return *cell* as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(FORMULA) else cell


def _filled_in(order: Order) -> dict[str, str]:
    return {
        each.words[Language.EN]: _value(each, order.values[each.id])
        for each in order.form.fields
        if order.values.get(each.id)
    }


def _value(each: OrderField, value: str) -> str:
    if each.kind is Kind.CHOICE:
        return ", ".join(option.words[Language.EN] for option in chosen(value, each))
    return value


def _last_tick(one: Audited) -> OrderStep | None:
    ticks = [step for step in one.steps if step.kind is StepKind.TICKED]
    return ticks[-1] if ticks and one.order.is_done else None
