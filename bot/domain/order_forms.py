"""Order forms: what a municipality fills in to order something of the host, and who approves it.

A form is data in the agreement's folder. What is filled in is read here, by the form's own rules.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.people import Language

Wording = Mapping[Language, str]  # the same words in every language
Written = Mapping[str, str]

LONGEST = 500  # characters in one field
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+)+")
_NUMBER = re.compile(r"-?\d{1,15}")
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})"),
)


class Kind(StrEnum):
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    PERSON = "person"  # a full name; who is to have access need not be in the directory
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Holds when the choice *field* is one of *values*."""

    field: str
    values: tuple[str, ...]

    def holds(self, values: Written) -> bool:
        return values.get(self.field, "") in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An option of a choice, or a step of the host's checklist."""

    id: str
    words: Wording
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderField:
    """One field. *several*: how many of *options* can be chosen, each with an input of its own.

    *least* and *most* bound a number. *pattern* is what a whole text must match, and *pattern_help*
    says so in words. A field whose *only_if* does not hold is not asked for, and not kept.
    """

    id: str
    kind: Kind
    words: Wording
    is_required: bool = True
    options: tuple[Named, ...] = ()
    several: int = 1
    pattern: str | None = None
    pattern_help: Wording | None = None
    least: int | None = None
    most: int | None = None
    is_not_past: bool = False
    only_if: Condition | None = None

    def inputs(self) -> tuple[str, ...]:
        """Return the names of its inputs: its own, and for more choices that with a number."""
        more = (f"{self.id}-{number}" for number in range(2, self.several + 1))
        return (self.id, *more)

    def option(self, value: str) -> Named | None:
        return next((option for option in self.options if option.id == value), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """*approver* is a role, or an e-mail address, in the municipality that orders.

    *own_approval*: whether an approver may approve what they have ordered themselves.
    """

    id: str
    task: str
    words: Wording
    fields: tuple[OrderField, ...]
    approver: str
    own_approval: bool = False
    checklist: tuple[Named, ...] = ()

    def steps(self, values: Written) -> tuple[Named, ...]:
        """Return the checklist of an order with *values*."""
        return tuple(s for s in self.checklist if s.only_if is None or s.only_if.holds(values))

    def asked(self, values: Written) -> tuple[OrderField, ...]:
        """Return the fields that an order with *values* has."""
        return tuple(f for f in self.fields if f.only_if is None or f.only_if.holds(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong with one input: a text *key*, and what fills its gaps."""

    key: str
    gaps: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledIn:
    """What a form holds, in its own order. *wrong*: by input; nothing when all is well."""

    values: Mapping[str, str]
    wrong: Mapping[str, Wrong]


def read_form(form: OrderForm, written: Written, today: date, language: Language) -> FilledIn:
    """Return what *written*, by input, says; dates as ISO dates, choices as their ids.

    *language* is the reader's, for a pattern's own words. Choices several at a time are joined
    by commas.
    """
    values: dict[str, str] = {}
    wrong: dict[str, Wrong] = {}
    for each in form.fields:
        if each.only_if and not each.only_if.holds(values):
            continue
        found = list(dict.fromkeys(filter(None, (_tidy(written, i) for i in each.inputs()))))
        if not found and each.is_required:
            wrong[each.id] = Wrong(key="form.missing")
        elif found:
            values[each.id] = ",".join(_plain(each, value) for value in found)
            mistakes = (_mistake(each, value, today, language) for value in found)
            if mistake := next(filter(None, mistakes), None):
                wrong[each.id] = mistake
    return FilledIn(values=values, wrong=wrong)


def read_day(written: str) -> date | None:
    """Return the day that «2026-03-05» or «5.3.2026» names; None when it names none."""
    for way in _DAYS:
        if found := way.fullmatch(written.strip()):
            try:
                return date(**{name: int(value) for name, value in found.groupdict().items()})
            except ValueError:
                return None
    return None


def chosen(value: str, each: OrderField) -> Iterator[Named]:
    """Yield the options that a choice's *value* names."""
    for part in value.split(","):
        if option := each.option(part):
            yield option


def _tidy(written: Written, name: str) -> str:
    return " ".join(written.get(name, "").split())


def _plain(each: OrderField, value: str) -> str:
    """Return *value* as it is kept."""
    if each.kind is Kind.DATE:
        day = read_day(value)
        return day.isoformat() if day else value
    if each.kind is Kind.NUMBER:
        return value.replace(" ", "")
    return value.lower() if each.kind is Kind.EMAIL else value


def _mistake(each: OrderField, value: str, today: date, language: Language) -> Wrong | None:
    if len(value) > LONGEST:
        return Wrong(key="order.wrong.too_long", gaps={"most": str(LONGEST)})
    match each.kind:
        case Kind.DATE:
            return _wrong_day(each, value, today)
        case Kind.NUMBER:
            return _wrong_number(each, value.replace(" ", ""))
        case Kind.PERSON | Kind.TEXT:
            return _wrong_text(each, value, language)
        case Kind.CHOICE | Kind.EMAIL:
            return _unknown(each, value)


def _unknown(each: OrderField, value: str) -> Wrong | None:
    if each.kind is Kind.CHOICE:
        return None if each.option(value) else Wrong(key="form.unknown_choice")
    return None if _EMAIL.fullmatch(value) else Wrong(key="order.wrong.email")


def _wrong_day(each: OrderField, value: str, today: date) -> Wrong | None:
    day = read_day(value)
    if day is None:
        return Wrong(key="order.wrong.date")
    return Wrong(key="order.wrong.past") if each.is_not_past and day < today else None


def _wrong_number(each: OrderField, value: str) -> Wrong | None:
    if not _NUMBER.fullmatch(value):
        return Wrong(key="order.wrong.number")
    number = int(value)
    if each.least is not None and number < each.least:
        return Wrong(key="order.wrong.too_small", gaps={"least": str(each.least)})
    if each.most is not None and number > each.most:
        return Wrong(key="order.wrong.too_large", gaps={"most": str(each.most)})
    return None


def _wrong_text(each: OrderField, value: str, language: Language) -> Wrong | None:
    if each.kind is Kind.PERSON and not _NAME.fullmatch(value):
        return Wrong(key="order.wrong.person")
    if each.pattern is None or re.fullmatch(each.pattern, value):
        return None
    help_ = each.pattern_help[language] if each.pattern_help else each.pattern
    return Wrong(key="order.wrong.pattern", gaps={"help": help_})
