"""`vertsdesk serve`, `work` and `migrate`: what a Procfile asks for."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction

import uvicorn

from bot.app import create_web, run_worker
from bot.settings import Settings
from storage.database import Database

NOT_MIGRATED = "The database is not up to date. Run `vertsdesk migrate` first.\n"


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="answer the chats: the web process")
    serve.set_defaults(run=_serve)
    work = commands.add_parser("work", help="do what happens by itself: the worker process")
    work.set_defaults(run=_work)
    migrate = commands.add_parser("migrate", help="bring the database up to date")
    migrate.add_argument(
        "--check", action="store_true", help="change nothing; say how the tables differ (exit 1)"
    )
    migrate.set_defaults(run=_migrate)


def _serve(words: Namespace) -> int:
    settings = Settings()
    if _is_behind(settings):
        return 1
    uvicorn.run(create_web(settings), host=settings.host, port=settings.port, log_config=None)
    return 0


def _work(words: Namespace) -> int:
    settings = Settings()
    if _is_behind(settings):
        return 1
    asyncio.run(run_worker(settings))
    return 0


def _migrate(words: Namespace) -> int:
    database = Database(Settings().database_url)
    try:
        if words.check:
            return _checked(database)
        database.migrate()
    finally:
        database.close()
    return 0


def _checked(database: Database) -> int:
    differences = [] if database.is_current() else ["There are migrations to run."]
    differences += database.differences()
    sys.stdout.writelines(f"{line}\n" for line in differences)
    return 1 if differences else 0


def _is_behind(settings: Settings) -> bool:
    """Say what to run when the tables are not those that this program knows."""
    database = Database(settings.database_url)
    is_current = database.is_current()
    database.close()
    if not is_current:
        sys.stderr.write(NOT_MIGRATED)
    return not is_current
