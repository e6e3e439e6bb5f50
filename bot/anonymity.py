"""Words that every municipality may read tell nobody whose ticket they came from."""

from collections.abc import Iterator

from bot.case import Case
from bot.domain.answers import giveaways
from bot.domain.events import Asked, AskerWrote
from bot.texts import Texts


def names_in(case: Case) -> Iterator[str]:
    """Yield the names that give away whose question it was: the municipality's, and who wrote."""
    host = case.agreement.host
    for member in case.agreement.municipalities.values():
        if member.id != host or case.ticket.municipality == host:
            yield member.name
    for event in case.store.tickets.log(case.ticket.id):
        if isinstance(event, Asked | AskerWrote) and event.by:
            yield case.people[event.by].name


def wrong_with(text: str, case: Case, say: Texts) -> str | None:
    """Return what is wrong with *text* as words that all may read; None when they may."""
    if not text:
        return say("form.missing")
    telling = giveaways(text, names_in(case), case.agreement.prefix)
    return say("form.gives_away", words=", ".join(telling)) if telling else None
