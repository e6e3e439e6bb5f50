"""What has been said is said anew, where it stands."""

from dataclasses import dataclass

from bot.cards.blocks import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Let what was said with the key *once* become *card*; where nothing was, nothing happens."""

    once: str
    card: Card
