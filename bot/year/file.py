"""How the yearly wheel is written down: the tables of the file, and what may stand in them."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.types import Strict

from bot.agreements.values import Id, Text, read_day_of_year
from bot.domain.people import Language
from bot.domain.year_rules import Basis, DayRule, Deadline, Moved

MONTH = "(0[1-9]|1[0-2])"
LAST = re.compile(rf"last (working )?day of {MONTH}")
NTH = re.compile(rf"working day ([1-9]|1\d) of {MONTH}")
MOST_DAYS = 120


def read_rule(written: object) -> DayRule:
    """Return the day of every year that *written* means.

    :raises ValueError: it is not written so, or there is no such day
    """
    text = str(written)
    if found := LAST.fullmatch(text):
        return DayRule(text, int(found[2]), None, is_working=bool(found[1]))
    if found := NTH.fullmatch(text):
        return DayRule(text, int(found[2]), int(found[1]), is_working=True)
    month, day = read_day_of_year(text)
    return DayRule(text, month, day)


def _falling(days: tuple[int, ...]) -> tuple[int, ...]:
    if list(days) != sorted(set(days), reverse=True):
        raise ValueError("the numbers do not fall from one to the next")
    return days


def _different(rules: tuple[DayRule, ...]) -> tuple[DayRule, ...]:
    if len({rule.written for rule in rules}) < len(rules):
        raise ValueError("a day stands here twice")
    return rules


Before = Annotated[int, Strict(), Field(ge=0, le=MOST_DAYS)]
Remind = Annotated[tuple[Before, ...], Field(min_length=1), AfterValidator(_falling)]
Rule = Annotated[DayRule, BeforeValidator(read_rule)]
Rules = Annotated[tuple[Rule, ...], Field(min_length=1), AfterValidator(_different)]


class Table(BaseModel):
    """Any table of the file. A key that is not foreseen is a mistake, and not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Table):
    nb: Text
    nn: Text
    en: Text


class DeadlineEntry(Table):
    id: Id
    task: Id
    name: Words
    basis: Basis
    source: Text
    due: Rules
    closed_day: Moved
    remind: Remind
    municipalities: tuple[Id, ...] | None = Field(default=None, min_length=1)
    local: dict[Id, Rules] = Field(default_factory=dict)

    def deadline(self) -> Deadline:
        members = None if self.municipalities is None else frozenset(self.municipalities)
        return Deadline(
            id=self.id,
            task=self.task,
            words={language: getattr(self.name, language) for language in Language},
            basis=self.basis,
            source=self.source,
            due=self.due,
            moved=self.closed_day,
            remind=self.remind,
            municipalities=members,
            local=self.local,
        )


class YearFile(Table):
    deadlines: tuple[DeadlineEntry, ...] = ()
