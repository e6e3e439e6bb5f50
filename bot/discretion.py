"""Discretion: the numbers that are somebody's own go no further than the door, and who wrote
them is told.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import assert_never

from bot.cards import answers
from bot.conversation import (
    Commanded,
    Context,
    Deleted,
    Edited,
    Inbound,
    Marked,
    Opened,
    Outgoing,
    Pressed,
    Reacted,
    Said,
    Say,
    Submitted,
)
from bot.domain.people import Account, Person, Place
from bot.domain.privacy import Kind
from bot.privacy import Masked, masked
from bot.texts import texts

Kinds = tuple[Kind, ...]


def discreet(event: Inbound) -> tuple[Inbound, Kinds]:
    """Return *event* with every number of somebody's masked in what was written, and the kinds."""
    match event:
        case Said():
            return _said(event)
        case Commanded() | Edited():
            words = masked(event.text)
            return replace(event, text=words.text), words.kinds
        case Marked():
            words = masked(event.text or "")
            text = None if event.text is None else words.text
            return replace(event, text=text), words.kinds
        case Pressed() | Submitted():
            fields = {name: masked(value) for name, value in event.fields.items()}
            kept = {name: words.text for name, words in fields.items()}
            return replace(event, fields=kept), _kinds(fields.values())
        case Reacted() | Deleted() | Opened():
            return event, ()
        case _:
            assert_never(event)


def warnings(event: Inbound, kinds: Kinds, context: Context) -> list[Outgoing]:
    """Tell who sent *event*, and who wrote what was marked, what was masked and what to do."""
    if not kinds:
        return []
    only_to = None if _is_between_us(event) else event.account
    card = answers.masked(kinds, texts(context.speaker.language))
    once = f"{event.key}:masked"
    return [
        Say(to=event.place, card=card, once=once, only_to=only_to),
        *_to_author(event, kinds, context),
    ]


def _said(said: Said) -> tuple[Said, Kinds]:
    """Mask the message, and the names of the files that came with it: they are words, too."""
    words, names = masked(said.text), [masked(file.name) for file in said.files]
    files = tuple(
        replace(file, name=name.text) for file, name in zip(said.files, names, strict=True)
    )
    return replace(said, text=words.text, files=files), _kinds([words, *names])


def _kinds(parts: Iterable[Masked]) -> Kinds:
    return tuple(dict.fromkeys(kind for part in parts for kind in part.kinds))


def _is_between_us(event: Inbound) -> bool:
    """Tell whether only the sender reads where the event was."""
    return event.is_direct if isinstance(event, Said) else isinstance(event, Commanded | Submitted)


def _to_author(event: Inbound, kinds: Kinds, context: Context) -> list[Outgoing]:
    author = _author(event, context) if isinstance(event, Marked) else None
    if author is None:
        return []
    who, place = author
    card = answers.masked(kinds, texts(who.language))
    return [Say(to=place, card=card, once=f"{event.key}:masked:{who.id}")]


def _author(marked: Marked, context: Context) -> tuple[Person, Place] | None:
    """Return who wrote what somebody else marked, and where they read us, if we know them."""
    people = context.store.people
    account: Account | None = marked.author
    who = people.by_account(account) if account and account != marked.account else None
    place = people.place_of(who.id, marked.account.platform) if who else None
    return (who, place) if who and place else None
