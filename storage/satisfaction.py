"""Satisfaction: who may be asked now, and what each municipality has said."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import func, literal, select, update
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from bot.domain.satisfaction import ASKED_EVERY, Verdicts
from bot.domain.tickets import TicketId
from storage.once import insert, table_of
from storage.satisfaction_models import AskedAboutRow, VerdictRow


class Satisfaction:
    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, person_id: PersonId, ticket_id: TicketId, now: datetime) -> bool:
        """Let the person be asked about the ticket; return False if they were asked of late."""
        asked = insert(self._session, table_of(AskedAboutRow)).values(
            person_id=person_id, ticket_id=ticket_id, at=now, is_answered=False
        )
        anew = asked.on_conflict_do_update(
            index_elements=[AskedAboutRow.person_id],
            set_={"ticket_id": ticket_id, "at": now, "is_answered": False},
            where=AskedAboutRow.at <= now - ASKED_EVERY,
        )
        return self._session.scalar(anew.returning(literal(1))) is not None

    def answered(self, person_id: PersonId, ticket_id: TicketId) -> bool:
        """Take the person's answer; return False if that was not asked, or is answered already."""
        answering = (
            update(AskedAboutRow)
            .where(
                AskedAboutRow.person_id == person_id,
                AskedAboutRow.ticket_id == ticket_id,
                AskedAboutRow.is_answered.is_(False),
            )
            .values(is_answered=True)
        )
        return self._session.scalar(answering.returning(literal(1))) is not None

    def count(self, cooperation: str, municipality: str, day: date, *, is_good: bool) -> None:
        """Count one verdict of somebody in *municipality* on the local *day*."""
        good, bad = int(is_good), int(not is_good)
        counted = insert(self._session, table_of(VerdictRow)).values(
            cooperation=cooperation, municipality=municipality, day=day, good=good, bad=bad
        )
        key = [VerdictRow.cooperation, VerdictRow.municipality, VerdictRow.day]
        more = {"good": VerdictRow.good + good, "bad": VerdictRow.bad + bad}
        self._session.execute(counted.on_conflict_do_update(index_elements=key, set_=more))

    def between(
        self, cooperation: str, first: date, last: date, municipality: str | None = None
    ) -> Mapping[str, Verdicts]:
        """Return the verdicts of each municipality, or of one, on the days *first* to *last*."""
        found = (
            select(VerdictRow.municipality, func.sum(VerdictRow.good), func.sum(VerdictRow.bad))
            .where(VerdictRow.cooperation == cooperation, VerdictRow.day.between(first, last))
            .group_by(VerdictRow.municipality)
        )
        if municipality is not None:
            found = found.where(VerdictRow.municipality == municipality)
        rows = self._session.execute(found)
        return {town: Verdicts(int(good), int(bad)) for town, good, bad in rows}
