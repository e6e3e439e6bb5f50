"""One person with accounts in two chats is one person, once they have said so in both."""

from datetime import timedelta

import pytest

from bot.cards.blocks import Button
from bot.domain.people import Account, Person, Platform, Profile
from tests.helpdesk import VAT, Helpdesk

IN_TEAMS = "Ola in Teams"
HERS = Profile(name="Ola Nordmann", email="ola@heroy.example")


@pytest.fixture
def town(helpdesk: Helpdesk) -> Helpdesk:
    """Ola asks in Slack, and has Teams as well."""
    helpdesk.opens()
    helpdesk.meets(IN_TEAMS, on=Platform.TEAMS)
    return helpdesk


def who(town: Helpdesk, name: str) -> Person:
    with town.desk.database.reading() as store:
        person = store.people.by_account(town.account(name))
    assert person
    return person


def asked(town: Helpdesk, name: str) -> dict[str, Button]:
    """Return the buttons of the question whether they are the same, which *name* has got."""
    cards = [card for card in town.cards_heard(name) if "link.yes" in str(card)]
    assert len(cards) == 1, f"{name} was asked {len(cards)} times"
    return {button.action: button for button in cards[0].buttons()}


def linked(town: Helpdesk) -> None:
    """Let both accounts become one, with a code."""
    for name in ("Ola", IN_TEAMS):
        town.hears(name)
    town.commands("Ola", "koble")
    [card] = town.hears("Ola")
    code = card.split("/koble ")[1].split()[0]
    town.commands(IN_TEAMS, "koble", code)
    for name in ("Ola", IN_TEAMS):
        town.press(name, asked(town, name)["link.yes"])


def _answer(town: Helpdesk, number: str) -> Button:
    return town.button("Kari", "ticket.answer", on="team", task=str(town.ticket(number).id))


def silent(town: Helpdesk) -> None:
    for name in [*town.homes, "team"]:
        town.hears(name)


def test_the_same_address_places_a_newcomer_and_does_no_more(town: Helpdesk) -> None:
    town.asks("Ola", VAT)
    town.says(IN_TEAMS, VAT, profile=HERS)
    assert who(town, IN_TEAMS).municipality == "heroy"
    assert who(town, IN_TEAMS) != who(town, "Ola")
    assert "link.yes" in asked(town, "Ola")
    silent(town)


def test_an_address_gives_nobody_a_role(town: Helpdesk) -> None:
    kari = Profile(name="Kari", email="kari@alstahaug.example")
    town.meets("Kari in Teams", on=Platform.TEAMS)
    town.says("Kari in Teams", VAT, profile=kari)
    assert not who(town, "Kari in Teams").is_host_team
    for name in ("Kari", "Kari in Teams"):
        town.press(name, asked(town, name)["link.yes"])
    assert who(town, "Kari in Teams").is_host_team
    silent(town)


@pytest.mark.parametrize("first", ["Ola", IN_TEAMS])
def test_one_yes_is_not_enough_and_two_are(town: Helpdesk, first: str) -> None:
    town.says(IN_TEAMS, VAT, profile=HERS)
    second = IN_TEAMS if first == "Ola" else "Ola"
    town.press(first, asked(town, first)["link.yes"])
    assert who(town, IN_TEAMS) != who(town, "Ola")
    town.press(second, asked(town, second)["link.yes"])
    assert who(town, IN_TEAMS) == who(town, "Ola")
    assert who(town, "Ola").email == HERS.email
    silent(town)


def test_a_no_ends_it_and_a_later_yes_is_none(town: Helpdesk) -> None:
    town.says(IN_TEAMS, VAT, profile=HERS)
    yes = asked(town, IN_TEAMS)["link.yes"]
    town.press("Ola", asked(town, "Ola")["link.no"])
    town.press(IN_TEAMS, yes)
    assert who(town, IN_TEAMS) != who(town, "Ola")
    silent(town)


def test_nobody_else_can_say_yes(town: Helpdesk) -> None:
    town.says(IN_TEAMS, VAT, profile=HERS)
    yes = asked(town, "Ola")["link.yes"]
    for name in ("Nils", "Kari"):
        town.press(name, yes)
    town.press(IN_TEAMS, yes)
    assert who(town, IN_TEAMS) != who(town, "Ola")
    silent(town)


