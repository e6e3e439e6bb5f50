"""Somebody in the host's team asks for the rarer moves: they are shown to them alone."""

from bot.cards.team import more_card
from bot.case import case_for_team
from bot.casework import view_of
from bot.conversation import Context, Outgoing, Pressed, Say
from bot.domain.people import Place
from bot.texts import texts


def more(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Show them where the card stands, and not in the thread below it, where nobody looks."""
    view = view_of(case_for_team(pressed.value, context))
    card = more_card(view, texts(context.speaker.language))
    to = Place(pressed.place.platform, pressed.place.channel)
    return [Say(to=to, card=card, only_to=pressed.account)]
