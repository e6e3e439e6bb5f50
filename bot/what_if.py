"""What-if in hand: a past period of our own tickets, replayed under an agreement proposed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.agreements import AgreementBook
from bot.conversation import frozen_agreement
from bot.domain.agreement import Agreement
from bot.domain.periods import Period
from bot.domain.statistics import only
from bot.domain.what_if import Replay, WhatIf
from storage.database import Store

AT_A_TIME = 500  # tickets between two words on how far it has come


class CannotReplay(Exception):
    """The period cannot be replayed under the agreement. Says why, and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be replayed. *municipality*: that one's tickets alone, or everybody's."""

    proposed: Agreement
    period: Period
    municipality: str | None = None


class Replaying:
    """A replay inside one reading transaction: first :meth:`steps`, then :attr:`result`."""

    def __init__(self, asked: Asked, store: Store, book: AgreementBook, now: datetime) -> None:
        """Look whether it can be done.

        :raises CannotReplay: the agreement is another cooperation's, or its calendar is too short
        """
        self._asked, self._store, self._book = asked, store, book
        _check(asked, book.newest, now)
        days = store.closing_days.of(asked.proposed.id)
        self._replay = Replay(asked.proposed.closed_on(days) if days else asked.proposed, now)
        span = asked.period.moments(book.newest.calendar.zone)
        self._span = (*span, asked.municipality)
        self.number = store.tickets.number_asked(*self._span)

    def steps(self) -> Iterator[int]:
        """Replay some tickets at a time, and yield how many of :attr:`number` are done."""
        done, found = 0, self._store.tickets.asked_between(*self._span)
        while part := list(islice(found, AT_A_TIME)):
            self._replay.add(
                (ticket, log, frozen_agreement(ticket, self._book, self._store))
                for ticket, log in only(part, cooperation=self._asked.proposed.id)
            )
            done += len(part)
            yield done

    @property
    def result(self) -> WhatIf:
        return self._replay.result()


def _check(asked: Asked, newest: Agreement, now: datetime) -> None:
    proposed = asked.proposed
    if proposed.id != newest.id:
        raise CannotReplay(f'it is the agreement of "{proposed.id}", and not of "{newest.id}"')
    laid_out = proposed.calendar.laid_out
    start, _ = asked.period.moments(newest.calendar.zone)
    if start < laid_out.opens or now > laid_out.closes:
        years = f"{asked.period.first.year} to {now.year}"
        raise CannotReplay(f"its calendar is not laid out for {years}: set years in [calendar]")
    if asked.municipality and asked.municipality not in newest.municipalities:
        raise CannotReplay(f'"{asked.municipality}" is no member')
