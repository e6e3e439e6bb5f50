"""Cards of what a meeting came to: its minutes, and reminders of what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.cards.blocks import Block, Button, Buttons, Card, Heading, Quote, Text
from bot.cards.meeting_view import MeetingView, meeting_button
from bot.domain.minutes import Action, Decision
from bot.domain.people import PersonId
from bot.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What has been put down in a meeting so far, or in the end."""

    view: MeetingView
    decisions: Sequence[Decision]
    actions: Sequence[Action]
    names: Mapping[PersonId, str]


def minutes_card(written: Written, say: Texts, *, can_send: bool) -> Card:
    """Return the minutes, with a button for each action that is still to be done."""
    body: list[Block] = []
    if written.decisions:
        lines = "\n".join(_decision(decision, say) for decision in written.decisions)
        body += [Heading(text=say("minutes.decisions")), Quote(text=lines)]
    if written.actions:
        body.append(Heading(text=say("minutes.actions")))
        body += [Quote(text="\n".join(_action(a, written, say) for a in written.actions))]
    if not body:
        body.append(Text(text=say("minutes.empty")))
    if can_send:
        body.append(Buttons(buttons=(meeting_button(written.view, "minutes.send", say),)))
    moment = say.moment(written.view.meeting.starts_at)
    title = say("minutes.title", meeting=written.view.title(say), moment=moment)
    return Card(title=title, body=tuple(body))


def reminder(action: Action, step: str, say: Texts) -> Card:
    """Return the reminder to an action's owner: it is due «soon», or «late»."""
    done = Button(label=say("minutes.done"), action="minutes.done", value=str(action.id))
    title = say(f"minutes.reminder_{step}", due=say.date(action.due))
    return Card(title=title, body=(Quote(text=action.text), Buttons(buttons=(done,))))


def _decision(decision: Decision, say: Texts) -> str:
    if decision.effective_from:
        day = say.date(decision.effective_from)
        return say("minutes.carried_out", number=decision.number, text=decision.text, date=day)
    key = "minutes.changing" if decision.changes_agreement else "minutes.decision"
    return say(key, number=decision.number, text=decision.text)


def _action(action: Action, written: Written, say: Texts) -> str:
    key = "minutes.action_done" if action.done_at else "minutes.action"
    name = written.names.get(action.owner, "")
    return say(key, text=action.text, name=name, due=say.date(action.due))
