"""Who has solved what: how many tickets of each task each person resolved, and nothing of when."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.people import PersonId
from bot.domain.tickets import Status
from storage.models import EventRow, TicketRow


class Solvers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def between(
        self, cooperation: str, start: datetime, end: datetime
    ) -> Mapping[str, Mapping[PersonId, int]]:
        """Return by task who resolved how many of the tickets that stay resolved.

        Those resolved from *start* to before *end* count; of a ticket that was opened again, the
        last time alone.
        """
        is_last = (EventRow.kind == "resolved") & (EventRow.at == TicketRow.resolved_at)
        found = (
            select(TicketRow.task, EventRow.by, func.count())
            .join(EventRow, (EventRow.ticket_id == TicketRow.id) & is_last)
            .where(
                TicketRow.cooperation == cooperation,
                TicketRow.status == Status.RESOLVED,
                TicketRow.resolved_at >= start,
                TicketRow.resolved_at < end,
            )
            .group_by(TicketRow.task, EventRow.by)
        )
        solved: defaultdict[str, dict[PersonId, int]] = defaultdict(dict)
        for task, who, number in self._session.execute(found):
            if task and who:
                solved[task][PersonId(who)] = number
        return dict(solved)
