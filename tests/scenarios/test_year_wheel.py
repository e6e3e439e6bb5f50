"""Nobody forgets the deadlines of the year: told in time, ticked off in the chat, told as late."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.agreements.book import AgreementBook
from bot.domain.agreement import Side
from bot.domain.people import Language
from bot.domain.year_wheel import occurrences
from bot.texts import texts
from bot.year import parse_year
from schedules.deadline_reminders import deadline_reminders
from tests.conftest import at_work, lent
from tests.helpdesk import AGREEMENT, Helpdesk
from tests.pretend_chat import IN_SLACK

OSLO = ZoneInfo("Europe/Oslo")
DAY = timedelta(days=1)
WHEEL = """\
[[deadlines]]
id = "annual-accounts"
task = "annual-accounts"
name = { nb = "Regnskapet avlegges", nn = "Rekneskapen blir lagd fram", en = "Accounts closed" }
basis = "statutory"
source = "kommuneloven § 14-6"
due = ["03-20"]
closed_day = "previous"
remind = [5, 1]
municipalities = ["heroy"]

[[deadlines]]
id = "annual-report"
task = "annual-report"
name = { nb = "Årsberetningen avgis", nn = "Årsmeldinga blir gitt", en = "Annual report given" }
basis = "statutory"
source = "kommuneloven § 14-7"
due = ["03-31"]
closed_day = "previous"
remind = [3, 0]
municipalities = ["heroy", "leirfjord"]
"""
ACCOUNTS = "Herøy: Regnskapet avlegges. Fristen er fredag 20. mars 2026."
REPORT = "Herøy: Årsberetningen avgis. Fristen er tirsdag 31. mars 2026."


def in_force(desk: Helpdesk, wheel: str = WHEEL) -> None:
    year = parse_year(wheel, "year.toml", AGREEMENT)
    desk.starts_again(AgreementBook([AGREEMENT], year=year))


@pytest.fixture
def desk(helpdesk: Helpdesk) -> Helpdesk:
    """Turid and Siri have the partners' own tasks, in Herøy and in Leirfjord."""
    helpdesk.opens()
    helpdesk.has("Turid", of="heroy", roles={"asker", "own-contact"})
    helpdesk.has("Siri", of="leirfjord", roles={"asker", "own-contact"}, language=Language.NN)
    in_force(helpdesk)
    return helpdesk


def on(desk: Helpdesk, day: date, hour: int = 9) -> None:
    """Let the clock ring on *day* at *hour*, local time, for two workers."""
    desk.now = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO).astimezone(UTC)
    deadline_reminders(desk.desk)
    deadline_reminders(desk.desk)
    desk.delivers()


def test_the_contact_is_reminded_of_the_hosts_deadline_in_opening_hours(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 13), hour=7)  # the fifth working day before; not open yet
    assert desk.hears("Kari") == []

    on(desk, date(2026, 3, 13))
    [told] = desk.reads("Kari")
    assert told.startswith("Påminnelse om en frist")
    assert ACCOUNTS in told
    assert "Vertskommunens ansvar · Lovpålagt: kommuneloven § 14-6" in told

    on(desk, date(2026, 3, 13), hour=14)
    on(desk, date(2026, 3, 16))
    assert desk.hears("Kari") == desk.hears("Turid") == desk.hears("Ola") == []


def test_each_municipality_is_reminded_of_its_own_in_its_own_language(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 26))
    desk.hears("Kari")  # the accounts, which are late

    [heroy], [leirfjord] = desk.reads("Turid"), desk.reads("Siri")
    assert REPORT in heroy
    assert "Leirfjord" not in heroy
    assert "Leirfjord: Årsmeldinga blir gitt. Fristen er tysdag 31. mars 2026." in leirfjord
    assert "Herøy" not in leirfjord


def test_what_is_ticked_off_is_reminded_of_no_more_and_shows_who_and_when(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 13))
    desk.forgets()
    desk.presses("Kari", "year.tick")
    [told] = desk.reads("Kari")
    assert told.startswith("Fristen er krysset av")
    assert "Krysset av av Kari fredag 13. mars kl. 09.00." in told

    on(desk, date(2026, 3, 19))
    on(desk, date(2026, 3, 23))
    assert desk.hears("Kari") == []


