"""Whose calendar is read is told by its address: how it is written, and what is never asked."""

from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.calendar_words import OFF, CalendarUnclear, calendar_in
from bot.domain.people import Person, PersonId
from bot.outside import CalendarUnread
from bot.platforms.calendar_reader import CalendarReader
from storage.database import Database
from tests.people.calendar_host import ON_LOOPBACK, Host
from tests.terminal import vertsdesk


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
