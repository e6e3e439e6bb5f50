"""Another time for a meeting: proposed and voted on, or moved and cancelled by who calls it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.cards import meeting_forms as forms
from bot.cards import meetings as cards
from bot.cards.forms import Fields
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Say, Show, Submitted
from bot.domain.meeting_plans import SeriesChange
from bot.domain.meetings import (
    CallerOnly,
    Meeting,
    NoSuchMeeting,
    Proposal,
    ProposalId,
    StaleInvitation,
    still_open,
    to_change,
)
from bot.domain.moments import read_moment
from bot.domain.people import Place
from bot.meetings.hall import Hall, hall_for, hall_for_caller
from bot.meetings.planning import plan
from bot.texts import Texts, texts

LONGEST = timedelta(hours=12)
Span = tuple[datetime, datetime]


def open_propose(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for(pressed.value, context)
    to_change(hall.meeting, context.now)
    return _shown("meeting.propose", hall, pressed, context)


def send_propose(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Keep the proposal; the others are asked in working hours."""
    hall, _ = hall_for(sent.value, context)
    meeting = to_change(hall.meeting, context.now)
    starts_at, ends_at = _filled_in("meeting.propose", sent.fields, hall, context)
    proposal = Proposal(
        id=ProposalId(context.new_id()),
        meeting=meeting.id,
        by=context.speaker.id,
        starts_at=starts_at,
        ends_at=ends_at,
        at=context.now,
        sequence=meeting.sequence,
    )
    context.store.meeting_proposals.add(proposal)
    return _told("meeting.is_proposed", sent, context)


