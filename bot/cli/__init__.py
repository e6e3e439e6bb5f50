"""The command line: `vertsdesk …`. One file per group of commands; this list is all of them."""

import argparse
import sys

from bot.cli import agreement, clock, demo, doctor, people, stats

GROUPS = (demo, doctor, agreement, people, clock, stats)


def main() -> None:
    """Run the command. The exit status is 0 when it went well, 1 when it did not, 2 when misused."""
    parser = argparse.ArgumentParser(
        prog="vertsdesk", description="The helpdesk of shared services between municipalities."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands)
    words = parser.parse_args()
    sys.exit(words.run(words))
