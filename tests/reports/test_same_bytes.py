"""Two who hold a report of the same month hold the same file, and can see when they do not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.agreements import HALD, parse_agreement, read_source
from bot.agreements.book import AgreementBook
from bot.cli.recount import mend, recount
from bot.domain.people import Language
from bot.reports.files import MEDIA_TYPES, written
from bot.reports.making import NotOver, Unknown, book_of
from bot.reports.seal import NoSeal, read_seal
from bot.reports.verify import Finding, verify
from storage.database import Database
from tests.reports.office import LATER, MARCH, report
from tests.stories import AGREEMENT, Story, answered, resolved

HOUR = timedelta(hours=1)
VEGA = """
[[municipalities]]
id = "vega"
name = "Vega"
inhabitants = 1200
joined = 2026
contact = "contact-heroy"
domains = ["vega.example"]
"""
MARCH_TENTH = datetime(2026, 3, 10, 9, tzinfo=UTC)
every_ending = pytest.mark.parametrize("ending", sorted(MEDIA_TYPES))


def files(desk: Database, **more: object) -> dict[str, bytes]:
    made = report(desk, **more)
    return {ending: written(made, ending, Language.NB) for ending in MEDIA_TYPES}


def test_the_host_and_the_municipality_hold_the_same_file(desk: Database) -> None:
    assert files(desk, now=LATER) == files(desk, now=LATER + 300 * HOUR)


def test_it_is_the_same_after_every_ticket_was_counted_again(desk: Database) -> None:
    before = files(desk)
    for counted in list(recount(desk, AgreementBook([AGREEMENT]))):
        mend(desk, AgreementBook([AGREEMENT]), counted.ticket)
    assert files(desk) == before


def test_what_happens_later_does_not_change_it(desk: Database) -> None:
    before = files(desk)
    with desk.transaction() as store:
        waits = store.tickets.by_number("HALD-2026-0010")
        assert waits
        for happened in (answered(LATER), resolved(LATER + HOUR)):
            waits = store.tickets.record(waits, happened)
        Story(municipality="donna", asked_at=LATER).is_stored(store)
    assert files(desk) == before


def test_a_new_version_of_the_agreement_does_not_change_it(desk: Database) -> None:
    words = read_source(HALD).replace('name = "Dønna"', 'name = "Dønna 2"')
    words = words.replace("effective_from = 2026-01-01", "effective_from = 2026-04-15")
    words = words.replace("Mo-Fr 08:00-15:45", "Mo-Fr 10:00-12:00")
    words += VEGA
    newer = parse_agreement(words, "newer.toml")
    assert newer.effective_from > MARCH.period.last
    with desk.transaction() as store:
        store.agreements.keep(newer, words, LATER)
        book = book_of(newer, store)
    assert files(desk, book=book) == files(desk)
    assert files(desk, municipality=None, book=book) == files(desk, municipality=None)


@pytest.mark.parametrize("language", list(Language))
def test_the_fingerprint_is_the_same_in_every_language(desk: Database, language: Language) -> None:
    made = report(desk)
    assert made.seal(language).fingerprint == made.seal(Language.NB).fingerprint
    assert read_seal(written(made, "pdf", language)) == made.seal(language)


@every_ending
def test_every_file_tells_what_it_rests_on_and_is_found_to_be_the_same(
    desk: Database, ending: str
) -> None:
    made = report(desk)
    file = written(made, ending, Language.NB)
    seal = read_seal(file)
    assert seal == made.seal(Language.NB)
    assert verify(file, seal, made).finding is Finding.SAME


@every_ending
def test_a_file_that_was_changed_is_found_out(desk: Database, ending: str) -> None:
    made = report(desk)
    file = written(made, ending, Language.NB) + b" "
    assert verify(file, read_seal(file), made).finding is Finding.FILE


def test_a_past_that_was_changed_is_found_out(desk: Database) -> None:
    file = written(report(desk), "json", Language.NB)
    with desk.transaction() as store:
        Story(municipality="donna", asked_at=MARCH_TENTH).is_stored(store)
    assert verify(file, read_seal(file), report(desk)).finding is Finding.LOG


def test_figures_that_were_changed_with_their_hash_are_found_out(desk: Database) -> None:
    made = report(desk)
    seal = replace(made.seal(Language.NB), figures="0" * 64)
    assert verify(b"{" + str(seal).encode(), seal, made).finding is Finding.FIGURES


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x05\x06" + bytes(18),
        "vertsdesk-report/1 cooperation=hald month=2026-99 municipality=donna"
        f" as-of=2026-03-01T00:00:00Z language=nb log={'0' * 64} figures={'0' * 64}".encode(),
    ],
)
def test_what_is_no_report_is_not_taken_for_one(file: bytes) -> None:
    with pytest.raises(NoSeal):
        read_seal(file)


def test_a_broken_excel_file_is_no_report(desk: Database) -> None:
    file = bytearray(written(report(desk), "xlsx", Language.NB))
    place = file.index(b"vertsdesk-report/1")
    file[place + 30] ^= 1
    with pytest.raises(NoSeal):
        read_seal(bytes(file))


def test_a_month_that_is_not_over_is_reported_on_as_of_a_moment_alone(desk: Database) -> None:
    with pytest.raises(NotOver):
        report(desk, now=MARCH_TENTH)
    so_far = report(desk, now=MARCH_TENTH, as_of=MARCH_TENTH - 2 * HOUR)
    assert so_far.of_month.total.asked == 7


@pytest.mark.parametrize("as_of", [LATER + HOUR, datetime(2026, 2, 28, tzinfo=UTC)])
def test_a_moment_before_the_month_or_still_to_come_is_refused(
    desk: Database, as_of: datetime
) -> None:
    with pytest.raises(NotOver):
        report(desk, as_of=as_of)


def test_only_members_are_reported_on(desk: Database) -> None:
    with pytest.raises(Unknown):
        report(desk, "bodo")
