"""Files that people share: what a platform tells of one, what we take, and what becomes of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

FileId = NewType("FileId", UUID)
Scan = Callable[[str, bytes], Awaitable[bool]]  # tells whether a file, by name, is harmless

MEGABYTE = 1_000_000
OFFICE = "pdf docx xlsx pptx odt ods odp rtf txt csv xml json png jpg jpeg heic gif zip msg eml"


class FileState(StrEnum):
    """What has become of a file. A file of the team's own is held until somebody sends it."""

    HELD = "held"
    NOTED = "noted"  # to be fetched and looked at
    CHECKED = "checked"  # found harmless, and to be passed on
    PASSED = "passed"
    REFUSED = "refused"


class Wrong(StrEnum):
    """Why a file is not passed on."""

    TOO_LARGE = "too_large"
    ENDING = "ending"
    HARMFUL = "harmful"
    NOT_FETCHED = "not_fetched"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFile:
    """A file that came with a message. *size* is in bytes; None when the platform does not say.

    *source* is what the platform itself fetches it by. It may open the file to whoever has it, so
    it is never shown and never logged.
    """

    name: str
    source: str
    media_type: str = ""
    size: int | None = None

    @property
    def ending(self) -> str:
        """What the name ends in, in small letters and without the dot; empty when in nothing."""
        _, dot, ending = self.name.rpartition(".")
        return ending.strip().lower() if dot else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRules:
    """What we take: *largest* in bytes, names that end in *endings*; *scan* looks at each."""

    largest: int = 10 * MEGABYTE
    endings: frozenset[str] = frozenset(OFFICE.split())
    scan: Scan | None = None

    def wrong_with(self, file: SharedFile) -> Wrong | None:
        """Return what is wrong with *file*, as far as it can be told without fetching it."""
        if file.ending not in self.endings:
            return Wrong.ENDING
        return Wrong.TOO_LARGE if (file.size or 0) > self.largest else None
