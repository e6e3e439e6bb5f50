"""Other times that people propose for a meeting, and the votes on them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.meetings import Meeting, MeetingId, NoSuchMeeting, Proposal, ProposalId
from bot.domain.people import PersonId
from storage.meeting_models import MeetingProposalRow, MeetingRow, MeetingVoteRow
from storage.once import insert, table_of


class MeetingProposals:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._locks = not session.info.get("is_reading")

    def add(self, proposal: Proposal) -> None:
        """Keep a proposal that nobody else has been told of yet."""
        self._session.add(
            MeetingProposalRow(
                id=proposal.id,
                meeting_id=proposal.meeting,
                by=proposal.by,
                starts_at=proposal.starts_at,
                ends_at=proposal.ends_at,
                at=proposal.at,
                sequence=proposal.sequence,
                is_told=False,
                is_taken=None,
            )
        )
        self._session.flush()

    def get(self, proposal_id: ProposalId) -> Proposal:
        """Return the proposal, and keep others from changing it until we are done.

        :raises NoSuchMeeting: there is none
        """
        found = select(MeetingProposalRow).where(MeetingProposalRow.id == proposal_id)
        if self._locks:
            found = found.with_for_update().execution_options(populate_existing=True)
        row = self._session.scalars(found).first()
        if row is None:
            raise NoSuchMeeting
        return self._proposal(row)

    def vote(self, proposal: Proposal, who: PersonId, *, can: bool) -> Proposal:
        """Keep what *who* says of the proposal; the latest holds."""
        vote = insert(self._session, table_of(MeetingVoteRow)).values(
            proposal_id=proposal.id, person_id=who, can=can
        )
        keys = ["proposal_id", "person_id"]
        self._session.execute(vote.on_conflict_do_update(index_elements=keys, set_={"can": can}))
        return self.get(proposal.id)

    def decide(self, proposal: Proposal, *, is_taken: bool) -> None:
        """Keep the caller's decision."""
        row = self._session.get_one(MeetingProposalRow, proposal.id)
        row.is_taken = is_taken
        self._session.flush()

    def decide_all(self, meeting: Meeting) -> None:
        """Let nobody vote on another time for a meeting that has been moved or cancelled."""
        found = select(MeetingProposalRow).where(
            MeetingProposalRow.meeting_id == meeting.id, MeetingProposalRow.is_taken.is_(None)
        )
        for row in self._session.scalars(found):
            row.is_taken = False
        self._session.flush()

    def of(self, meeting: Meeting) -> Sequence[Proposal]:
        """Return what has been proposed for the meeting and not been decided, the oldest first."""
        found = select(MeetingProposalRow).where(
            MeetingProposalRow.meeting_id == meeting.id, MeetingProposalRow.is_taken.is_(None)
        )
        ordered = found.order_by(MeetingProposalRow.at, MeetingProposalRow.id)
        return [self._proposal(row) for row in self._session.scalars(ordered)]

    def to_tell(self, cooperation: str) -> Sequence[ProposalId]:
        """Return the proposals that the others have not been asked about yet."""
        found = (
            select(MeetingProposalRow.id)
            .join(MeetingRow, MeetingRow.id == MeetingProposalRow.meeting_id)
            .where(MeetingRow.cooperation == cooperation, MeetingProposalRow.is_told.is_(False))
            .order_by(MeetingProposalRow.at, MeetingProposalRow.id)
        )
        return [ProposalId(number) for number in self._session.scalars(found)]

    def first_told(self, proposal: Proposal) -> bool:
        """Put down that the others are asked; return False if they were. The caller holds it."""
        row = self._session.get_one(MeetingProposalRow, proposal.id)
        is_first, row.is_told = not row.is_told, True
        self._session.flush()
        return is_first

    def _proposal(self, row: MeetingProposalRow) -> Proposal:
        votes = select(MeetingVoteRow).where(MeetingVoteRow.proposal_id == row.id)
        ordered = votes.order_by(MeetingVoteRow.person_id)
        found = self._session.scalars(ordered.execution_options(populate_existing=True))
        return Proposal(
            id=ProposalId(row.id),
            meeting=MeetingId(row.meeting_id),
            by=PersonId(row.by),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            at=row.at,
            sequence=row.sequence,
            is_taken=row.is_taken,
            votes=tuple((PersonId(vote.person_id), vote.can) for vote in found),
        )
