"""Whether the yearly wheel fits together, and with the agreement it belongs to."""

from collections.abc import Iterable, Iterator

from bot.agreements.advice import advise_on_name
from bot.agreements.complaints import Misfit
from bot.agreements.lines import Where
from bot.domain.agreement import Agreement, Side
from bot.year.advice import INSTEAD
from bot.year.file import DeadlineEntry, YearFile

SIDES = (Side.HOST, Side.PARTNER)


def misfits(file: YearFile, agreement: Agreement) -> Iterator[Misfit]:
    """Yield everything that does not fit."""
    seen: set[str] = set()
    for n, entry in enumerate(file.deadlines):
        where: Where = ("deadlines", n)
        if entry.id in seen:
            yield Misfit((*where, "id"), f'"{entry.id}" stands here a second time', "another id")
        seen.add(entry.id)
        yield from _task(where, entry, agreement)
        yield from _members((*where, "municipalities"), entry.municipalities or (), agreement)
        yield from _local((*where, "local"), entry, agreement)


def _task(around: Where, entry: DeadlineEntry, agreement: Agreement) -> Iterator[Misfit]:
    where, task = (*around, "task"), entry.task
    having = [known.id for known in agreement.tasks.values() if known.side in SIDES]
    if task not in agreement.tasks:
        yield Misfit(where, f'there is no task "{task}"', advise_on_name(task, having))
    elif task not in having:
        yield Misfit(where, f'neither side has the task "{task}"', INSTEAD.at(where))


def _members(where: Where, written: Iterable[str], agreement: Agreement) -> Iterator[Misfit]:
    known = list(agreement.municipalities)
    for n, name in enumerate(written):
        if name not in known:
            wrong = f'there is no municipality "{name}"'
            yield Misfit((*where, n), wrong, advise_on_name(name, known))


def _local(around: Where, entry: DeadlineEntry, agreement: Agreement) -> Iterator[Misfit]:
    known = list(agreement.municipalities)
    for name in entry.local:
        if name not in known:
            wrong = f'there is no municipality "{name}"'
            yield Misfit((*around, name), wrong, advise_on_name(name, known))
