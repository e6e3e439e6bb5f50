"""The host's team lets every municipality read an answer, in words that tell of no asker."""

from bot.anonymity import names_in, wrong_with
from bot.cards import notes
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.known_answer import share_form
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, redrawn, tell_team, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain.answers import Settled, without_giveaways
from bot.remembered import is_shared
from bot.table import UnknownButton
from bot.texts import texts

FIELDS = ("question", "answer")


def open_share(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show the words that others would read, without the names that we know; they can be changed.

    :raises UnknownButton: the ticket has no answer to share
    """
    case = case_for_team(pressed.value, context)
    own = case.store.similar.own(case.ticket.id)
    if own is None or is_shared(case) is None:
        raise UnknownButton
    names, prefix = tuple(names_in(case)), case.agreement.prefix
    fields = {
        "question": without_giveaways(own.question, names, prefix),
        "answer": without_giveaways(own.answer, names, prefix),
    }
    return [Show(card=_form(case, context, fields, {}), trigger=pressed.trigger)]


def send_share(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(sent.value, context)
    if is_shared(case) is None:
        raise UnknownButton
    fields = {name: sent.fields.get(name, "").strip() for name in FIELDS}
    say = texts(context.speaker.language)
    errors = {name: wrong for name in FIELDS if (wrong := wrong_with(fields[name], case, say))}
    if errors:
        raise FormIncomplete(errors, _form(case, context, fields, errors))
    confirmed = Settled(fields["question"], fields["answer"])
    case.store.similar.share(case.ticket, confirmed, context.speaker.id, stamp(context)["at"])
    return _told(case, "note.shared", context)


def unshare(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Let only the municipality itself read the answer again; who is offered it loses it too."""
    case = case_for_team(pressed.value, context)
    if not is_shared(case):
        raise UnknownButton
    case.store.similar.unshare(case.ticket.id)
    return _told(case, "note.unshared", context)


def _told(case: Case, key: str, context: Context) -> list[Outgoing]:
    note = notes.did(key, texts(TEAM_LANGUAGE), name=context.speaker.name)
    return [*tell_team(case, note), *redrawn(case)]


def _form(case: Case, context: Context, fields: Fields, errors: Fields) -> Card:
    return share_form(view_of(case), texts(context.speaker.language), fields, errors)
