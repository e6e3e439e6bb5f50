"""`/koble`: somebody links their accounts in two chats, and confirms it in both."""

from uuid import UUID

from bot.cards import linking
from bot.cards.blocks import Card
from bot.conversation import Commanded, Context, Outgoing, Pressed, Say
from bot.domain import Refusal
from bot.domain.linking import CODE_LENGTH, still_holds, united
from bot.domain.people import Person, PersonId, Platform
from bot.texts import texts
from storage.links import Link


class UnknownCode(Refusal):
    """There is no such code, or it is too old, or it was used."""

    key = "link.unknown_code"


class SameChat(Refusal):
    """The code was written where it came from."""

    key = "link.same"


class NothingToConfirm(Refusal):
    key = "link.over"


def connect(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Give out a code; or take one, and ask in both chats whether they are the same."""
    code = commanded.text.strip().upper()
    return _met(code, commanded, context) if code else [_new_code(commanded, context)]


def confirm(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Put down one side's yes; with the other's, the two are one person from now on."""
    store, link = context.store, _theirs(pressed, context)
    one, other = _two(link, context)
    stays, goes = united(one, other)
    link = store.links.say_yes(link, context.speaker.id, context.now)
    if not link.is_confirmed:
        where = _platform(_opposite(link, context), context)
        card = linking.half_done(where, texts(context.speaker.language))
        return [Say(to=pressed.place, card=card, only_to=pressed.account)]
    told = _ended(link, context, linked=True)
    store.unite(goes.id, stays.id)
    return told


def decline(pressed: Pressed, context: Context) -> list[Outgoing]:
    link = _theirs(pressed, context)
    told = _ended(link, context, linked=False)
    context.store.links.end(link)
    return told


def _new_code(commanded: Commanded, context: Context) -> Say:
    id_, code = context.new_id(), context.new_id().hex[-CODE_LENGTH:].upper()
    context.store.links.begin(id_, context.speaker.id, context.now, code=code)
    card = linking.code_card(code, texts(context.speaker.language))
    return Say(to=commanded.place, card=card)


def _met(code: str, commanded: Commanded, context: Context) -> list[Outgoing]:
    speaker, store = context.speaker, context.store
    link = store.links.by_code(code)
    if link is None or not still_holds(link.made_at, context.now):
        raise UnknownCode
    if link.one == speaker.id:
        raise SameChat
    one = store.people.get(link.one)
    united(one, speaker)
    store.links.met(link, speaker.id)
    here, there = commanded.place, store.people.place_of(one.id)
    if there is None:
        raise UnknownCode
    return [
        Say(to=here, card=_asks(link, one, there.platform, speaker)),
        Say(to=there, card=_asks(link, speaker, here.platform, one)),
    ]


def _asks(link: Link, about: Person, platform: Platform, reader: Person) -> Card:
    return linking.question(link.id, about.name, platform, texts(reader.language))


def _theirs(pressed: Pressed, context: Context) -> Link:
    """Return what the speaker is asked about.

    :raises NothingToConfirm: it is over, or is none of theirs
    """
    try:
        link = context.store.links.get(UUID(pressed.value))
    except ValueError:
        raise NothingToConfirm from None
    if link is None or context.speaker.id not in {link.one, link.other}:
        raise NothingToConfirm
    return link


def _two(link: Link, context: Context) -> tuple[Person, Person]:
    """Return both.

    :raises NothingToConfirm: nobody has written the code yet
    """
    if link.other is None:
        raise NothingToConfirm
    people = context.store.people
    return people.get(link.one), people.get(link.other)


def _opposite(link: Link, context: Context) -> PersonId:
    one_speaks = context.speaker.id == link.one
    return link.other if one_speaks and link.other else link.one


def _platform(who: PersonId, context: Context) -> Platform:
    place = context.store.people.place_of(who)
    return place.platform if place else Platform.WEB


def _ended(link: Link, context: Context, *, linked: bool) -> list[Outgoing]:
    """Tell both, each where they are asked."""
    places = ((person, context.store.people.place_of(person.id)) for person in _two(link, context))
    return [
        Say(to=place, card=linking.ended(texts(person.language), linked=linked))
        for person, place in places
        if place
    ]
