"""Which digits can be an identity number, a bank account or a payment card, by their own rules."""

from datetime import date
from typing import Final

from stdnum import luhn
from stdnum.no import fodselsnummer, kontonr

IDENTITY: Final = 11  # digits
ACCOUNT: Final = 11
CARD: Final = range(14, 20)

# What is added to the month: nothing; in NPIDs; in H-numbers and NAV's test persons; in synthetic
# NPIDs; in Dolly's; in those of the National Registry (Tenor).
_MONTHS: Final = (0, 20, 40, 60, 65, 80)
_D_NUMBER: Final = 40  # added to the day
_WITHOUT_A_DATE: Final = "89"  # what an FH-number begins with
_FROM_2032: Final = 4  # remainders of the first check digit that are right in numbers from 2032 on
_NO_DIGIT: Final = 10
_WEIGHTS: Final = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)  # of an account's digits

# How the numbers of an issuer of cards begin, and how long they are (ISO/IEC 7812).
_ISSUERS: Final = (
    (4, 4, {16, 19}),
    (51, 55, {16}),
    (2221, 2720, {16}),
    (34, 34, {15}),
    (37, 37, {15}),
    (300, 305, {14}),
    (309, 309, {14}),
    (36, 36, {14}),
    (38, 39, {14}),
    (3528, 3589, {16}),
    (6011, 6011, {16, 19}),
    (62, 62, {16, 17, 18, 19}),
    (644, 659, {16, 19}),
    (50, 50, {16, 18, 19}),
    (56, 69, {16, 18, 19}),
)


def is_identity(digits: str, *, as_today: bool = False) -> bool:
    """Tell whether 11 *digits* can be a person's: by its date and both check digits.

    Fødselsnummer, D-, H- and FH-numbers, NPIDs and the synthetic series; the check digits are
    today's or those from 2032 on (skatteetaten.github.io/folkeregisteret-api-dokumentasjon).
    *as_today*: only as they are issued now.
    """
    if len(digits) != IDENTITY:
        return False
    if digits[0] in _WITHOUT_A_DATE:
        return not as_today and _checks(digits, 1)
    return _has_date(digits) and _checks(digits, 1 if as_today else _FROM_2032)


def is_account(digits: str) -> bool:
    """Tell whether *digits* are a Norwegian bank account: 11, of which the last is right."""
    if len(digits) != ACCOUNT:
        return False
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return weighed % 11 == 0 or kontonr.is_valid(
        digits
    )  # 0000 and seven digits: a postgiro account


def is_card(digits: str) -> bool:
    """Tell whether *digits* are a payment card's, by who issues it, its length, and Luhn's rule."""
    return luhn.is_valid(digits) and any(
        first <= int(digits[: len(str(first))]) <= last and len(digits) in lengths
        for first, last, lengths in _ISSUERS
    )


def _checks(digits: str, remainders: int) -> bool:
    first = int(fodselsnummer.calc_check_digit1(digits[:9]))  # 10 stands for no digit at all
    right = {(first + more) % 11 for more in range(remainders)} - {_NO_DIGIT}
    second = fodselsnummer.calc_check_digit2(digits[:10])
    return int(digits[9]) in right and second == digits[10]


def _has_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    if day > _D_NUMBER:
        day -= _D_NUMBER
    return any(_is_date(day, month - more, year) for more in _MONTHS)


def _is_date(day: int, month: int, year: int) -> bool:
    """Tell whether there is such a day in the year of some century: 29 February 1900 was not."""
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return True
    return False
