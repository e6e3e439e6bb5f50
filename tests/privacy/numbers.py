"""Numbers by the issuers' own rules, and the ways in which people type them: for Hypothesis.

Written apart from the program, so that the two can disagree.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
ACCOUNT = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2, 1)
SPACES = (" ", "\u00a0", "\u202f")

IDENTITY_AS_TYPED = (
    "ddddddddddd",
    "dddddd ddddd",
    "dddddd-ddddd",
    "dddddd.ddddd",
    "dddddd - ddddd",
    "dddddd/ddddd",
    "dd.dd.dd ddddd",
    "dd.dd.dd-ddddd",
    "dd.dd.dd.ddddd",
    "dd dd dd ddddd",
    "dd-dd-dd ddddd",
    "dd/dd/dd ddddd",
    "dddddd ddd dd",
    "dd dd dd ddd dd",
    "d d d d d d d d d d d",
    "dddddd\u00a0ddddd",
    "dddddd\u2013ddddd",
    "dddddd\u200bddddd",
)
ACCOUNT_AS_TYPED = (
    "ddddddddddd",
    "dddd.dd.ddddd",
    "dddd dd ddddd",
    "dddd-dd-ddddd",
    "dddd\u00a0dd\u00a0ddddd",
    "dddd / dd / ddddd",
)
CARD_AS_TYPED = {
    14: ("d" * 14, "dddd dddddd dddd"),
    15: ("d" * 15, "dddd dddddd ddddd", "dddd-dddddd-ddddd"),
    16: ("d" * 16, "dddd dddd dddd dddd", "dddd-dddd-dddd-dddd", "dddd.dddd.dddd.dddd"),
    19: ("d" * 19, "dddd dddd dddd dddd ddd"),
}


def typed(digits: str, form: str) -> str:
    """Return *digits* in the *form* whose d's stand for them."""
    left = iter(digits)
    return "".join(next(left) if sign == "d" else sign for sign in form)


def weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(d) * weight for d, weight in zip(digits, weights, strict=False)) % 11


def ending(digits: str, is_right: Callable[[str], bool]) -> list[str]:
    """Return *digits* with each last digit that makes them right: none, one, or several."""
    return [whole for last in "0123456789" if is_right(whole := digits + last)]


def organisation_numbers() -> st.SearchStrategy[str]:
    def right(eight: str) -> list[str]:
        return ending(eight, lambda number: weighed(number, ORGANISATION) == 0)

    return st.from_regex(r"[89][0-9]{7}", fullmatch=True).map(right).filter(bool).map("".join)


def accounts() -> st.SearchStrategy[str]:
    def right(ten: str) -> list[str]:
        return ending(ten, lambda number: weighed(number, ACCOUNT) == 0)

    return st.from_regex(r"[0-9]{10}", fullmatch=True).map(right).filter(bool).map("".join)


@st.composite
def identities(draw: st.DrawFn, remainders: Sequence[int] = (0, 1, 2, 3)) -> str:
    """Draw one of any kind; a remainder other than 0 is of the rule that begins in 2032."""
    year, month = draw(st.integers(0, 99)), draw(st.integers(1, 12))
    century = 1900 if year > 40 else 2000
    day = draw(st.integers(1, monthrange(century + year, month)[1]))
    day += draw(st.sampled_from((0, 40)))
    month += draw(st.sampled_from((0, 40, 65, 80)))
    nine = f"{day:02}{month:02}{year:02}{draw(st.integers(0, 999)):03}"
    tens = ending(nine, lambda number: weighed(number, FIRST) in remainders)
    wholes = [
        whole for ten in tens for whole in ending(ten, lambda number: weighed(number, SECOND) == 0)
    ]
    return draw(st.sampled_from(wholes)) if wholes else draw(identities(remainders))


def luhn(number: str) -> bool:
    doubled = [int(d) * 2 for d in number[-2::-2]]
    plain = sum(int(d) for d in number[::-2])
    return (plain + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Draw a number of Visa, Mastercard, American Express, Diners Club, or Maestro."""
    begins, length = draw(
        st.sampled_from(
            (("4", 16), ("4", 19), ("52", 16), ("2300", 16), ("37", 15), ("36", 14), ("6759", 16))
        )
    )
    missing = length - len(begins) - 1
    rest = draw(st.text("0123456789", min_size=missing, max_size=missing))
    [number] = ending(begins + rest, luhn)
    return number
