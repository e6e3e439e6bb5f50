"""What people write when they will be away, in three languages."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.absence_words import (
    AbsenceBackwards,
    AbsenceOver,
    AbsenceUnclear,
    is_back,
    read_absence,
    read_weekly,
)

OSLO = ZoneInfo("Europe/Oslo")
JULY, JULY_22 = "2026-07-01 00:00", "2026-07-22 00:00"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Monday at ten in Oslo


@pytest.mark.parametrize(
    ("words", "start", "end", "deputy"),
    [
        ("borte 1.–21. juli, Kari svarer", JULY, JULY_22, "Kari"),
        ("Borte 1.-21. juli; Kari Nordnes svarar.", JULY, JULY_22, "Kari Nordnes"),
        ("away 1–21 July, per@alstahaug.example answers", JULY, JULY_22, "per@alstahaug.example"),
        ("ferie 29. juni til 3. juli", "2026-06-29 00:00", "2026-07-04 00:00", ""),
        ("2026-07-01 til 2026-07-03", "2026-07-01 00:00", "2026-07-04 00:00", ""),
        ("fri 1.7.–3.7.", "2026-07-01 00:00", "2026-07-04 00:00", ""),
        ("borte 5.3.2026", "2026-03-05 00:00", "2026-03-06 00:00", ""),
        ("borte 20. desember til 5. januar", "2026-12-20 00:00", "2027-01-06 00:00", ""),
        ("borte 10. februar", "2027-02-10 00:00", "2027-02-11 00:00", ""),
        ("vekke i morgon", "2026-03-03 00:00", "2026-03-04 00:00", ""),
        ("borte i morgen før lunsj", "2026-03-03 00:00", "2026-03-03 12:00", ""),
        ("away tomorrow after lunch", "2026-03-03 12:00", "2026-03-04 00:00", ""),
        ("syk i dag", "2026-03-02 10:00", "2026-03-03 00:00", ""),
        ("sjuk i dag, Liv svarar", "2026-03-02 10:00", "2026-03-03 00:00", "Liv"),
        ("syk", "2026-03-02 10:00", "2026-03-05 00:00", ""),
        ("sick to 6. march", "2026-03-02 10:00", "2026-03-07 00:00", ""),
        ("syk til 6. mars", "2026-03-02 10:00", "2026-03-07 00:00", ""),
    ],
)  # fmt: skip
def test_it_is_understood(words: str, start: str, end: str, deputy: str) -> None:
    wish = read_absence(words, NOW, OSLO)

    local = [f"{moment.astimezone(OSLO):%Y-%m-%d %H:%M}" for moment in (wish.start, wish.end)]
    assert (local, wish.deputy) == ([start, end], deputy)


def test_midnight_is_the_one_on_the_wall_on_both_sides_of_a_change_of_clocks() -> None:
    wish = read_absence("borte 28.–29. mars", NOW, OSLO)

    assert wish.start == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert wish.end == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["borte", "borte en stund", "1.", "31. juni", "borte 1.–2.–3. juli", "5. mandag", ""]
)
def test_what_names_no_days_is_asked_about(words: str) -> None:
    with pytest.raises(AbsenceUnclear):
        read_absence(words, NOW, OSLO)


@pytest.mark.parametrize("words", ["borte 21.–1. juli", "2026-07-03 til 2026-07-01"])
def test_an_end_before_the_start_is_told(words: str) -> None:
    with pytest.raises(AbsenceBackwards):
        read_absence(words, NOW, OSLO)


def test_what_is_over_is_no_absence_any_more() -> None:
    with pytest.raises(AbsenceOver):
        read_absence("borte 2026-02-01 til 2026-02-03", NOW, OSLO)


@pytest.mark.parametrize("words", ["tilbake", "Attende", "back!", "frisk."])
def test_one_word_says_that_somebody_is_back(words: str) -> None:
    assert is_back(words)
    assert not is_back(f"borte og {words}")


@pytest.mark.parametrize(
    ("words", "first", "number", "hours", "deputy"),
    [
        ("borte hver fredag", "2026-03-06", 52, ("00:00", "00:00"), ""),
        ("fri kvar fredag, Liv svarar", "2026-03-06", 52, ("00:00", "00:00"), "Liv"),
        ("away every Friday until 27 March", "2026-03-06", 4, ("00:00", "00:00"), ""),
        ("hver onsdag etter lunsj til 18. mars", "2026-03-04", 3, ("12:00", "00:00"), ""),
        ("hver mandag før lunsj til 9. mars", "2026-03-02", 2, ("00:00", "12:00"), ""),
        ("borte hver tirsdag, onsdag og fredag til 6. mars", "2026-03-03", 3, None, ""),
    ],
)
def test_part_time_days_of_the_week_are_understood(
    words: str, first: str, number: int, hours: tuple[str, str] | None, deputy: str
) -> None:
    weekly = read_weekly(words, NOW, OSLO)

    assert weekly
    local = [[moment.astimezone(OSLO) for moment in span] for span in weekly.spans]
    assert (f"{local[0][0]:%Y-%m-%d}", len(local), weekly.deputy) == (first, number, deputy)
    assert {start.weekday() for start, _ in local} == weekly.weekdays
    if hours:
        assert {(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in local} == {hours}


def test_days_off_each_week_come_to_an_end() -> None:
    over = read_weekly("ikke hver fredag", NOW, OSLO)

    assert over
    assert over.is_over
    assert over.weekdays == {4}


@pytest.mark.parametrize("words", ["hver gang", "hver fredag en stund", "hver fredag og annen dag"])
def test_what_names_no_day_of_the_week_is_asked_about(words: str) -> None:
    with pytest.raises(AbsenceUnclear):
        read_weekly(words, NOW, OSLO)


def test_what_says_nothing_of_every_week_is_read_as_it_was() -> None:
    assert read_weekly("borte 1.–21. juli", NOW, OSLO) is None
    with pytest.raises(AbsenceOver):
        read_weekly("hver fredag til 2026-03-05", NOW, OSLO)
