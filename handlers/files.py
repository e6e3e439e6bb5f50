"""The host's team sends the asker a file that was shared in the team's own thread."""

from uuid import UUID

from bot.cards import notes
from bot.case import case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_team
from bot.conversation import Context, Outgoing, Pressed
from bot.domain.events import Answered
from bot.domain.files import FileId, FileState
from bot.domain.review import OwnWork, needs_second_eyes
from bot.texts import texts
from storage.files import Relay
from storage.tickets import NoSuchTicket


def send_file(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let it go to the asker, once; it counts as an answer if it arrives.

    :raises OwnWork: two must look at what goes out on this task, and the speaker shared the file
    """
    relay = _file(pressed.value, context)
    case = case_for_team(str(relay.ticket), context)
    if relay.state is not FileState.HELD:
        return []
    if needs_second_eyes(case.ticket, case.agreement) and relay.by == context.speaker.id:
        raise OwnWork
    text, name = relay.file.name, context.speaker.name
    case = record(case, Answered(**stamp(context), message=pressed.key, text=text))
    context.store.files.send(relay.id, context.speaker.id, pressed.key, context.now)
    note = notes.wrote("file.sent", text, texts(TEAM_LANGUAGE), name=name)
    return [*tell_team(case, note), *redrawn(case)]


def _file(value: str, context: Context) -> Relay:
    try:
        relay = context.store.files.get(FileId(UUID(value)))
    except ValueError as error:
        raise NoSuchTicket from error
    if relay is None:
        raise NoSuchTicket
    return relay
