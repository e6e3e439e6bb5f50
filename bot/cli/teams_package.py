"""`vertsdesk teams-package`: the file that is uploaded to Teams."""

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from argparse import _SubParsersAction as Commands
from pathlib import Path

from bot.cli.answers import refused
from bot.teams_package.archive import package

GUID = re.compile(r"[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.(?!-)[a-z0-9-]{1,63})+", re.IGNORECASE)


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "teams-package",
        help="write the package of the Teams app: what it asks for, its words and pictures",
        description="Write the zip file that an administrator uploads under «Manage apps» in the "
        "Teams admin centre, or anybody under «Upload a custom app».",
    )
    parser.add_argument(
        "--app-id",
        type=_app_id,
        required=True,
        metavar="ID",
        help="the bot's id, as Entra shows it",
    )
    parser.add_argument(
        "--host",
        type=_host,
        required=True,
        metavar="desk.example",
        help="our own host name, which Teams reaches over https",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip")
    parser.set_defaults(run=_write)


def _write(words: Namespace) -> int:
    try:
        words.out.write_bytes(package(words.app_id, words.host))
    except OSError as error:
        return refused(f"{words.out} cannot be written: {error.strerror}")
    sys.stdout.write(f"{words.out} is ready to be uploaded to Teams\n")
    return 0


def _app_id(words: str) -> str:
    if not GUID.fullmatch(words):
        raise ArgumentTypeError(f"an app id has 8-4-4-4-12 signs, 0-9 a-f, not {words}")
    return words.lower()


def _host(words: str) -> str:
    if not HOST.fullmatch(words):
        raise ArgumentTypeError(f"a host is a name such as desk.example, not {words}")
    return words.lower()
