"""From the second working day of a month, in opening hours: managers are told of the last one.

Once for each municipality and month, on any number of workers. Reports are made while nothing is
held; the row that says «sent» is kept in the same transaction as the letters.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.cards.blocks import Link
from bot.cards.detour import words_of
from bot.conversation import Desk, Say
from bot.domain.months import Month, to_be_told
from bot.domain.people import Language, Person
from bot.meetings.hall import agreement_now
from bot.post import post
from bot.reports.audience import told_monthly
from bot.reports.files import file_name, written
from bot.reports.making import make
from bot.reports.one_page import OnePage, one_page
from bot.reports.one_page_card import one_page_card
from bot.reports.pictures import page_of, picture_of, pictures_at, reached_at
from bot.reports.report import Report
from bot.reports.seal import EVERYBODY
from bot.texts import Texts, texts
from storage.database import Store
from storage.mail import Mail
from storage.reports import SentReport


def monthly_report(desk: Desk) -> None:
    now = desk.clock()
    with desk.database.reading() as store:
        agreement = agreement_now(desk.agreements, store, now)
        month = to_be_told(agreement.calendar.local_date(now), agreement.calendar)
        if month is None or not agreement.calendar.is_open(now):
            return
        sent = {one.municipality for one in store.reports.sent(agreement.id, month)}
        readers = told_monthly(store.people.everybody(), agreement)
    for municipality, people in readers.items():
        if municipality not in sent:
            _tell(municipality, people, month, desk, now)


def _tell(
    municipality: str | None, people: Sequence[Person], month: Month, desk: Desk, now: datetime
) -> None:
    """Make the report, and send it, unless another replica has done so in the meantime."""
    with desk.database.reading() as store:
        report = make(store, desk.agreements, month, municipality, now=now)
        if not report.of_year.total.asked:
            return  # nobody has asked anything for a year: there is nothing to tell of
        page = one_page(report, store, desk.agreements)
    pdfs = {language: written(report, "pdf", language) for language in _by_mail(people, desk)}
    with desk.database.transaction() as store:
        if store.reports.first(_sent(report, now)):
            for person in people:
                _tell_one(person, page, desk, store, now)
                if person.email and person.language in pdfs:
                    store.mail.put(_mail(person, page, pdfs[person.language]), now)


def _by_mail(people: Sequence[Person], desk: Desk) -> set[Language]:
    """Return in which languages the report goes by e-mail; in none where that is not set up."""
    return {person.language for person in people if person.email and desk.outside.mailer}


def _sent(report: Report, now: datetime) -> SentReport:
    seal = report.seal(Language.NB)
    return SentReport(
        cooperation=seal.cooperation,
        municipality=seal.municipality,
        month=seal.month,
        as_of=seal.as_of,
        log=seal.log,
        figures=seal.figures,
        sent_at=now,
    )


def _tell_one(person: Person, page: OnePage, desk: Desk, store: Store, now: datetime) -> None:
    place = store.people.place_of(person.id, desk.team.platform if desk.team else None)
    if place is None:
        return
    report, say = page.report, texts(person.language)
    base = reached_at(desk.outside.address, place.platform)
    links = [] if base is None else _links(report, base, say)
    at = pictures_at(desk.outside.address, place.platform)
    picture = None if at is None else picture_of(report.of_year, at, store, now, say)
    card = one_page_card(page, say, picture=picture, links=links)
    post([Say(to=place, card=card, once=_once(person, report))], store, now)


def _links(report: Report, base: str, say: Texts) -> list[Link]:
    whose = report.municipality or EVERYBODY
    file = f"{base}/reports/{report.month}/{whose}.pdf"
    return [
        Link(label=say("report.to_page"), address=page_of(report.of_month.scope, base)),
        Link(label=say("one_page.to_report"), address=file),
    ]


def _mail(person: Person, page: OnePage, pdf: bytes) -> Mail:
    say = texts(person.language)
    card = one_page_card(page, say)
    return Mail(
        once=_once(person, page.report),
        to=person.email,
        subject=card.title,
        text=f"{words_of(card)}\n{say('one_page.mail')}\n",
        attached=(file_name(page.report, "pdf"), pdf),
    )


def _once(person: Person, report: Report) -> str:
    return f"report:{report.month}:{report.municipality or EVERYBODY}:{person.id}"
