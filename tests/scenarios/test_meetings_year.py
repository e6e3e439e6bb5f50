"""A whole year of meetings: every notice comes exactly once, and in working hours."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.people import Absence, PersonId
from tests.meetings.year import OSLO, STAFF, MeetingYear
from tests.office import AGREEMENT

NEW_YEAR = date(2026, 1, 1)
NEXT = date(2027, 1, 1)
TITLES = {"Innkalling": 14, "Påminnelse": 3, "I dag": 0}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


def is_away(name: str, start: str, end: str):
    def act(year: MeetingYear) -> None:
        absence = Absence(moment(start), moment(end), None)
        with year.desks[0].database.transaction() as store:
            store.people.add_absence(PersonId(name), absence)

    return act


ACTS = {
    date(2026, 3, 9): [is_away("Kari", "2026-03-09 07:00", "2026-03-13 16:00")],  # falls ill
    date(2026, 6, 1): [is_away("Liv", "2026-07-20 00:00", "2026-08-17 00:00")],  # summer
}
NEXT_JANUARY = "2027-01-12"  # its first notice comes on 29 December
FOLLOW_UPS = ("2026-01-13", "2026-03-10", "2026-05-12", "2026-08-11", "2026-10-13", "2026-12-08")
PAIRS = {"Herøy": ("Kari", "Ola"), "Dønna": ("Per", "Nils"), "Leirfjord": ("Liv", "Eli")}


def guests(municipality: str, day: str, days: int) -> set[str]:
    """Return who is to get a notice of a follow-up meeting, as people would work it out."""
    host, own = PAIRS[municipality]
    if (municipality, day, days) == ("Herøy", "2026-03-10", 0):
        host = "Per"  # the deputy, for Kari is ill
    if (municipality, day) == ("Leirfjord", "2026-08-11"):
        host = "Randi"  # the deputy, for Liv is on holiday
    return {host, own}


@pytest.fixture(params=["sqlite", "two workers"])
def year(request: pytest.FixtureRequest) -> MeetingYear:
    """Alone on SQLite, and two workers side by side on PostgreSQL."""
    kind, workers = ("sqlite", 1) if request.param == "sqlite" else ("postgres", 2)
    return MeetingYear(request.getfixturevalue(f"empty_{kind}"), NEW_YEAR, workers)


def test_every_notice_of_a_year_comes_once_and_in_working_hours(year: MeetingYear) -> None:
    year.passes(NEXT, ACTS)
    got = year.postman.got
    notices = [one for one in got if one.card.title.split(":")[0] in TITLES]

    assert year.restarts == 52
    assert [one for one in got if not AGREEMENT.calendar.is_open(one.at)] == []
    came = Counter((one.who, one.card.title, one.when) for one in notices)
    assert [key for key, number in came.items() if number > 1] == []
    assert Counter(agendas(got)).most_common(1)[0][1] == 1

    expected = Counter(follow_ups()) + Counter(of_all())
    assert Counter(told(notices)) == expected
    assert {one.who for one in notices} <= set(STAFF)
    assert all(is_soon_enough(one) for one in notices)
    assert {one.when.split("kl. ")[1] for one in notices if "Oppfølging" in one.card.title} == {
        "09.00–10.00"
    }  # winter and summer


def follow_ups() -> list[tuple[str, int, str]]:
    """Return the notices of three series. The first, in January, comes as soon as it can."""
    steps = [(day, days) for day in FOLLOW_UPS for days in (14, 3, 0)]
    return [
        (f"Oppfølgingsmøte med hver kommune: {name}", days, who)
        for name in PAIRS
        for day, days in [*steps, (NEXT_JANUARY, 14)]
        for who in guests(name, day, days)
    ]


def of_all() -> list[tuple[str, int, str]]:
    """Return the notices of two cooperation meetings and two of the directors'."""
    cooperation = ("Randi", "Mona", "Ola", "Nils", "Eli")
    directors = ("Dag", "Unni", "Mona")  # Mona calls them
    found = [
        ("Felles samarbeidsmøte for kommunene", days, who)
        for days in (14, 3, 0)
        for who in cooperation
    ]
    found += [("Kommunedirektørmøte", days, who) for days in (14, 3, 0) for who in directors]
    return found * 2


def told(notices) -> list[tuple[str, int, str]]:
    found = []
    for one in notices:
        tone, _, meeting = one.card.title.partition(": ")
        found.append((meeting, TITLES[tone], one.who))
    return found


def agendas(got) -> list[tuple[str, str, str]]:
    return [(g.who, g.card.title, g.when) for g in got if g.card.title.startswith("Agenda:")]


def is_soon_enough(one) -> bool:
    """Tell whether a notice came on its day, or on the last working day before it."""
    words = one.when.split(" kl.")[0].split(" ", 1)[1].replace(".", "").split()
    months = "januar februar mars april mai juni juli august september oktober november desember"
    month = months.split().index(words[1]) + 1
    held = date(2027 if month == 1 and one.at.month == 12 else 2026, month, int(words[0]))
    days = TITLES[one.card.title.split(":")[0]]
    if held == date(2026, 1, 13) and days == 14:
        return True
    due = held - timedelta(days=days)
    while not AGREEMENT.calendar.is_working_day(due):
        due -= timedelta(days=1)
    return one.at.astimezone(OSLO).date() == due
