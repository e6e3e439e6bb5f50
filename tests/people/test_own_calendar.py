"""Out of office read in people's own calendars: at an address, over a real wire, and followed."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.domain.calendar_words import OFF, CalendarUnclear, calendar_in
from bot.domain.people import Absence, Person, PersonId
from bot.outside import CalendarUnread, Outside
from bot.platforms.calendar_reader import LARGEST, CalendarReader
from schedules.read_calendars import read_calendars
from storage.database import Database
from tests.helpdesk import VAT, Helpdesk
from tests.terminal import vertsdesk

QUARTER = timedelta(minutes=15)
ON_LOOPBACK = CalendarReader(allows_inside=True, schemes=frozenset({"http", "https"}))
THURSDAY = ("20260305", "20260306")
FRIDAY = ("20260306", "20260307")


def ics(*days: tuple[str, str]) -> bytes:
    """Return a calendar with these days out of office, each with words that are nobody's."""
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{first}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Hemmelig legetime\r\n"
        f"DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{last}\r\n"
        "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\nEND:VEVENT\r\n"
        for first, last in days
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


@dataclass
class Host:
    """Where a calendar lies. *asked*: what the reader said it knew, each time it came."""

    port: int = 0
    status: int = 200
    content: bytes = field(default_factory=ics)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[str | None] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/kari.ics"


@contextmanager
def hosted() -> Iterator[Host]:
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known, etag = self.headers["If-None-Match"], f'"{hash(host.content)}"'
            host.asked.append(known)
            is_same = known == etag and host.status == 200
            self.send_response(304 if is_same else host.status)
            for name, value in {"ETag": etag, **host.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if not is_same:
                self.wfile.write(host.content)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host.port = server.server_port
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield host
        server.shutdown()


@pytest.fixture
def host() -> Iterator[Host]:
    with hosted() as opened:
        yield opened


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


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x.ics",
        "https://localhost/x.ics",
        "https://[::1]/x.ics",
        "https://[::ffff:10.0.0.1]/x.ics",
        "https://[2002:7f00:1::]/x.ics",
        "https://10.1.2.3/x.ics",
        "https://192.168.1.1/x.ics",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/x.ics",
        "https://224.0.0.1/x.ics",
        "https://0.0.0.0/x.ics",
        "https://2130706433/x.ics",
    ],
)
def test_nothing_inside_is_asked_by_whatever_name(url: str) -> None:
    with pytest.raises(CalendarUnread, match=r"inside|unknown name"):
        CalendarReader().read(url, None, None)


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x.ics", "file:///etc/passwd", "ftp://a.example/x", "https://", "x", ""],
)
def test_only_https_is_asked(url: str) -> None:
    for ask in (CalendarReader().check, lambda it: CalendarReader().read(it, None, None)):
        with pytest.raises(CalendarUnread, match="address"):
            ask(url)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "gopher://127.0.0.1/"])
def test_nobody_is_sent_on_to_where_they_may_not_go(host: Host, to: str) -> None:
    host.status, host.headers = 302, {"Location": to}
    with pytest.raises(CalendarUnread, match="address"):
        ON_LOOPBACK.read(host.url, None, None)
    strict = CalendarReader(schemes=frozenset({"http", "https"}))
    with pytest.raises(CalendarUnread, match="inside"):
        strict.read(host.url, None, None)


def test_nobody_is_sent_round_in_circles(host: Host) -> None:
    host.status, host.headers = 302, {"Location": "/kari.ics"}
    with pytest.raises(CalendarUnread, match="redirects"):
        ON_LOOPBACK.read(host.url, None, None)
    assert len(host.asked) == 4


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("kalender https://a.example/b.ics", "https://a.example/b.ics"),
        ("Kalenderen: <https://a.example/b.ics>", "https://a.example/b.ics"),
        ("calendar <https://a.example/b.ics|a.example/b.ics>", "https://a.example/b.ics"),
        ("kalender webcal://a.example/b.ics", "https://a.example/b.ics"),
        ("kalender av", OFF),
        ("Calendar off.", OFF),
        ("borte 1.–21. juli", ""),
        ("syk", ""),
    ],
)
def test_words_about_a_calendar_are_understood(words: str, address: str) -> None:
    assert calendar_in(words) == address


@pytest.mark.parametrize(
    "words",
    [
        "kalender",
        "kalender http://a.example/b.ics",
        "kalender min",
        "kalender https://a.no/•••.ics",
    ],
)
def test_words_that_name_no_calendar_are_asked_about(words: str) -> None:
    with pytest.raises(CalendarUnclear):
        calendar_in(words)


def test_a_calendar_is_named_and_forgotten_on_the_command_line(
    empty_sqlite: str, tmp_path: Path
) -> None:
    with closing(Database(empty_sqlite)) as database, database.transaction() as store:
        store.people.introduce(Person(id=PersonId("Kari"), name="Kari"))
    for words, told in (
        (("Kari", "https://a.example/b.ics"), "is read every quarter of an hour from now on"),
        (("Kari", "--off"), "is read no more"),
        (("Kari", "--off"), "no calendar of Kari is read"),
        (("Kari", "http://a.example/b.ics"), "is no address by https"),
    ):
        ran = vertsdesk("people", "calendar", *words, folder=tmp_path, DATABASE_URL=empty_sqlite)
        assert told in ran.stdout + ran.stderr
