"""Rounding: a fraction as people read it, the same on every machine."""

from fractions import Fraction

TENTHS = 10


def tenths(rate: Fraction) -> int:
    """Return *rate* in tenths, half of one rounded up."""
    return (rate * TENTHS + Fraction(1, 2)).__floor__()


def one_decimal(rate: Fraction) -> str:
    """Return e.g. «3.1»."""
    whole, rest = divmod(tenths(rate), TENTHS)
    return f"{whole}.{rest}"
