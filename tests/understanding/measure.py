"""Measures the reader on questions it has not learnt from (python -m tests.understanding.measure).

A group is everybody who asks in the same voice (finance, non-finance) and the same language. Each
group is put to a reader that learnt from the glossary and the other groups' questions alone.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

from bot.domain.agreement import Side
from bot.domain.understanding import Talk, Understanding
from bot.understanding import learn, reader
from bot.understanding.knowledge import Example, Knowledge, read

HALD = Path(__file__).parents[2] / "bot" / "agreements" / "hald"
GROUPS = Path(__file__).parent / "groups.csv"
FINANCE = "finance"
HERE = frozenset({Side.HOST, Side.UNSPECIFIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One held-out question: what was right, and what it was understood as."""

    example: Example
    voice: str
    understanding: Understanding
    side: Side | None  # the first guess's

    @property
    def best_is_right(self) -> bool:
        return self.first == self.example.task

    @property
    def is_acceptable(self) -> bool:
        return self.first in {self.example.task, *self.example.acceptable}

    @property
    def is_offered(self) -> bool:
        return self.example.task in {guess.task for guess in self.understanding.guesses}

    @property
    def side_is_right(self) -> bool:
        return self.side is self.example.side

    @property
    def is_turned_away_wrongly(self) -> bool:
        sure = self.understanding.is_sure and not self.is_acceptable
        return sure and self.example.side in HERE and self.side not in HERE

    @property
    def first(self) -> str | None:
        guesses = self.understanding.guesses
        return guesses[0].task if guesses else None


def tasks_of(knowledge: Knowledge) -> set[str]:
    return {example.task for example in knowledge.examples}


def held_out() -> list[Scored]:
    """Put every group's questions to a reader that never saw that group."""
    knowledge = read(HALD)
    return [
        scored
        for group in sorted({*_groups().values()})
        for scored in _one_group(knowledge, group)
        if scored.understanding.talk is Talk.QUESTION
    ]


def share(scored: Sequence[Scored], is_right: Callable[[Scored], bool]) -> float:
    return sum(map(is_right, scored)) / len(scored)


def _one_group(knowledge: Knowledge, group: tuple[str, str]) -> Iterator[Scored]:
    groups = _groups()
    others = tuple(e for e in knowledge.examples if groups.get(e.id) != group)
    sides = {example.task: example.side for example in knowledge.examples}
    understand = reader(replace(knowledge, examples=others), tasks_of(knowledge))
    for example in knowledge.examples:
        if groups.get(example.id) == group:
            understanding = understand(example.text)
            guesses = understanding.guesses
            yield Scored(
                example=example,
                voice=group[0],
                understanding=understanding,
                side=sides[guesses[0].task] if guesses else None,
            )


def _groups() -> dict[str, tuple[str, str]]:
    with GROUPS.open(encoding="utf-8", newline="") as file:
        return {row["id"]: (row["voice"], row["language"]) for row in csv.DictReader(file)}


def _line(name: str, scored: Sequence[Scored]) -> str:
    measures = (
        lambda one: one.best_is_right,
        lambda one: one.is_acceptable,
        lambda one: one.is_offered,
        lambda one: one.side_is_right,
    )
    figures = "  ".join(f"{share(scored, measure):>10.1%}" for measure in measures)
    return f"{name:<14}{len(scored):>5}  {figures}"


def _sure_line(scored: Sequence[Scored]) -> str:
    sure = [one for one in scored if one.understanding.is_sure]
    wrong = sum(one.is_turned_away_wrongly for one in scored)
    return (
        f"sure of {len(sure)} of {len(scored)} ({len(sure) / len(scored):.0%}): "
        f"task acceptable {share(sure, lambda one: one.is_acceptable):.1%}, "
        f"side right {share(sure, lambda one: one.side_is_right):.1%}, "
        f"wrongly turned away {wrong} ({wrong / len(scored):.1%} of all)"
    )


def _time_line() -> str:
    knowledge = read(HALD)
    started = time.process_time()
    understand = learn(HALD, tasks_of(knowledge))
    built = time.process_time() - started
    taken = [_milliseconds(understand, example.text) for example in knowledge.examples]
    longest = _milliseconds(
        understand, "".join(example.text for example in knowledge.examples)[:40_000]
    )
    return (
        f"processor time: start {built * 1000:.0f} ms; a message {median(taken):.1f} ms (median), "
        f"{quantiles(taken, n=100)[98]:.1f} ms (99th percentile); "
        f"40 000 characters {longest:.1f} ms"
    )


def _milliseconds(understand: Callable[[str], Understanding], text: str) -> float:
    started = time.process_time()
    understand(text)
    return (time.process_time() - started) * 1000


def main() -> None:
    scored = held_out()
    lines = [
        f"{'held out':<14}{'n':>5}  {'best':>10}  {'accepted':>10}  {'among 3':>10}  {'side':>10}",
        _line("all", scored),
        _line("finance", [one for one in scored if one.voice == FINANCE]),
        _line("non-finance", [one for one in scored if one.voice != FINANCE]),
        _sure_line(scored),
        _time_line(),
    ]
    print("\n".join(lines))  # noqa: T201 (a command's output)


if __name__ == "__main__":
    main()
