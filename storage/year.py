"""The yearly wheel as it turns: what is known of each deadline, who met it, and what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from bot.domain.year_wheel import Occurrence, Term
from storage.once import insert, table_of
from storage.year_models import YearDeadlineRow as Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one occurrence. *told*: the last reminder given. *met_at* is in UTC."""

    term: Term
    due: date
    told: int | None = None
    met_by: PersonId | None = None
    met_at: datetime | None = None


class Year:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, cooperation: str, coming: Sequence[Occurrence], today: date) -> None:
        """Remember what is coming, from *today* on; forget what the wheel has no more.

        What has been met, or is past, is left as it was.
        """
        for one in coming:
            self._put(cooperation, one)
        wanted = {one.term for one in coming}
        open_ = self._of(cooperation, Row.due >= today, Row.met_at.is_(None))
        for kept in open_:
            if kept.term not in wanted:
                self._session.execute(delete(Row).where(*_is(cooperation, kept.term)))

    def known(
        self, cooperation: str, since: date, municipality: str | None = None
    ) -> Mapping[Term, Kept]:
        """Return what is kept of deadlines from *since* on, of one municipality or of all."""
        which = () if municipality is None else (Row.municipality == municipality,)
        return {kept.term: kept for kept in self._of(cooperation, Row.due >= since, *which)}

    def late(
        self, municipality: str, today: date, cooperation: str | None = None
    ) -> Sequence[Kept]:
        """Return *municipality*'s own deadlines before *today* that nobody has met, oldest first.

        Of one cooperation, or of all that the municipality is in.
        """
        is_late = (Row.municipality == municipality, Row.due < today, Row.met_at.is_(None))
        return self._of(cooperation, *is_late)

    def all_late(self, cooperation: str, today: date) -> Sequence[Kept]:
        """Return what nobody has met, of every municipality: for the job that tells of it."""
        return self._of(cooperation, Row.due < today, Row.met_at.is_(None))

    def told(self, cooperation: str, term: Term, step: int) -> None:
        """Note that the reminder *step* was given."""
        self._change(cooperation, term, told=step)

    def meet(self, cooperation: str, one: Occurrence, by: PersonId, at: datetime) -> Kept:
        """Tick it off, unless somebody has; return it as it is now, with who did."""
        self._put(cooperation, one)
        if self.get(cooperation, one.term).met_at is None:
            self._change(cooperation, one.term, met_by=by, met_at=at)
        return self.get(cooperation, one.term)

    def take_back(self, cooperation: str, one: Occurrence) -> Kept:
        """Let it be open again."""
        self._put(cooperation, one)
        self._change(cooperation, one.term, met_by=None, met_at=None)
        return self.get(cooperation, one.term)

    def get(self, cooperation: str, term: Term) -> Kept:
        """Return what is kept of one that has been put in, kept from others until we are done."""
        found = select(Row).where(*_is(cooperation, term)).with_for_update()
        row = self._session.scalars(found.execution_options(populate_existing=True)).one()
        return _kept(row)

    def _put(self, cooperation: str, one: Occurrence) -> None:
        term = one.term
        row = insert(self._session, table_of(Row)).values(
            cooperation=cooperation,
            municipality=term.municipality,
            deadline=term.deadline,
            year=term.year,
            rule=term.rule,
            due=one.due,
        )
        key = [Row.cooperation, Row.municipality, Row.deadline, Row.year, Row.rule]
        self._session.execute(row.on_conflict_do_update(index_elements=key, set_={"due": one.due}))

    def _change(self, cooperation: str, term: Term, **columns: object) -> None:
        row = self._session.scalars(select(Row).where(*_is(cooperation, term))).one()
        for name, value in columns.items():
            setattr(row, name, value)
        self._session.flush()

    def _of(self, cooperation: str | None, *which: ColumnElement[bool]) -> Sequence[Kept]:
        found = select(Row).where(*which)
        if cooperation is not None:
            found = found.where(Row.cooperation == cooperation)
        ordered = found.order_by(Row.due, Row.deadline, Row.municipality, Row.rule)
        rows = self._session.scalars(ordered.execution_options(populate_existing=True))
        return [_kept(row) for row in rows]


def _is(cooperation: str, term: Term) -> tuple[ColumnElement[bool], ...]:
    return (
        Row.cooperation == cooperation,
        Row.municipality == term.municipality,
        Row.deadline == term.deadline,
        Row.year == term.year,
        Row.rule == term.rule,
    )


def _kept(row: Row) -> Kept:
    return Kept(
        term=Term(row.municipality, row.deadline, row.year, row.rule),
        due=row.due,
        told=row.told,
        met_by=PersonId(row.met_by) if row.met_by else None,
        met_at=row.met_at,
    )
