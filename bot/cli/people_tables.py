"""People and changes to the directory, drawn as tables or as JSON for a terminal."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.cli.terminal import plain, table
from bot.directory import Fault
from bot.directory.changes import Change, Kind
from bot.domain.absences import last_moment
from bot.domain.people import Account, Person, PersonId

STYLES = {Kind.NEW: "green", Kind.CHANGED: "yellow", Kind.UNCHANGED: "dim"}


def draw_faults(file: Path, faults: Sequence[Fault], console: Console) -> None:
    for fault in faults:
        console.print(plain(f"{file.name}, {fault}"), soft_wrap=True)
    them = "fault" if len(faults) == 1 else "faults"
    console.print(f"{len(faults)} {them}: nothing was changed.")


def draw_changes(planned: Sequence[Change], console: Console, *, applied: bool) -> None:
    drawn = table("line", "what", "name", "e-mail", "municipality", "roles", "changes")
    for change in planned:
        drawn.add_row(
            plain(str(change.line)),
            plain(change.kind, STYLES[change.kind]),
            plain(change.after.name),
            plain(change.after.email),
            plain(change.after.municipality or ""),
            plain(", ".join(sorted(change.after.roles))),
            plain("; ".join(change.differences)),
        )
    console.print(drawn)
    counted = Counter(change.kind for change in planned)
    told = ", ".join(f"{counted[kind]} {kind}" for kind in Kind)
    if applied:
        console.print(f"Done: {told}. People who are not in the file stay as they were.")
    else:
        console.print(f"It would be {told}. Nothing was changed: add --apply to do it.")


def draw_people(
    people: Iterable[Person],
    accounts: Mapping[PersonId, Sequence[Account]],
    console: Console,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    drawn = table("name", "e-mail", "municipality", "roles", "language", "accounts", "away until")
    for person in people:
        absence = person.absence_at(now)
        drawn.add_row(
            plain(person.name),
            plain(person.email),
            plain(person.municipality or ""),
            plain(", ".join(sorted(person.roles))),
            plain(person.language),
            plain(", ".join(account.platform for account in accounts.get(person.id, ()))),
            plain(last_moment(absence, zone) if absence else ""),
        )
    console.print(drawn)
    console.print(f"{drawn.row_count} people.")


def as_json(person: Person, accounts: Sequence[Account], now: datetime) -> dict[str, object]:
    """Return *person* for JSON. Moments are in UTC; an absence ends where the next may begin."""
    absence = person.absence_at(now)
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "municipality": person.municipality,
        "roles": sorted(person.roles),
        "language": person.language,
        "accounts": [
            {"platform": one.platform, "tenant": one.tenant, "user": one.user} for one in accounts
        ],
        "away_until": absence.end.isoformat() if absence else None,
        "absences": [
            {"from": one.start.isoformat(), "to": one.end.isoformat(), "deputy": one.deputy}
            for one in person.absences
        ],
    }
