"""How a report says what it holds: months, moments, and each kind of figure."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from bot.domain.people import Language
from bot.reports.document import Cell, Unit
from bot.reports.rounding import one_decimal
from bot.texts import Texts


def month_name(first: date, say: Texts) -> str:
    """Return e.g. «oktober 2026»."""
    return f"{say(f'month.{first.month}')} {first.year}"


def moment(local: datetime, say: Texts) -> str:
    """Return e.g. «1. november 2026 kl. 00.00»."""
    return say("moment", date=say.date(local.date()), time=say.clock(local.time()))


def written(cell: Cell, unit: Unit, say: Texts) -> str:
    """Return *cell* as people read it."""
    match cell:
        case None:
            return say("stats.no_figure")
        case timedelta():
            return say.duration(cell)
        case Fraction():
            decimal = one_decimal(cell)
            return decimal if say.language is Language.EN else decimal.replace(".", ",")
        case int():
            is_percent = unit is Unit.PERCENT
            return say("sla.percent", percent=cell) if is_percent else say.number(cell)
        case date():
            return month_name(cell, say)
        case _:
            return cell
