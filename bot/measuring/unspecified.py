"""The ledger, written from the measures, and its proposal on the strategic meeting's agenda."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.agreements.book import AgreementBook
from bot.bulk.measures import towns_of_tasks
from bot.domain.agenda import Wish, WishId
from bot.domain.agreement import Agreement, Side
from bot.domain.ledger import Ledger, Page, period_before
from bot.domain.ledger import ledger as written
from bot.domain.measures import Scope
from bot.domain.months import Month
from bot.domain.people import Person
from bot.domain.periods import Period
from bot.measuring.adding import added
from bot.measuring.finding import found_in, version_for
from bot.texts import Texts, texts
from storage.database import Store

STRATEGIC = "strategic"


class NoStrategicMeeting(Exception):
    """The agreement has no meeting that could change it."""


def ledger(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> Ledger:
    """Return the ledger of *scope*, whatever its side, as it was known at *as_of*.

    One month of a longer period is compared with the month before.
    """
    every = replace(_of_its_month(scope), side=None)
    earlier = period_before(every.period)
    page = _page(store, book, every, as_of)
    before = _page(store, book, replace(every, period=earlier), as_of) if earlier else None
    return written(page, before, version_for(book, every, as_of))


def propose(
    store: Store,
    found: Ledger,
    agreement: Agreement,
    *,
    by: Person,
    now: datetime,
    new_id: Callable[[], UUID],
) -> int:
    """Put what *found* proposes on the strategic meeting's agenda, in the language of *by*.

    Return how many points are new: what waits for the meeting already is not put there again. A
    point tells of a task and of numbers, never of a ticket or of whose it was.

    :raises NoStrategicMeeting: the agreement has none
    """
    blank = Wish(
        id=WishId(new_id()),
        cooperation=agreement.id,
        series=_strategic(agreement),
        municipality=None,
        text="",
        by=by.id,
        at=now,
    )
    waiting = {wish.text for wish in store.agendas.waiting(agreement.id, blank.series)}
    words = [text for text in _words(found, agreement, texts(by.language)) if text not in waiting]
    for text in words:
        store.agendas.wish(replace(blank, id=WishId(new_id()), text=text))
    return len(words)


def _page(store: Store, book: AgreementBook, scope: Scope, as_of: datetime) -> Page:
    """Add up the tickets of *scope*, read once, and those of them that are unspecified."""
    agreement = version_for(book, scope, as_of)
    columns = found_in(store, book, scope, as_of).columns
    apart = columns.only(columns.has("side", Side.UNSPECIFIED[0]))
    return Page(
        scope=scope,
        every=added(columns, scope, agreement, as_of),
        unspecified=added(apart, scope, agreement, as_of),
        towns=towns_of_tasks(apart),
    )


def _of_its_month(scope: Scope) -> Scope:
    if scope.month is None:
        return scope
    year, month = map(int, scope.month.split("-"))
    days, period = Month(year, month).period, scope.period
    first, last = max(days.first, period.first), min(days.last, period.last)
    return replace(scope, period=Period(first, last), month=None) if first <= last else scope


def _strategic(agreement: Agreement) -> str:
    for series in agreement.meetings.values():
        if series.level == STRATEGIC and not series.each:
            return series.id
    raise NoStrategicMeeting


def _words(found: Ledger, agreement: Agreement, say: Texts) -> Iterator[str]:
    period = found.scope.period
    for each in found.proposal:
        key = "ledger.own" if each.is_own else "ledger.belongs"
        yield say(
            key,
            task=agreement.tasks[each.task].name,
            number=say.number(each.entry.number),
            towns=each.towns,
            time=say.duration(each.entry.time),
            first=say.date(period.first),
            last=say.date(period.last),
        )
