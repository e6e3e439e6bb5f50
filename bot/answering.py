"""Answering: who does it now, what there is to answer with, and how an answer goes out."""

from dataclasses import dataclass, replace
from functools import partial

from bot.cards import notes
from bot.cards.answer_form import Help, answer_form
from bot.cards.blocks import Card
from bot.cards.drafts import draft_card
from bot.cards.forms import Fields
from bot.cards.satisfaction import survey
from bot.case import Case, stamp
from bot.casework import (
    TEAM_LANGUAGE,
    place_of,
    record,
    redrawn,
    tell_asker,
    tell_team,
    view_of,
)
from bot.conversation import Context, Outgoing, Say
from bot.domain import Refusal
from bot.domain.agreement import Who
from bot.domain.events import Answered, Resolved
from bot.domain.moves import after
from bot.domain.people import PersonId
from bot.domain.ready_answers import ReadyAnswer, filled, fitting
from bot.domain.review import (
    ANSWERING_FOR,
    Answering,
    Draft,
    ReviewAsked,
    State,
    needs_second_eyes,
)
from bot.domain.reviewers import reviewer
from bot.domain.routing import holders
from bot.texts import texts

SIMILAR = 2  # earlier answers that are shown


class SomebodyAnswers(Refusal):
    """*name* answers until *time*."""

    key = "refusal.somebody_answers"


class DraftWaits(Refusal):
    """An answer has been written and not sent: it is sent or deleted before the ticket ends."""

    key = "refusal.draft_waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Words to the asker. *by* wrote them; *key* is that of the message they become."""

    text: str
    by: PersonId
    key: str
    resolves: bool = False


def begin(case: Case, context: Context) -> Case:
    """Let the speaker be the one who answers now, and for a while.

    :raises SomebodyAnswers: another does
    """
    other = somebody_else(case, context)
    if other:
        raise SomebodyAnswers(**named(other, case, context))
    until = context.now + ANSWERING_FOR
    case.store.answerings.begin(case.ticket.id, Answering(context.speaker.id, until))
    return case


def somebody_else(case: Case, context: Context) -> Answering | None:
    """Return who answers now, if that is not the speaker."""
    now = case.store.answerings.of(case.ticket.id, context.now)
    return now if now and now.who != context.speaker.id else None


def named(other: Answering, case: Case, context: Context) -> dict[str, str]:
    time = texts(context.speaker.language).time(other.until)
    return {"name": case.people[other.who].name, "time": time}


def form(action: str, case: Case, context: Context, fields: Fields, errors: Fields) -> Card:
    """Return the form for an answer, with all there is to answer with."""
    ticket, store = case.ticket, case.store
    similar = store.similar.answered_like(
        ticket.question, ticket.municipality, SIMILAR, cooperation=ticket.cooperation
    )
    found = Help(
        ready=fitting(case.agreement.ready_answers, ticket.task),
        similar=[known for known in similar if known.ticket != ticket.id],
        needs_review=needs_second_eyes(ticket, case.agreement),
    )
    say = texts(context.speaker.language)
    return answer_form(view_of(case), action, found, say, fields=fields, errors=errors)


def in_words(ready: ReadyAnswer, case: Case, context: Context) -> str:
    """Return the ready answer with its gaps filled, in the language of who asked."""
    say, view = case.say_to(case.ticket.asker), view_of(case)
    stretch = view.figures.resolution
    due = stretch.due if stretch and stretch.end is None else None
    values = {
        "navn": view.asker.name,
        "kommune": view.municipality.name,
        "nummer": case.ticket.number,
        "oppgave": view.task.name if view.task else say("fact.no_task"),
        "frist": say.moment(due) if due else say("draft.no_deadline"),
        "avsender": context.speaker.name,
    }
    return filled(ready.text[say.language], values)


def written(reply: Reply, case: Case, context: Context) -> Draft:
    """Return *reply* as a draft.

    :raises Refusal: the ticket cannot be answered any more
    """
    after(case.ticket, Answered(**stamp(context, by=reply.by), message=reply.key, text=reply.text))
    return Draft(
        ticket=case.ticket.id,
        key=reply.key,
        text=reply.text,
        by=reply.by,
        at=context.now,
        resolves=reply.resolves,
    )


def put_by(draft: Draft, case: Case) -> list[Outgoing]:
    """Keep the draft and show it to the team, in the ticket's own thread."""
    case.store.drafts.save(draft)
    case.store.answerings.end(case.ticket.id)
    return [*tell_team(case, _shown(draft, case)), *redrawn(case)]


def ask_for_review(draft: Draft, case: Case, context: Context) -> list[Outgoing]:
    """Keep the answer until a colleague has approved it, and ask one who is here.

    If nobody is, the lead is told, away or not: never silence.
    """
    case = record(case, ReviewAsked(**stamp(context)))
    awaiting = replace(draft, state=State.AWAITING, comment="")
    said = put_by(awaiting, case)
    asked = reviewer(case.ticket, case.agreement, case.people, draft.by, case.now)
    leads = [lead.id for lead in holders(Who(case.agreement.lead), case.people.values())]
    for who in [asked] if asked else [lead for lead in leads if lead != draft.by]:
        place = place_of(who, case)
        if place:
            card = draft_card(view_of(case), awaiting, case.say_to(who), needs_review=True)
            said.append(Say(to=place, card=card))
    if asked:
        return said
    return [*said, *tell_team(case, notes.did("draft.nobody", texts(TEAM_LANGUAGE)))]


def go_out(reply: Reply, case: Case, context: Context) -> list[Outgoing]:
    """Send the answer: from now on it counts."""
    by, text = reply.by, reply.text
    case = record(case, Answered(**stamp(context, by=by), message=reply.key, text=text))
    case.store.drafts.drop(case.ticket.id)
    case.store.answerings.end(case.ticket.id)
    name = case.people[by].name
    answer = partial(notes.wrote, "note.answered", text, name=name)
    note = notes.sent(case.ticket.id, reply.key, text, texts(TEAM_LANGUAGE), name)
    told = tell_asker(case, answer, carries=reply.key)
    told += tell_team(case, note, carries=reply.key)
    return [*told, *(resolved(case, by, context) if reply.resolves else redrawn(case))]


def resolved(case: Case, by: PersonId, context: Context) -> list[Outgoing]:
    """Resolve it, and ask its asker whether that helped, unless they were asked of late.

    :raises DraftWaits: there is an answer that has not been sent
    """
    if case.store.drafts.of(case.ticket.id):
        raise DraftWaits
    case = record(case, Resolved(**stamp(context, by=by)))
    case.store.answerings.end(case.ticket.id)
    name, days = case.people[by].name, case.agreement.reopen_within
    said, *others = tell_asker(case, partial(notes.resolved, name, days))
    say, ticket = case.say_to(case.ticket.asker), case.ticket
    if isinstance(said, Say) and case.store.satisfaction.ask(ticket.asker, ticket.id, case.now):
        said = replace(said, card=notes.resolved(name, days, say, *survey(ticket.id, say)))
    to_team = notes.did("note.resolved", texts(TEAM_LANGUAGE), name=name)
    return [said, *others, *tell_team(case, to_team), *redrawn(case)]


def _shown(draft: Draft, case: Case) -> Card:
    needs = needs_second_eyes(case.ticket, case.agreement)
    return draft_card(view_of(case), draft, texts(TEAM_LANGUAGE), needs_review=needs)
