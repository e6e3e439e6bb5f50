"""`vertsdesk precedents list`: what meetings have decided about whose a task is, and what waits."""

import sys
from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Sequence

from bot.cli.answers import refusing, write_json
from bot.cli.installation import opened
from bot.domain.agreement import Agreement, Clause
from bot.domain.disputes import Dispute, Precedent


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("precedents", help="what meetings have decided about tasks")
    parts = parser.add_subparsers(required=True, metavar="PART")
    shown = parts.add_parser("list", help="list the precedents, and the disputes that wait")
    shown.add_argument("--open", action="store_true", help="only what waits for a meeting")
    shown.add_argument("--municipality", metavar="ID", help="what waits in this one alone")
    shown.add_argument("--json", action="store_true", help="answer in JSON")
    shown.set_defaults(run=_list)


@refusing()
def _list(words: Namespace) -> int:
    with opened() as (database, book), database.reading() as store:
        agreement = book.newest
        precedents = () if words.open else store.disputes.precedents(agreement.id)
        waiting = store.disputes.open(words.municipality)
    told = _told(precedents, waiting, agreement)
    if words.json:
        write_json(told)
    else:
        sys.stdout.write(f"{_lines(told)}\n")
    return 0


Told = dict[str, list[dict[str, str]]]


def _told(
    precedents: Sequence[Precedent], waiting: Sequence[Dispute], agreement: Agreement
) -> Told:
    return {
        "precedents": [_precedent(one, agreement) for one in precedents],
        "waiting": [_dispute(one, agreement) for one in waiting],
    }


def _precedent(one: Precedent, agreement: Agreement) -> dict[str, str]:
    return {
        "clause": _clause(one.clause),
        "task": _task(one.task, agreement),
        "verdict": one.verdict,
        "wording": one.wording,
        "date": agreement.calendar.local_date(one.at).isoformat(),
    }


def _dispute(one: Dispute, agreement: Agreement) -> dict[str, str]:
    return {
        "ticket": one.number,
        "municipality": one.municipality,
        "clause": _clause(one.clause),
        "task": _task(one.task, agreement),
        "by": "host" if one.by_host else "partner",
        "reason": one.reason,
        "date": agreement.calendar.local_date(one.at).isoformat(),
    }


def _clause(clause: Clause | None) -> str:
    return f"{clause.section} {clause.number}" if clause else ""


def _task(task: str, agreement: Agreement) -> str:
    known = agreement.tasks.get(task)
    return known.name if known else task


def _lines(told: Told) -> str:
    """Return the same as lines to read."""
    lines = []
    for title, entries in told.items():
        lines.append(f"{title.capitalize()}: {len(entries)}")
        lines += ["  " + " | ".join(filter(None, entry.values())) for entry in entries]
    return "\n".join(lines)
