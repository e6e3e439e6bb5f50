"""Pictures on cards: a chat fetches them by a key that nobody guesses, for as long as it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.domain.people import Language
from bot.domain.periods import Period
from storage.report_models import PictureRow

HELD = timedelta(days=60)  # a card that is older is scrolled back to by hardly anybody
KEY_LENGTH = 32  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOf:
    """The trend of the months in *period*, as of *as_of*. *municipality*: None for all together."""

    cooperation: str
    municipality: str | None
    period: Period
    as_of: datetime
    language: Language


class Pictures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, picture: PictureOf, now: datetime) -> str:
        """Keep what *picture* shows, and return the key to it, which is kept nowhere."""
        self._session.execute(delete(PictureRow).where(PictureRow.ends_at <= now))
        key = token_urlsafe(KEY_LENGTH)
        row = PictureRow(
            key=_hash(key),
            cooperation=picture.cooperation,
            municipality=picture.municipality,
            first=picture.period.first,
            last=picture.period.last,
            as_of=picture.as_of,
            language=picture.language.value,
            ends_at=now + HELD,
        )
        self._session.add(row)
        self._session.flush()
        return key

    def of(self, key: str, now: datetime) -> PictureOf | None:
        """Return what the picture behind *key* shows; None when there is none, or not any more."""
        row = self._session.get(PictureRow, _hash(key))
        if row is None or row.ends_at <= now:
            return None
        return PictureOf(
            cooperation=row.cooperation,
            municipality=row.municipality,
            period=Period(row.first, row.last),
            as_of=row.as_of,
            language=Language(row.language),
        )


def _hash(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
