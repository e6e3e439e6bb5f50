"""Every few seconds, in every process: understand by what has been learnt meanwhile."""

from bot.conversation import Desk
from bot.understanding.learning import Learning


def swap_reader(desk: Desk) -> None:
    learning = desk.understand
    if not isinstance(learning, Learning):
        return
    cooperation = desk.agreements.newest.id
    with desk.database.reading() as store:
        version = store.taught.version(cooperation)
        if version == learning.version:
            return
        lessons = store.taught.taken(cooperation)
    learning.relearn(lessons, version)
