"""The month's report goes to managers: with what comes along, to whom, and once on many workers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.cards.blocks import Heading, Link, Picture, Text
from bot.cards.detour import words_of
from bot.domain.measures import Promise, Row
from bot.domain.people import Language, Person, PersonId, Platform, Role
from bot.domain.sharing import Sharing, SharingRule
from bot.outside import Outside, message_of
from bot.render.pdf import pdf
from bot.reports.audience import told_monthly
from bot.reports.one_page import Waiting, one_page
from bot.reports.one_page_card import one_page_card
from bot.reports.seal import read_seal
from bot.texts import texts
from schedules.monthly_report import monthly_report
from storage.database import Database
from storage.mail import Mail
from tests.helpdesk import Helpdesk
from tests.reports.office import BOOK, MARCH, report, spring
from tests.stories import AGREEMENT, Story, answered

SECOND_WORKING_DAY = datetime(2026, 4, 7, 6, tzinfo=UTC)  # 08:00 in Oslo
DESK = "https://desk.example"
YEAR = timedelta(days=365)


class PostOffice:
    """A mail server that is never asked: what it would be given lies in the mail box."""

    sender = "desk@alstahaug.example"

    def send(self, mail: Mail) -> None:
        raise AssertionError(mail.subject)


def person(name: str, municipality: str | None, *roles: str) -> Person:
    return Person(
        id=PersonId(name), name=name, municipality=municipality, roles=frozenset({"asker", *roles})
    )


@pytest.fixture
def april(helpdesk: Helpdesk) -> Helpdesk:
    """It is the second working day of April; Terje manages Dønna, Geir Alstahaug, the host."""
    spring(helpdesk.desk.database)
    helpdesk.has("Terje", of="donna", roles={"manager"}, language=Language.NN)
    helpdesk.has("Geir", of="alstahaug", roles={"manager"})
    helpdesk.now = SECOND_WORKING_DAY
    return helpdesk


def rings(helpdesk: Helpdesk) -> None:
    monthly_report(helpdesk.desk)
    helpdesk.delivers()


def test_of_four_workers_one_sends_it(april: Helpdesk) -> None:
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: monthly_report(april.desk), range(4)))
    april.delivers()
    assert april.hears("Terje") == ["På éi side: Dønna, mars 2026"]
    assert april.hears("Geir") == ["På én side: alle kommuner, mars 2026"]
    with april.desk.database.reading() as store:
        sent = {one.municipality: one for one in store.reports.sent("hald", MARCH)}
    assert sent.keys() == {None, "donna"}
    assert sent["donna"].figures == report(april.desk.database).seal(Language.NB).figures


def test_who_can_be_reached_by_page_and_e_mail_gets_all_three(april: Helpdesk) -> None:
    april.desk = replace(april.desk, outside=Outside(address=DESK, mailer=PostOffice()))
    rings(april)
    [card] = april.cards_heard("Terje")
    assert april.hears("Geir")
    assert [block.address.startswith(DESK) for block in card.body if isinstance(block, Picture)]
    assert [block.address for block in card.body if isinstance(block, Link)] == [
        f"{DESK}/figures?from=2026-03-01&to=2026-03-31&municipality=donna",
        f"{DESK}/reports/2026-03/donna.pdf",
    ]
    with april.desk.database.transaction() as store:
        mails = {mail.to: mail for mail in store.mail.claim(april.now)}
    mail = mails["terje@donna.example"]
    assert mail.subject == card.title
    assert mail.attached
    name, content = mail.attached
    seal = read_seal(content)
    assert (name, seal.municipality, seal.language) == (
        "hald-2026-03-donna.pdf",
        "donna",
        Language.NN,
    )
    [attached] = message_of(mail, PostOffice.sender).iter_attachments()
    assert (attached.get_content_type(), attached.get_content()) == ("application/pdf", content)


@pytest.mark.parametrize(
    "when",
    [
        datetime(2026, 4, 1, 8, tzinfo=UTC),  # the first working day
        datetime(2026, 4, 7, 4, tzinfo=UTC),  # before opening
        datetime(2026, 4, 11, 9, tzinfo=UTC),  # a Saturday
        SECOND_WORKING_DAY + YEAR + timedelta(days=30),  # nobody has asked for a year
    ],
)
def test_it_is_quiet(april: Helpdesk, when: datetime) -> None:
    april.now = when
    rings(april)
    assert april.hears("Terje") == april.hears("Geir") == []


def test_a_worker_that_was_down_that_day_tells_of_it_later(april: Helpdesk) -> None:
    april.now += timedelta(days=9)
    rings(april)
    assert len(april.hears("Terje") + april.hears("Geir")) == 2


def test_whom_it_is_told_to_follows_the_rule_for_sharing() -> None:
    people = [
        person("lead", "alstahaug", Role.LEAD),
        person("boss", "alstahaug", Role.MANAGER),
        person("donna's", "donna", Role.MANAGER),
        person("director", "donna", "municipal-director"),
        person("host's director", "alstahaug", "municipal-director"),
        person("admin", "donna", Role.ADMIN),
        person("asker", "donna"),
        person("nobody's", None, Role.MANAGER),
        person("team", "alstahaug", Role.HOST_TEAM),
    ]
    told = {of: [one.name for one in who] for of, who in told_monthly(people, AGREEMENT).items()}
    assert told == {
        None: ["lead", "boss"],
        "donna": ["donna's", "director"],
        "alstahaug": ["host's director"],
    }
    open_to_all = replace(AGREEMENT, sharing=SharingRule(members=Sharing.ALL))
    assert {one.name for one in told_monthly(people, open_to_all)[None]} >= {"donna's", "boss"}


def test_the_one_page_says_what_is_needed_and_names_nobody(desk: Database) -> None:
    with desk.transaction() as store:
        just_in_time = (230, answered)  # of 240 minutes
        asked_at = datetime(2026, 3, 16, 8, tzinfo=UTC)
        Story(municipality="donna", asked_at=asked_at, then=(just_in_time,)).is_stored(store)
    with desk.reading() as store:
        page = one_page(report(desk), store, BOOK)
    assert (page.nearly_answered, page.nearly_resolved) == (1, 0)
    assert (page.on_host.number, page.on_host.oldest) == (3, date(2026, 2, 5))
    assert page.on_municipality.number == page.on_third_party.number == 0
    for language in Language:
        say = texts(language)
        card = one_page_card(page, say)
        words = [block.text for block in card.body if isinstance(block, Text | Heading)]
        assert any(page.report.seal(language).fingerprint in text for text in words)
        assert "kari" not in card.model_dump_json().lower()
        file = pdf(card, language)
        assert file == pdf(one_page_card(page, say), language)
        assert b"/Count 1/" in file  # it is one page


def test_the_one_page_tells_what_is_to_be_decided_and_what_is_at_risk(desk: Database) -> None:
    with desk.reading() as store:
        page = one_page(report(desk), store, BOOK)
    month = page.report.of_month
    worse = replace(month, total=replace(month.total, resolution=Promise(in_time=1, late=1)))
    troubled = replace(
        page,
        report=replace(page.report, of_month=worse),
        before=Row(resolution=Promise(in_time=1)),
        on_municipality=Waiting(2, date(2026, 3, 3)),
        on_third_party=Waiting(1, date(2026, 3, 4)),
        red=("vat", "payments", "bank-reconciliation", "procurement-advice"),
        disputes=1,
        changes=2,
        proposed=("general-support",),
    )
    words = words_of(one_page_card(troubled, texts(Language.EN)))
    for told in (
        "Tickets: 2. The oldest is from 3 March 2026.",
        "Tickets that wait for a third party: 1.",
        "Tasks that rest on too few people: 4 (Merverdiavgift; Betalingsformidling;",
        "; +1).",
        "fell 50 percentage points from the month before.",
        "Disputes about whose task it is: 1.",
        "Decided changes that no version of the agreement has yet: 2.",
        "Tasks done without standing in the agreement, which belong in it: 1 (Løpende support",
    ):
        assert told in words


def test_a_picture_on_our_own_page_needs_no_address(april: Helpdesk) -> None:
    april.has("Web", of="donna", roles={"manager"}, on=Platform.WEB)
    rings(april)
    [card] = april.cards_heard("Web")
    assert len(april.hears("Terje") + april.hears("Geir")) == 2
    [picture] = [block for block in card.body if isinstance(block, Picture)]
    assert picture.address.startswith("/pictures/")
