"""Being away: local days, the last one included, and a deputy who may read the questions."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absences import CannotBeAway, WhoIsThat, away, back, named, span, written
from bot.domain.people import Absence, Person, PersonId, Role

OSLO = ZoneInfo("Europe/Oslo")
TEAM = frozenset({Role.HOST_TEAM})


def person(name: str, home: str, roles: frozenset[str] = frozenset({Role.ASKER})) -> Person:
    """Somebody whose id is their first name, in small letters."""
    first = name.split(maxsplit=1)[0].lower()
    email = f"{first}@{home}.example"
    return Person(id=PersonId(first), name=name, email=email, municipality=home, roles=roles)


KARI = person("Kari Nordnes", "alstahaug", TEAM)
PER = person("Per Tindvik", "alstahaug", TEAM)
SISSEL = person("Sissel Stamnes", "alstahaug")
TURID = person("Turid Flostad", "heroy")
OLA = person("Ola Husvær", "heroy")
HILDE = person("Hilde Åkvik", "donna")
EVERYBODY = (KARI, PER, SISSEL, TURID, OLA, HILDE)


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)


JULY = Absence(utc(2026, 6, 30, 22), utc(2026, 7, 10, 22))


@pytest.mark.parametrize(
    ("start", "end", "begins", "ends"),
    [
        ("2026-07-01", "2026-07-03", utc(2026, 6, 30, 22), utc(2026, 7, 3, 22)),
        ("2026-07-01", "2026-07-01", utc(2026, 6, 30, 22), utc(2026, 7, 1, 22)),
        ("2026-10-25", "2026-10-25", utc(2026, 10, 24, 22), utc(2026, 10, 25, 23)),  # 25 hours
        ("2026-01-05T12:00", "2026-01-05", utc(2026, 1, 5, 11), utc(2026, 1, 5, 23)),
        ("2026-01-05T12:00Z", "2026-01-05T15:00+01:00", utc(2026, 1, 5, 12), utc(2026, 1, 5, 14)),
    ],
)
def test_days_are_local_and_the_last_is_included(
    start: str, end: str, begins: datetime, ends: datetime
) -> None:
    assert span(start, end, OSLO) == (begins, ends)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-07-03", "2026-07-01", "2026-07-01 is before 2026-07-03: write the first day"),
        ("2026-01-05T12:00", "2026-01-05T12:00", "is before"),
        ("tomorrow", "2026-07-01", '"tomorrow" is neither a date nor a time: write 2026-07-01'),
        ("2026-07-01", "2026-02-30", '"2026-02-30" is neither'),
        ("2026-07-01", "9999-12-31", '"9999-12-31" is neither'),
        ("", "", '"" is neither'),
    ],
)
def test_days_that_make_no_sense_are_refused(start: str, end: str, told: str) -> None:
    with pytest.raises(CannotBeAway, match=told):
        span(start, end, OSLO)


@pytest.mark.parametrize(
    ("who", "found"),
    [
        ("KARI@alstahaug.example", KARI),
        ("kari nordnes", KARI),
        ("husvær", OLA),
        ("Flostad Turid", TURID),
    ],
)
def test_somebody_is_meant_by_address_or_by_a_name_only_they_have(who: str, found: Person) -> None:
    assert named(who, EVERYBODY) == found


@pytest.mark.parametrize("who", ["", " ", "Kar", "kari@heroy.example", "Kari Tindvik", "@"])
def test_nobody_is_meant_by_what_is_nobodys(who: str) -> None:
    with pytest.raises(WhoIsThat, match="nobody is called"):
        named(who, EVERYBODY)


def test_a_name_that_two_have_is_not_guessed() -> None:
    other = person("Kari Vik", "donna")
    with pytest.raises(WhoIsThat, match=r"Kari Nordnes <.*>, Kari Vik <.*>: write"):
        named("Kari", (*EVERYBODY, other))
    assert named("kari vik", (*EVERYBODY, other)) == other


@pytest.mark.parametrize(("who", "deputy"), [(KARI, PER), (TURID, OLA), (KARI, None)])
def test_a_deputy_is_of_the_same_unit(who: Person, deputy: Person | None) -> None:
    absence = away(who, (JULY.start, JULY.end), deputy, OSLO)
    assert absence == replace(JULY, deputy=deputy.id if deputy else None)


@pytest.mark.parametrize(
    ("who", "deputy", "told"),
    [
        (KARI, KARI, "Kari Nordnes cannot step in for Kari Nordnes: name somebody else"),
        (KARI, SISSEL, "Sissel Stamnes is not in the host team: name somebody who is"),
        (KARI, TURID, "Turid Flostad is not in the host team"),
        (SISSEL, KARI, "Kari Nordnes is in the host team: name one of Sissel Stamnes's own"),
        (TURID, HILDE, "Hilde Åkvik works for another municipality"),
        (TURID, SISSEL, "Sissel Stamnes works for another municipality"),
        (TURID, KARI, "Kari Nordnes is in the host team"),
    ],
)
def test_nobody_outside_the_unit_gets_its_questions(who: Person, deputy: Person, told: str) -> None:
    with pytest.raises(CannotBeAway, match=told):
        away(who, (JULY.start, JULY.end), deputy, OSLO)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-07-10", "2026-07-20"),
        ("2026-06-01", "2026-07-01"),
        ("2026-07-03", "2026-07-04"),
        ("2026-06-01", "2026-12-31"),
        ("2026-07-01", "2026-07-10"),
    ],
)
def test_two_absences_do_not_overlap(start: str, end: str) -> None:
    resting = replace(KARI, absences=(JULY,))
    with pytest.raises(CannotBeAway, match="is away already: 2026-07-01 to 2026-07-10"):
        away(resting, span(start, end, OSLO), None, OSLO)


@pytest.mark.parametrize(
    ("start", "end"), [("2026-06-01", "2026-06-30"), ("2026-07-11", "2026-07-11")]
)
def test_one_absence_may_begin_when_another_ends(start: str, end: str) -> None:
    resting = replace(KARI, absences=(JULY,))
    assert away(resting, span(start, end, OSLO), None, OSLO)


def test_an_absence_is_written_in_local_days_or_times() -> None:
    assert written(JULY, OSLO) == "2026-07-01 to 2026-07-10"
    afternoon = Absence(utc(2026, 1, 5, 11), utc(2026, 1, 5, 14, 30))
    assert written(afternoon, OSLO) == "2026-01-05 12:00 to 2026-01-05 15:30"


def test_coming_back_early_keeps_what_has_been() -> None:
    noon = utc(2026, 7, 3, 12)
    later = Absence(utc(2026, 8, 1), utc(2026, 8, 2))
    resting = replace(KARI, absences=(JULY, later))
    assert back(resting, noon).absences == (Absence(JULY.start, noon), later)


def test_an_absence_that_has_not_begun_is_taken_away() -> None:
    later = Absence(utc(2026, 8, 1), utc(2026, 8, 2))
    planned = replace(KARI, absences=(JULY, later))
    assert back(planned, utc(2026, 6, 1)).absences == (later,)
    assert back(planned, utc(2026, 7, 20)).absences == (JULY,)


def test_whoever_is_here_cannot_come_back() -> None:
    with pytest.raises(CannotBeAway, match="Kari Nordnes is not away, and no absence is planned"):
        back(replace(KARI, absences=(JULY,)), JULY.end)
