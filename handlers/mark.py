"""Someone turned a message into a question: with the ticket emoji, or with a shortcut."""

from bot.conversation import Context, Marked, Outgoing
from bot.domain import Refusal
from bot.domain.people import Person
from bot.intake import Question, private_place, take_in
from bot.reception import Reception


class Unreadable(Refusal):
    key = "refusal.unreadable"


class OthersMessage(Refusal):
    """Somebody in another municipality wrote it, or somebody who cannot be placed."""

    key = "refusal.others_message"


def mark(marked: Marked, context: Context) -> list[Outgoing]:
    """Ask on behalf of who wrote the message; the clock starts now, with the mark (SLA rule 1)."""
    if marked.text is None:
        raise Unreadable
    if context.store.tickets.by_message(marked.message) or _marked_before(marked, context):
        return []
    asker = _asker(marked, context)
    account = marked.account if asker == context.speaker else marked.author or marked.account
    question = Question(
        message=marked.message,
        text=marked.text,
        via=marked.via,
        asker=asker,
        place=private_place(marked.place, account, asker, context),
        message_at=marked.message_at,
        marked_by=context.speaker.id,
        link=marked.link,
    )
    return take_in(question, context)


def _marked_before(marked: Marked, context: Context) -> bool:
    """Let only one of two people who mark the same message at once open its ticket."""
    return not context.store.seen.first_time(f"marked:{marked.message}", context.now)


def _asker(marked: Marked, context: Context) -> Person:
    """Return whose question it is: the author's, if the marker may ask for them.

    A colleague may, and the host's team may. Nobody may carry another municipality's words.
    """
    marker = context.speaker
    if marked.author is None or marked.author == marked.account:
        return marker
    reception = Reception(context.agreement, context.store, context.new_id, context.now)
    author = reception.meet(marked.author, marked.author_profile, marked.author.user)
    if not isinstance(author, Person):
        raise OthersMessage
    if author.municipality == marker.municipality or marker.is_host_team:
        return author
    raise OthersMessage
