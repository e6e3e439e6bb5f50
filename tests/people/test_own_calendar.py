"""Out of office read in people's own calendars, and followed."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.people import Absence, PersonId
from bot.outside import Outside
from bot.platforms.calendar_reader import LARGEST
from schedules.read_calendars import read_calendars
from storage.database import Database
from tests.helpdesk import VAT, Helpdesk
from tests.people.calendar_host import ON_LOOPBACK, Host, ics

QUARTER = timedelta(minutes=15)
THURSDAY = ("20260305", "20260306")
FRIDAY = ("20260306", "20260307")


@pytest.fixture
def desk(helpdesk: Helpdesk, host: Host) -> Helpdesk:
    """Monday 2 March 2026, 09:00. Kari is Herøy's contact, and the lead is away on Thursday."""
    helpdesk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
    thursday = (datetime(2026, 3, 4, 23, tzinfo=UTC), datetime(2026, 3, 5, 23, tzinfo=UTC))
    helpdesk.has("Randi", of="alstahaug", roles={"host-team", "lead"}, away=thursday)
    helpdesk.has("Ola", of="heroy")
    helpdesk.desk = replace(helpdesk.desk, outside=Outside(calendars=ON_LOOPBACK))
    helpdesk.commands("Kari", "fravær", f"kalender {host.url}")
    assert helpdesk.hears("Kari")[0].startswith("Jeg leser kalenderen din hvert kvarter")
    return helpdesk


def rings(helpdesk: Helpdesk, later: timedelta = QUARTER) -> None:
    helpdesk.now += later
    read_calendars(helpdesk.desk)
    helpdesk.delivers()


def days(helpdesk: Helpdesk, name: str = "Kari") -> list[str]:
    with helpdesk.desk.database.reading() as store:
        return [f"{one.start + timedelta(hours=1):%m-%d}" for one in absences(store, name)]


def absences(store, name: str) -> tuple[Absence, ...]:
    return store.people.get(PersonId(name)).absences


def test_what_the_calendar_says_is_followed_and_nothing_else_is_kept(
    desk: Helpdesk, host: Host, database_url: str
) -> None:
    host.content = ics(FRIDAY)
    rings(desk)
    assert days(desk) == ["03-06"]
    assert desk.hears("Kari")[0].startswith("Etter kalenderen din er du borte fra fredag 6. mars")

    rings(desk)
    assert host.asked[-1] is not None  # and was told that nothing had changed
    host.content = ics(FRIDAY, ("20260309", "20260314"))
    rings(desk)
    assert days(desk) == ["03-06", "03-09"]
    assert len(desk.hears("Kari")) == 1
    host.content = ics(("20260309", "20260314"))
    rings(desk)
    assert days(desk) == ["03-09"]
    if database_url.startswith("sqlite"):
        kept = Path(database_url.removeprefix("sqlite:///"))
        files = [kept, kept.with_name(f"{kept.name}-wal")]
        assert not any(b"legetime" in file.read_bytes() for file in files if file.exists())


def test_a_gap_is_told_to_the_lead_and_a_ticket_with_a_deadline_is_offered(
    desk: Helpdesk, host: Host
) -> None:
    desk.has("Per", of="alstahaug", roles={"host-team", "contact-donna"})
    desk.asks("Ola", VAT)
    desk.forgets()
    host.content = ics(("20260302", "20260303"))  # the first answer is due today
    rings(desk)

    assert "Overtar du saken?" in desk.hears("Per")[0]
    [told] = desk.hears("Ola")
    assert told.startswith("Kari er borte til")
    desk.forgets()


def test_who_is_away_when_the_lead_is_leaves_a_gap(desk: Helpdesk, host: Host) -> None:
    host.content = ics(THURSDAY)
    rings(desk)

    assert desk.hears("Randi")[0].startswith("Kari er borte etter kalenderen sin.")
    desk.forgets()
    rings(desk, timedelta(days=1))
    assert desk.hears("Randi") == []


def test_who_says_that_they_are_back_stays_back(desk: Helpdesk, host: Host) -> None:
    host.content = ics(FRIDAY)
    rings(desk)
    desk.commands("Kari", "fravær", "tilbake")
    rings(desk, timedelta(days=1))
    desk.forgets()

    assert days(desk) == []


def test_the_calendar_is_read_no_more_when_they_say_so(desk: Helpdesk, host: Host) -> None:
    host.content = ics(FRIDAY)
    rings(desk)
    desk.commands("Kari", "fravær", "kalender av")
    assert days(desk) == []
    asked = len(host.asked)
    rings(desk)
    assert len(host.asked) == asked
    desk.forgets()
    desk.commands("Kari", "fravær", "kalender av")
    assert desk.hears("Kari") == ["Jeg leser ingen kalender for deg."]


@pytest.mark.parametrize(
    ("status", "content", "why"),
    [
        (404, b"", "Kalenderen er ikke der lenger"),
        (200, b"<html>Sign in</html>", "Det som ligger der, er ikke en kalenderfil"),
        (200, b"x" * (LARGEST + 1), "Det som ligger der, er ikke en kalenderfil"),
    ],
)
def test_what_is_wrong_is_told_once_and_takes_nothing_away(
    desk: Helpdesk, host: Host, status: int, content: bytes, why: str
) -> None:
    right = host.content = ics(FRIDAY)
    rings(desk)
    desk.forgets()
    host.status, host.content = status, content
    rings(desk)
    [told] = desk.reads("Kari")
    assert told.startswith("Jeg får ikke lest kalenderen din")
    assert why in told
    rings(desk)
    rings(desk)
    assert (desk.hears("Kari"), days(desk)) == ([], ["03-06"])

    host.status, host.content = 200, right
    rings(desk)
    host.status = 410
    rings(desk)
    assert len(desk.hears("Kari")) == 1  # once more, for it had been right meanwhile


def test_an_hour_of_silence_is_told_and_a_moment_of_it_is_not(desk: Helpdesk, host: Host) -> None:
    host.status = 503
    for _ in range(3):
        rings(desk)
        assert desk.hears("Kari") == []
    rings(desk)
    assert "har ikke svart på en time" in desk.reads("Kari")[0]
    rings(desk)
    assert desk.hears("Kari") == []


def test_two_workers_read_it_once_and_say_it_once(
    desk: Helpdesk, host: Host, database_url: str
) -> None:
    host.content = ics(FRIDAY)
    with closing(Database(database_url)) as second:
        desks = [desk.desk, replace(desk.desk, database=second)]
        with ThreadPoolExecutor() as pool:
            list(pool.map(read_calendars, desks))
    desk.delivers()

    assert len(host.asked) == 1
    assert len(desk.hears("Kari")) == 1
    assert days(desk) == ["03-06"]
