"""Finds the numbers in a text that are somebody's own: by their digits, and by the words before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.domain.privacy import Kind
from bot.privacy import words
from bot.privacy.check_digits import ACCOUNT, CARD, IDENTITY, is_account, is_card, is_identity
from bot.privacy.groups import REST, Written, numbers_from
from bot.privacy.iban import ibans
from bot.privacy.words import Says

_NEARLY: Final = range(IDENTITY - 1, IDENTITY + 2)  # a digit too few or too many
_HALVES: Final = (6, 5)
_BIRTH_DATE: Final = (2, 2, 2, 5)
_YEAR_LAST: Final = (2, 2, 4, 5)
_YEAR_FIRST: Final = (4, 2, 2, 5)
_EIGHT: Final = (8, 5)
_DATE_OF_FOUR: Final = 13  # digits, where the year has four
_IDENTITY_SHAPES: Final = {_HALVES, _BIRTH_DATE}
_ACCOUNT_SHAPE: Final = (4, 2, 5)
_CARD_SHAPES: Final = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3)}
_LARGEST_GROUP: Final = 6
_IBAN_REST: Final = 13  # digits after «NO»
_COUNTING: Final = "01234567890123456789"

Decide = Callable[[Written, str], Kind | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A number of somebody's, from *start* to *end* in the text."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What was said of the digits before, where they end, and how many they were."""

    says: Says
    end: int
    digits: int


_NO_GROUP: Final = _Told(Says.NOTHING, 0, 0)


def found(text: str) -> list[Found]:
    """Return every number of somebody's in *text*, in order, and never two in one place."""
    abroad = [Found(Kind.ACCOUNT, start, end) for start, end in ibans(text)]
    for one in abroad:
        text = text[: one.start] + "x" * (one.end - one.start) + text[one.end :]
    return sorted([*abroad, *_among_digits(text)], key=lambda one: one.start)


def _among_digits(text: str) -> Iterator[Found]:
    end, before = 0, _NO_GROUP
    for candidates in numbers_from(text):
        if not candidates or candidates[0].start < end:
            continue
        group = candidates[0]
        said = _said(text, before, group)
        before = _Told(said, end=group.end, digits=len(group.digits))
        for written in sorted(candidates, key=_in_order):
            if kind := _kind(written, said, text):
                yield Found(kind, written.start, written.end)
                end = written.end
                before = _Told(said, end=end, digits=len(written.digits))
                break


def _in_order(written: Written) -> tuple[bool, int]:
    """Eleven digits are looked for first, then as many as there are."""
    return len(written.digits) != IDENTITY, -len(written.digits)


def _said(text: str, before: "_Told", group: Written) -> Says:
    """Return what is said of the number that begins with *group*: also by the start of a list."""
    says = words.before(text, group.start)
    if says is not Says.NOTHING:
        return says
    is_others = before.says in {Says.ANOTHERS, Says.MOSTLY_ANOTHERS}
    if words.goes_on(text, before.end, group.start):
        is_alike = not is_others or before.digits == len(group.digits)
        return before.says if is_alike else Says.NOTHING
    is_rest = is_others and not any(sign.isalpha() for sign in text[before.end : group.start])
    return Says.MOSTLY_ANOTHERS if is_rest else Says.NOTHING


def _kind(written: Written, said: Says, text: str) -> Kind | None:
    if said is Says.ANOTHERS:
        return None
    if len(written.digits) == _IBAN_REST and words.is_after_no(text, written.start):
        return Kind.ACCOUNT
    if said is Says.MOSTLY_ANOTHERS:
        return _beyond_doubt(written)
    named = _NAMED.get(said)
    return (named(written, text) if named else None) or _unnamed(written, text)


def _beyond_doubt(written: Written) -> Kind | None:
    """Return what a number must be, though the word before it says that it is something else."""
    typed_so = written.is_solid or written.shape in _IDENTITY_SHAPES
    if typed_so and is_identity(written.digits, as_today=True):
        return Kind.IDENTITY
    has_dots = written.shape == _ACCOUNT_SHAPE and set(written.between) == {"."}
    return Kind.ACCOUNT if has_dots and is_account(written.digits) else None


