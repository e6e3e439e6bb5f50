"""What the scenarios of the clock have in common: the figures, other agreements, frequent moves."""

from datetime import timedelta
from pathlib import Path

from bot.agreements import HALD
from bot.app import open_book
from bot.conversation import frozen_agreement
from bot.domain.sla import Figures, figures
from tests.helpdesk import TEAM, Helpdesk
from tests.office import HALD_WORDS

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
HOURS = """\
opening_hours = [
  "Mo-Fr 08:00-15:45",
  "May 15-Sep 14 Mo-Fr 08:00-15:00",
  "Dec 24 Mo-Fr 08:00-12:00",
  "Dec 31 Mo-Fr 08:00-12:00",
  "easter -4 days 08:00-12:00",       # the Wednesday before Maundy Thursday
]
"""


def figures_of(desk: Helpdesk, number: str | None = None) -> Figures:
    with desk.desk.database.reading() as store:
        ticket = desk.ticket(number)
        agreement = frozen_agreement(ticket, desk.desk.agreements, store)
        return figures(store.tickets.log(ticket.id), agreement, desk.now)


def hald_with(folder: Path, changes: dict[str, str]) -> Path:
    """Write HALD's agreement to *folder* with some things otherwise. Each must be there."""
    words = HALD_WORDS
    for written, instead in changes.items():
        assert written in words
        words = words.replace(written, instead, 1)
    file = folder / HALD.name
    file.write_text(words, "utf-8")
    return file


def starts_with(desk: Helpdesk, file: Path) -> None:
    """Start the program again, with the agreement in *file*."""
    desk.starts_again(open_book(file, desk.desk.database))


def chooses(desk: Helpdesk, move: str, number: str | None = None) -> None:
    """Let Kari find *move* behind «Mer …» on the team's card of the ticket."""
    [more] = [b for b in desk.card(TEAM, number).buttons() if b.action == "ticket.more"]
    desk.press("Kari", more, channel=TEAM)
    desk.presses("Kari", move)


def answers(desk: Helpdesk, number: str) -> None:
    [answer_it] = [b for b in desk.card(TEAM, number).buttons() if b.action == "ticket.answer"]
    desk.press("Kari", answer_it, channel=TEAM)
    desk.fills_in("Kari", text="Innen 10. april.")


def waits_for_asker(desk: Helpdesk, question: str = "Hvilken termin?") -> None:
    desk.presses("Kari", "ticket.ask_back", on=TEAM)
    desk.fills_in("Kari", text=question)


def waits_for_bank(desk: Helpdesk) -> None:
    desk.presses("Kari", "ticket.third_party", on=TEAM)
    desk.fills_in("Kari", text="banken")


def is_resolved(desk: Helpdesk) -> None:
    desk.answers("Kari", "Innen 10. april.")
    desk.presses("Kari", "ticket.resolve", on=TEAM)
