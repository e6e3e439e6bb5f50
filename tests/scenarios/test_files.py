"""Files go both ways, looked at first; what is stopped is told of, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.files import FileRules
from bot.domain.people import Platform
from tests.helpdesk import INVOICE, TEAM, VAT, Helpdesk

MINUTE = timedelta(minutes=1)
LIST = ("bilag.xlsx", b"1;2;3")
HELD = "Filen ligger bare her, i teamets egen tråd"


def files(desk: Helpdesk, name: str) -> list[tuple[str, bytes]]:
    return [(file.name, file.content) for file in desk.chat_of(name).files[name]]


def looks_at_files(desk: Helpdesk, rules: FileRules) -> None:
    desk.desk = replace(desk.desk, files=rules)
    desk.starts_again(desk.desk.agreements)


def test_what_the_asker_shares_comes_to_the_team_and_the_contact(asked: Helpdesk) -> None:
    asked.replies("Ola", "Se vedlegg", files=[LIST])
    asked.carries_files()

    assert asked.hears("Kari") == ["Ola i Herøy skrev", "Ola i Herøy delte en fil"]
    assert files(asked, "Kari") == [LIST]
    if asked.pair.team is Platform.TEAMS:  # a bot can give files to people there, not to a channel
        assert asked.hears(TEAM) == ["Ola i Herøy skrev", "Filen bilag.xlsx er ikke sendt videre"]
    else:
        assert asked.hears(TEAM) == ["Ola i Herøy skrev", "Ola i Herøy delte en fil"]
        assert files(asked, TEAM) == [LIST]


def test_a_file_with_the_question_itself_comes_along(helpdesk: Helpdesk) -> None:
    helpdesk.opens()

    helpdesk.says("Ola", VAT, files=[LIST])
    helpdesk.carries_files()

    assert files(helpdesk, "Kari") == [LIST]
    helpdesk.forgets()


def test_a_file_waits_until_the_team_has_the_ticket(helpdesk: Helpdesk) -> None:
    helpdesk.opens()
    helpdesk.says("Ola", INVOICE, files=[LIST])
    helpdesk.carries_files()
    assert files(helpdesk, "Kari") == []

    helpdesk.presses("Ola", "asker.need_help")
    helpdesk.carries_files()

    assert files(helpdesk, "Kari") == [LIST]
    helpdesk.forgets()


@pytest.mark.parametrize("below", ["team", "contact"])
def test_a_file_of_the_teams_own_is_held_until_somebody_sends_it(
    asked: Helpdesk, below: str
) -> None:
    asked.replies("Kari", "Utkast", below=below, files=[LIST])
    asked.carries_files()
    assert files(asked, "Ola") == []
    where = TEAM if below == "team" else "Kari"
    assert HELD in asked.hears(where)
    asked.forgets()

    asked.now += MINUTE
    asked.presses("Kari", "file.send", on=where)
    assert asked.facts("Ola")["Første svar gitt"] == "mandag 2. mars kl. 09.01"
    asked.carries_files()
    asked.presses("Kari", "file.send", on=where)  # once is enough

    assert asked.hears("Ola") == ["Kari sender deg en fil"]
    assert files(asked, "Ola") == [LIST]
    assert asked.reads(TEAM) == ["Kari sendte spørreren en fil – bilag.xlsx"]


def test_an_asker_cannot_send_what_the_team_holds(asked: Helpdesk) -> None:
    asked.replies("Kari", "Utkast", below="team", files=[LIST])
    button = asked.button(TEAM, "file.send")

    asked.press("Ola", button)
    asked.press("Nils", button)

    assert asked.hears("Ola") == ["Bare teamet i vertskommunen kan gjøre dette."]
    assert asked.hears("Nils") == ["Denne saken finnes ikke, eller du har ikke tilgang til den."]
    asked.forgets()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (("virus.exe", b"MZ"), "Filer av dette slaget sender vi ikke videre."),
        (("uten-navn", b"1"), "Filer av dette slaget sender vi ikke videre."),
        (("stor.pdf", b"1" * 11), "Den er større enn 1 kB, som er det meste vi sender videre."),
        (("lite.pdf", b"harm"), "Den ble stoppet i kontrollen, fordi den kan gjøre skade."),
    ],
)
def test_a_file_that_is_stopped_is_told_of_on_both_sides(
    asked: Helpdesk, file: tuple[str, bytes], why: str
) -> None:
    async def scan(name: str, content: bytes) -> bool:
        return b"harm" not in content

    looks_at_files(asked, FileRules(largest=10, scan=scan))
    asked.replies("Ola", "Se vedlegg", files=[file])
    asked.carries_files()

    for name in ("Ola", TEAM):
        assert asked.reads(name)[-1] == (
            f"Filen {file[0]} er ikke sendt videre – {why} – Filen ligger fortsatt der Ola delte "
            "den. Del den på en annen måte hvis den trengs."
        )
    assert files(asked, TEAM) == files(asked, "Kari") == []
    asked.forgets()


def test_a_file_that_is_stopped_was_no_answer(asked: Helpdesk) -> None:
    asked.replies("Kari", "Utkast", below="team", files=[("virus.exe", b"MZ")])
    asked.presses("Kari", "file.send", on=TEAM)
    assert "Første svar gitt" in asked.facts("Ola")

    asked.carries_files()

    assert "Første svar gitt" not in asked.facts("Ola")
    assert asked.hears(TEAM)[-1] == "Filen virus.exe er ikke sendt videre"
    asked.forgets()


def test_a_chat_or_scanner_that_does_not_answer_is_asked_again(asked: Helpdesk) -> None:
    tries = []

    async def scan(name: str, content: bytes) -> bool:
        tries.append(name)
        if len(tries) < 3:
            raise ConnectionError
        return True

    looks_at_files(asked, FileRules(scan=scan))
    asked.replies("Ola", "Se vedlegg", files=[LIST])
    for _ in range(3):
        assert files(asked, "Kari") == []
        asked.passes(MINUTE)

    assert files(asked, "Kari") == [LIST]
    asked.forgets()


def test_what_no_scanner_has_looked_at_is_never_passed_on(asked: Helpdesk) -> None:
    async def scan(name: str, content: bytes) -> bool:
        raise ConnectionError

    looks_at_files(asked, FileRules(scan=scan))
    asked.replies("Ola", "Se vedlegg", files=[LIST])
    for _ in range(20):
        asked.passes(6 * MINUTE)

    assert files(asked, "Kari") == []
    assert "Vi fikk ikke kontrollert om den er trygg." in "".join(asked.reads("Ola"))
    asked.forgets()


def test_a_file_that_has_arrived_is_not_kept(asked: Helpdesk) -> None:
    asked.replies("Ola", "Se vedlegg", files=[LIST])
    asked.carries_files()
    asked.carries_files()

    with asked.desk.database.reading() as store:
        assert not store.files.is_any_left()
    asked.forgets()
