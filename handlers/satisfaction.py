"""The asker says, with one of two buttons, whether they got the help they needed."""

from bot.cards import satisfaction as cards
from bot.case import case_for_asker
from bot.conversation import Context, Outgoing, Pressed, Say
from bot.domain import Refusal
from bot.texts import texts


class AskerOnly(Refusal):
    """Somebody else was asked. A colleague reads the question, and does not answer it."""

    key = "refusal.asker_only"


class NotAsked(Refusal):
    """It has been answered, or the person has been asked of something newer since."""

    key = "refusal.not_asked"


def content(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _counted(pressed, context, is_good=True)


def discontent(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _counted(pressed, context, is_good=False)


def _counted(pressed: Pressed, context: Context, *, is_good: bool) -> list[Outgoing]:
    """Count it for the municipality alone; who said it of which ticket is kept nowhere."""
    case, who = case_for_asker(pressed.value, context), context.speaker.id
    if case.ticket.asker != who:
        raise AskerOnly
    if not context.store.satisfaction.answered(who, case.ticket.id):
        raise NotAsked
    ticket = case.ticket
    day = case.agreement.calendar.local_date(context.now)
    context.store.satisfaction.count(ticket.cooperation, ticket.municipality, day, is_good=is_good)
    card = cards.thanks(texts(context.speaker.language), is_good=is_good)
    return [Say(to=pressed.place, card=card, only_to=pressed.account)]
