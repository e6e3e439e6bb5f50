"""Someone changes or deletes a message, or answers with an emoji: the other side sees it."""

from bot.cards import notes
from bot.case import Case, case_in, case_of, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, rewritten, tell_team
from bot.conversation import Context, Deleted, Edited, Outgoing, Reacted
from bot.domain import events
from bot.domain.tickets import SlotRole, Status
from bot.texts import texts


def edit(edited: Edited, context: Context) -> list[Outgoing]:
    case = _case_with(edited.message, context)
    if case is None:
        return []
    is_askers = context.speaker.municipality == case.ticket.municipality
    event = events.Edited(
        **stamp(context), message=edited.message, text=edited.text, is_askers=is_askers
    )
    case = record(case, event)
    key = "note.asker_edited" if is_askers else "note.team_edited"
    note = notes.wrote(key, edited.text, texts(TEAM_LANGUAGE), **_who(case, context))
    brought = "note.asker_wrote" if is_askers else "note.sent_to_asker"
    values = _who(case, context)
    now = rewritten(
        case, edited.message, lambda say: notes.changed(brought, edited.text, say, **values)
    )
    return [*now, *tell_team(case, note), *redrawn(case)]


def delete(deleted: Deleted, context: Context) -> list[Outgoing]:
    case = _case_with(deleted.message, context)
    if case is None:
        return []
    case = record(case, events.Deleted(**stamp(context), message=deleted.message))
    is_askers = context.speaker.municipality == case.ticket.municipality
    key = "note.asker_deleted" if is_askers else "note.team_deleted"
    values = _who(case, context)
    gone = rewritten(case, deleted.message, lambda say: notes.did(key, say, **values))
    told = tell_team(case, notes.did(key, texts(TEAM_LANGUAGE), **values))
    return [*gone, *told, *redrawn(case)]


def react(reacted: Reacted, context: Context) -> list[Outgoing]:
    """Count an emoji from the asker's side as a reply, where one is waited for (SLA rule 6)."""
    slot = context.store.slots.by_message(reacted.place)
    if slot is None or slot.role is not SlotRole.ASKER:
        return []
    case = case_in(slot, context)
    is_askers = context.speaker.municipality == case.ticket.municipality
    if case.ticket.status is not Status.WAITS_FOR_ASKER or not is_askers:
        return []
    text = f":{reacted.emoji}:"
    case = record(case, events.AskerWrote(**stamp(context), message=reacted.key, text=text))
    note = notes.wrote("note.asker_wrote", text, texts(TEAM_LANGUAGE), **_who(case, context))
    return [*tell_team(case, note), *redrawn(case)]


def _case_with(message: str, context: Context) -> Case | None:
    """Return the case that *message* belongs to, when the speaker may change it."""
    ticket_id = context.store.tickets.by_message(message)
    if ticket_id is None:
        return None
    case = case_of(context.store.tickets.get(ticket_id), context)
    is_askers = context.speaker.municipality == case.ticket.municipality
    return case if is_askers or context.speaker.is_host_team else None


def _who(case: Case, context: Context) -> dict[str, str]:
    return {"name": context.speaker.name, "municipality": case.municipality}
