"""How many live in a municipality is a number, or several with the dates from which they hold."""

from datetime import date
from fractions import Fraction

from bot.agreements import parse_agreement, parse_file
from bot.agreements.changes import changes
from bot.domain.agreement import Municipality
from bot.domain.measures import per_thousand
from tests.agreements.small import SMALL, changed

DATED = "[{ from = 2027-01-01, number = 900 }, { from = 2028-01-01, number = 880 }]"
TWICE = changed("inhabitants = 900\n", f"inhabitants = {DATED}\n")


def towns(source: str) -> list[Municipality]:
    return list(parse_agreement(source, "small.toml").municipalities.values())


def test_a_number_alone_holds_at_all_times() -> None:
    big, _ = towns(SMALL)
    assert (big.inhabitants, big.inhabitants_on(date(1999, 1, 1))) == (9000, 9000)


def test_a_dated_number_holds_from_its_date_on() -> None:
    _, little = towns(TWICE)
    days = (date(2026, 5, 1), date(2027, 12, 31), date(2028, 1, 1), date(2040, 1, 1))
    assert [little.inhabitants_on(day) for day in days] == [900, 900, 880, 880]
    assert little.inhabitants == 880


def test_a_rate_is_counted_by_the_number_of_its_own_day() -> None:
    both = towns(TWICE)
    assert per_thousand(90, both, date(2027, 6, 1)) == Fraction(90_000, 9900)
    assert per_thousand(90, both, date(2028, 6, 1)) == Fraction(90_000, 9880)


def test_a_member_that_is_still_to_come_has_no_inhabitants_to_be_counted_by() -> None:
    both = towns(TWICE)  # the little one is served from March on
    assert per_thousand(90, both, date(2027, 2, 1)) == Fraction(90_000, 9000)
    assert per_thousand(0, both[1:], date(2027, 2, 1)) is None


def test_a_new_number_is_told_as_a_change() -> None:
    [change] = changes(parse_file(SMALL, "old.toml"), parse_file(TWICE, "new.toml"))
    assert (change.field, change.before) == ("inhabitants", "900")
    assert change.after == "900 (2027-01-01), 880 (2028-01-01)"
