"""Cards about meetings: notices, what has changed, other times, and the list of what comes."""

from collections.abc import Sequence
from typing import Literal

from bot.cards.blocks import Block, Button, Buttons, Card, Fact, Facts, Heading, Quote, Text
from bot.cards.meeting_view import MeetingView, is_coming, meeting_button, when_and_where, who_comes
from bot.domain.meetings import Answer, Proposal, Seat
from bot.domain.people import Person, PersonId
from bot.texts import Texts

Tone = Literal["notice", "moved", "reminder", "today"]
MOST = 10  # meetings in one list


def invitation(view: MeetingView, seat: Seat, tone: Tone, say: Texts) -> Card:
    """Return what *seat*'s person reads of the meeting; its caller sees who comes, too."""
    facts = when_and_where(view, say)
    is_caller = seat.person.id in view.callers
    if is_caller:
        facts += who_comes(view, say)
    body: list[Block] = []
    if view.meeting.reason:
        body.append(Quote(text=view.meeting.reason))
    body.append(Facts(facts=tuple(facts)))
    if seat.instead_of:
        body.append(Text(text=say("meeting.instead_of", name=seat.instead_of.name)))
    body.append(_answer_buttons(view, seat.person.id, say))
    title = say(f"meeting.title_{tone}", meeting=view.title(say))
    return Card(title=title, body=tuple(body))


def cancelled(view: MeetingView, say: Texts) -> Card:
    moment = say.moment(view.meeting.starts_at)
    body = (Quote(text=view.meeting.reason),) if view.meeting.reason else ()
    title = say("meeting.title_cancelled", meeting=view.title(say), moment=moment)
    return Card(title=title, body=body)


def rest_changed(views: Sequence[MeetingView], say: Texts) -> Card:
    """Return what has become of several meetings of one series, in one card."""
    lines = tuple(
        Fact(
            name=say.moment(view.meeting.starts_at),
            value=say("meeting.now_cancelled" if view.meeting.is_cancelled else "meeting.now_held"),
        )
        for view in views[:MOST]
    )
    body: list[Block] = [Facts(facts=lines)]
    if len(views) > MOST:
        body.append(Text(text=say("meeting.more", number=len(views) - MOST)))
    reason = next((view.meeting.reason for view in views if view.meeting.reason), "")
    if reason:
        body.insert(0, Quote(text=reason))
    return Card(title=say("meeting.title_rest", meeting=views[0].title(say)), body=tuple(body))


def answered(view: MeetingView, who: Person, say: Texts) -> Card:
    """Return what somebody reads who has answered."""
    answer = is_coming(view, who.id) or Answer.COMES
    title = say(
        f"meeting.you_{answer}",
        meeting=view.title(say),
        moment=say.moment(view.meeting.starts_at),
    )
    return Card(title=title)


def somebody_cannot(view: MeetingView, who: Person, say: Texts) -> Card:
    """Return what the caller reads when somebody cannot come."""
    title = say("meeting.cannot_come", name=who.name, meeting=view.title(say))
    return Card(
        title=title, body=(Facts(facts=(*when_and_where(view, say)[:1], *who_comes(view, say))),)
    )


def proposal(
    proposed: Proposal, view: MeetingView, by: Person, say: Texts, *, decides: bool
) -> Card:
    """Return another time that *by* proposes, to vote on, and for the caller to decide."""
    span = say("meeting.span", start=say.moment(proposed.starts_at), end=say.time(proposed.ends_at))
    yes, no = proposed.tally()
    facts = (
        Fact(name=say("meeting.proposed"), value=span),
        Fact(name=say("meeting.instead"), value=say.moment(view.meeting.starts_at)),
        Fact(name=say("meeting.votes"), value=say("meeting.tally", yes=yes, no=no)),
    )
    buttons = [_vote("meeting.vote_yes", proposed, say), _vote("meeting.vote_no", proposed, say)]
    if decides:
        buttons += [_vote("meeting.take", proposed, say), _vote("meeting.keep", proposed, say)]
    title = say("meeting.title_proposal", name=by.name, meeting=view.title(say))
    return Card(title=title, body=(Facts(facts=facts), Buttons(buttons=tuple(buttons))))


def told(key: str, say: Texts, **values: str) -> Card:
    return Card(title=say(key, **values))


def coming(views: Sequence[MeetingView], who: PersonId, say: Texts) -> Card:
    """Return what is coming for *who*, with everything they can do."""
    body: list[Block] = []
    for view in views[:MOST]:
        body.append(Heading(text=view.title(say)))
        facts = when_and_where(view, say)
        if who in view.callers:
            facts += who_comes(view, say)
        body += [Facts(facts=tuple(facts)), _answer_buttons(view, who, say)]
    body.append(
        Buttons(buttons=(Button(label=say("meeting.feed"), action="meeting.feed", value=""),))
    )
    if not views:
        body.insert(0, Text(text=say("meeting.nothing_comes")))
    return Card(title=say("meeting.title_coming"), body=tuple(body))


def feed(address: str, say: Texts) -> Card:
    """Return the address of somebody's private calendar, for their eyes alone."""
    renew = Button(label=say("meeting.feed_new"), action="meeting.feed_new", value="")
    body = (
        Quote(text=address),
        Text(text=say("meeting.feed_about"), subtle=True),
        Buttons(buttons=(renew,)),
    )
    return Card(title=say("meeting.feed_title"), body=body)


def _answer_buttons(view: MeetingView, who: PersonId, say: Texts) -> Buttons:
    actions = ["meeting.comes", "meeting.cannot", "meeting.propose", "meeting.agenda"]
    if who in view.callers:
        actions += ["meeting.move", "meeting.cancel"]
    buttons = [meeting_button(view, action, say) for action in actions]
    first = meeting_button(view, "meeting.comes", say, style="primary")
    return Buttons(buttons=(first, *buttons[1:]))


def _vote(action: str, proposed: Proposal, say: Texts) -> Button:
    return Button(label=say(action), action=action, value=str(proposed.id))