def test_linked_with_a_code_they_see_the_same_tickets_in_both(town: Helpdesk) -> None:
    first = town.asks("Ola", VAT)
    other = Profile(name="Ola N.", email="ola.n@heroy.example")
    town.says(IN_TEAMS, VAT, profile=other)
    second = town.newest_number()
    linked(town)
    for name in ("Ola", IN_TEAMS):
        page = town.opens_page(name).model_dump_json()
        assert first in page
        assert second in page
    silent(town)


def test_answers_come_where_the_question_was_asked(town: Helpdesk) -> None:
    town.asks("Ola", VAT)
    in_slack = town.newest_number()
    town.says(IN_TEAMS, VAT, profile=Profile(name="Ola N.", email="ola.n@heroy.example"))
    in_teams = town.newest_number()
    linked(town)
    silent(town)
    for number, home, elsewhere in ((in_slack, "Ola", IN_TEAMS), (in_teams, IN_TEAMS, "Ola")):
        town.press("Kari", _answer(town, number))
        town.fills_in("Kari", text=f"Svaret på {number}")
        assert any(f"Svaret på {number}" in card for card in town.reads(home))
        assert not any(number in card for card in town.reads(elsewhere))
    silent(town)


def test_what_was_asked_can_be_replied_to_and_withdrawn_afterwards(town: Helpdesk) -> None:
    town.says(IN_TEAMS, VAT, profile=Profile(name="Ola N.", email="ola.n@heroy.example"))
    number = town.newest_number()
    linked(town)
    town.replies(IN_TEAMS, "Det gjelder bare kommunen", number=number)
    assert any("Det gjelder bare kommunen" in str(event) for event in town.log(number))
    assert {event.by for event in town.log(number) if event.by} == {"Ola"}
    silent(town)


def test_a_code_is_for_a_quarter_of_an_hour_and_for_once(town: Helpdesk) -> None:
    town.says(IN_TEAMS, VAT, profile=Profile(name="Ola N.", email="ola.n@heroy.example"))
    silent(town)
    town.commands("Ola", "koble")
    code = town.hears("Ola")[0].split("/koble ")[1].split()[0]
    town.commands("Ola", "koble", code)
    assert town.hears("Ola") == ["Den koden kom herfra. Skriv den i den andre chatten."]
    town.passes(timedelta(minutes=16))
    town.commands(IN_TEAMS, "koble", code)
    assert "Den koden gjelder ikke" in town.hears(IN_TEAMS)[-1]
    town.commands(IN_TEAMS, "koble", "12345678")
    assert "Den koden gjelder ikke" in town.hears(IN_TEAMS)[-1]
    silent(town)


def test_two_municipalities_are_never_one_person(town: Helpdesk) -> None:
    town.commands("Ola", "koble")
    code = town.hears("Ola")[0].split("/koble ")[1].split()[0]
    town.commands("Nils", "koble", code)
    assert town.hears("Nils") == ["Kontoene hører til hver sin kommune og kan ikke kobles."]
    assert town.hears("Ola") == []


def test_two_with_roles_are_left_to_whoever_keeps_the_list(town: Helpdesk) -> None:
    town.commands("Kari", "koble")
    code = town.hears("Kari")[0].split("/koble ")[1].split()[0]
    town.commands("Per", "koble", code)
    assert town.hears("Per") == [
        "Begge har en rolle i medarbeiderlisten. Be den som styrer listen om å rette den."
    ]


def test_somebody_without_any_account_is_known_by_their_address(town: Helpdesk) -> None:
    """The list has them, no chat has yet: there is nobody else to ask."""
    siv = Person(id="Siv", name="Siv", email="siv@donna.example", municipality="donna")
    with town.desk.database.transaction() as store:
        store.people.introduce(siv)
    town.meets("Siv", on=Platform.TEAMS)
    town.says("Siv", VAT, profile=Profile(name="Siv", email="siv@donna.example"))
    assert who(town, "Siv").id == "Siv"
    assert town.account("Siv") == Account(Platform.TEAMS, "T", "Siv")
    silent(town)
