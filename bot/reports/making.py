"""Making a report: from the measures of a month, cut at the moment when the month was over."""

from dataclasses import replace
from datetime import datetime

from bot.agreements import parse_agreement
from bot.agreements.book import AgreementBook
from bot.domain.agreement import Agreement
from bot.domain.measures import Scope
from bot.domain.months import Month
from bot.measuring import measure
from bot.reports.report import Report
from storage.database import Store


class NotOver(Exception):
    """The month is not over, or the moment asked for has not come."""


class Unknown(Exception):
    """No such municipality is a member."""


def book_of(newest: Agreement, store: Store) -> AgreementBook:
    """Return every version of the agreement that is kept, and *newest*, the one in the file.

    The file is the newest version: one that was put in and taken back before its day never begins.
    """
    kept = (parse_agreement(words, newest.id) for words in store.agreements.sources(newest.id))
    older = (one for one in kept if one.effective_from <= newest.effective_from)
    return AgreementBook([*(one for one in older if one.digest != newest.digest), newest])


def make(
    store: Store,
    book: AgreementBook,
    month: Month,
    municipality: str | None,
    *,
    now: datetime,
    as_of: datetime | None = None,
) -> Report:
    """Return the report of *month*, of *municipality* (its id) or of all, as it stood at *as_of*.

    By default that is when the month was over: nobody need agree on a moment first.

    :raises NotOver: the month is not, or *as_of* lies before it or after *now*
    :raises Unknown: *municipality* is no member
    """
    then = book.until(month.period.last)  # what was agreed later changes no report
    agreement = then.newest
    if municipality not in {None, *agreement.municipalities}:
        raise Unknown(municipality)
    cut = _cut(month, agreement, as_of, now)
    scope = _scope(agreement, month, municipality)
    return Report(
        agreement=agreement,
        month=month,
        municipality=municipality,
        as_of=cut,
        of_month=measure(store, then, scope, cut),
        of_year=measure(store, then, replace(scope, period=month.year_until), cut),
    )


def _scope(agreement: Agreement, month: Month, municipality: str | None) -> Scope:
    whose = frozenset({municipality}) if municipality else None
    return Scope(cooperation=agreement.id, period=month.period, municipalities=whose)


def _cut(month: Month, agreement: Agreement, as_of: datetime | None, now: datetime) -> datetime:
    zone = agreement.calendar.zone
    cut = (as_of or month.ended_at(zone)).replace(microsecond=0)
    if not month.began_at(zone) <= cut <= now:
        raise NotOver(str(month))
    return cut
