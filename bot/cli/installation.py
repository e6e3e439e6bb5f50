"""The installation that a command works with: its settings, its agreement and its database."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pydantic import ValidationError

from bot.agreements import HALD, AgreementError, read_agreement
from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer, refusing
from bot.settings import Settings
from storage.database import Database
from storage.health import State, health

Work = Callable[[Database, AgreementBook, Namespace], str]


@contextmanager
def opened() -> Iterator[tuple[Database, AgreementBook]]:
    """Open the installation's database, with the agreement that its settings name.

    :raises CannotAnswer: a setting is wrong, an agreement cannot be read, or the database
        is not there, is not up to date or cannot be reached
    """
    url = _settings().database_url
    try:
        book = AgreementBook([read_agreement(agreement_file())])
        _check(url)
        with closing(Database(url)) as database:
            yield database, book
    except AgreementError as error:
        raise CannotAnswer(str(error)) from error


def agreement_file() -> Path:
    """Return the file of the agreement that the settings name: HALD's, when they name none.

    :raises CannotAnswer: a setting is wrong
    """
    return _settings().agreement or HALD


def telling(work: Work, *refusals: type[Exception]) -> Callable[[Namespace], int]:
    """Return a command that writes what *work* answers; *refusals* are told as they are."""

    @refusing(*refusals)
    def run(words: Namespace) -> int:
        with opened() as (database, book):
            sys.stdout.write(work(database, book, words))
        return 0

    return run


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        raise CannotAnswer("a setting is wrong: run `vertsdesk doctor` to see which") from error


def _check(url: str) -> None:
    match health(url).state:
        case State.BEHIND | State.MISSING:
            raise CannotAnswer("the database is not ready: run `vertsdesk migrate`")
        case State.UNREACHABLE:
            raise CannotAnswer("the database cannot be used: run `vertsdesk doctor` to see why")
        case State.NO_ADDRESS:
            wrong = "VERTSDESK_DATABASE_URL is no address of a database"
            raise CannotAnswer(f"{wrong}; write sqlite:///vertsdesk.db or postgresql://…")
