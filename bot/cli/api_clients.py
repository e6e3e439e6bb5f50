"""`vertsdesk api-clients`: the programs that may read, and what."""

from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands

from bot.agreements.book import AgreementBook
from bot.cli.answers import CannotAnswer
from bot.cli.asked import municipality_asked
from bot.cli.installation import telling
from bot.clock import wall_clock
from bot.domain.letting_in import ApiScope
from storage.api_clients import ApiClient, NameTaken
from storage.database import Database

LONGEST_NAME = 40


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("api-clients", help="the programs that may read, and what")
    parts = parser.add_subparsers(required=True, metavar="PART")
    adding = parts.add_parser("add", help="let a program read; its token is shown this once")
    adding.add_argument("name", metavar="NAME", help="what the log calls it, such as dashboard")
    adding.add_argument(
        "--scope",
        action="append",
        required=True,
        choices=list(ApiScope),
        help="what it may read; may be given twice",
    )
    whose = adding.add_mutually_exclusive_group(required=True)
    whose.add_argument("--municipality", metavar="M", help="one member's alone, by name or id")
    whose.add_argument("--all", action="store_true", help="the whole cooperation's")
    adding.set_defaults(run=telling(let_in))
    parts.add_parser("list", help="every one, with what it may read").set_defaults(
        run=telling(listed)
    )
    revoking = parts.add_parser("revoke", help="let a program read no more")
    revoking.add_argument("name", metavar="NAME")
    revoking.set_defaults(run=telling(revoke))


def let_in(database: Database, book: AgreementBook, words: Namespace) -> str:
    """Add a program, and return the one text that ever holds its token.

    :raises CannotAnswer: it cannot be called that, or there is no such municipality
    """
    name = words.name.strip()
    if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
        raise CannotAnswer(f"a name has 1 to {LONGEST_NAME} signs")
    town = municipality_asked(words.municipality, book.newest)
    with database.transaction() as store:
        try:
            token = store.api_clients.add(name, words.scope, town, wall_clock())
        except NameTaken as taken:
            raise CannotAnswer(f'there is, or was, a program called "{name}"') from taken
    return (
        f"{token}\n\nThis is {name}'s token. It is shown this once, and not kept; it goes into"
        "\nthe header of each request: Authorization: Bearer TOKEN\n"
    )


def listed(database: Database, book: AgreementBook, words: Namespace) -> str:
    with database.reading() as store:
        return "".join(_line(client) for client in store.api_clients.all())


def revoke(database: Database, book: AgreementBook, words: Namespace) -> str:
    """Let a program read no more.

    :raises CannotAnswer: there is none of that name that can
    """
    with database.transaction() as store:
        if not store.api_clients.revoke(words.name.strip(), wall_clock()):
            raise CannotAnswer(f'no program called "{words.name}" may read; see `api-clients list`')
    return f"{words.name.strip()} may read no more.\n"


def _line(client: ApiClient) -> str:
    state = f"revoked {client.revoked_at:%Y-%m-%d}" if client.revoked_at else "may read"
    whose = client.municipality or "all"
    scopes = ", ".join(sorted(client.scopes))
    return f"{client.name:<{LONGEST_NAME}} {whose:<14} {scopes:<18} {state}\n"