def vote_yes(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _voted(pressed, context, can=True)


def vote_no(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _voted(pressed, context, can=False)


def take(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Move the meeting to the time that was proposed."""
    hall, proposal = _decided(pressed, context)
    meeting = to_change(hall.meeting, context.now)
    if proposal.sequence != meeting.sequence:
        raise StaleInvitation
    context.store.meeting_proposals.decide(proposal, is_taken=True)
    hall.keeps(meeting.moved(proposal.starts_at, proposal.ends_at).by_hand())
    return _told("meeting.is_moved", pressed, context)


def keep(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let the meeting be held when it was to be held."""
    _, proposal = _decided(pressed, context)
    context.store.meeting_proposals.decide(proposal, is_taken=False)
    return _told("meeting.is_kept", pressed, context)


def open_move(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for_caller(pressed.value, context)
    to_change(hall.meeting, context.now)
    return _shown("meeting.move", hall, pressed, context)


def send_move(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Move one meeting, or the rest of its series; everybody is told in working hours."""
    hall, _ = hall_for_caller(sent.value, context)
    meeting = to_change(hall.meeting, context.now)
    span = _filled_in("meeting.move", sent.fields, hall, context)
    reason = sent.fields.get("reason", "").strip()
    context.store.meeting_proposals.decide_all(meeting)
    if sent.fields.get("far") == "rest":
        _change_rest(_moved_rest(meeting, span, reason, hall, context), hall, context)
    else:
        hall.keeps(meeting.moved(*span, reason).by_hand())
    return _told("meeting.is_moved", sent, context)


def open_cancel(pressed: Pressed, context: Context) -> list[Outgoing]:
    hall, _ = hall_for_caller(pressed.value, context)
    to_change(hall.meeting, context.now)
    say = texts(context.speaker.language)
    return [Show(card=forms.cancel_form(hall.view(), say, {}, {}), trigger=pressed.trigger)]


def send_cancel(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Cancel one meeting, or the rest of its series; everybody is told in working hours."""
    hall, _ = hall_for_caller(sent.value, context)
    meeting = to_change(hall.meeting, context.now)
    reason = sent.fields.get("reason", "").strip()
    if not reason:
        say = texts(context.speaker.language)
        errors = {"reason": say("form.missing")}
        form = forms.cancel_form(hall.view(), say, sent.fields, errors)
        raise FormIncomplete(errors, form)
    context.store.meeting_proposals.decide_all(meeting)
    if sent.fields.get("far") == "rest":
        change = SeriesChange(
            series=meeting.series,
            municipality=meeting.municipality,
            from_day=meeting.day,
            is_cancelled=True,
            reason=reason,
            by=context.speaker.id,
            made_at=context.now,
        )
        _change_rest(change, hall, context)
    else:
        hall.keeps(meeting.cancelled(reason))
    return _told("meeting.is_cancelled_now", sent, context)


def _shown(action: str, hall: Hall, pressed: Pressed, context: Context) -> list[Outgoing]:
    form = forms.another_time(hall.view(), action, texts(context.speaker.language), {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def _told(key: str, event: Submitted | Pressed, context: Context) -> list[Outgoing]:
    to = Place(event.place.platform, event.place.channel)
    return [Say(to=to, card=cards.told(key, texts(context.speaker.language)))]


def _voted(pressed: Pressed, context: Context, *, can: bool) -> list[Outgoing]:
    hall, proposal = _proposal(pressed, context)
    proposal = context.store.meeting_proposals.vote(
        still_open(proposal), context.speaker.id, can=can
    )
    view, by = hall.view(), context.store.people.get(proposal.by)
    decides = context.speaker.id in view.callers
    say = texts(context.speaker.language)
    card = cards.proposal(proposal, view, by, say, decides=decides)
    return [Say(to=Place(pressed.place.platform, pressed.place.channel), card=card)]


def _decided(pressed: Pressed, context: Context) -> tuple[Hall, Proposal]:
    hall, proposal = _proposal(pressed, context)
    if not hall.is_called_by(context.speaker):
        raise CallerOnly
    return hall, still_open(proposal)


def _proposal(pressed: Pressed, context: Context) -> tuple[Hall, Proposal]:
    try:
        proposal_id = ProposalId(UUID(pressed.value))
    except ValueError as error:
        raise NoSuchMeeting from error
    proposal = context.store.meeting_proposals.get(proposal_id)
    hall, _ = hall_for(str(proposal.meeting), context)
    return hall, proposal


def _moved_rest(
    meeting: Meeting, span: Span, reason: str, hall: Hall, context: Context
) -> SeriesChange:
    zone = hall.agreement.calendar.zone
    return SeriesChange(
        series=meeting.series,
        municipality=meeting.municipality,
        from_day=meeting.day,
        shift=(span[0].astimezone(zone).date() - meeting.day).days,
        at=span[0].astimezone(zone).time(),
        length=span[1] - span[0],
        reason=reason,
        by=context.speaker.id,
        made_at=context.now,
    )


def _change_rest(change: SeriesChange, hall: Hall, context: Context) -> None:
    """Let the series' rule be changed from here on, and plan anew."""
    context.store.meetings.change_rest(hall.agreement.id, change)
    plan(hall.agreement, context.store, context.now, context.new_id)


def _filled_in(action: str, fields: Fields, hall: Hall, context: Context) -> Span:
    """Return the new time.

    :raises FormIncomplete: it is no moment, past, on a closed day, or ends before it begins
    """
    say, zone = texts(context.speaker.language), hall.agreement.calendar.zone
    starts_at = read_moment(fields.get("when", ""), zone)
    ends_at = _end(fields.get("until", ""), starts_at, hall)
    errors: dict[str, str] = {}
    if wrong := _wrong_start(starts_at, hall, context, say):
        errors["when"] = wrong
    if ends_at is None or (starts_at and not timedelta(0) < ends_at - starts_at <= LONGEST):
        errors["until"] = say("meeting.wrong_end")
    if errors or starts_at is None or ends_at is None:
        raise FormIncomplete(errors, forms.another_time(hall.view(), action, say, fields, errors))
    return starts_at, ends_at


def _end(written: str, starts_at: datetime | None, hall: Hall) -> datetime | None:
    """Return the moment on the meeting's day at the time *written*; empty: as long as before."""
    if starts_at is None:
        return None
    if not written.strip():
        return starts_at + (hall.meeting.ends_at - hall.meeting.starts_at)
    zone = hall.agreement.calendar.zone
    day = starts_at.astimezone(zone)
    found = read_moment(f"{day.day}.{day.month}.{day.year} {written.strip()}", zone)
    return found.astimezone(UTC) if found else None


def _wrong_start(
    starts_at: datetime | None, hall: Hall, context: Context, say: Texts
) -> str | None:
    if starts_at is None:
        return say("form.not_a_moment")
    if starts_at <= context.now:
        return say("meeting.in_the_past")
    calendar = hall.agreement.calendar
    day = calendar.local_date(starts_at)
    if calendar.is_working_day(day):
        return None
    name = calendar.holidays.get(day)
    return say("meeting.on_holiday", name=name) if name else say("meeting.on_closed_day")
