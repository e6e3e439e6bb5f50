"""Out of office, read in somebody's own calendar: what counts, what recurs, and what they said."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.out_of_office import Followed, Span, follow
from bot.domain.people import Absence, Person, PersonId
from bot.out_of_office import NoCalendar, spans_in

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)  # Monday 09:00 in Oslo
OOF = "X-MICROSOFT-CDO-BUSYSTATUS:OOF"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def span(start: str, end: str) -> Span:
    return Span(local(start), local(end))


def event(*lines: str) -> str:
    body = "\r\n".join(("UID:1", "DTSTAMP:20260101T000000Z", "SUMMARY:Secret", *lines))
    return f"BEGIN:VEVENT\r\n{body}\r\nEND:VEVENT\r\n"


def written(*events: str) -> bytes:
    body = "".join(events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def read(*events: str) -> list[Span]:
    return spans_in(written(*events), NOW, OSLO)


def at(first: str, last: str) -> tuple[str, str]:
    return f"DTSTART;TZID=Europe/Oslo:{first}", f"DTEND;TZID=Europe/Oslo:{last}"


WEEK = ("DTSTART;VALUE=DATE:20260706", "DTEND;VALUE=DATE:20260711")
MORNING = at("20260309T080000", "20260309T120000")


@pytest.mark.parametrize(
    ("marks", "counts"),
    [
        ((OOF,), True),
        ((OOF, "TRANSP:TRANSPARENT"), True),  # Outlook's own mark says more
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY",), False),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "TRANSP:OPAQUE"), False),
        (("TRANSP:OPAQUE",), True),
        (("TRANSP:TRANSPARENT",), False),
        ((), True),
        ((OOF, "STATUS:CANCELLED"), False),
    ],
)
def test_what_counts_as_out_of_office(marks: tuple[str, ...], counts: bool) -> None:  # noqa: FBT001
    found = read(event(*WEEK, *marks))

    assert found == ([span("2026-07-06", "2026-07-11")] if counts else [])


def test_half_a_day_counts_and_a_meeting_does_not() -> None:
    meeting = at("20260310T090000", "20260310T103000")

    assert read(event(*MORNING, OOF), event(*meeting, OOF)) == [
        span("2026-03-09T08:00", "2026-03-09T12:00")
    ]


def test_a_day_off_each_week_stays_at_its_hour_in_summer_and_winter() -> None:
    """Part-time: every Friday from long ago; one Friday excepted, one moved to the Thursday."""
    friday = at("20200103T080000", "20200103T160000")
    rule, never = "RRULE:FREQ=WEEKLY;BYDAY=FR", "EXDATE;TZID=Europe/Oslo:20260313T080000"
    moved = event(
        *at("20260319T080000", "20260319T160000"),
        "RECURRENCE-ID;TZID=Europe/Oslo:20260320T080000",
        OOF,
    )
    found = read(event(*friday, rule, never, OOF), moved)

    days = [one.start.astimezone(OSLO) for one in found]
    assert [f"{day:%m-%d}" for day in days[:4]] == ["03-06", "03-19", "03-27", "04-03"]
    assert {f"{day:%H:%M}" for day in days} == {"08:00"}
    assert {day.utcoffset() for day in days} == {timedelta(hours=1), timedelta(hours=2)}
    assert days[-1] < (NOW + timedelta(days=366)).astimezone(OSLO)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("RRULE:FREQ=DAILY;COUNT=3", ["03-09", "03-10", "03-11"]),
        ("RRULE:FREQ=DAILY;UNTIL=20260310T230000Z", ["03-09", "03-10"]),
        ("RRULE:FREQ=DAILY;UNTIL=20260310", ["03-09", "03-10"]),
        ("RDATE;TZID=Europe/Oslo:20260401T080000", ["03-09", "04-01"]),
        ("RRULE:FREQ=MONTHLY;BYMONTHDAY=9;COUNT=2", ["03-09", "04-09"]),
        ("RRULE:FREQ=SECONDLY", []),
        ("RRULE:FREQ=DAILY;INTERVAL=0", []),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_recurrences_end_when_they_say(rule: str, days: list[str]) -> None:
    found = read(event(*MORNING, rule, OOF))

    assert [f"{one.start.astimezone(OSLO):%m-%d}" for one in found] == days


def test_times_are_read_in_every_zone_they_come_in() -> None:
    outlook = (
        "DTSTART;TZID=W. Europe Standard Time:20260309T080000",
        "DTEND;TZID=W. Europe Standard Time:20260309T120000",
    )
    utc = ("DTSTART:20260309T070000Z", "DTEND:20260309T110000Z")
    floating = ("DTSTART:20260309T080000", "DURATION:PT4H")
    expected = [span("2026-03-09T08:00", "2026-03-09T12:00")]

    assert [read(event(*lines, OOF)) for lines in (outlook, utc, floating)] == [expected] * 3


def test_what_meets_is_one_absence_and_what_is_over_is_none() -> None:
    over = ("DTSTART;VALUE=DATE:20260202", "DTEND;VALUE=DATE:20260203")
    monday = ("DTSTART;VALUE=DATE:20260706", OOF)
    rest = ("DTSTART;VALUE=DATE:20260707", "DTEND;VALUE=DATE:20260711", OOF)

    assert read(event(*over, OOF), event(*monday), event(*rest)) == [
        span("2026-07-06", "2026-07-11")
    ]


@pytest.mark.parametrize(
    "source",
    [
        b"<html><body>Sign in</body></html>",
        b"",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        written(*[event(*MORNING, "RRULE:FREQ=WEEKLY")] * 51),
    ],
)
def test_what_is_no_calendar_is_told(source: bytes) -> None:
    with pytest.raises(NoCalendar):
        spans_in(source, NOW, OSLO)


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("DTSTART:nonsense",),
        (*WEEK, "RRULE:FREQ=NEVER"),
        ("DTSTART;VALUE=DATE:20260711", "DTEND;VALUE=DATE:20260706"),
        ("DTSTART;VALUE=DATE:99991231", "DTEND;VALUE=DATE:20260706"),
    ],
)
def test_an_event_that_makes_no_sense_hides_no_other(lines: tuple[str, ...]) -> None:
    assert read(event(*lines, OOF), event(*WEEK, OOF)) == [span("2026-07-06", "2026-07-11")]


JULY, AUGUST = span("2026-07-06", "2026-07-11"), span("2026-08-03", "2026-08-08")


def person(*spans: Span) -> Person:
    absences = tuple(Absence(one.start, one.end) for one in spans)
    return Person(id=PersonId("Kari"), name="Kari", absences=absences)


def away(followed: Followed) -> list[Span]:
    return [Span(one.start, one.end) for one in followed.person.absences]


def test_a_calendar_is_followed_as_it_changes_and_forgets() -> None:
    first = follow(Followed(person=person(), put=()), [JULY], NOW)
    assert (away(first), len(first.new)) == ([JULY], 1)
    again = follow(first, [JULY], NOW)
    assert (away(again), again.new) == ([JULY], ())
    longer = span("2026-07-06", "2026-07-18")
    moved = follow(again, [longer, AUGUST], NOW)
    assert (away(moved), len(moved.new)) == ([longer, AUGUST], 2)
    gone = follow(moved, [AUGUST], NOW)
    assert away(gone) == [AUGUST]
    assert away(follow(gone, [], NOW)) == []


def test_what_somebody_said_goes_first_and_stays() -> None:
    said = span("2026-07-08", "2026-07-10")
    found = follow(Followed(person=person(said), put=()), [JULY], NOW)

    assert away(found) == [span("2026-07-06", "2026-07-08"), said, span("2026-07-10", "2026-07-11")]
    assert away(follow(found, [], NOW)) == [said]


def test_what_they_took_away_stays_away_while_the_calendar_says_the_same() -> None:
    put = follow(Followed(person=person(), put=()), [JULY, AUGUST], NOW)
    back = Followed(person=person(AUGUST), put=put.put)  # «tilbake»
    declined = follow(back, [JULY, AUGUST], NOW)
    assert (away(declined), declined.declined) == ([AUGUST], (JULY,))
    assert away(follow(declined, [JULY, AUGUST], NOW)) == [AUGUST]
    forgotten = follow(declined, [AUGUST], NOW)
    assert away(follow(forgotten, [JULY, AUGUST], NOW)) == [JULY, AUGUST]


def test_what_has_been_of_an_absence_stays() -> None:
    wednesday = local("2026-07-08T09:00")
    put = follow(Followed(person=person(), put=()), [JULY], NOW)
    ended = follow(put, [], wednesday)

    assert away(ended) == [Span(JULY.start, wednesday)]
    assert ended.put == ()
    assert away(follow(ended, [], wednesday + timedelta(days=9))) == [Span(JULY.start, wednesday)]
    assert away(follow(put, [], JULY.end)) == [JULY]
