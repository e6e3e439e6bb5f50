"""Disputes about whose a task is: those that wait for a meeting, and the precedents."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bot.domain import Refusal
from bot.domain.agreement import Clause, Side
from bot.domain.disputes import AlreadyDisputed, Dispute, DisputeId, Precedent, Verdict
from bot.domain.people import PersonId
from bot.domain.tickets import TicketId
from storage.dispute_models import DisputeRow
from storage.models import TicketRow

WAITS = (DisputeRow.verdict.is_(None),)  # for a meeting


class NoSuchDispute(Refusal):
    """There is none, or it is not the speaker's to see: nobody learns which."""

    key = "refusal.no_such_ticket"


class Disputes:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._locks = not session.info.get("is_reading")  # who only looks cannot lock
        self._precedents: dict[str, tuple[Precedent, ...]] = {}  # read once in each transaction

    def open_one(self, dispute: Dispute) -> None:
        """Keep *dispute* until its meeting. Who calls this holds its ticket.

        :raises AlreadyDisputed: the ticket has one that waits already
        """
        waits = _all().where(*WAITS, DisputeRow.ticket_id == dispute.ticket)
        if self._session.execute(waits).first():
            raise AlreadyDisputed
        self._session.add(DisputeRow(**_columns(dispute)))
        self._session.flush()

    def settle(self, dispute: Dispute) -> None:
        """Keep the decision on *dispute*, which :meth:`get` gave."""
        self._precedents.clear()
        row = self._session.get_one(DisputeRow, dispute.id)
        for name, value in _columns(dispute).items():
            setattr(row, name, value)
        self._session.flush()

    def get(self, dispute_id: DisputeId) -> Dispute:
        """Return the dispute, and keep others from changing it until we are done.

        :raises NoSuchDispute: it is gone, or never was
        """
        found = _all().where(DisputeRow.id == dispute_id)
        if self._locks:
            only = found.with_for_update(of=DisputeRow)
            found = only.execution_options(populate_existing=True)
        row = self._session.execute(found).first()
        if row is None:
            raise NoSuchDispute
        return _dispute(*row)

    def open(self, municipality: str | None = None) -> Sequence[Dispute]:
        """Return what waits for *municipality*'s next follow-up meeting, the oldest first.

        None: of every municipality, for the host's eyes alone.
        """
        found = _all().where(*WAITS).order_by(DisputeRow.at, DisputeRow.id)
        if municipality is not None:
            found = found.where(DisputeRow.municipality == municipality)
        return [_dispute(*row) for row in self._session.execute(found)]

    def precedents(self, cooperation: str) -> tuple[Precedent, ...]:
        """Return what has been decided in *cooperation*, the newest first."""
        if cooperation not in self._precedents:
            decided = _all().where(
                DisputeRow.cooperation == cooperation, DisputeRow.verdict.is_not(None)
            )
            newest = decided.order_by(DisputeRow.decided_at.desc(), DisputeRow.id)
            found = (_dispute(*row).precedent() for row in self._session.execute(newest))
            self._precedents[cooperation] = tuple(filter(None, found))
        return self._precedents[cooperation]


def _all() -> Select[DisputeRow, str]:
    """Select disputes, each with its ticket's number."""
    joined = TicketRow.id == DisputeRow.ticket_id
    return select(DisputeRow, TicketRow.number).join(TicketRow, joined)


def _columns(dispute: Dispute) -> dict[str, Any]:
    return {
        "id": dispute.id,
        "cooperation": dispute.cooperation,
        "municipality": dispute.municipality,
        "ticket_id": dispute.ticket,
        "task": dispute.task,
        "section": dispute.clause.section if dispute.clause else None,
        "number": dispute.clause.number if dispute.clause else None,
        "side": dispute.side,
        "by": dispute.by,
        "by_host": dispute.by_host,
        "reason": dispute.reason,
        "at": dispute.at,
        "verdict": dispute.verdict,
        "wording": dispute.wording,
        "decided_by": dispute.decided_by,
        "decided_at": dispute.decided_at,
    }


def _dispute(row: DisputeRow, number: str) -> Dispute:
    clause = None
    if row.section is not None and row.number is not None:
        clause = Clause(row.section, row.number)
    return Dispute(
        id=DisputeId(row.id),
        cooperation=row.cooperation,
        municipality=row.municipality,
        ticket=TicketId(row.ticket_id),
        number=number,
        task=row.task,
        clause=clause,
        side=Side(row.side),
        by=PersonId(row.by),
        by_host=row.by_host,
        reason=row.reason,
        at=row.at,
        verdict=Verdict(row.verdict) if row.verdict else None,
        wording=row.wording,
        decided_by=PersonId(row.decided_by) if row.decided_by else None,
        decided_at=row.decided_at,
    )