def _named_identity(written: Written, text: str) -> Kind | None:
    digits, shape = written.digits, written.shape
    if len(digits) == REST:
        rest = written.is_solid and words.is_rest_of_identity(text, written.start)
        return Kind.IDENTITY if rest else None
    is_typed = written.is_solid or shape[0] == _LARGEST_GROUP or len(digits) == IDENTITY
    is_date_only = shape[:3] == _YEAR_LAST[:3]
    ours = len(digits) in _NEARLY and is_typed and written.is_close and not is_date_only
    return Kind.IDENTITY if ours else None


def _named_account(written: Written, text: str) -> Kind | None:
    is_typed = written.is_solid or written.shape[:2] == _ACCOUNT_SHAPE[:2]
    ours = is_account(written.digits) or (len(written.digits) in _NEARLY and is_typed)
    return Kind.ACCOUNT if ours and written.is_close else None


def _named_card(written: Written, text: str) -> Kind | None:
    return Kind.CARD if len(written.digits) in CARD and written.is_close else None


_NAMED: Final[dict[Says, Decide]] = {
    Says.IDENTITY: _named_identity,
    Says.ACCOUNT: _named_account,
    Says.CARD: _named_card,
}


def _unnamed(written: Written, text: str) -> Kind | None:
    """Return what a number is by itself, when no word before it tells."""
    if len(written.digits) == _DATE_OF_FOUR:
        return Kind.IDENTITY if _is_identity_with_whole_year(written) else None
    if len(written.digits) in CARD:
        return Kind.CARD if _is_card(written) else None
    if len(written.digits) != ACCOUNT or written.is_like_an_amount:
        return None
    is_amount = words.is_amount(text, written.end)
    if is_amount and not written.is_solid:
        return None
    if is_identity(written.digits) and _is_typed_as_identity(written):
        return Kind.IDENTITY
    return None if is_amount or not written.is_apart else _by_its_looks(written)


def _by_its_looks(written: Written) -> Kind | None:
    """Return what 11 digits are meant as, though no check digit may be right: a test number is."""
    if written.is_solid:
        return Kind.ACCOUNT if is_account(written.digits) else Kind.IDENTITY
    if written.shape == _ACCOUNT_SHAPE:
        is_typed = written.is_even and written.between[0] in {".", " ", "\u00a0"}
        return Kind.ACCOUNT if is_typed or is_account(written.digits) else None
    if written.shape in _IDENTITY_SHAPES and written.is_even and written.is_whole:
        return Kind.IDENTITY
    return None


def _is_typed_as_identity(written: Written) -> bool:
    """Tell whether people type one so: any way will do, if the number stands alone."""
    if written.is_solid or written.shape == _HALVES:
        return True
    is_grouped = written.is_whole and max(written.shape) <= _LARGEST_GROUP
    return written.is_close and (is_grouped or written.shape == _BIRTH_DATE)


def _is_identity_with_whole_year(written: Written) -> bool:
    """Tell of «01.02.1990 12345». Only as issued now: dates stand before other numbers too."""
    digits = written.digits
    if not written.is_close:
        return False
    if written.shape in {_YEAR_LAST, _EIGHT}:
        return is_identity(digits[:4] + digits[6:], as_today=True)
    if written.shape == _YEAR_FIRST:
        return is_identity(digits[6:8] + digits[4:6] + digits[2:4] + digits[8:], as_today=True)
    return False


def _is_card(written: Written) -> bool:
    if not written.is_close:
        return False
    if written.is_solid or written.shape in _CARD_SHAPES:
        return is_card(written.digits) or (written.is_even and _is_made_up(written))
    some = min(written.shape) > 2 and max(written.shape) <= _LARGEST_GROUP  # noqa: PLR2004
    return some and written.is_whole and is_card(written.digits)


def _is_made_up(written: Written) -> bool:
    """Tell of «1111 2222 3333 4444» and «1234 5678 9012 3456»: what stands in an example."""
    ends = [0, *(sum(written.shape[: n + 1]) for n in range(len(written.shape)))]
    groups = [written.digits[start:end] for start, end in pairwise(ends)]
    return written.digits in _COUNTING or (
        not written.is_solid and all(len(set(group)) == 1 for group in groups)
    )
