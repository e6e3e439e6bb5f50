"""Pictures on cards: an address that opens one, and the chart that is drawn when it is wanted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from bot.agreements.book import AgreementBook
from bot.cards.blocks import Picture
from bot.domain.measures import Measures, Scope
from bot.domain.people import Platform
from bot.measuring import measure
from bot.render.charts import Chart, png
from bot.reports.trend import trend_chart
from bot.texts import Texts, texts
from storage.database import Database, Store
from storage.pictures import PictureOf

AT = re.compile(r"/pictures/([\w-]+)\.png$", re.ASCII)


def reached_at(address: str | None, platform: Platform) -> str | None:
    """Return what the addresses of our pages begin with on *platform*; None: not to be reached.

    A chat needs *address*, our own outside; our own page needs none.
    """
    return address or ("" if platform is Platform.WEB else None)


def pictures_at(address: str | None, platform: Platform) -> str | None:
    """Return what the addresses of our pictures begin with on *platform*; None: it shows none.

    Teams fetches them at *address*, our own outside. Slack is handed them, and needs none.
    """
    return address or (None if platform is Platform.TEAMS else "")


def picture_of(of_year: Measures, base: str, store: Store, now: datetime, say: Texts) -> Picture:
    """Return a picture of the months in *of_year*, whose address begins with *base*."""
    towns = of_year.scope.municipalities
    wanted = PictureOf(
        cooperation=of_year.scope.cooperation,
        municipality=next(iter(towns)) if towns else None,
        period=of_year.scope.period,
        as_of=of_year.as_of,
        language=say.language,
    )
    key = store.pictures.keep(wanted, now)
    return Picture(address=f"{base}/pictures/{key}.png", alt=trend_chart(of_year, say).description)


def page_of(scope: Scope, base: str) -> str:
    """Return the address of the page with the figures of *scope*."""
    towns = scope.municipalities
    asked = {"from": str(scope.period.first), "to": str(scope.period.last)}
    only = {"municipality": next(iter(towns)) if towns else "*"}  # as the page says it
    return f"{base}/figures?{urlencode(asked | only)}"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws the picture that lies at an address of ours."""

    database: Database
    agreements: AgreementBook
    clock: Callable[[], datetime]

    def __call__(self, address: str) -> bytes | None:
        """Return the PNG at *address*; None when there is none, or not any more."""
        found = AT.search(address)
        return self.behind(found[1]) if found else None

    def behind(self, key: str) -> bytes | None:
        with self.database.reading() as store:
            wanted = store.pictures.of(key, self.clock())
            chart = _chart(wanted, store, self.agreements) if wanted else None
        return png(chart) if chart else None


def _chart(wanted: PictureOf, store: Store, book: AgreementBook) -> Chart:
    only = frozenset({wanted.municipality}) if wanted.municipality else None
    scope = Scope(cooperation=wanted.cooperation, period=wanted.period, municipalities=only)
    return trend_chart(measure(store, book, scope, wanted.as_of), texts(wanted.language))
