"""The command line: `vertsdesk …`. One file per group of commands; this table is all of them.

A group is loaded when one of its commands is asked for: the clock need not wait for the web.
"""

import argparse
import sys
from collections.abc import Iterable
from importlib import import_module

GROUPS = {
    "demo": ("demo",),
    "running": ("serve", "work", "migrate"),
    "doctor": ("doctor",),
    "agreement": ("agreement",),
    "people": ("people",),
    "orders": ("orders",),
    "year": ("year",),
    "precedents": ("precedents",),
    "cover": ("cover",),
    "vulnerability": ("vulnerability",),
    "what_if": ("what-if",),
    "clock": ("clock",),
    "stats": ("stats",),
    "ledger": ("ledger",),
    "report": ("report",),
    "meetings": ("meetings",),
    "sign_ins": ("sign-ins",),
    "api_clients": ("api-clients",),
    "understand": ("understand",),
    "slack": ("slack-manifest",),
    "teams_package": ("teams-package",),
}


def main() -> None:
    """Run the command. It exits with 0 when all went well, 1 when not, 2 when misused."""
    parser = argparse.ArgumentParser(
        prog="vertsdesk", description="The helpdesk of shared services between municipalities."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in _needed(sys.argv[1:2]):
        import_module(f"bot.cli.{group}").add(commands)
    words = parser.parse_args()
    sys.exit(words.run(words))


def _needed(first: list[str]) -> Iterable[str]:
    """Return the group of the command that *first* names, or every group when it names none."""
    asked = [group for group, commands in GROUPS.items() if first and first[0] in commands]
    return asked or GROUPS
