"""How a database is, for those who set it up: can it be reached, and are its tables there?"""

from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from storage.database import Database

LONGEST = 200  # characters of what a driver says


class State(StrEnum):
    READY = "ready"
    BEHIND = "behind"  # some migration has not been run, or is unknown to this program
    MISSING = "missing"  # SQLite's file is not there yet
    UNREACHABLE = "unreachable"
    NO_ADDRESS = "no-address"


@dataclass(frozen=True, slots=True)
class Health:
    """*why* is what the driver said of a database that cannot be reached. It holds no password."""

    state: State
    why: str = ""


def health(url: str) -> Health:
    """Look at the database at *url*, without creating or changing anything."""
    try:
        file = _file(url)
        if file and not file.is_file():  # SQLite would make a new one
            return Health(State.MISSING)
        with closing(Database(url)) as database:
            return Health(State.READY if database.is_current() else State.BEHIND)
    except (ArgumentError, ValueError):  # what they say may show the address, with its password
        return Health(State.NO_ADDRESS)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error)
        return Health(State.UNREACHABLE, " ".join(said.split())[:LONGEST])


def _file(url: str) -> Path | None:
    """Return SQLite's file; None for a server.

    :raises ValueError: SQLite in memory, which would forget everything between two processes
    """
    where = make_url(url)
    if where.get_backend_name() != "sqlite":
        return None
    if where.database in {None, "", ":memory:"}:
        raise ValueError("in memory")
    return Path(str(where.database))
