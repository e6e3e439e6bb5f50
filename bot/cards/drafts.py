"""Drafts of answers, as the host's team sees them; no asker ever does."""

from bot.cards.blocks import Button, Buttons, Card, Fact, Quote, Text
from bot.cards.forms import Fields, long_input, send
from bot.cards.view import TicketView
from bot.domain.review import Draft, State
from bot.texts import Texts


def draft_card(view: TicketView, draft: Draft, say: Texts, *, needs_review: bool) -> Card:
    """Return the draft with its words, and what can be done with just these words."""
    title = say(f"draft.{draft.state}", number=view.ticket.number, name=view.name(draft.by))
    comment = (Text(text=say("draft.comment")), Quote(text=draft.comment)) if draft.comment else ()
    buttons = tuple(
        Button(
            label=say(key),
            action=f"ticket.{action}",
            value=f"{draft.ticket}:{draft.key}",
            style="primary" if number == 0 else "plain",
        )
        for number, (action, key) in enumerate(_moves(draft, needs_review=needs_review))
    )
    return Card(title=title, body=(Quote(text=draft.text), *comment, Buttons(buttons=buttons)))


def back_form(view: TicketView, draft: Draft, say: Texts, fields: Fields, errors: Fields) -> Card:
    comment = long_input("text", say("form.send_back_text"), fields, errors)
    title = say("form.send_back", number=view.ticket.number)
    sends = send("ticket.draft.back.send", f"{draft.ticket}:{draft.key}", say)
    return Card(title=title, body=(Quote(text=draft.text), comment, sends))


def writing_facts(view: TicketView, say: Texts) -> tuple[Fact, ...]:
    """Return who answers now, and whose draft there is: for the team's cards alone."""
    facts: list[Fact] = []
    if view.answering:
        name, time = view.name(view.answering.who), say.time(view.answering.until)
        facts.append(
            Fact(name=say("fact.answering"), value=say("fact.until", name=name, time=time))
        )
    if view.draft:
        value = say(f"draft.short.{view.draft.state}", name=view.name(view.draft.by))
        facts.append(Fact(name=say("fact.draft"), value=value))
    return tuple(facts)


def _moves(draft: Draft, *, needs_review: bool) -> list[tuple[str, str]]:
    """Return what can be done, the likeliest first: each an action and what the button says."""
    edit, drop = ("draft.edit", "draft.edit"), ("draft.drop", "draft.drop")
    match draft.state:
        case State.DRAFT:
            return [("draft.send", "draft.ask" if needs_review else "draft.send"), edit, drop]
        case State.AWAITING:
            return [("draft.approve", "draft.approve"), ("draft.back", "draft.back"), edit, drop]
        case State.RETURNED:
            return [edit, drop]
