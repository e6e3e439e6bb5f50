"""A form reads what people write, and says in words what will not do."""

from datetime import date

import pytest

from bot.domain.order_forms import Condition, Kind, Named, OrderField, OrderForm, read_form
from bot.domain.people import Language
from tests.office import ORDERS
from tests.orders.ordering import NEW_USER

TODAY = date(2026, 3, 2)
USERS, CODES = ORDERS["system-users"], ORDERS["dimensions-codes"]
CODE = {
    "type": "project",
    "number": "4711",
    "name": "Ny svømmehall",
    "valid-from": "2026-03-02",
    "reason": "Vedtatt i kommunestyret",
}


def named(*ids: str) -> tuple[Named, ...]:
    return tuple(Named(id=one, words=dict.fromkeys(Language, one)) for one in ids)


def field(name: str, kind: Kind, **more) -> OrderField:
    return OrderField(id=name, kind=kind, words=dict.fromkeys(Language, name), **more)


def form(*fields: OrderField) -> OrderForm:
    words = dict.fromkeys(Language, "x")
    return OrderForm(id="x", task="x", words=words, fields=fields, approver="approver")


def wrong(filled: dict[str, str], of: OrderForm, today: date = TODAY) -> dict[str, str]:
    found = read_form(of, filled, today, Language.NB)
    return {name: mistake.key for name, mistake in found.wrong.items()}


def test_a_form_filled_in_right_is_kept_in_plain_values() -> None:
    found = read_form(USERS, NEW_USER, TODAY, Language.NB)

    assert found.wrong == {}
    assert found.values == {
        "what": "new",
        "person": "Solveig Strand",
        "email": "solveig.strand@heroy.example",
        "modules": "accounting,reports",
        "roles": "case-worker",
        "start": "2026-04-01",
    }


def test_what_does_not_apply_is_neither_asked_for_nor_kept() -> None:
    ended = {**NEW_USER, "what": "ended"}

    found = read_form(USERS, ended, TODAY, Language.NB)

    assert found.wrong == {}
    assert "modules" not in found.values
    assert [step.id for step in USERS.steps(found.values)] == ["closed", "tasks-moved", "told"]


def test_what_applies_must_be_filled_in() -> None:
    without = {name: value for name, value in NEW_USER.items() if "modules" not in name}
    assert wrong(without, USERS) == {"modules": "form.missing"}
    assert wrong({**without, "what": "changed"}, USERS) == {"modules": "form.missing"}
    assert wrong({}, CODES).keys() == {"type", "number", "name", "valid-from", "reason"}


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("what", "fired", "form.unknown_choice"),
        ("modules", "payroll", "form.unknown_choice"),
        ("modules-2", "payroll", "form.unknown_choice"),
        ("person", "Solveig", "order.wrong.person"),
        ("person", "=cmd|x!A1 B", "order.wrong.person"),
        ("email", "solveig at heroy", "order.wrong.email"),
        ("start", "snart", "order.wrong.date"),
        ("start", "31.4.2026", "order.wrong.date"),
        ("start", "1.3.2026", "order.wrong.past"),
        ("notes", "x" * 501, "order.wrong.too_long"),
    ],
)
def test_what_will_not_do_is_said(name: str, value: str, key: str) -> None:
    assert wrong({**NEW_USER, name: value}, USERS) == {name.removesuffix("-2"): key}


@pytest.mark.parametrize("start", ["2.3.2026", "02.03.2026", "2026-03-02", "2. 3.2026"])
def test_today_is_not_past_however_it_is_written(start: str) -> None:
    assert wrong({**NEW_USER, "start": start}, USERS) == {}


@pytest.mark.parametrize("number", ["1", "123456789", "47a1", "4711\n4712"])
def test_a_pattern_says_what_it_asks_for_in_the_readers_language(number: str) -> None:
    found = read_form(CODES, {**CODE, "number": number}, TODAY, Language.NN)

    mistake = found.wrong["number"]
    assert (mistake.key, mistake.gaps["help"]) == (
        "order.wrong.pattern",
        "Skriv nummeret med 2 til 8 siffer.",
    )


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("4", "order.wrong.too_small"),
        ("5", None),
        ("1 000", None),
        ("1001", "order.wrong.too_large"),
        ("5,5", "order.wrong.number"),
        ("fem", "order.wrong.number"),
    ],
)
def test_a_number_has_its_bounds(value: str, key: str | None) -> None:
    amount = form(field("amount", Kind.NUMBER, least=5, most=1000))
    assert wrong({"amount": value}, amount) == ({"amount": key} if key else {})


def test_a_condition_on_what_does_not_apply_does_not_hold() -> None:
    nested = form(
        field("a", Kind.CHOICE, options=named("yes", "no")),
        field(
            "b",
            Kind.CHOICE,
            options=named("yes", "no"),
            only_if=Condition(field="a", values=("yes",)),
        ),
        field("c", Kind.TEXT, only_if=Condition(field="b", values=("yes",))),
    )
    found = read_form(nested, {"a": "no", "b": "yes", "c": "words"}, TODAY, Language.NB)
    assert (found.values, found.wrong) == ({"a": "no"}, {})


def test_the_same_choice_twice_is_one() -> None:
    found = read_form(USERS, {**NEW_USER, "modules-2": "accounting"}, TODAY, Language.NB)
    assert found.values["modules"] == "accounting"
