"""The tables of what comes after the answer: time spent, and whether it helped."""

from collections.abc import Mapping, Sequence

from bot.cards.blocks import Block, Table, Text
from bot.domain.aftermath import Aftermath
from bot.domain.agreement import Side
from bot.domain.satisfaction import SMALLEST_SHOWN, Verdicts, all_of
from bot.domain.time_spent import NONE, Spent
from bot.texts import Texts

Names = Mapping[str, str]  # of municipalities, in the order in which they are shown


def aftermath_blocks(
    found: Aftermath, names: Names, sides: Mapping[Side, str], say: Texts
) -> list[Block]:
    """Return a table for what there is something to say of."""
    blocks: list[Block] = []
    if found.total.tickets:
        by_town = [(name, found.municipalities.get(town, NONE)) for town, name in names.items()]
        by_side = [(name, found.sides.get(side, NONE)) for side, name in sides.items()]
        blocks.append(
            _times("stats.time_by_municipality", "stats.municipality", by_town, found, say)
        )
        blocks.append(_times("stats.time_by_side", "stats.side", by_side, found, say))
        blocks.append(Text(text=say("stats.how_time"), subtle=True))
    if found.verdicts:
        blocks.append(_verdicts(found, names, say))
        blocks.append(Text(text=say("stats.how_helped", smallest=SMALLEST_SHOWN), subtle=True))
    return blocks


def _times(
    title: str, of: str, rows: Sequence[tuple[str, Spent]], found: Aftermath, say: Texts
) -> Table:
    every = [*rows, (say("stats.total"), found.total)]
    return Table(
        title=say(title),
        columns=(say(of), say("stats.time_tickets"), say("stats.time_spent")),
        rows=tuple((name, say.number(s.tickets), say.duration(s.time)) for name, s in every),
    )


def _verdicts(found: Aftermath, names: Names, say: Texts) -> Table:
    rows = [(name, found.verdicts.get(town, Verdicts())) for town, name in names.items()]
    rows.append((say("stats.total"), all_of(found.verdicts.values())))
    return Table(
        title=say("stats.helped_by_municipality"),
        columns=(say("stats.municipality"), say("stats.helped_answers"), say("stats.helped")),
        rows=tuple((name, *_verdict(verdicts, say)) for name, verdicts in rows),
    )


def _verdict(verdicts: Verdicts, say: Texts) -> tuple[str, str]:
    percent = verdicts.percent_good
    if percent is None:
        return say("stats.no_figure"), say("stats.no_figure")
    return say.number(verdicts.number), say("sla.percent", percent=percent)
