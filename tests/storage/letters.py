"""What tests of the outbox do with letters: put them, claim them, and tell how it went."""

from datetime import timedelta

from bot.cards.blocks import Card
from bot.domain.people import Place
from storage.database import Database
from storage.outbox import Letter
from tests.storage.town import NOW, TEAM


def card(title: str) -> Card:
    return Card(title=title)


def put(town: Database, *titles: str, to: Place = TEAM) -> None:
    with town.transaction() as store:
        for title in titles:
            store.outbox.put(to=to, card=card(title), now=NOW)


def claimed(town: Database, after: timedelta = timedelta(0), limit: int = 20) -> list[Letter]:
    with town.transaction() as store:
        return list(store.outbox.claim(NOW + after, limit))


def titles(letters: list[Letter]) -> list[str]:
    return [letter.card.title for letter in letters]


def arrives(town: Database, letter: Letter, message: str = "m1", channel: str = "") -> None:
    with town.transaction() as store:
        store.outbox.sent(letter, NOW, channel=channel or letter.to.channel, message=message)


def fails(town: Database, letter: Letter, reason: str = "away", **how: object) -> bool:
    how = {"now": NOW, **how}
    with town.transaction() as store:
        return store.outbox.failed(letter, reason, **how)


def everything(town: Database) -> list[str]:
    """Deliver until nothing is left, and tell what came, in that order."""
    came: list[str] = []
    while letters := claimed(town):
        for letter in letters:
            came.append(letter.card.title)
            arrives(town, letter, f"m{letter.number}")
    return came
