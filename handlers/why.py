"""Why this deadline? The working of every deadline of a ticket, for either side."""

from bot.cards.why import why as why_card
from bot.case import case_for_either
from bot.conversation import Context, Outgoing, Pressed, Show
from bot.domain.events import Figure
from bot.domain.explain import explain
from bot.texts import texts


def why(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_either(pressed.value, context)
    log = context.store.tickets.log(case.ticket.id)
    found = [explain(log, case.agreement, context.now, figure) for figure in Figure]
    explanations = [explanation for explanation in found if explanation]
    say = texts(context.speaker.language)
    card = why_card(case.ticket, explanations, case.people, case.agreement, say)
    return [Show(card=card, trigger=pressed.trigger)]
