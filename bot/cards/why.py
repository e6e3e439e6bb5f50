"""Why this deadline? Every interval that counts and every one that does not, with its reason."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.cards.blocks import Block, Card, Table, Text
from bot.domain.agreement import ByTime, Promise, WorkingDays, WorkingTime
from bot.domain.explain import Explanation, Line, Reason
from bot.domain.people import Person, PersonId
from bot.texts import Texts


def why(
    number: str,
    explanations: Sequence[Explanation],
    people: Mapping[PersonId, Person],
    say: Texts,
) -> Card:
    """Return the working of each deadline of the ticket called *number*."""
    body: list[Block] = [b for e in explanations for b in _explained(e, people, say)]
    return Card(
        title=say("why.title", number=number),
        body=tuple(body) or (Text(text=say("why.nothing")),),
    )


def _explained(
    explanation: Explanation, people: Mapping[PersonId, Person], say: Texts
) -> tuple[Block, ...]:
    figure = say(f"why.{explanation.figure}")
    promise = say(
        "why.promise",
        figure=figure,
        promise=_promise(explanation.promise, say),
        version=explanation.version,
        clause=_clause(explanation, say),
    )
    columns = tuple(say(f"why.{key}") for key in ("from", "to", "counts", "because"))
    rows = tuple(_row(line, people, say) for line in explanation.lines)
    table = Table(title=figure, columns=columns, rows=rows)
    return Text(text=" ".join([promise, *_ends(explanation, say)])), table


def _ends(explanation: Explanation, say: Texts) -> list[str]:
    """Return by when it is due, and when it was done or that the clock stands."""
    sentences = []
    if explanation.due:
        sentences.append(say("why.due", moment=say.moment(explanation.due)))
    if explanation.end:
        used = say.duration(explanation.counted)
        sentences.append(say("why.done", moment=say.moment(explanation.end), used=used))
    elif explanation.due is None and explanation.allowed is not None:
        sentences.append(say("why.paused"))
    return sentences


def _promise(promise: Promise | None, say: Texts) -> str:
    match promise:
        case None:
            return say("why.no")
        case WorkingTime(length=length):
            return say("why.promise_time", length=say.duration(length))
        case WorkingDays(days=1):
            return say("why.promise_day")
        case WorkingDays(days=days):
            return say("why.promise_days", days=days)
        case ByTime(at=at, days=days):
            return say("why.promise_by", time=f"{at:%H.%M}", days=days)
        case _:
            assert_never(promise)


def _clause(explanation: Explanation, say: Texts) -> str:
    if not explanation.clauses:
        return say("clause.none")
    return "; ".join(
        say("clause.one", section=c.section, number=c.number) for c in explanation.clauses
    )


def _row(line: Line, people: Mapping[PersonId, Person], say: Texts) -> tuple[str, ...]:
    counts = say("why.yes", length=say.duration(line.end - line.start))
    return (
        say.moment(line.start),
        say.moment(line.end),
        counts if line.counted else say("why.no"),
        _reason(line, people, say),
    )


def _reason(line: Line, people: Mapping[PersonId, Person], say: Texts) -> str:
    name = line.name or ""
    if line.reason is Reason.HOLIDAY:
        key = f"holiday.{name}"
        return say(key) if say.knows(key) else name  # an installation's own closing day
    person = people.get(line.by) if line.by else None
    return say(f"why.{line.reason}", name=person.name if person else "")