def test_who_presses_second_reads_who_was_first_and_a_tick_can_be_taken_back(
    desk: Helpdesk,
) -> None:
    on(desk, date(2026, 3, 13))
    first = desk.button("Kari", "year.tick")
    desk.presses("Kari", "year.tick")
    desk.forgets()

    desk.now += timedelta(hours=1)
    desk.press("Randi", first)
    [told] = desk.reads("Randi")
    assert "Krysset av av Kari fredag 13. mars kl. 09.00." in told

    desk.presses("Randi", "year.untick")
    [told] = desk.reads("Randi")
    assert told.startswith("Fristen er åpen igjen")
    on(desk, date(2026, 3, 19))
    assert ACCOUNTS in desk.reads("Kari")[0]


def test_what_nobody_ticks_is_told_once_as_late_and_kept_for_the_agenda(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 19))
    desk.forgets()
    on(desk, date(2026, 3, 20))
    assert desk.hears("Kari") == []
    assert late(desk, "heroy") == []

    on(desk, date(2026, 3, 23))
    [told] = desk.reads("Kari")
    assert "Fristen var fredag 20. mars 2026, og ingen har krysset den av." in told
    on(desk, date(2026, 3, 24))
    assert desk.hears("Kari") == []

    assert late(desk, "heroy") == ["annual-accounts"]
    assert late(desk, "leirfjord") == []
    on(desk, date(2026, 4, 1))
    desk.forgets()
    assert late(desk, "leirfjord") == ["annual-report"]


def late(desk: Helpdesk, municipality: str) -> list[str]:
    today = desk.now.astimezone(OSLO).date()
    with desk.desk.database.reading() as store:
        return [kept.term.deadline for kept in store.year.late(municipality, today)]


def test_the_wheel_shows_ones_own_municipality_alone(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 12))
    desk.commands("Turid", "årshjul")
    desk.presses("Turid", "year.tick")
    desk.forgets()

    desk.commands("Siri", "arshjul")
    [leirfjord] = desk.reads("Siri")
    assert leirfjord.startswith("Årshjulet for Leirfjord")
    assert "Kryssa" not in leirfjord
    assert "Turid" not in leirfjord
    assert "Herøy" not in leirfjord

    desk.commands("Ola", "årshjul", "leirfjord")  # only the host's team may name another
    [heroy] = desk.reads("Ola")
    assert heroy.startswith("Årshjulet for Herøy")
    assert "Krysset av av Turid torsdag 12. mars kl. 09.00." in heroy
    assert "Leirfjord" not in heroy

    desk.commands("Kari", "årshjul", "Herøy")
    assert desk.reads("Kari")[0].startswith("Årshjulet for Herøy")


def test_nobody_ticks_off_another_municipalitys_deadline_or_learns_of_it(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 26))
    desk.forgets()
    button = desk.button("Turid", "year.tick")

    desk.press("Siri", button)
    assert desk.hears("Siri") == ["Den fristen finst ikkje i årshjulet."]
    desk.press("Ola", button)  # in Herøy, but it is not his to say
    assert desk.hears("Ola") == ["Denne fristen er det andre som krysser av."]
    for value in ("", "heroy", "heroy:annual-report:2026:03-32", "x:y:2026:03-31"):
        desk.press("Turid", button.model_copy(update={"value": value}))
    assert desk.hears("Turid") == ["Den fristen finnes ikke i årshjulet."] * 4

    with desk.desk.database.reading() as store:
        known = store.year.known("hald", date(2026, 1, 1)).values()
    assert [kept for kept in known if kept.met_at] == []


def test_where_nobody_is_there_to_be_told_the_host_is_and_says_why(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    in_force(helpdesk)
    on(helpdesk, date(2026, 3, 26))

    [told] = [words for words in helpdesk.reads("Liv") if "Årsmeldinga" in words]
    assert "Ingen i Leirfjord kan nåast om dette no." in told
    assert helpdesk.hears("Eli") == helpdesk.hears("Ola") == []
    helpdesk.forgets()


def test_after_a_stop_only_the_newest_reminder_is_given(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 12))
    on(desk, date(2026, 3, 19))
    assert desk.hears("Kari") == ["Påminnelse om en frist"]
    on(desk, date(2026, 8, 3))  # a long one
    [told] = desk.reads("Kari")
    assert "Fristen var fredag 20. mars 2026" in told
    desk.forgets()


