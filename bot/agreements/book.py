"""The versions of one cooperation's agreement: which one holds today, and which a ticket keeps."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.domain.agreement import Agreement
from bot.domain.closing import ClosingDay
from bot.domain.order_forms import OrderForm
from bot.domain.ready_answers import ReadyAnswer
from bot.domain.year_rules import Deadline


class AgreementBook:
    """All versions of one agreement, at least one. A ticket names its own by the digest."""

    def __init__(
        self,
        versions: Iterable[Agreement],
        orders: Mapping[str, OrderForm] | None = None,
        year: Mapping[str, Deadline] | None = None,
        answers: tuple[ReadyAnswer, ...] = (),
    ) -> None:
        """Take *versions*; of two from the same date, the one given last holds.

        *orders* are today's forms, and *year* today's deadlines of every year: they go with every
        version that has their task. So do today's ready *answers*, with every version.

        :raises ValueError: there is none
        """
        self._orders, self._year = orders or {}, year or {}
        self._answers = answers
        given = tuple(self._today(version) for version in versions)
        if not given:
            raise ValueError("an agreement has at least one version")
        self._by_date = sorted(given, key=lambda version: version.effective_from)
        self._by_digest = {version.digest: version for version in given}
        self._closed: dict[str, tuple[tuple[ClosingDay, ...], Agreement]] = {}

    @property
    def newest(self) -> Agreement:
        """Return the version that begins last, whether or not it has begun."""
        return self._by_date[-1]

    @property
    def tasks(self) -> tuple[str, ...]:
        """Every task there is or has been, the newest version's first."""
        versions = reversed([*self._by_digest.values(), self.newest])
        return tuple(dict.fromkeys(task for version in versions for task in version.tasks))

    def __contains__(self, digest: str) -> bool:
        return digest in self._by_digest

    def add(self, version: Agreement) -> None:
        """Remember a version that some ticket keeps. It does not begin to hold for new ones."""
        self._by_digest[version.digest] = self._today(version)

    def current(self, day: date) -> Agreement:
        """Return the version that holds on *day*, a local date; before the first one, the first."""
        begun = [version for version in self._by_date if version.effective_from <= day]
        return begun[-1] if begun else self._by_date[0]

    def current_at(self, moment: datetime) -> Agreement:
        """Return the version that holds at *moment*, by the newest version's own time zone."""
        return self.current(self.newest.calendar.local_date(moment))

    def until(self, day: date) -> "AgreementBook":
        """Return the book as it was on *day*: the version that held then is the newest in it.

        Those that came later are still known by their digests.
        """
        begun = [version for version in self._by_date if version.effective_from <= day]
        book = AgreementBook(begun or self._by_date[:1], self._orders, self._year, self._answers)
        for version in self._by_digest.values():
            if version.digest not in book:
                book.add(version)
        return book

    def by_digest(self, digest: str) -> Agreement:
        """Return the version with these very words.

        :raises KeyError: it is not one of this book's
        """
        return self._by_digest[digest]

    def closed_on(self, digest: str, days: tuple[ClosingDay, ...]) -> Agreement:
        """Return the version with these very words, closed on *days* as well.

        :raises KeyError: it is not one of this book's
        """
        if not days:
            return self.by_digest(digest)
        known = self._closed.get(digest)
        if known is None or known[0] != days:  # laying a calendar out takes a while
            known = self._closed[digest] = (days, self.by_digest(digest).closed_on(days))
        return known[1]

    def _today(self, version: Agreement) -> Agreement:
        """Return *version* with today's answers, and the forms and deadlines of its own tasks."""
        forms = {name: form for name, form in self._orders.items() if form.task in version.tasks}
        year = {name: one for name, one in self._year.items() if one.task in version.tasks}
        if not (forms or year or self._answers):
            return version
        return replace(version, orders=forms, year=year, ready_answers=self._answers)
