"""The calendar, as people meet it: which day and hour the card promises, and what «why» names."""

from pathlib import Path

import pytest

from bot.cards.blocks import Table
from tests.domain.oracle import at
from tests.helpdesk import VAT, Helpdesk
from tests.scenarios.clock import HOURS, hald_with, starts_with

FIRST, RESOLVED = "Første svar innen", "Løst innen"
OTHER_HOURS = """\
opening_hours = [
  "Mo-Fr 08:00-11:30,12:00-15:45",
  "2026 Mar 7 10:00-12:00",
  'Dec 23-Jan 3 off "jul"',
]
"""
AT_CHRISTMAS = """\
[[targets.normal.seasons]]
from = "12-20"
to = "01-10"
first_response = "8 h"
resolution = "5 working days"

[targets.urgent]
"""


# Four hours to the first answer, three working days to solve it.
@pytest.mark.parametrize(
    ("asked", "first", "resolved"),
    [
        ("2026-03-02 09:00", "mandag 2. mars kl. 13.00", "torsdag 5. mars kl. 15.45"),
        ("2026-03-06 15:00", "mandag 9. mars kl. 11.15", "onsdag 11. mars kl. 15.45"),
        ("2026-03-07 11:00", "mandag 9. mars kl. 12.00", "onsdag 11. mars kl. 15.45"),
        # the clocks are put forward, and back
        ("2026-03-27 15:00", "mandag 30. mars kl. 11.15", "onsdag 1. april kl. 12.00"),
        ("2026-10-23 15:00", "mandag 26. oktober kl. 11.15", "onsdag 28. oktober kl. 15.45"),
        # Easter, and the half day before it
        ("2026-04-01 11:00", "tirsdag 7. april kl. 11.00", "torsdag 9. april kl. 15.45"),
        # the last long day, Ascension Day, the first short one; and back
        ("2026-05-13 14:00", "fredag 15. mai kl. 10.15", "tirsdag 19. mai kl. 15.00"),
        ("2026-09-14 14:00", "tirsdag 15. september kl. 11.00", "torsdag 17. september kl. 15.45"),
        # Christmas Eve and New Year's Eve until noon
        ("2026-12-24 11:00", "mandag 28. desember kl. 11.00", "onsdag 30. desember kl. 15.45"),
        ("2026-12-31 11:00", "mandag 4. januar kl. 11.00", "onsdag 6. januar kl. 15.45"),
        ("2028-02-28 14:00", "tirsdag 29. februar kl. 10.15", "torsdag 2. mars kl. 15.45"),
    ],
)
def test_calendar_hald_through_the_year(
    helpdesk: Helpdesk, asked: str, first: str, resolved: str
) -> None:
    helpdesk.opens()
    helpdesk.now = at(asked)

    helpdesk.asks("Ola", VAT)

    facts = helpdesk.facts("Ola")
    assert (facts[FIRST], facts[RESOLVED]) == (first, resolved)
    helpdesk.forgets()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("2026-03-02 09:00", "mandag 2. mars kl. 13.30"),  # lunch is closed
        ("2026-03-06 15:00", "mandag 9. mars kl. 09.15"),  # two hours of a working Saturday
        ("2026-03-13 15:00", "mandag 16. mars kl. 11.15"),  # the next Saturday is none
        ("2026-12-22 15:00", "mandag 4. januar kl. 11.15"),  # closed across New Year
    ],
)
def test_calendar_lunch_a_working_saturday_and_a_closure_across_new_year(
    helpdesk: Helpdesk, tmp_path: Path, asked: str, first: str
) -> None:
    helpdesk.opens()
    helpdesk.now = at(asked)
    starts_with(helpdesk, hald_with(tmp_path, {HOURS: OTHER_HOURS}))

    helpdesk.asks("Ola", VAT)

    assert helpdesk.facts("Ola")[FIRST] == first
    helpdesk.forgets()


def test_calendar_why_tells_a_closed_day_from_a_night_and_from_a_holiday(
    helpdesk: Helpdesk, tmp_path: Path
) -> None:
    helpdesk.opens()
    helpdesk.now = at("2026-12-22 15:00")
    starts_with(helpdesk, hald_with(tmp_path, {HOURS: OTHER_HOURS}))
    helpdesk.asks("Ola", VAT)

    helpdesk.presses("Ola", "ticket.why")

    first = next(block for block in helpdesk.shown["Ola"].card.body if isinstance(block, Table))
    because = [reason for *_, reason in first.rows]
    assert because[1:4] == ["stengt", "stengt hele dagen", "første juledag"]
    helpdesk.forgets()


def test_calendar_a_season_has_targets_of_its_own_and_why_says_so(
    helpdesk: Helpdesk, tmp_path: Path
) -> None:
    helpdesk.opens()
    starts_with(helpdesk, hald_with(tmp_path, {"[targets.urgent]\n": AT_CHRISTMAS}))
    helpdesk.now = at("2026-12-18 09:00")
    before = helpdesk.asks("Ola", VAT)
    helpdesk.now = at("2026-12-21 09:00")
    within = helpdesk.asks("Ola", VAT)

    assert helpdesk.facts("Ola", before)[RESOLVED] == "onsdag 23. desember kl. 15.45"
    facts = helpdesk.facts("Ola", within)
    assert facts[FIRST] == "tirsdag 22. desember kl. 09.15"
    assert facts[RESOLVED] == "tirsdag 29. desember kl. 15.45"
    helpdesk.presses("Ola", "ticket.why")
    said = "Slik er det for saker fra 20. desember til 10. januar."
    assert said in helpdesk.shown["Ola"].card.plain()
    helpdesk.forgets()


def test_calendar_a_municipality_s_own_closing_day_is_told_and_moves_nothing(
    helpdesk: Helpdesk, tmp_path: Path
) -> None:
    helpdesk.opens()
    own = {
        'domains = ["heroy.example"]': 'domains = ["heroy.example"]\nclosing_days = [2026-03-03]'
    }
    starts_with(helpdesk, hald_with(tmp_path, own))

    helpdesk.asks("Ola", VAT)
    helpdesk.presses("Ola", "ticket.why")

    assert helpdesk.facts("Ola")[RESOLVED] == "torsdag 5. mars kl. 15.45"
    assert "Herøy har stengt 3. mars 2026. Fristene følger" in helpdesk.shown["Ola"].card.plain()
    helpdesk.forgets()
