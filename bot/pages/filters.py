"""What an address asks figures of: a period, a municipality, a task, a side, a priority, a month.

Read once, at the door. A date, a side or a task that is none is explained to whoever wrote it; a
municipality that is none answers as one that is not theirs to see: there is nothing here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from bot.agreements.book import AgreementBook
from bot.domain.agreement import Agreement, Priority, Side
from bot.domain.measures import NO_TASK, By, Scope
from bot.domain.periods import Period
from bot.domain.sight import Sight
from bot.pages.shell import NothingHere, Unclear

ALL = "*"  # how an address says «all municipalities»
NONE = "-"  # how an address says «no task was recognised»; no task is called so
MOST_DAYS = 3 * 366
QUOTED = 40  # characters: enough to see what one wrote oneself
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])", re.ASCII)

Word = TypeVar("Word", bound=StrEnum)


class WrongDay(Unclear):
    key = "filter.wrong_day"


class WrongOrder(Unclear):
    key = "filter.wrong_order"


class TooLong(Unclear):
    key = "filter.too_long"


class WrongWord(Unclear):
    key = "filter.wrong_word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """None: not narrowed by that. *task* is NO_TASK for what was recognised as none."""

    period: Period
    municipality: str | None = None
    task: str | None = None
    side: Side | None = None
    priority: Priority | None = None
    month: str | None = None  # «2026-03»

    def address(self, path: str, **more: str) -> str:
        """Return the address of *path* with these filters, and what *more* it is told."""
        asked = {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            "municipality": self.municipality or ALL,
            "task": NONE if self.task == NO_TASK else self.task,
            "side": self.side,
            "priority": self.priority,
            "month": self.month,
            **more,
        }
        return f"{path}?{urlencode({key: value for key, value in asked.items() if value})}"

    def narrowed(self, by: By, row: str) -> "Filters":
        """Return the filters of one *row* of a cut."""
        match by:
            case By.MUNICIPALITY:
                return replace(self, municipality=row)
            case By.TASK:
                return replace(self, task=row)
            case By.SIDE:
                return replace(self, side=Side(row))
            case By.PRIORITY:
                return replace(self, priority=Priority(row))
            case By.MONTH:
                return replace(self, month=row)

    def scope(self, sight: Sight, agreement: Agreement) -> Scope:
        """Return what is to be measured.

        :raises NothingHere: it is not theirs to see
        """
        return Scope(
            cooperation=agreement.id,
            period=self.period,
            municipalities=self._towns(sight),
            task=self.task,
            side=self.side,
            priority=self.priority,
            month=self.month,
        )

    def _towns(self, sight: Sight) -> frozenset[str] | None:
        """Return whose figures; without one named, of all together, or else of all in sight."""
        if self.municipality is not None:
            if not sight.may_measure(self.municipality):
                raise NothingHere
            return frozenset({self.municipality})
        if sight.totals:
            return None
        if not sight.figures:
            raise NothingHere
        return sight.figures


def filters_in(asked: Mapping[str, str], book: AgreementBook, today: date, sight: Sight) -> Filters:
    """Return what an address *asked* for; without a period, of this year so far.

    Without a municipality it is all together for those who may open every ticket, and for others
    their own.

    :raises Unclear: something in it cannot be understood, or the period is too long
    """
    last = _day(asked.get("to", "")) or today
    first = _day(asked.get("from", "")) or last.replace(month=1, day=1)
    return Filters(
        period=_period(first, last),
        municipality=_town(asked.get("municipality", ""), sight),
        task=_task(asked.get("task", ""), book),
        side=_word(asked.get("side", ""), Side),
        priority=_word(asked.get("priority", ""), Priority),
        month=_month(asked.get("month", "")),
    )


def towns_of(scope: Scope, agreement: Agreement) -> frozenset[str]:
    """Return the municipalities whose tickets are in *scope*."""
    if scope.municipalities is None:
        return frozenset(agreement.municipalities)
    return scope.municipalities


def _town(written: str, sight: Sight) -> str | None:
    if written == ALL:
        return None
    return written or (sight.home if sight.tickets is not None else None)


def _period(first: date, last: date) -> Period:
    if first > last:
        raise WrongOrder(first=str(first), last=str(last))
    if (last - first).days >= MOST_DAYS:
        raise TooLong(most=str(MOST_DAYS // 366))
    try:
        return Period(first, last)
    except ValueError as error:
        raise WrongDay(written=str(first)) from error


def _day(written: str) -> date | None:
    if not written:
        return None
    try:
        day = date.fromisoformat(written) if DAY.fullmatch(written) else None
    except ValueError:
        day = None
    if day is None:
        raise WrongDay(written=written[:QUOTED])
    return day


def _month(written: str) -> str | None:
    if written and not MONTH.fullmatch(written):
        raise WrongWord(written=written[:QUOTED], known="2026-03")
    return written or None


def _task(written: str, book: AgreementBook) -> str | None:
    if not written:
        return None
    if written == NONE:
        return NO_TASK
    if written not in book.tasks:
        raise WrongWord(written=written[:QUOTED], known=_listed(book.tasks))
    return written


def _word(written: str, words: type[Word]) -> Word | None:
    if not written:
        return None
    if written not in set(words):
        raise WrongWord(written=written[:QUOTED], known=_listed(words))
    return words(written)


def _listed(known: Iterable[str]) -> str:
    return ", ".join(known)
