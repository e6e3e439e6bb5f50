"""Every minute: plan the year's meetings, and in opening hours tell people what they must know.

Handlers only change a meeting; what has become of it is told here. Who is told is read when it is
told, so a stand-in gets the notice of whoever fell ill since the last one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.cards import meetings as cards
from bot.cards import minutes as minutes_cards
from bot.conversation import Desk
from bot.domain.agreement import Agreement
from bot.domain.meetings import Meeting, MeetingId, ProposalId, notice_moments
from bot.domain.minutes import reminder
from bot.meetings.agenda import send_agenda
from bot.meetings.hall import agreement_now, hall_of
from bot.meetings.planning import plan
from bot.meetings.telling import call_off, invite, tell, tell_rest, told_before
from bot.texts import texts
from storage.database import Store

LONGEST_NOTICE = timedelta(days=75)  # the agreement's longest, and the closed days before it


def meeting_notices(desk: Desk) -> None:
    now = desk.clock()
    agreement = _planned(desk, now)
    if not agreement.calendar.is_open(now):
        return
    with desk.database.reading() as store:
        changed = store.meetings.to_tell(agreement.id, now)
        coming = store.meetings.between(agreement.id, now, now + LONGEST_NOTICE)
        due = [meeting for meeting in coming if _steps(meeting, agreement, store, now)]
        proposals = store.meeting_proposals.to_tell(agreement.id)
    for _, series in groupby(sorted(changed, key=_series), key=_series):
        _tell_changes([meeting.id for meeting in series], agreement, desk, now)
    for meeting in due:
        _give_notice(meeting.id, agreement, desk, now)
    for proposal in proposals:
        _ask_about(proposal, agreement, desk, now)
    _remind(agreement, desk, now)


def _planned(desk: Desk, now: datetime) -> Agreement:
    """Plan when it is a new day, or the rules have changed; return today's agreement."""
    with desk.database.reading() as store:
        agreement = agreement_now(desk.agreements, store, now)
        known = len(store.meetings.changes(agreement.id)), len(agreement.calendar.holidays)
    today = agreement.calendar.local_date(now)
    with desk.database.transaction() as store:
        if store.jobs.first_on(today, f"meetings:{agreement.digest}:{known}"):
            plan(agreement, store, now, desk.new_id)
    return agreement


def _series(meeting: Meeting) -> tuple[str, str]:
    return meeting.series, meeting.municipality or ""


def _tell_changes(
    ids: Iterable[MeetingId], agreement: Agreement, desk: Desk, now: datetime
) -> None:
    """Tell of what has changed in one series: of several meetings at a time, in one card."""
    mailer = desk.outside.mailer
    with desk.database.transaction() as store:
        held = [store.meetings.get(meeting_id) for meeting_id in ids]
        halls = [hall_of(one, agreement, store) for one in held if one.told < one.sequence]
        if len(halls) > 1:
            tell_rest(halls, mailer, now)
        elif halls and halls[0].meeting.is_cancelled:
            call_off(halls[0], mailer, now)
        elif halls:
            [hall] = halls
            once = f"meeting:{hall.meeting.id}:moved:{hall.meeting.sequence}"
            invite(hall, "moved", once, mailer, now)
        for hall in halls:
            hall.keeps(hall.meeting.is_told())


def _steps(meeting: Meeting, agreement: Agreement, store: Store, now: datetime) -> Sequence[int]:
    """Return which notices are due and have not been given, the earliest first."""
    series = agreement.meetings.get(meeting.series)
    if series is None or meeting.is_cancelled or meeting.starts_at <= now:
        return ()
    moments = notice_moments(meeting, series.notice_days, agreement.calendar)
    due = [days for days, at in moments if at <= now]
    given = store.meetings.noticed(meeting) if due else set()
    return [days for days in due if days not in given]


def _give_notice(meeting_id: MeetingId, agreement: Agreement, desk: Desk, now: datetime) -> None:
    """Give the notice that is due; after a stop, only the last of them."""
    with desk.database.transaction() as store:
        hall = hall_of(store.meetings.get(meeting_id), agreement, store)
        steps = _steps(hall.meeting, agreement, store, now)
        claimed = [days for days in steps if store.meetings.first_notice(hall.meeting, days)]
        if not claimed:
            return
        days = min(claimed)
        notice_days = agreement.meetings[hall.meeting.series].notice_days
        is_first = days == max(notice_days)
        tone: cards.Tone = "today" if days == 0 else "notice" if is_first else "reminder"
        once = f"meeting:{hall.meeting.id}:{hall.meeting.round}:{days}"
        invite(hall, tone, once, desk.outside.mailer, now)
        if days <= min([day for day in notice_days if day], default=0):
            send_agenda(hall, desk.agreements, now)


def _ask_about(proposal_id: ProposalId, agreement: Agreement, desk: Desk, now: datetime) -> None:
    """Ask everybody who is to come about another time, once."""
    with desk.database.transaction() as store:
        proposal = store.meeting_proposals.get(proposal_id)
        if not store.meeting_proposals.first_told(proposal) or proposal.is_taken is not None:
            return
        hall = hall_of(store.meetings.get(proposal.meeting), agreement, store)
        view, by = hall.view(), store.people.get(proposal.by)
        for person in told_before(hall, view):
            decides = person.id in view.callers
            card = cards.proposal(proposal, view, by, texts(person.language), decides=decides)
            tell(person, card, f"proposal:{proposal.id}:{person.id}", store, now)


def _remind(agreement: Agreement, desk: Desk, now: datetime) -> None:
    """Remind of what is due soon, and once when it is late; it then goes on to the next agenda."""
    today = agreement.calendar.local_date(now)
    with desk.database.transaction() as store:
        if not store.jobs.first_on(today, f"actions:{agreement.id}"):
            return
        people = store.people.directory()
        for action in store.minutes.not_done(agreement.id):
            if step := reminder(action, today):
                owner = people[action.owner]
                card = minutes_cards.reminder(action, step, texts(owner.language))
                tell(owner, card, f"action:{action.id}:{action.due}:{step}", store, now)
