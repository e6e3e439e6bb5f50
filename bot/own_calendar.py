"""Somebody's own calendar in hand: what it says of being away is theirs, and nothing else of it."""

from collections.abc import Sequence
from datetime import datetime

from bot.agreements import AgreementBook
from bot.cards import absence as cards
from bot.cards.blocks import Card
from bot.conversation import Outgoing, Say
from bot.domain.absences import name_of
from bot.domain.out_of_office import Followed, Span, follow
from bot.domain.people import Person, PersonId, Place
from bot.standing_in import Leaving, gaps, offers, warnings
from bot.texts import Texts, texts
from storage.database import Store


def stop_reading(who: Person, store: Store, now: datetime) -> bool:
    """Forget *who*'s calendar and what it says of days to come; tell whether there was one."""
    calendar = store.away_calendars.of(who.id)
    if calendar is None:
        return False
    was = Followed(person=who, put=calendar.put, declined=calendar.declined)
    store.people.introduce(follow(was, (), now).person)
    store.away_calendars.forget(who.id)
    return True


def followed(
    who: PersonId,
    read: Sequence[Span],
    *,
    store: Store,
    book: AgreementBook,
    now: datetime,
    team: Place | None,
) -> list[Outgoing]:
    """Let *who* be away as their calendar was *read*, and return what is to be said about it."""
    calendar, person = store.away_calendars.of(who), store.people.get(who)
    if calendar is None:
        return []
    was = Followed(person=person, put=calendar.put, declined=calendar.declined)
    found = follow(was, read, now)
    store.away_calendars.follow(who, found.put, found.declined)
    if found.person == person:
        return []
    leaving = Leaving(who=person, absences=found.new, store=store, book=book, now=now, team=team)
    holes = gaps(leaving) if found.new else []
    store.people.introduce(found.person)
    if not found.new:
        return []

    def warning(say: Texts) -> Card:
        return cards.warning_by_calendar(person, holes, leaving.agreement, say)

    warned = warnings(leaving, holes, warning)
    return [*_told(found, store, team), *warned, *offers(leaving)]


def _told(found: Followed, store: Store, team: Place | None) -> list[Outgoing]:
    """Tell whose calendar it is what was found in it, so that they can say it is not so."""
    place = store.people.place_of(found.person.id, team.platform if team else None)
    if place is None:
        return []
    card = cards.by_calendar(found.new, texts(found.person.language))
    once = f"calendar:{found.person.id}:{name_of(found.new)}"
    return [Say(to=place, card=card, once=once)]
