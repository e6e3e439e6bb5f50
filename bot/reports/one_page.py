"""The one page for a director: what was kept, what nearly was not, who waits, and what to decide.

It holds of no person and no ticket: numbers, tasks, and what a meeting has to settle.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.agreements.book import AgreementBook
from bot.conversation import frozen_agreement
from bot.domain.counted import known_at
from bot.domain.events import Event
from bot.domain.measures import By, Row
from bot.domain.periods import EARLIEST, Period
from bot.domain.sla import ALL, Stretch, figures
from bot.domain.tickets import Status, Ticket
from bot.domain.vulnerability import Colour
from bot.measuring import ledger, tickets
from bot.reports.report import Report
from bot.vulnerability import risks_now
from storage.database import Store

NEARLY = 90  # per cent of what was allowed
AT_A_TIME = 1000  # tickets


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many tickets, the *oldest* of them asked on that local date."""

    number: int = 0
    oldest: date | None = None

    def and_one_of(self, day: date) -> "Waiting":
        return Waiting(self.number + 1, min(self.oldest or day, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """*before*: the month before, as it is known now. *nearly_answered* and *nearly_resolved*: in
    time, with nine tenths of it used. *red*: tasks that rest on too few. *disputes*, *changes* and
    *proposed*: what waits for a meeting; decisions that no version of the agreement carries out
    yet; tasks that belong in it.
    """

    report: Report
    before: Row | None
    nearly_answered: int
    nearly_resolved: int
    on_host: Waiting
    on_municipality: Waiting
    on_third_party: Waiting
    red: tuple[str, ...]
    disputes: int
    changes: int
    proposed: tuple[str, ...]


def one_page(report: Report, store: Store, book: AgreementBook) -> OnePage:
    """Return the page that goes with *report*. What rests on whom, and what is to be decided, are
    as they stand when it is made.
    """
    scope, agreement = report.of_month.scope, report.agreement
    waiting = _waiting(report, store, book)
    today = agreement.calendar.local_date(report.as_of)
    found = ledger(store, book, replace(scope, period=report.month.year_until), report.as_of)
    risks = risks_now(agreement, store, today)
    changing = store.minutes.changing(agreement.id)
    return OnePage(
        report=report,
        before=report.of_year.cuts[By.MONTH].get(str(report.month.before)),
        nearly_answered=_nearly(report, "first_response", store, book),
        nearly_resolved=_nearly(report, "resolution", store, book),
        on_host=waiting[Status.TAKEN],
        on_municipality=waiting[Status.WAITS_FOR_ASKER],
        on_third_party=waiting[Status.WAITS_FOR_THIRD_PARTY],
        red=tuple(risk.task for risk in risks if risk.colour is Colour.RED),
        disputes=len(store.disputes.open(report.municipality)),
        changes=sum(one.effective_from is None for one in changing),
        proposed=tuple(one.task for one in found.proposal),
    )


def _nearly(report: Report, promise: str, store: Store, book: AgreementBook) -> int:
    """Return how many of the month's kept *promise* only just."""
    kept = _behind(report, report.month.period, f"{promise}.in_time", store, book)
    return sum(
        _is_nearly(
            getattr(figures(log, frozen_agreement(ticket, book, store), report.as_of), promise)
        )
        for ticket, log in kept
    )


def _is_nearly(stretch: Stretch | None) -> bool:
    if stretch is None or not stretch.allowed:
        return False
    return stretch.used * ALL >= stretch.allowed * NEARLY


def _waiting(report: Report, store: Store, book: AgreementBook) -> dict[Status, Waiting]:
    """Return what was open at the moment of the report, by whom it waited for.

    What waits for nobody else is the host's, and is found under TAKEN.
    """
    others = (Status.WAITS_FOR_ASKER, Status.WAITS_FOR_THIRD_PARTY)
    waiting = dict.fromkeys((Status.TAKEN, *others), Waiting())
    since_ever = Period(EARLIEST, report.month.period.last)
    for ticket, _ in _behind(report, since_ever, "open", store, book):
        whose = ticket.status if ticket.status in others else Status.TAKEN
        day = report.agreement.calendar.local_date(ticket.asked_at)
        waiting[whose] = waiting[whose].and_one_of(day)
    return waiting


def _behind(
    report: Report, period: Period, which: str, store: Store, book: AgreementBook
) -> Iterator[tuple[Ticket, Sequence[Event]]]:
    """Yield the tickets behind the figure *which*, as they were known then, with their logs."""
    scope = replace(report.of_month.scope, period=period)
    after: str | None = None
    while lines := tickets(
        store, book, scope, report.as_of, which=which, after=after, limit=AT_A_TIME
    ):
        after = lines[-1].number
        for ticket, log in store.tickets.named([line.id for line in lines]):
            if known := known_at(ticket, log, report.as_of):
                yield known
