"""Carrying files between chats: what a platform must be able to do for it."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.cards.blocks import Card
from bot.conversation import Sent
from bot.domain.people import Place


class FileTooLarge(Exception):
    """There is more in the file than we take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole file in our hands, looked at and found to be harmless."""

    name: str
    media_type: str
    content: bytes


@runtime_checkable
class FileCarrier(Protocol):
    """A sender that can carry files too. Where there is none, people are told so."""

    async def fetch(self, source: str, most: int) -> bytes:
        """Return what is in the file that *source* names, which was shared on this platform.

        :raises FileTooLarge: it holds more than *most* bytes
        :raises NotDelivered: it could not be fetched; final, if it never can
        """

    async def send_file(self, to: Place, card: Card, file: Content) -> Sent:
        """Put *file* at *to*, with what *card* says of it, and say where it stands.

        :raises NotDelivered: whatever went wrong on the way
        """
