"""`vertsdesk slack-manifest`: what to paste when the app is made in Slack."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from argparse import _SubParsersAction as Commands
from urllib.parse import urlsplit

from bot.cli.answers import write_json
from bot.domain.people import Language
from bot.platforms.slack_manifest import manifest
from bot.texts import texts


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser(
        "slack-manifest",
        help="print the manifest of the Slack app: what it listens to and may do",
        description="Print the manifest of the Slack app. Paste it at Slack's «Create New App», "
        "«From a manifest». Without --url the app uses Socket Mode, which needs no address.",
    )
    parser.add_argument(
        "--url", type=_address, metavar="https://…", help="our own address, which Slack can reach"
    )
    parser.add_argument(
        "--language",
        type=Language,
        choices=list(Language),
        default=Language.NB,
        help="the language of the commands' descriptions (default: nb)",
    )
    parser.set_defaults(run=_print_manifest)


def _print_manifest(words: Namespace) -> int:
    write_json(manifest(texts(words.language), words.url))
    return 0


def _address(words: str) -> str:
    parts = urlsplit(words)
    if parts.scheme != "https" or not parts.netloc:
        raise ArgumentTypeError(f"Slack calls only addresses that begin with https://, not {words}")
    return words
