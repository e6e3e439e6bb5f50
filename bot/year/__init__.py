"""The yearly wheel as it stands in the agreement's folder, read once into the domain's own."""

from bot.year.reader import YEAR, parse_year, read_year

__all__ = ["YEAR", "parse_year", "read_year"]
