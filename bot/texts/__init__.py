"""Everything the bot can say. One file per language; a test keeps them in step."""

import tomllib
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.domain.people import Language

OSLO = ZoneInfo("Europe/Oslo")
MINUTE = timedelta(minutes=1)


class Texts:
    """The bot's words in one language: ``say("ticket.new", name="Kari")``.

    Moments and dates are told in *zone*, the cooperation's own, whatever clock they were kept in.
    """

    def __init__(self, language: Language, phrases: dict[str, str], zone: ZoneInfo = OSLO) -> None:
        self.language = language
        self.phrases = phrases
        self.zone = zone

    def __call__(self, key: str, **values: object) -> str:
        return self.phrases[key].format(**values)

    def knows(self, key: str) -> bool:
        return key in self.phrases

    def moment(self, moment: datetime) -> str:
        """Return e.g. «onsdag 7. april kl. 11.10»."""
        local = moment.astimezone(self.zone)
        return self("moment", date=self.day(local.date()), time=self.time(moment))

    def time(self, moment: datetime) -> str:
        return self.clock(moment.astimezone(self.zone).time())

    def clock(self, time: time_of_day) -> str:
        """Return a local time of day, e.g. «08.05»."""
        return self("time", hour=f"{time:%H}", minute=f"{time:%M}")

    def day(self, day: date) -> str:
        """Return e.g. «onsdag 7. april»."""
        weekday = self.phrases[f"weekday.{day.isoweekday()}"]
        return self("day", weekday=weekday, day=day.day, month=self.phrases[f"month.{day.month}"])

    def date(self, day: date) -> str:
        """Return e.g. «7. april 2026»."""
        return self("date", day=day.day, month=self.phrases[f"month.{day.month}"], year=day.year)

    def number(self, number: int) -> str:
        """Return e.g. «13 217»: thousands apart, by a space at which no line is broken."""
        return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")

    def duration(self, length: timedelta) -> str:
        """Return a length of working time, e.g. «2 t 15 min»; seconds are left out."""
        hours, minutes = divmod(length // MINUTE, 60)
        parts = [
            self(key, number=self.number(number))
            for key, number in (("duration.hours", hours), ("duration.minutes", minutes))
            if number
        ]
        return " ".join(parts) or self("duration.minutes", number=0)


@cache
def texts(language: Language) -> Texts:
    source = files(__name__).joinpath(f"{language}.toml").read_text("utf-8")
    return Texts(language, _flatten(tomllib.loads(source)))


def _flatten(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = str(value)
    return flat
