"""`vertsdesk precedents list`: what meetings have decided about whose a task is, and what waits."""

import json
import sys
from argparse import ArgumentParser, Namespace
from argparse import _SubParsersAction as Commands
from collections.abc import Sequence
from contextlib import closing

from bot.agreements import HALD, AgreementError, read_agreement
from bot.domain.agreement import Agreement, Clause
from bot.domain.disputes import Dispute, Precedent
from bot.settings import Settings
from storage.database import Database
from storage.engines import BadDatabaseUrl

NOT_READY = "the database is not ready: run `vertsdesk migrate`\n"


def add(commands: "Commands[ArgumentParser]") -> None:
    parser = commands.add_parser("precedents", help="what meetings have decided about tasks")
    parts = parser.add_subparsers(required=True, metavar="PART")
    shown = parts.add_parser("list", help="list the precedents, and the disputes that wait")
    shown.add_argument("--open", action="store_true", help="only what waits for a meeting")
    shown.add_argument("--municipality", metavar="ID", help="what waits in this one alone")
    shown.add_argument("--json", action="store_true", help="answer in JSON")
    shown.set_defaults(run=_list)


def _list(words: Namespace) -> int:
    settings = Settings()
    try:
        agreement = read_agreement(settings.agreement or HALD)
        with closing(Database(settings.database_url)) as database:
            if not database.is_current():
                sys.stderr.write(NOT_READY)
                return 1
            with database.reading() as store:
                precedents = () if words.open else store.disputes.precedents(agreement.id)
                waiting = store.disputes.open(words.municipality)
    except (AgreementError, BadDatabaseUrl) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    told = _told(precedents, waiting, agreement)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if words.json else _lines(told))
    sys.stdout.write("\n")
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
