"""`vertsdesk clock`: when something is due, and how much working time lies between two moments."""

import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path

from bot.agreements import HALD, AgreementError, find_agreement, read_agreement
from bot.cli import clock_tickets
from bot.cli.answers import refusing, write_json
from bot.cli.clock_words import CannotTell, read_time, read_work
from bot.domain.agreement import Agreement
from bot.domain.calendar import BeyondCalendar, Calendar
from bot.domain.explain import Line, lines_between
from bot.domain.sla import due_by

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class _Question:
    """One of the two commands: what it asks for beside a start, and how it is answered."""

    given: str
    wanted: str
    one: Callable[[Agreement, Namespace], None]


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    parser = commands.add_parser("clock", help="count working time by an agreement's calendar")
    clock = parser.add_subparsers(required=True, metavar="due|elapsed|why|rebuild")
    due = clock.add_parser("due", help="when is it due?")
    due.add_argument("--work", help="working time or working days, such as 4h, 90m, 1h30m or 3d")
    due.add_argument("--explain", action="store_true", help="list what counts and what does not")
    elapsed = clock.add_parser("elapsed", help="how much working time lies between?")
    elapsed.add_argument("--to", metavar="TIME")
    for command, question in (
        (due, _Question("work", "due", _due)),
        (elapsed, _Question("to", "seconds", _elapsed)),
    ):
        command.add_argument("--from", metavar="TIME", help="ISO 8601; local without an offset")
        command.add_argument("--agreement", default="hald", help="a name or a file (default: hald)")
        command.add_argument("--json", action="store_true", help="answer in JSON")
        command.add_argument(
            "--batch", type=Path, metavar="IN.csv", help=f"columns id,from,{question.given}"
        )
        command.add_argument(
            "--out", type=Path, metavar="OUT.csv", help=f"gets id,{question.wanted}; all or nothing"
        )
        command.set_defaults(run=partial(_run, question), misused=command.error)
    clock_tickets.add(clock)


@refusing(AgreementError, BeyondCalendar, CannotTell, OSError)
def _run(question: _Question, words: Namespace) -> int:
    _check(question, words)
    agreement = _agreement(words.agreement)
    if words.batch:
        # Loaded only now: one question need not wait for numpy.
        batch = import_module("bot.cli.clock_batch")
        rows = batch.answer_file(question.wanted, agreement.calendar, words.batch, words.out)
        if words.json:
            _write_json(agreement, {"out": str(words.out), "rows": rows})
    else:
        question.one(agreement, words)
    return 0


def _check(question: _Question, words: Namespace) -> None:
    single = [vars(words)[name] for name in ("from", question.given)]
    if words.batch and (words.out is None or vars(words).get("explain") or any(single)):
        words.misused(f"--batch needs --out, and takes no --from, --{question.given} or --explain")
    if not words.batch and (words.out or not all(single)):
        words.misused(f"write --from and --{question.given}, or else --batch and --out")


def _agreement(name: str) -> Agreement:
    """Read the agreement called *name* among our own, or else the file of that name."""
    path = find_agreement(name)
    if not path.is_file():
        ours = sorted(path.stem for path in HALD.parent.glob("*.toml"))
        raise CannotTell(f'no agreement "{name}": write {" or ".join(ours)}, or a file')
    return read_agreement(path)


def _due(agreement: Agreement, words: Namespace) -> None:
    calendar = agreement.calendar
    start = read_time(vars(words)["from"], calendar)
    due = due_by(calendar, start, read_work(words.work))
    lines = tuple(lines_between(calendar, start, due)) if words.explain else ()
    if words.json:
        local = due.astimezone(calendar.zone).isoformat()
        answer = {"from": start.isoformat(), "work": words.work, "due": due.isoformat()}
        refusing = {"lines": [_as_json(line) for line in lines]} if words.explain else {}
        _write_json(agreement, {**answer, "local": local, **refusing})
        return
    _write(due.isoformat(), f"{_local(calendar, due)} in {calendar.zone}")
    _write(*(_as_text(calendar, line) for line in lines))


def _elapsed(agreement: Agreement, words: Namespace) -> None:
    start, end = (read_time(vars(words)[name], agreement.calendar) for name in ("from", "to"))
    seconds = agreement.calendar.elapsed(start, end) // SECOND
    if words.json:
        asked = {"from": start.isoformat(), "to": end.isoformat()}
        _write_json(agreement, {**asked, "seconds": seconds})
    else:
        _write(f"{seconds} seconds of working time ({timedelta(seconds=seconds)})")


def _local(calendar: Calendar, moment: datetime) -> str:
    return f"{moment.astimezone(calendar.zone):%a %Y-%m-%d %H:%M:%S}"


def _as_text(calendar: Calendar, line: Line) -> str:
    counts = str(line.end - line.start) if line.counted else "-"
    span = f"{_local(calendar, line.start)}  {_local(calendar, line.end)}"
    return f"{span}  {counts:>8}  {line.name or line.reason}"


def _as_json(line: Line) -> dict[str, object]:
    return {
        "start": line.start.isoformat(),
        "end": line.end.isoformat(),
        "counted": line.counted,
        "reason": line.reason,
        "name": line.name,
    }


def _write_json(agreement: Agreement, answer: dict[str, object]) -> None:
    write_json({"agreement": agreement.id, "version": agreement.version, **answer})


def _write(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
