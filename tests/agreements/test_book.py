"""A ticket keeps the version it was asked under, and the latest one holds for the next."""

from datetime import UTC, date, datetime

import pytest

from bot.agreements import AgreementBook, parse_agreement
from tests.agreements.small import SMALL, changed

FIRST = parse_agreement(SMALL, "first.toml")
SECOND = parse_agreement(changed("2027-01-01", "2027-07-01"), "second.toml")
MENDED = parse_agreement(changed("2027-01-01", "2027-07-01") + "# mended\n", "mended.toml")


def test_a_version_holds_from_its_date_until_the_next() -> None:
    book = AgreementBook([SECOND, FIRST])
    assert book.current(date(2027, 6, 30)) is FIRST
    assert book.current(date(2027, 7, 1)) is SECOND
    assert book.current(date(2030, 1, 1)) is SECOND


def test_before_the_first_version_the_first_holds() -> None:
    assert AgreementBook([SECOND, FIRST]).current(date(2026, 1, 1)) is FIRST


def test_of_two_from_the_same_date_the_one_given_last_holds() -> None:
    day = date(2027, 7, 1)
    assert AgreementBook([FIRST, SECOND, MENDED]).current(day) is MENDED
    assert AgreementBook([FIRST, MENDED, SECOND]).current(day) is SECOND


def test_a_version_is_found_again_by_its_words() -> None:
    book = AgreementBook([FIRST, SECOND, MENDED])
    assert book.by_digest(SECOND.digest) is SECOND
    assert book.by_digest(MENDED.digest) is MENDED
    with pytest.raises(KeyError):
        book.by_digest("unheard of")


def test_a_new_version_holds_from_local_midnight_and_not_from_greenwichs() -> None:
    book = AgreementBook([FIRST, SECOND])
    assert book.current_at(datetime(2027, 6, 30, 21, 59, tzinfo=UTC)) is FIRST
    assert book.current_at(datetime(2027, 6, 30, 22, 0, tzinfo=UTC)) is SECOND
    assert book.newest is SECOND


def test_a_version_that_only_a_ticket_keeps_does_not_hold_for_new_ones() -> None:
    book = AgreementBook([FIRST])
    assert SECOND.digest not in book
    book.add(SECOND)
    assert SECOND.digest in book
    assert book.by_digest(SECOND.digest) is SECOND
    assert book.current(date(2030, 1, 1)) is FIRST


def test_a_book_without_a_version_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one version"):
        AgreementBook([])
