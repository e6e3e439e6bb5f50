"""What differs between two versions of an agreement, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.agreements.file import AgreementFile, MeetingEntry, TargetsTable
from bot.agreements.sharing import SharingTable
from bot.agreements.values import write_inhabitants, write_length, write_promise

Facts = dict[str, dict[str, str]]  # what is said, by whom or what it is said about
NOTHING = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. *before* is None for what was added, *after* for what was removed."""

    subject: str  # such as "task vat", "contact for payments in heroy", "calendar"
    field: str
    before: str | None
    after: str | None


def changes(old: AgreementFile, new: AgreementFile) -> list[Change]:
    """Return every difference in meaning; comments and the order of tables mean nothing."""
    before, after = facts_of(old), facts_of(new)
    return [
        change
        for subject in dict.fromkeys([*before, *after])
        for change in _compared(subject, before.get(subject, {}), after.get(subject, {}))
    ]


def facts_of(file: AgreementFile) -> Facts:
    """Return all that *file* says, piece by piece."""
    return {
        "agreement": _agreement(file),
        **{f"municipality {name}": facts for name, facts in _municipalities(file)},
        "calendar": _calendar(file),
        "escalation": {f"at {rung.percent} %": _in_order(rung.to) for rung in file.escalation},
        **{f"targets {name}": _targets(table) for name, table in file.targets.items()},
        **{f"task {name}": facts for name, facts in _tasks(file)},
        **{f"contact for {what}": facts for what, facts in _contacts(file)},
        **{f"third party {name}": facts for name, facts in _third_parties(file)},
        **{f"meeting {name}": facts for name, facts in _meetings(file)},
        "roles": dict(file.roles),
        "sharing of figures": _sharing(file.sharing),
    }


def _compared(subject: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    for field in dict.fromkeys([*old, *new]):
        before, after = old.get(field), new.get(field)
        if before != after:
            yield Change(subject=subject, field=field, before=before, after=after)


def _agreement(file: AgreementFile) -> dict[str, str]:
    return {
        "id": file.id,
        "name": file.name,
        "form": file.form,
        "host": file.host,
        "prefix": file.prefix,
        "effective from": file.effective_from.isoformat(),
        "lead": file.lead,
        "manager": file.manager,
        "warnings at": ", ".join(f"{percent} %" for percent in file.warn_at),
        "time to choose": write_length(file.choose_within),
        "can be reopened within": f"{file.reopen_within} working days",
        "resolution stands still for a third party": "yes" if file.third_party_pauses else "no",
        "time spent is put down": "yes" if file.time_spent else "no",
    }


def _municipalities(file: AgreementFile) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in file.municipalities:
        yield (
            entry.id,
            {
                "name": entry.name,
                "inhabitants": write_inhabitants(entry.inhabitants),
                "joined": str(entry.joined),
                "starts": entry.starts.isoformat() if entry.starts else NOTHING,
                "main contact": entry.contact,
                "deputies": _in_order(entry.deputies),
                "own contact": entry.own_contact or NOTHING,
                "domains": _in_order(entry.domains),
                "channels": _in_order(entry.channels),
                "own closing days": _in_order(tuple(map(str, sorted(entry.closing_days)))),
            },
        )


def _calendar(file: AgreementFile) -> dict[str, str]:
    return {
        "opening hours": "; ".join(file.calendar.opening_hours),
        "zone": str(file.calendar.zone),
        "public holidays": file.calendar.country,
        "their names in": file.calendar.holiday_names,
        "years": "-".join(map(str, file.calendar.years)),
    }


def _targets(table: TargetsTable) -> dict[str, str]:
    return {
        "first response": write_promise(table.first_response),
        "next response": write_promise(table.next_response),
        "resolution": write_promise(table.resolution),
        **{
            f"{name.replace('_', ' ')} from {entry.written}": write_promise(promise)
            for entry in table.seasons
            for name, promise in entry.promises.items()
        },
    }


def _tasks(file: AgreementFile) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in file.tasks:
        yield (
            entry.id,
            {
                "wording": entry.name,
                "side": entry.side,
                "clauses": "; ".join(f"{c.section} {c.number}" for c in entry.clauses) or NOTHING,
                "preconditions": "; ".join(entry.preconditions) or NOTHING,
                "targets": entry.targets,
                "third party": entry.third_party or NOTHING,
                "order form": entry.order_form or NOTHING,
                "second pair of eyes": "yes" if entry.second_eyes else "no",
            },
        )


def _contacts(file: AgreementFile) -> Iterator[tuple[str, dict[str, str]]]:
    for rule in file.contact_rules:
        for task in rule.tasks:
            where = f" in {rule.municipality}" if rule.municipality else ""
            yield f"{task}{where}", {"who": rule.who, "deputies": _in_order(rule.deputies)}


def _third_parties(file: AgreementFile) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in file.third_parties:
        yield entry.id, {"name": entry.name, "what": entry.what, "how to reach": entry.reach}


def _meetings(file: AgreementFile) -> Iterator[tuple[str, dict[str, str]]]:
    for entry in file.meetings:
        yield (
            entry.id,
            {
                "name": entry.name,
                "level": entry.level,
                "series": "one for each municipality" if entry.each else "one for all",
                "attendees": _in_order(entry.attendees),
                "purpose": "; ".join(entry.purpose),
                **_schedule(entry),
            },
        )


def _schedule(entry: MeetingEntry) -> dict[str, str]:
    """Return when and where it is held, if the file says so."""
    if entry.schedule is None:
        return {}
    minutes = entry.schedule.length // timedelta(minutes=1)
    return {
        "recurrence": entry.schedule.recurrence,
        "first meeting": entry.schedule.first.isoformat(),
        "time": f"{entry.schedule.at:%H:%M}, {minutes} min",
        "on a closed day": entry.schedule.on_closed_day,
        "place": ", ".join(filter(None, (entry.place, entry.video))) or NOTHING,
        "caller": entry.caller or NOTHING,
        "notice days": ", ".join(str(days) for days in entry.notice_days),
    }


def _sharing(table: SharingTable) -> dict[str, str]:
    return {
        "the host sees": table.host,
        "a member sees": table.members,
        "read as managers do": _in_order(table.readers),
    }


def _in_order(names: tuple[str, ...]) -> str:
    return ", ".join(names) or NOTHING