def test_an_owner_moves_a_deadline_without_a_programmer(desk: Helpdesk) -> None:
    on(desk, date(2026, 3, 12))
    in_force(desk, WHEEL.replace('due = ["03-20"]', 'due = ["03-27"]'))

    on(desk, date(2026, 3, 13))
    assert desk.hears("Kari") == []
    on(desk, date(2026, 3, 20))
    assert "Fristen er fredag 27. mars 2026." in desk.reads("Kari")[0]
    on(desk, date(2026, 3, 23))
    assert desk.hears("Kari") == []  # the old day is nobody's any more


# A whole year, once on each database: what the chats draw is told above.


@pytest.fixture(params=["sqlite", "postgres"])
def year(request: pytest.FixtureRequest) -> Iterator[Helpdesk]:
    url = request.getfixturevalue(f"empty_{request.param}")
    with at_work(lent(url), IN_SLACK) as helpdesk:
        yield helpdesk.opens()


PEOPLE = ("Kari", "Per", "Liv", "Randi", "Turid", "Dag", "Siri", "Anne")
OWN = {"heroy": "Turid", "donna": "Dag", "leirfjord": "Siri", "alstahaug": "Anne"}
CONTACTS = {"heroy": "Kari", "donna": "Per", "leirfjord": "Liv", "alstahaug": "Randi"}


def test_in_a_whole_year_every_reminder_comes_exactly_once(year: Helpdesk) -> None:
    desk = year
    for municipality, name in OWN.items():
        desk.has(name, of=municipality, roles={"asker", "own-contact"})
    wheel = desk.desk.agreements.newest.year
    told: Counter[tuple[str, str]] = Counter()
    days: dict[tuple[str, str], list[date]] = {}
    day = date(2026, 1, 1)
    while day <= date(2026, 12, 31):
        if day.isoweekday() == 1:  # the process starts again each week
            desk.starts_again(AgreementBook([AGREEMENT], year=wheel))
        for hour in (6, 9, 12, 22):
            on(desk, day, hour)
            for who, line in heard(desk):
                assert hour == 9, "a reminder comes when the unit opens"
                told[who, line] += 1
                days.setdefault((who, line), []).append(day)
        day += DAY

    agreement = desk.desk.agreements.newest
    assert told == expected_lines(desk)
    [accounts] = [d for (who, line), d in days.items() if who == "Kari" and "Årsregnskapet" in line
                  and "Fristen er" in line]  # fmt: skip
    assert accounts == [date(2026, 1, 23), date(2026, 2, 6), date(2026, 2, 17), date(2026, 2, 19)]
    assert {agreement.calendar.is_working_day(one) for each in days.values() for one in each} == {
        True
    }


def heard(desk: Helpdesk) -> Iterator[tuple[str, str]]:
    for name in PEOPLE:
        for card in desk.chat_of(name).unheard.pop(name, []):
            for block in card.body:
                if block.kind == "text" and ". Fristen " in block.text:
                    yield name, block.text


def expected_lines(desk: Helpdesk) -> Counter[tuple[str, str]]:
    """Return each reminder of the year: as many as the file says, and one when it is late."""
    agreement, expected = desk.desk.agreements.newest, Counter()
    for one in occurrences(agreement, date(2026, 1, 1), date(2026, 12, 31)):
        member = one.term.municipality
        who = (CONTACTS if one.side is Side.HOST else OWN)[member]
        language = Language.NN if who == "Liv" else Language.NB
        say, name = texts(language), agreement.municipalities[member].name
        about = {"municipality": name, "name": one.deadline.words[language], "year": one.due.year}
        day = say.day(one.due)
        expected[who, say("year.due", day=day, **about)] = len(one.deadline.remind)
        if one.due < date(2026, 12, 31):
            expected[who, say("year.late", day=day, **about)] = 1
    return expected
