"""Files that people share: what a platform tells of one, and what has become of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

FileId = NewType("FileId", UUID)


class FileState(StrEnum):
    """What has become of a file. A file of the team's own is held until somebody sends it."""

    HELD = "held"
    NOTED = "noted"  # to be fetched, looked at and passed on
    PASSED = "passed"
    REFUSED = "refused"


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
