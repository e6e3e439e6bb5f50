"""What is found in a text and masked, and what is left alone."""

import csv
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.privacy import MASK, Kind, masked
from bot.understanding.knowledge import read
from tests.privacy.numbers import (
    ACCOUNT_AS_TYPED,
    CARD_AS_TYPED,
    IDENTITY_AS_TYPED,
    accounts,
    cards,
    identities,
    organisation_numbers,
    typed,
)
from tests.understanding.measure import HALD

LABELS = Path(__file__).parents[1] / "understanding" / "labels.csv"

AROUND = st.sampled_from(
    (
        "{}",
        "Fnr: {}.",
        "Gjelder {}, han flytta i mai",
        "Barnet ({}) står ikke på lista",
        "kan dere sjekke «{}»?",
        "Hun heter Kari\n{}\nog bor i Herøy",
        "ukjent person:{}",
        "Det er betalt 300 000 kr, og {} venter på svar",
        "Faktura 88213 gjelder {} i Dønna",
        "Kan dere betale ut til {} i dag? Ring meg på 99 99 99 99",
    )
)


def digits_in(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


@given(identities(), st.sampled_from(IDENTITY_AS_TYPED), AROUND)
@example("02013299997", "dddddd ddddd", "{}").via("the register's own example of 2032")
@example("30108299939", "dddddd ddddd", "{}").via("the register's own example of 2032")
def test_every_identity_number_is_found_however_it_is_typed(
    number: str, form: str, around: str
) -> None:
    text = around.format(typed(number, form))
    assert masked(text).text == around.format(MASK)
    assert Kind.IDENTITY in masked(text).kinds


@given(identities((0,)), st.sampled_from(("19", "20")))
def test_a_birth_date_with_its_whole_year_is_half_of_the_number(number: str, century: str) -> None:
    day, month, year, rest = number[:2], number[2:4], number[4:6], number[6:]
    for whole in (
        f"{day}.{month}.{century}{year} {rest}",
        f"{day}{month}{century}{year} {rest}",
        f"{century}{year}-{month}-{day}-{rest}",
    ):
        assert masked(f"gjelder {whole}, takk").text == f"gjelder {MASK}, takk"


@given(accounts(), st.sampled_from(ACCOUNT_AS_TYPED), AROUND)
def test_every_bank_account_is_found_however_it_is_typed(
    number: str, form: str, around: str
) -> None:
    assert masked(around.format(typed(number, form))).text == around.format(MASK)


@given(accounts(), st.sampled_from(("dddd dddd ddd", "dddd ddddddd", "dddd.dd.ddddd")))
def test_an_account_is_found_in_any_groups_after_the_word(number: str, form: str) -> None:
    text = "Betal til kontonr. {} innen fredag"
    assert masked(text.format(typed(number, form))) == masked(text.format(number))
    assert masked(text.format(number)).kinds == (Kind.ACCOUNT,)


@given(accounts(), st.sampled_from(("NOddddddddddddd", "NOdd dddd dddd ddd", "noddddddddddddd")))
def test_an_international_account_number_is_found(number: str, form: str) -> None:
    remainder = int(number + "232400") % 97  # N is 23, O is 24
    whole = f"{98 - remainder:02}{number}"
    for text in ("IBAN {}, takk", "den er {}"):
        found = masked(text.format(typed(whole, form)))
        assert digits_in(found.text) == ""
        assert found.kinds == (Kind.ACCOUNT,)


@pytest.mark.parametrize(
    "number",
    ["DE89 3704 0044 0532 0130 00", "GB82WEST12345698765432", "SE45 5000 0000 0583 9825 7466"],
)
def test_a_foreign_account_is_found_too(number: str) -> None:
    assert masked(f"Konsulenten vil ha det på {number}, går det?").text == (
        f"Konsulenten vil ha det på {MASK}, går det?"
    )


@given(st.data(), AROUND)
def test_every_card_is_found_however_it_is_typed(data: st.DataObject, around: str) -> None:
    number = data.draw(cards())
    form = data.draw(st.sampled_from(CARD_AS_TYPED[len(number)]))
    found = masked(around.format(typed(number, form)))
    assert found.text == around.format(MASK)
    assert found.kinds == (Kind.CARD,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("fnr 33333333333", Kind.IDENTITY),
        ("ugyldig id, f.eks. 44444444444", Kind.IDENTITY),
        ("Fødselsnr 99999912345, slå dei saman", Kind.IDENTITY),
        ("f.nr. 010190 1234 mangler et siffer", Kind.IDENTITY),
        ("fødselsnummeret er 111111 11111", Kind.IDENTITY),
        ("personnummer 12345", Kind.IDENTITY),
        ("DUF-nummer 200512345605", Kind.IDENTITY),
        ("fnr01010112345", Kind.IDENTITY),
        ("f\u00f8dt 01.01.90 12345", Kind.IDENTITY),
        ("fnr \uff10\uff11\uff10\uff11\uff10\uff11\uff11\uff12\uff13\uff14\uff15", Kind.IDENTITY),
        ("konto 1111 22 33300", Kind.ACCOUNT),
        ("ny skal være 1234.56.78901", Kind.ACCOUNT),
        ("kontonr 1234.56.7890", Kind.ACCOUNT),
        ("Kortet 1234 5678 9012 3456 virker ikke", Kind.CARD),
        ("det står 1111 2222 3333 4444", Kind.CARD),
        ("visa 4111-1111-1111-1112", Kind.CARD),
    ],
)
def test_a_number_of_the_right_form_is_found_though_its_check_digits_are_wrong(
    text: str, kind: Kind
) -> None:
    found = masked(text)
    assert found.kinds == (kind,)
    assert digits_in(found.text) == ""


