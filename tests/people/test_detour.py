"""When a chat does not take a card, its reader gets it in another; else the lead is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.people import Platform
from bot.outside import Outside
from schedules.deliver_mail import deliver_mail
from storage.mail import Mail
from tests.helpdesk import TEAM, VAT, Helpdesk

BLOCKED = "Teams answered 403: they have blocked the app"


@pytest.fixture
def town(helpdesk: Helpdesk) -> Helpdesk:
    """Ola has both chats, and asks in Teams; Siv has Teams alone."""
    helpdesk.opens()
    helpdesk.has("Ola", of="heroy", on=Platform.TEAMS)
    helpdesk.has("Siv", of="donna", on=Platform.TEAMS)
    return helpdesk


def read(town: Helpdesk, platform: Platform, name: str) -> list[str]:
    return [card.plain() for card in town.chats[platform].unheard.pop(name, [])]


def silent(town: Helpdesk) -> None:
    for chat in town.chats.values():
        chat.unheard.clear()


def test_a_receipt_that_is_refused_comes_in_the_other_chat(town: Helpdesk) -> None:
    town.chats[Platform.TEAMS].refuses["Ola"] = BLOCKED
    number = town.asks("Ola", VAT)
    [receipt] = read(town, Platform.SLACK, "Ola")
    assert number in receipt
    silent(town)


def test_the_answer_and_what_follows_go_there_too(town: Helpdesk) -> None:
    number = town.asks("Ola", VAT)
    silent(town)
    town.chats[Platform.TEAMS].refuses["Ola"] = BLOCKED
    town.answers("Kari", "Fristen er 10. april.")
    came = read(town, Platform.SLACK, "Ola")
    assert [number in card for card in came].count(True) >= 1, "the ticket's own card moved along"
    assert any("Fristen er 10. april." in card for card in came)
    town.answers("Kari", "Og husk vedlegget.")
    assert any("Og husk vedlegget." in card for card in read(town, Platform.SLACK, "Ola"))
    assert not any("kom ikke fram" in card for card in read(town, Platform.SLACK, TEAM))
    silent(town)


def test_a_reply_in_the_other_chat_belongs_to_the_ticket(town: Helpdesk) -> None:
    town.asks("Ola", VAT)
    town.chats[Platform.TEAMS].refuses["Ola"] = BLOCKED
    town.answers("Kari", "Fristen er 10. april.")
    silent(town)
    place = town.slot_place(None, "asker")
    assert place.platform is Platform.SLACK
    assert place.thread
    silent(town)


def test_who_has_no_other_chat_is_told_of_to_the_lead_once_a_day(town: Helpdesk) -> None:
    town.chats[Platform.TEAMS].refuses["Siv"] = BLOCKED
    town.asks("Siv", VAT)
    [told] = [card for card in read(town, Platform.SLACK, "Randi") if "Siv" in card]
    assert "Siv ble ikke nådd" in told
    assert BLOCKED in told
    town.asks("Siv", "Hvordan fører jeg moms på leasing av bil?")
    assert not [card for card in read(town, Platform.SLACK, "Randi") if "ble ikke nådd" in card]
    silent(town)


def test_words_of_the_team_that_reach_nobody_are_told_to_the_team(town: Helpdesk) -> None:
    town.asks("Siv", VAT)
    silent(town)
    town.chats[Platform.TEAMS].refuses["Siv"] = BLOCKED
    town.answers("Kari", "Fristen er 10. april.")
    assert any("kom ikke fram" in card for card in read(town, Platform.SLACK, TEAM))
    silent(town)


class Postman:
    """A mail server that takes everything."""

    sender = "desk@alstahaug.example"

    def __init__(self) -> None:
        self.sent: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.sent.append(mail)


def test_where_e_mail_is_set_up_it_is_the_last_way_and_no_lead_is_told(town: Helpdesk) -> None:
    postman = Postman()
    town.desk = replace(town.desk, outside=Outside(mailer=postman))
    town.starts_again(town.desk.agreements)
    town.chats[Platform.TEAMS].refuses["Siv"] = BLOCKED
    number = town.asks("Siv", VAT)
    deliver_mail(town.desk)
    [mail] = postman.sent
    assert (mail.to, number in mail.subject) == ("siv@donna.example", True)
    assert f"> {VAT}" in mail.text
    assert not [card for card in read(town, Platform.SLACK, "Randi") if "Siv" in card]
    silent(town)


def test_an_answer_by_e_mail_is_sent_and_told_to_the_team_since_nobody_knows_it_came(
    town: Helpdesk,
) -> None:
    postman = Postman()
    town.desk = replace(town.desk, outside=Outside(mailer=postman))
    town.starts_again(town.desk.agreements)
    town.asks("Siv", VAT)
    town.chats[Platform.TEAMS].refuses["Siv"] = BLOCKED
    town.answers("Kari", "Fristen er 10. april.")
    deliver_mail(town.desk)
    assert any("Fristen er 10. april." in mail.text for mail in postman.sent)
    assert any("kom ikke fram" in card for card in read(town, Platform.SLACK, TEAM))
    silent(town)


def test_when_the_other_chat_refuses_as_well_it_ends_there(town: Helpdesk) -> None:
    for platform in (Platform.TEAMS, Platform.SLACK):
        town.chats[platform].refuses["Ola"] = BLOCKED
    town.asks("Ola", VAT)
    town.passes(timedelta(minutes=1))
    assert [card for card in read(town, Platform.SLACK, "Randi") if "Ola ble ikke nådd" in card]
    silent(town)


def test_a_chat_that_is_away_for_a_while_is_waited_for(town: Helpdesk) -> None:
    town.chats[Platform.TEAMS].broken = True
    town.asks("Ola", VAT)
    assert read(town, Platform.SLACK, "Ola") == []
    town.chats[Platform.TEAMS].broken = False
    town.passes(timedelta(minutes=1))
    assert len(read(town, Platform.TEAMS, "Ola")) == 1
    silent(town)
