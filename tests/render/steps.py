"""What the chapters of the golden files are made of: who is there, and what happens then."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.cards.blocks import Card
from bot.conversation import Desk
from storage.database import Database
from tests.helpdesk import Helpdesk
from tests.render.story import Day, Step

Chapter = tuple[Callable[[Database], Day], tuple[tuple[str, Step], ...]]


def opened(database: Database) -> Day:
    desk = Day(database)
    desk.opens()
    return desk


def rings(job: Callable[[Desk], object], after: timedelta = timedelta(0)) -> Step:
    """Let time pass, and do what the timetable then says."""

    def step(day: Helpdesk) -> None:
        day.now += after
        job(day.desk)
        day.delivers()

    return step


def at(moment: datetime, step: Step) -> Step:
    def then(day: Helpdesk) -> None:
        day.now = moment
        step(day)

    return then


def both(*steps: Step) -> Step:
    def step(day: Helpdesk) -> None:
        for one in steps:
            one(day)

    return step


def drawn(card: Card) -> Step:
    """Keep a card that no day here brings up by itself."""
    return lambda day: day.kept.append(card)
