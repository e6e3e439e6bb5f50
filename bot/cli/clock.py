"""`vertsdesk clock`: when something is due, and how much working time lies between two moments."""

import csv
import json
import re
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.agreements import HALD, AgreementError, read_agreement
from bot.domain.agreement import Agreement, Promise, WorkingDays, WorkingTime
from bot.domain.calendar import BeyondCalendar, Calendar
from bot.domain.explain import Line, lines_between
from bot.domain.sla import due_by

HOURS_AND_MINUTES = re.compile(r"(?:([0-9]{1,5}) ?h)? ?(?:([0-9]{1,6}) ?m(?:in)?)?")
DAYS = re.compile(r"([0-9]{1,5}) ?d")
SECOND = timedelta(seconds=1)


class CannotTell(Exception):
    """A word or a row that has no answer. Says why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class _Question:
    """One of the two commands: what it asks for beside a start, and how a row is answered."""

    given: str
    wanted: str
    one: Callable[[Agreement, Namespace], None]
    row: Callable[[Calendar, datetime, str], str]


def add(commands: "_SubParsersAction[ArgumentParser]") -> None:
    parser = commands.add_parser("clock", help="count working time by an agreement's calendar")
    clock = parser.add_subparsers(required=True, metavar="due|elapsed")
    due = clock.add_parser("due", help="when is it due?")
    due.add_argument("--work", help="working time or working days, such as 4h, 90m, 1h30m or 3d")
    due.add_argument("--explain", action="store_true", help="list what counts and what does not")
    elapsed = clock.add_parser("elapsed", help="how much working time lies between?")
    elapsed.add_argument("--to", metavar="TIME")
    for command, question in (
        (due, _Question("work", "due", _due, _due_of_row)),
        (elapsed, _Question("to", "seconds", _elapsed, _elapsed_of_row)),
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


def read_time(written: str, calendar: Calendar | None = None) -> datetime:
    """Return *written*, ISO 8601, in UTC. Without an offset it is local time in the *calendar*.

    :raises CannotTell: it is no time, has no offset and no *calendar* to read it in, or is local
        time that the clock shows twice or never
    """
    try:
        moment = datetime.fromisoformat(written)
        if moment.tzinfo is None:
            moment = _placed(moment, calendar)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise CannotTell(f'"{written}" is not a time; write 2026-04-01T11:10+02:00') from None


def read_work(written: str) -> Promise:
    """Return what *written* promises: 4h, 90m and 1h30m are working time, 3d is working days.

    :raises CannotTell: it is neither, or nothing at all
    """
    if (days := DAYS.fullmatch(written)) and int(days[1]):
        return WorkingDays(int(days[1]))
    if time := HOURS_AND_MINUTES.fullmatch(written):
        length = timedelta(hours=int(time[1] or 0), minutes=int(time[2] or 0))
        if length:
            return WorkingTime(length)
    raise CannotTell(f'"{written}" is not working time; write 4h, 90m, 1h30m or 3d')


def _placed(moment: datetime, calendar: Calendar | None) -> datetime:
    """Put local time on the line of time, if there is exactly one place for it."""
    if calendar is None:
        raise CannotTell(f'"{moment.isoformat()}" has no offset; write +02:00 or Z after it')
    first, second = (moment.replace(tzinfo=calendar.zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        is_twice = first.astimezone(UTC) < second.astimezone(UTC)
        raise CannotTell(
            f"{moment.isoformat()} {'comes twice' if is_twice else 'does not exist'} "
            f"in {calendar.zone}, where the clock is changed; write it with an offset"
        )
    return first


def _run(question: _Question, words: Namespace) -> int:
    _check(question, words)
    try:
        agreement = _agreement(words.agreement)
        if words.batch:
            rows = _answer_all(question, agreement.calendar, words.batch, words.out)
            if words.json:
                _write_json(agreement, {"out": str(words.out), "rows": rows})
        else:
            question.one(agreement, words)
    except (AgreementError, BeyondCalendar, CannotTell, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _check(question: _Question, words: Namespace) -> None:
    single = [vars(words)[name] for name in ("from", question.given)]
    if words.batch and (words.out is None or vars(words).get("explain") or any(single)):
        words.misused(f"--batch needs --out, and takes no --from, --{question.given} or --explain")
    if not words.batch and (words.out or not all(single)):
        words.misused(f"write --from and --{question.given}, or else --batch and --out")


def _agreement(name: str) -> Agreement:
    """Read the agreement called *name* among our own, or else the file of that name."""
    ours = {path.stem: path for path in sorted(HALD.parent.glob("*.toml"))}
    path = ours.get(name, Path(name))
    if not path.is_file():
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
        explained = {"lines": [_as_json(line) for line in lines]} if words.explain else {}
        _write_json(agreement, {**answer, "local": local, **explained})
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


def _due_of_row(calendar: Calendar, start: datetime, work: str) -> str:
    return due_by(calendar, start, read_work(work)).isoformat()


def _elapsed_of_row(calendar: Calendar, start: datetime, to: str) -> str:
    return str(calendar.elapsed(start, read_time(to)) // SECOND)


def _answer_all(question: _Question, calendar: Calendar, source: Path, out: Path) -> int:
    """Answer every row of *source* in *out*; with one bad row *out* is not touched.

    Returns their number.

    :raises CannotTell: names every bad row by its line
    """
    answers, wrong = [], []
    for line, row in _rows(source, ("id", "from", question.given)):
        try:
            answers.append(_answer(question, calendar, row))
        except (BeyondCalendar, CannotTell) as error:
            wrong.append(f"{source.name}, line {line}: {error}")
    if wrong:
        raise CannotTell("\n".join([*wrong, f"{len(wrong)} bad rows; nothing was written"]))
    _write_csv(out, [("id", question.wanted), *answers])
    return len(answers)


def _answer(question: _Question, calendar: Calendar, row: dict[str, str]) -> tuple[str, str]:
    if not row["id"]:
        raise CannotTell("the row has no id")
    return row["id"], question.row(calendar, read_time(row["from"]), row[question.given])


def _rows(source: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row with its line. What a row lacks is empty; other columns are left out."""
    try:
        with source.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise CannotTell(
                    f"{source.name}, line 1: no column {' or '.join(missing)}; "
                    f"write {','.join(columns)} with commas between"
                )
            for row in reader:
                yield reader.line_num, {name: (row[name] or "").strip() for name in columns}
    except (csv.Error, UnicodeDecodeError) as error:
        raise CannotTell(f"{source.name} is not CSV in UTF-8: {error}") from error


def _write_csv(out: Path, rows: Iterable[tuple[str, str]]) -> None:
    """Write beside *out* first: what is cut short leaves no half file with its name."""
    is_special = out.exists() and not out.is_file()  # such as a pipe
    draft = out if is_special else out.with_name(f".{out.name}.part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    if not is_special:
        draft.replace(out)


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
    told = {"agreement": agreement.id, "version": agreement.version, **answer}
    _write(json.dumps(told, ensure_ascii=False, indent=2))


def _write(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
