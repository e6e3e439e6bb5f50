"""What would have differed under another agreement, before and after: never a row for a person."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.cards.blocks import Block, Card, Table, Text
from bot.domain.agreement import Agreement, Side
from bot.domain.periods import Period
from bot.domain.statistics import MEDIAN, SLOW, Group, Kept
from bot.domain.what_if import Chair, Half, WhatIf
from bot.texts import Texts

SLOWEST = 95  # percent

Told = Callable[[Half], str]
Key = TypeVar("Key", bound=str | None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What a replay came to. *today* is the version that holds now: names come from either.

    *towns*: whose own figures are shown; None for everybody's.
    """

    found: WhatIf
    proposed: Agreement
    today: Agreement
    period: Period
    municipality: str | None = None
    towns: Collection[str] | None = None

    @staticmethod
    def in_order(known: Iterable[Key], found: Collection[Key]) -> Sequence[Key]:
        """Return what was *found* in the order in which it is *known*, and then the rest."""
        return list(dict.fromkeys([*(key for key in known if key in found), *found]))

    def town(self, which: str) -> str:
        for agreement in (self.today, self.proposed):
            if which in agreement.municipalities:
                return agreement.municipalities[which].name
        return which

    def task(self, which: str | None, say: Texts) -> str:
        for agreement in (self.today, self.proposed):
            if which and which in agreement.tasks:
                return agreement.tasks[which].name
        return which or say("what_if.no_task")


def compared(shown: Replayed, say: Texts) -> Card:
    """Return the whole comparison, with a note on what has not been simulated."""
    found = shown.found
    scope = shown.town(shown.municipality) if shown.municipality else say("stats.everybody")
    days = say("stats.span", first=say.date(shown.period.first), last=say.date(shown.period.last))
    title = say("what_if.title", version=shown.proposed.version, scope=scope, period=days)
    if not found.tickets:
        return Card(title=title, body=(Text(text=say("stats.none")),))
    body: list[Block] = [*_counted(found, say), _total(found, say)]
    body += _cuts(shown, say)
    body += [*_load(shown, say), *_sides(shown, say)]
    notes = ("kept", "answers", "unknown_why", "referred_why", "load_why")
    body += [Text(text=say(f"what_if.{note}"), subtle=True) for note in notes]
    return Card(title=title, body=tuple(body))


def _counted(found: WhatIf, say: Texts) -> list[Block]:
    told = [say("what_if.tickets", number=say.number(found.tickets))]
    if found.unknown:
        told.append(say("what_if.unknown", number=say.number(found.unknown)))
    if found.left:
        told.append(say("what_if.left", number=say.number(found.left)))
    return [Text(text=" ".join(told))]


def _total(found: WhatIf, say: Texts) -> Table:
    rows: list[tuple[str, Told]] = [
        (say("stats.asked"), lambda half: say.number(half.total.asked)),
        (say("stats.apart"), lambda half: say.number(half.total.apart)),
        *_promised(say("sla.figure.first_response"), lambda group: group.first_response, say),
        (_named(say("sla.figure.next_response"), say("what_if.late"), say), _late_answers(say)),
        *_promised(say("sla.figure.resolution"), lambda group: group.resolution, say),
    ]
    return Table(
        title=say("stats.total"),
        columns=(say("what_if.figure"), say("what_if.before"), say("what_if.after")),
        rows=tuple((name, told(found.before), told(found.after)) for name, told in rows),
    )


def _promised(figure: str, of: Callable[[Group], Kept], say: Texts) -> Iterable[tuple[str, Told]]:
    def timed(percent: int) -> Told:
        return lambda half: _time(of(half.total).percentile(percent), say)

    yield (
        _named(figure, say("stats.in_time"), say),
        lambda half: _share(of(half.total), say),
    )
    yield (
        _named(figure, say("what_if.late"), say),
        lambda half: say.number(_late(of(half.total))),
    )
    yield _named(figure, say("stats.median"), say), timed(MEDIAN)
    yield _named(figure, say("stats.slow"), say), timed(SLOW)
    yield _named(figure, say("what_if.slowest"), say), timed(SLOWEST)


def _late_answers(say: Texts) -> Told:
    return lambda half: say(
        "what_if.of", number=say.number(half.late_answers), whole=say.number(half.answers)
    )


