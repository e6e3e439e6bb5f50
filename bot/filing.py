"""Files that come with messages: put down, passed on to the other side, or turned back.

A file follows the words it came with: what the asker shares goes to the team and the contact. What
the team shares in its own threads stays there until somebody sends it to the asker.
"""

from functools import partial

from bot.cards import files as cards
from bot.cards.blocks import Card
from bot.case import Case
from bot.casework import TEAM_LANGUAGE, came_along, record, redrawn
from bot.conversation import Context, Outgoing, Said, Say
from bot.domain import events
from bot.domain.files import FileId, FileState, SharedFile, Wrong
from bot.domain.tickets import Slot, SlotRole, TicketId
from bot.texts import Texts, texts
from storage.database import Store
from storage.files import Relay
from storage.outbox import Letter

HOSTS = {SlotRole.TEAM, SlotRole.CONTACT}  # the threads that only the host's team reads


def take_files(said: Said, slot: Slot | None, context: Context) -> list[Outgoing]:
    """Put down the files that came with what was *said*, below *slot* or as a question."""
    if not said.files:
        return []
    if slot and slot.role in HOSTS:
        return _hold(said, slot, context) if context.speaker.is_host_team else []
    ticket = context.store.tickets.by_message(said.message)
    for file in said.files if ticket else ():
        assert ticket  # noqa: S101 - or there is nothing to go through
        _note(file, said, ticket, FileState.NOTED, context)
    return []


def passed_on(relay: Relay, case: Case) -> list[Outgoing]:
    """Return the letters that bring the file to the other side."""
    name = case.people[relay.by].name
    if relay.to_asker:
        draw = partial(cards.came, "file.from_team", relay.file, name=name)
        return _to_askers(relay, draw, case)
    values = {"name": name, "municipality": case.municipality}
    team = cards.came("file.from_asker", relay.file, texts(TEAM_LANGUAGE), **values)
    said: list[Outgoing] = [_to(Slot(relay.ticket, SlotRole.TEAM), team, relay)]
    contact = Slot(relay.ticket, SlotRole.CONTACT, case.ticket.contact)
    if case.ticket.contact and case.store.slots.id_of(contact):
        say = case.say_to(case.ticket.contact)
        card = cards.came("file.from_asker", relay.file, say, **values)
        said.append(_to(contact, card, relay))
    return said


def turned_back(relay: Relay, wrong: Wrong, most: int, case: Case) -> list[Outgoing]:
    """Tell both sides that a file is not passed on. Sending it was no answer, then."""
    name = case.people[relay.by].name
    draw = partial(cards.refused, relay.file, wrong, most, name)
    said: list[Outgoing] = []
    if not relay.to_asker:
        asker = Slot(relay.ticket, SlotRole.ASKER)
        said.append(Say(to=asker, card=draw(case.say_to(case.ticket.asker))))
    team = Slot(relay.ticket, SlotRole.TEAM)
    if case.store.slots.id_of(team):
        said.append(Say(to=team, card=draw(texts(TEAM_LANGUAGE))))
    if not relay.to_asker:
        return said
    now = case.now
    case = record(case, events.NotDelivered(at=now, received_at=now, message=relay.message))
    return [*said, *redrawn(case)]


def not_arrived(letter: Letter, reason: str, store: Store) -> list[Outgoing]:
    """Tell the team that a chat did not take a file; one that somebody sent is told otherwise."""
    kept = store.files.get(letter.file) if letter.file and not letter.carries else None
    team = Slot(kept.ticket, SlotRole.TEAM) if kept else None
    if kept is None or team is None or store.slots.id_of(team) is None:
        return []
    say = texts(TEAM_LANGUAGE)
    return [Say(to=team, card=cards.not_taken(kept.file, letter.to.platform, reason, say))]


def _to_askers(relay: Relay, draw: partial[Card], case: Case) -> list[Outgoing]:
    words = (relay.ticket, relay.message)
    asker = Slot(relay.ticket, SlotRole.ASKER)
    card = draw(case.say_to(case.ticket.asker))
    said: list[Outgoing] = [Say(to=asker, card=card, file=relay.id, carries=words)]
    for other in came_along(case):
        if other.asker != case.ticket.asker:
            to = Slot(TicketId(other.ticket), SlotRole.ASKER)
            said.append(_to(to, draw(case.say_to(other.asker)), relay))
    return said


def _to(slot: Slot, card: Card, relay: Relay) -> Say:
    return Say(to=slot, card=card, file=relay.id)


def _hold(said: Said, slot: Slot, context: Context) -> list[Outgoing]:
    """Keep the team's files where they are, and offer to send them to the asker."""
    held = [(_note(file, said, slot.ticket, FileState.HELD, context), file) for file in said.files]
    ticket = context.store.tickets.get(slot.ticket)
    asker = context.store.people.get(ticket.asker).name
    card = cards.held(held, asker, _language(slot, context))
    return [Say(to=slot, card=card)]


def _language(slot: Slot, context: Context) -> Texts:
    return texts(context.speaker.language if slot.role is SlotRole.CONTACT else TEAM_LANGUAGE)


def _note(
    file: SharedFile, said: Said, ticket: TicketId, state: FileState, context: Context
) -> FileId:
    relay = Relay(
        id=FileId(context.new_id()),
        ticket=ticket,
        by=context.speaker.id,
        message=said.message,
        platform=said.place.platform,
        file=file,
        to_asker=state is FileState.HELD,
        state=state,
    )
    context.store.files.note(relay, context.now)
    return relay.id
