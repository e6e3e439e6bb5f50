"""How order forms are written down: the tables of the file, and what may stand in them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.types import Strict

from bot.agreements.values import Flag, Id, Text, WhoText
from bot.domain.order_forms import Condition, Kind, Named, OrderField, OrderForm, Wording
from bot.domain.people import Language

MOST_FIELDS = 30  # a window in Slack holds 100 blocks, a message 50
MOST_SEVERAL = 10


def _pattern(written: str) -> str:
    try:
        re.compile(written)
    except re.error as error:
        raise ValueError(f'"{written}" is not a regular expression') from error
    return written


Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_pattern)]
Number = Annotated[int, Strict()]


class Table(BaseModel):
    """Any table of the file. A key that is not foreseen is a mistake, and not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Table):
    """The same words in every language."""

    nb: Text
    nn: Text
    en: Text

    @property
    def words(self) -> Wording:
        return {language: getattr(self, language) for language in Language}


class ConditionTable(Table):
    field: Id
    values: tuple[Id, ...] = Field(alias="is", min_length=1)

    def condition(self) -> Condition:
        return Condition(field=self.field, values=self.values)


class OptionEntry(Words):
    id: Id

    def named(self) -> Named:
        return Named(id=self.id, words=self.words)


class StepEntry(Words):
    id: Id
    only_if: ConditionTable | None = None

    def named(self) -> Named:
        only_if = self.only_if.condition() if self.only_if else None
        return Named(id=self.id, words=self.words, only_if=only_if)


class FieldEntry(Table):
    id: Id
    kind: Kind
    label: Words
    required: Flag = True
    options: tuple[OptionEntry, ...] = ()
    several: Annotated[int, Strict(), Field(ge=1, le=MOST_SEVERAL)] = 1
    pattern: Pattern | None = None
    pattern_help: Words | None = None
    least: Number | None = None
    most: Number | None = None
    not_past: Flag = False
    only_if: ConditionTable | None = None

    def order_field(self) -> OrderField:
        return OrderField(
            id=self.id,
            kind=self.kind,
            words=self.label.words,
            is_required=self.required,
            options=tuple(option.named() for option in self.options),
            several=self.several,
            pattern=self.pattern,
            pattern_help=self.pattern_help.words if self.pattern_help else None,
            least=self.least,
            most=self.most,
            is_not_past=self.not_past,
            only_if=self.only_if.condition() if self.only_if else None,
        )


class FormEntry(Table):
    id: Id
    task: Id
    title: Words
    approver: WhoText
    own_approval: Flag = False
    fields: tuple[FieldEntry, ...] = Field(min_length=1, max_length=MOST_FIELDS)
    checklist: tuple[StepEntry, ...] = ()

    def form(self) -> OrderForm:
        return OrderForm(
            id=self.id,
            task=self.task,
            words=self.title.words,
            approver=self.approver,
            own_approval=self.own_approval,
            fields=tuple(entry.order_field() for entry in self.fields),
            checklist=tuple(entry.named() for entry in self.checklist),
        )


class OrdersFile(Table):
    forms: tuple[FormEntry, ...] = ()