def _cuts(shown: Replayed, say: Texts) -> list[Block]:
    """Return a table of municipalities, and one of the tasks in which anything differs."""
    before, after = shown.found.before, shown.found.after
    towns = [
        (shown.town(key), before.municipalities[key], after.municipalities.get(key))
        for key in shown.in_order(shown.today.municipalities, before.municipalities)
        if shown.towns is None or key in shown.towns
    ]
    tasks = [
        (shown.task(key, say), before.tasks.get(key), after.tasks.get(key))
        for key in shown.in_order(shown.today.tasks, {**before.tasks, **after.tasks})
        if before.tasks.get(key) != after.tasks.get(key)
    ]
    cuts: list[Block] = []
    if shown.municipality is None and towns:
        cuts.append(_cut(say("what_if.by_municipality"), say("stats.municipality"), towns, say))
    if tasks:
        cuts.append(_cut(say("what_if.by_task"), say("what_if.task"), tasks, say))
    else:
        cuts.append(Text(text=say("what_if.no_difference")))
    return cuts


def _cut(
    title: str, of: str, rows: Sequence[tuple[str, Group | None, Group | None]], say: Texts
) -> Table:
    first, resolution = say("sla.figure.first_response"), say("sla.figure.resolution")
    in_time, late = say("stats.in_time"), say("what_if.late")
    columns = [
        _named(figure, what, say) for figure in (first, resolution) for what in (in_time, late)
    ]
    return Table(
        title=title,
        columns=(of, say("stats.asked"), *columns),
        rows=tuple((name, *_both(before, after, say)) for name, before, after in rows),
    )


def _both(before: Group | None, after: Group | None, say: Texts) -> tuple[str, ...]:
    """Return each cell as it was and would have been: once where that is the same."""
    halves = [_cells(before, say), _cells(after, say)]
    return tuple(
        was if was == would else say("what_if.from_to", before=was, after=would)
        for was, would in zip(*halves, strict=True)
    )


def _cells(group: Group | None, say: Texts) -> tuple[str, ...]:
    if group is None:
        return (say.number(0), *(say("stats.no_figure") for _ in range(4)))
    kept = (group.first_response, group.resolution)
    figures = [cell for one in kept for cell in (_percent(one, say), say.number(_late(one)))]
    return say.number(group.asked), *figures


def _load(shown: Replayed, say: Texts) -> list[Block]:
    before, after = shown.found.before.load, shown.found.after.load
    rows = tuple(
        (
            _chair(chair, shown, say),
            say.number(before.get(chair, 0)),
            say.number(after.get(chair, 0)),
        )
        for chair in sorted({*before, *after})
    )
    columns = (say("what_if.chair"), say("what_if.before"), say("what_if.after"))
    return [Table(title=say("what_if.load"), columns=columns, rows=rows)] if rows else []


def _chair(chair: Chair, shown: Replayed, say: Texts) -> str:
    if chair.municipality:
        return say("what_if.contact_of", municipality=shown.town(chair.municipality))
    if chair.tasks:
        return ", ".join(shown.task(task, say) for task in chair.tasks)
    return chair.role


def _sides(shown: Replayed, say: Texts) -> list[Block]:
    names: Mapping[Side, str] = {
        Side.HOST: say("stats.of_host"),
        Side.UNSPECIFIED: say("stats.of_unspecified"),
        Side.PARTNER: say("stats.of_partner"),
        Side.EXTERNAL: say("stats.of_external"),
        Side.NONE: say("stats.of_none"),
    }
    rows = tuple(
        (shown.task(task, say), names[was], names[would], say.number(number))
        for (task, was, would), number in shown.found.sides.items()
    )
    columns = (
        say("what_if.task"),
        say("what_if.before"),
        say("what_if.after"),
        say("what_if.questions"),
    )
    return [Table(title=say("what_if.sides"), columns=columns, rows=rows)] if rows else []


def _named(figure: str, what: str, say: Texts) -> str:
    named = say("what_if.named", figure=figure, what=what[:1].lower() + what[1:])
    return named[:1].upper() + named[1:]


def _late(kept: Kept) -> int:
    return kept.late + kept.overdue


def _share(kept: Kept, say: Texts) -> str:
    percent, decided = kept.percent_in_time, kept.decided
    if percent is None:
        return say("stats.no_figure")
    shares = {"number": say.number(kept.in_time), "decided": say.number(decided)}
    return say("stats.share_of", percent=percent, **shares)


def _percent(kept: Kept, say: Texts) -> str:
    percent = kept.percent_in_time
    return say("stats.no_figure") if percent is None else say("sla.percent", percent=percent)


def _time(length: timedelta | None, say: Texts) -> str:
    return say("stats.no_figure") if length is None else say.duration(length)
