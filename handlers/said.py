"""Someone wrote: a new question, or a word in the thread of one."""

from datetime import datetime
from functools import partial

from bot.cards import notes
from bot.cards.asker import asker_card
from bot.cards.blocks import Card
from bot.case import Case, case_in, case_of, stamp
from bot.casework import (
    TEAM_LANGUAGE,
    record,
    redrawn,
    tell_asker,
    tell_contact,
    tell_team,
    view_of,
)
from bot.conversation import Context, Outgoing, Said, Say
from bot.domain.events import Answered, AskerWrote, Reopened, Via
from bot.domain.review import needs_second_eyes
from bot.domain.tickets import Slot, SlotRole, Status, Ticket
from bot.domain.understanding import Talk
from bot.filing import take_files
from bot.intake import Question, private_place, take_in
from bot.texts import Texts, texts


def said(said: Said, context: Context) -> list[Outgoing]:
    """Carry the words where they belong. What came with them follows."""
    slots = context.store.slots
    slot = slots.by_place(said.place) or slots.by_message(said.place)
    return [*_carried_on(said, slot, context), *take_files(said, slot, context)]


def _carried_on(said: Said, slot: Slot | None, context: Context) -> list[Outgoing]:
    if slot:
        return _in_thread(said, slot, context)
    if not said.to_us:
        return []
    waiting = _waits_for(said, context)
    return _loose_reply(said, waiting, context) if waiting else _new_question(said, context)


def _waits_for(said: Said, context: Context) -> Ticket | None:
    """Return the one ticket that waits for the speaker's reply, for a word said beside its thread.

    In a direct conversation people answer where they are. Of several tickets none is guessed.
    """
    if not said.is_direct or context.understand(said.text).talk is not Talk.QUESTION:
        return None
    own = context.store.tickets.of_asker(context.speaker.id)
    waiting = [ticket for ticket in own if ticket.status is Status.WAITS_FOR_ASKER]
    return waiting[0] if len(waiting) == 1 else None


def _loose_reply(said: Said, waiting: Ticket, context: Context) -> list[Outgoing]:
    """Take the word as the reply, say so, and offer to make a new question of it instead."""
    case = case_of(context.store.tickets.get(waiting.id), context)
    say = texts(context.speaker.language)
    card = notes.added_to(waiting.number, f"{waiting.id}:{said.message}", say)
    return [Say(to=said.place, card=card), *_from_asker(said, case, context)]


def _new_question(said: Said, context: Context, follows: str | None = None) -> list[Outgoing]:
    speaker, place = context.speaker, said.place
    if not said.is_direct:
        place = private_place(said.place, said.account, speaker, context)
    question = Question(
        message=said.message,
        text=said.text,
        via=Via.DIRECT if said.is_direct else Via.MENTION,
        asker=speaker,
        place=place,
        follows=follows,
        link=None if said.is_direct else said.link,
    )
    answers = take_in(question, context)
    return answers if place == said.place else [*answers, _hint(said, context)]


def _hint(said: Said, context: Context) -> Say:
    """Say, to the asker alone, that the answer comes in private."""
    card = notes.did("note.read_in_private", texts(context.speaker.language))
    return Say(to=said.place, card=card, only_to=said.account)


def _in_thread(said: Said, slot: Slot, context: Context) -> list[Outgoing]:
    """Carry the word to the other side; the team's own thread keeps its own."""
    case = case_in(slot, context)
    if slot.role is SlotRole.TEAM:
        return []
    if slot.role is SlotRole.CONTACT:
        return _note(said, case, context)
    if context.speaker.municipality == case.ticket.municipality and not _answers(case, context):
        return _from_asker(said, case, context)
    return _from_team(said, case, context) if context.speaker.is_host_team else []


def _answers(case: Case, context: Context) -> bool:
    """Tell whether the speaker, employed where the asker is, speaks for the host here."""
    return context.speaker.is_host_team and context.speaker.id != case.ticket.asker


def _note(said: Said, case: Case, context: Context) -> list[Outgoing]:
    """Keep in the team's thread what a contact writes below their own card: it is no answer."""
    speaker = context.speaker
    if not speaker.is_host_team:
        return []
    note = notes.wrote("note.from_contact", said.text, texts(TEAM_LANGUAGE), name=speaker.name)
    kept = notes.did("note.kept_private", texts(speaker.language))
    return [*tell_team(case, note), Say(to=said.place, card=kept)]


def _from_team(said: Said, case: Case, context: Context) -> list[Outgoing]:
    """Count a word of the team's in the asker's own thread: the asker has read it there already."""
    answered = Answered(**stamp(context), message=said.message, text=said.text)
    case = record(case, answered)
    name = context.speaker.name
    needs = needs_second_eyes(case.ticket, case.agreement)
    key = "note.sent_unapproved" if needs else "note.sent_to_asker"
    note = notes.wrote(key, said.text, texts(TEAM_LANGUAGE), name=name)
    return [*tell_team(case, note, carries=said.message), *redrawn(case)]


def _from_asker(said: Said, case: Case, context: Context) -> list[Outgoing]:
    talk = context.understand(said.text).talk
    is_thanks = talk is Talk.THANKS
    over = {Status.RESOLVED, Status.DEFLECTED, Status.WITHDRAWN}
    if case.ticket.status in over and not is_thanks:
        if not _may_reopen(case, context.now):
            return _new_question(said, context, follows=case.ticket.number)
        case = record(case, Reopened(**stamp(context)))
    wrote = AskerWrote(**stamp(context), message=said.message, text=said.text, is_thanks=is_thanks)
    case = record(case, wrote)
    carried = _carried(said, case, context)
    return [*carried, *_still_referred(case, is_thanks=is_thanks), *redrawn(case)]


def _may_reopen(case: Case, now: datetime) -> bool:
    resolved_at = case.ticket.resolved_at
    solved = {Status.RESOLVED, Status.DEFLECTED}
    if case.ticket.status not in solved or resolved_at is None:
        return False
    calendar, days = case.agreement.calendar, case.agreement.reopen_within
    return now <= calendar.closing_of_working_day(resolved_at, days)


def _carried(said: Said, case: Case, context: Context) -> list[Outgoing]:
    """Bring the asker's words to the team's thread, and to the contact's own."""
    values = {"name": context.speaker.name, "municipality": case.municipality}
    link = None if said.is_direct else said.link

    def draw(say: Texts) -> Card:
        return notes.leading_to(
            notes.wrote("note.asker_wrote", said.text, say, **values), link, say
        )

    carried = tell_team(case, draw(texts(TEAM_LANGUAGE)), carries=said.message)
    if case.ticket.contact and case.ticket.is_unfinished:
        to_contact = draw(case.say_to(case.ticket.contact))
        carried += tell_contact(case, to_contact, carries=said.message)
    return carried


def _still_referred(case: Case, *, is_thanks: bool) -> list[Outgoing]:
    """Show who writes below a referral the way to help: nobody at the host reads this thread."""
    if case.ticket.status is not Status.REFERRED or is_thanks:
        return []
    return tell_asker(case, partial(asker_card, view_of(case)))
