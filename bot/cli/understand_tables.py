"""What is understood, as tables: how often it is right, and which words decided."""

from collections.abc import Callable, Sequence

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from bot.domain.agreement import Agreement
from bot.domain.understanding import Decision
from bot.understanding import reader
from bot.understanding.language import plain, visible, words
from bot.understanding.reading import Reading
from bot.understanding.scores import HERE, Scored, confused, share

WORST = 12  # confused pairs that are listed
DECIDING = 10  # words that are listed

Measure = Callable[[Scored], bool]

MEASURES: tuple[tuple[str, Measure], ...] = (
    ("best task", lambda one: one.best_is_right),
    ("acceptable", lambda one: one.is_acceptable),
    ("among three", lambda one: one.is_offered),
    ("side", lambda one: one.side_is_right),
)


def scores(groups: dict[str, list[Scored]]) -> Group:
    """Draw how often each of *groups* was understood, what was decided, and the worst pairs."""
    everyone = [one for group in groups.values() for one in group]
    return Group(_right(groups, everyone), _decided(everyone), _confusions(everyone))


def explained(text: str, reading: Reading, agreement: Agreement) -> Group:
    """Draw what *text* is understood as, and what each of its words did to that."""
    sides = {task.id: task.side for task in agreement.tasks.values()}
    understood = reader(reading, sides)(text)
    likely = _table("likely task", "side", "how sure", title=f"decision: {understood.decision}")
    for guess in understood.guesses:
        likely.add_row(guess.task, sides[guess.task], f"{guess.confidence:.0%}")
    if not understood.guesses:
        return Group(likely)
    best = understood.guesses[0].task
    said = words(plain(visible(text)))
    whole = reading.opinion_of(said).get(best, 0.0)
    losses = [
        (whole - reading.opinion_of([*said[:at], *said[at + 1 :]]).get(best, 0.0), at)
        for at in range(len(said))
    ]
    deciding = _table("word, as it is read", f"without it, {best} would be")
    for loss, at in sorted(losses, key=lambda each: -abs(each[0]))[:DECIDING]:
        deciding.add_row(said[at], f"{whole - loss:.0%} ({-loss:+.0%})")
    return Group(likely, deciding)


def _right(groups: dict[str, list[Scored]], everyone: Sequence[Scored]) -> Table:
    table = _table("", "messages", *(name for name, _ in MEASURES))
    rows = {**dict(sorted(groups.items())), "all": everyone}
    for name, scored in rows.items():
        figures = (f"{share(scored, measure):.1%}" for _, measure in MEASURES)
        table.add_row(name, str(len(scored)), *figures)
    return table


def _decided(everyone: Sequence[Scored]) -> Table:
    table = _table("decision", "messages", "of all", "acceptable", "among three")
    for decision in Decision:
        those = [one for one in everyone if one.understanding.decision is decision]
        table.add_row(
            decision,
            str(len(those)),
            f"{len(those) / max(len(everyone), 1):.1%}",
            f"{share(those, lambda one: one.is_acceptable):.1%}" if those else "",
            f"{share(those, lambda one: one.is_offered):.1%}" if those else "",
        )
    ours = [one for one in everyone if one.right_side in HERE]
    away = sum(one.is_turned_away_wrongly for one in ours)
    table.caption = (
        f"turned away wrongly: {away} of {len(ours)} that the host does "
        f"({away / max(len(ours), 1):.1%})"
    )
    return table


def _confusions(everyone: Sequence[Scored]) -> Table:
    table = _table("right", "taken for", "times", title="the worst pairs")
    for right, taken, many in confused(everyone)[:WORST]:
        table.add_row(right, taken, str(many))
    return table


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(box=box.SIMPLE, title=title and Text(title), title_justify="left")
    for number, name in enumerate(columns):
        table.add_column(name, justify="left" if number == 0 else "right")
    return table