def test_each_of_several_numbers_is_found_and_each_kind_is_told_once() -> None:
    text = "fnr 01010112345 og 02020212345, konto 1234.56.78901, faktura 88213"
    found = masked(text)
    assert found.text == f"fnr {MASK} og {MASK}, konto {MASK}, faktura 88213"
    assert found.kinds == (Kind.IDENTITY, Kind.ACCOUNT)


@given(st.text())
def test_what_is_masked_once_has_nothing_more_to_mask(text: str) -> None:
    once = masked(text)
    assert masked(once.text).kinds == ()
    assert bool(once.kinds) == (once.text != text)


PHONES = (
    "dddddddd",
    "dd dd dd dd",
    "ddd dd ddd",
    "+47 dd dd dd dd",
    "+47dddddddd",
    "0047 dddddddd",
)


@given(st.from_regex(r"[2-9][0-9]{7}", fullmatch=True), st.sampled_from(PHONES))
def test_a_phone_number_is_left_alone(number: str, form: str) -> None:
    for text in ("Ring meg på {}, er du snill", "{}", "tlf. {} eller {}", "Vipps til {} 150 kr"):
        phone = text.replace("{}", typed(number, form))
        assert masked(phone).text == phone


@given(organisation_numbers(), st.sampled_from(("ddddddddd", "ddd ddd ddd", "ddd.ddd.ddd")))
def test_an_organisation_number_is_left_alone(number: str, form: str) -> None:
    for text in ("org.nr {}", "Orgnr: {} MVA", "{}", "NO {} MVA har sendt 14 fakturaer", "NO{}MVA"):
        organisation = text.replace("{}", typed(number, form))
        assert masked(organisation).text == organisation


@given(
    st.from_regex(r"[0-9]{2,25}", fullmatch=True),
    st.sampled_from(
        (
            "KID {}",
            "kid: {}",
            "KID-nummer {}",
            "kid-nr. er {}",
            "(KID {})",
            "med KID={}",
            "KID'en {} ble feil",
        )
    ),
)
def test_a_kid_is_left_alone(kid: str, text: str) -> None:
    assert masked(text.format(kid)).text == text.format(kid)


def test_a_list_of_kids_is_left_alone() -> None:
    text = "KID 12345678903, 22345678901 og 32345678909 mangler"
    assert masked(text).text == text


@given(
    st.integers(1, 10**12),
    st.sampled_from(
        ("faktura {}", "Fakturanr. {} er forfalt", "invoice no {}", "regninga {}", "faktura nr {}")
    ),
)
def test_an_invoice_number_is_left_alone(number: int, text: str) -> None:
    assert masked(text.format(number)).text == text.format(number)


@given(st.integers(1, 10**12), st.sampled_from((" ", ".", "\u00a0")))
def test_an_amount_is_left_alone(kroner: int, between: str) -> None:
    amount = f"{kroner:,}".replace(",", between)
    for text in ("kr {}", "{} kroner", "{},-", "budsjettert {} i år", "{} kr 31.12.2026"):
        assert masked(text.format(amount)).text == text.format(amount)


@given(st.dates(), st.times(), st.integers(1, 99_999))
def test_a_date_is_left_alone(day, time, number) -> None:
    for text in (
        f"Møte {day:%d.%m.%Y} kl. {time:%H.%M}",
        f"per {day:%d.%m.%y}: {number} kr",
        f"{day:%Y-%m-%d} {time:%H:%M:%S}",
        f"fra {day:%d.%m.%Y} - {day:%d.%m.%Y}",
    ):
        assert masked(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Folk Vippset oss (nummer 99 99 99), ganske mye også",
        "Leverandøren ringte fra 00 00 00 00 og sier faktura 4471 er ubetalt",
        "Faktura 88213 (KID 0088213000017) e attestert",
        "Ansvar 3320 3330 338, art 1115 2210 258",
        "Sak 2026/12345 og 2026/12346, jf. gnr 103 bnr 44",
        "1f0c2b44-4123-8123-9123-456789012345",
        "Bilag 20260012345 og bilag 20260012346",
        "se https://example.example/archives/C0123/p1700000000123456",
        "målepunkt 707057500012345678",
        "7080001234567",
        "12345678901 kr er mye",
        "Det var 12 345 678 901 i fjor",
        "Faktura_12345678901.pdf",
        "IMG_20260302_123456.jpg",
        "•••••••••••",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert masked(text).text == text


def test_of_four_hundred_questions_just_those_with_a_number_of_somebodys_are_found() -> None:
    with LABELS.open(encoding="utf-8", newline="") as file:
        personal = {row["id"] for row in csv.DictReader(file) if row["personal_data"] == "1"}
    asked = {one.id: one.text for one in read(HALD).examples if one.id in labelled()}
    assert len(personal) == 15
    assert {id_ for id_, text in asked.items() if masked(text).kinds} == personal


def labelled() -> set[str]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("text", ["1 " * 20_000, "1" * 40_000, "fnr 12 " * 6_000, "NO12 " * 8_000])
def test_a_page_of_digits_takes_no_time_worth_mentioning(text: str) -> None:
    started = process_time()
    masked(text)
    assert process_time() - started < 2
