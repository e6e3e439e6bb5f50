"""A meeting as cards show it: the meeting, who is to come, and what they have answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.blocks import Button, Fact
from bot.domain.agreement import Agreement
from bot.domain.meetings import Answer, Meeting, Reply, Seat
from bot.domain.people import Person, PersonId
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """*callers* may move and cancel it. *link* is where its calendar file lies, if anywhere."""

    meeting: Meeting
    agreement: Agreement
    seats: Sequence[Seat]
    replies: Mapping[PersonId, Reply]
    caller: Person | None
    callers: frozenset[PersonId]

    def title(self, say: Texts) -> str:
        """Return the name of the meeting, and whose it is: «Oppfølgingsmøte, Herøy»."""
        series = self.agreement.meetings.get(self.meeting.series)
        name = series.name if series else self.meeting.series
        member = self.agreement.municipalities.get(self.meeting.municipality or "")
        return say("meeting.of", name=name, municipality=member.name) if member else name


def meeting_button(view: MeetingView, action: str, say: Texts, *, style: str = "plain") -> Button:
    """Return a button that knows the meeting, and the time at which it was to be held."""
    return Button.model_validate(
        {
            "label": say(action),
            "action": action,
            "value": f"{view.meeting.id}:{view.meeting.sequence}",
            "style": style,
        }
    )


def when_and_where(view: MeetingView, say: Texts) -> list[Fact]:
    meeting = view.meeting
    until = say.time(meeting.ends_at)
    when = say("meeting.span", start=say.moment(meeting.starts_at), end=until)
    facts = [Fact(name=say("meeting.when"), value=when)]
    if meeting.place:
        facts.append(Fact(name=say("meeting.place"), value=meeting.place))
    if meeting.video:
        facts.append(Fact(name=say("meeting.video"), value=meeting.video))
    if view.caller:
        facts.append(Fact(name=say("meeting.caller"), value=view.caller.name))
    return facts


def who_comes(view: MeetingView, say: Texts) -> list[Fact]:
    """Return who comes, who cannot, and who has not answered; nobody is left out."""
    named: dict[str, list[str]] = {"comes": [], "cannot": [], "silent": []}
    for seat in view.seats:
        reply = view.replies.get(seat.person.id)
        named[reply.answer if reply else "silent"].append(seat.person.name)
    return [
        Fact(name=say(f"meeting.who_{answer}"), value=", ".join(names))
        for answer, names in named.items()
        if names
    ]


def is_coming(view: MeetingView, who: PersonId) -> Answer | None:
    reply = view.replies.get(who)
    return reply.answer if reply else None
