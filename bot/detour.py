"""A card that a chat does not take: another way to the same person, or else a word to the lead."""

import structlog

from bot.cards.detour import not_reached, words_of
from bot.conversation import Desk, Outgoing, Say
from bot.domain.ranks import alarmed
from bot.ladder import is_warning
from bot.texts import texts
from storage.database import Store
from storage.mail import Mail
from storage.outbox import Letter

log = structlog.get_logger()


def other_way(letter: Letter, desk: Desk, store: Store) -> bool:
    """Send *letter* to its reader in another chat of theirs; tell whether there is one.

    The ticket's card moves along, and with it what is said below it from now on.
    """
    reader = store.people.reached_at(letter.to)
    if reader is None or store.detours.is_one(letter):
        return False
    for place in store.people.places_of(reader.id):
        if place.platform != letter.to.platform and place.platform in desk.senders:
            store.detours.send(letter, place, desk.clock())
            log.info("letter.detour", letter=letter.number, to=place.platform)
            return True
    return False


def by_mail(letter: Letter, desk: Desk, store: Store) -> bool:
    """Send *letter* to its reader by e-mail, where that is set up; tell whether it is on its way.

    Not a card that was only drawn anew: its reader has seen it, or has been written to already.
    """
    reader = store.people.reached_at(letter.to)
    if reader is None or not reader.email or desk.outside.mailer is None or letter.message:
        return False
    card = letter.card
    mail = Mail(
        once=f"letter:{letter.number}", to=reader.email, subject=card.title, text=words_of(card)
    )
    store.mail.put(mail, desk.clock())
    log.info("letter.by_mail", letter=letter.number)
    return True


def nobody_reached(letter: Letter, reason: str, desk: Desk, store: Store) -> list[Outgoing]:
    """Tell the lead that there is no way to somebody: once a day for each, and not at that place.

    Of a person's words, and of a warning, others are told otherwise; a redrawn card is no news.
    """
    reader = store.people.reached_at(letter.to)
    told_otherwise = letter.carries or letter.message or is_warning(letter.once or "")
    if reader is None or told_otherwise:
        return []
    now, people = desk.clock(), store.people.directory()
    agreement = desk.agreements.current_at(now)
    once = f"not-reached:{reader.id}:{agreement.calendar.local_date(now)}"
    said: list[Outgoing] = []
    for lead in alarmed(agreement, people, now):
        place = store.people.place_of(lead, desk.team.platform if desk.team else None)
        if place and place.channel != letter.to.channel:
            say, at = texts(people[lead].language), letter.to.platform
            card = not_reached(reader.name, at, reason, letter.card.title, say)
            said.append(Say(to=place, card=card, once=f"{once}:{lead}"))
    return said
