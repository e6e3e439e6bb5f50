"""How a database is, for those who set it up: can it be reached, and are its tables there?"""

from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database


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
        with closing(Database(url)) as database:
            if _is_missing(url):
                return Health(State.MISSING)
            return Health(State.READY if database.is_current() else State.BEHIND)
    except ValueError:  # what it says may show a part of the address, with the password
        return Health(State.NO_ADDRESS)
    except SQLAlchemyError as error:
        said = str(getattr(error, "orig", None) or error)
        return Health(State.UNREACHABLE, " ".join(said.split())[:200])


def _is_missing(url: str) -> bool:
    """Tell whether SQLite would make a new, empty file: a look must not do that."""
    where = make_url(url)
    return where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file()
