"""What stands behind a door in tests of the doors: it remembers what came in."""

from dataclasses import dataclass, field

from bot.conversation import Inbound, Shown
from bot.domain.people import Account


class DatabaseGone(Exception):
    pass


@dataclass
class Recorder:
    """What the dispatcher is to a door: it takes events, and says who is known."""

    events: list[Inbound] = field(default_factory=list)
    shown: Shown = field(default_factory=Shown)
    strangers: set[str] = field(default_factory=set)
    is_broken: bool = False

    def __call__(self, event: Inbound) -> Shown:
        if self.is_broken:
            raise DatabaseGone
        self.events.append(event)
        return self.shown

    def knows(self, account: Account) -> bool:
        return account.user not in self.strangers
