"""On the second working day of a month each manager reads how the last one went, once."""

from datetime import UTC, datetime

from bot.cards.blocks import Card, Heading, Text
from schedules.monthly_report import monthly_report
from tests.helpdesk import Helpdesk

FIRST_WORKING_DAY = datetime(2026, 4, 1, 8, tzinfo=UTC)  # then Easter comes
SECOND_WORKING_DAY = datetime(2026, 4, 7, 6, tzinfo=UTC)  # 08:00 in Oslo
ALL, OWN = "På én side: alle kommuner, mars 2026", "På én side: Herøy, mars 2026"


def rings(helpdesk: Helpdesk, at: datetime) -> None:
    helpdesk.now = at
    monthly_report(helpdesk.desk)
    helpdesk.delivers()


def part(card: Card, heading: str) -> str:
    """Return the words below *heading*."""
    headings = [block.text if isinstance(block, Heading) else "" for block in card.body]
    below = card.body[headings.index(heading) + 1]
    assert isinstance(below, Text)
    return below.text


def test_each_manager_reads_of_what_is_theirs(asked: Helpdesk) -> None:
    asked.has("Mona", of="heroy", roles={"manager"})
    asked.has("Geir", of="alstahaug", roles={"manager"})
    asked.answers("Kari", "Innen 10. april.")
    asked.forgets()

    rings(asked, FIRST_WORKING_DAY)
    assert asked.hears("Mona") == []
    rings(asked, SECOND_WORKING_DAY)
    rings(asked, SECOND_WORKING_DAY)

    [card] = asked.cards_heard("Mona")
    assert card.title == OWN
    assert "Første svar: 100 % i tide (1 av 1)." in part(card, "Holdt")
    assert part(card, "Venter på verten") == "Saker: 1. Den eldste er fra 2. mars 2026."
    assert part(card, "Trenger en avgjørelse") == "Ingenting."
    assert [asked.hears(name) for name in ("Geir", "Randi")] == [[ALL], [ALL]]
    assert [asked.hears(name) for name in ("Ola", "Kari", "Per", "Liv", "Nils")] == [[]] * 5
