"""Why this deadline? Every interval that counts and every one that does not, with its reason."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from bot.cards.blocks import Block, Card, Table, Text
from bot.domain.agreement import Agreement, ByTime, Municipality, Promise, WorkingDays, WorkingTime
from bot.domain.explain import Explanation, Line, Reason
from bot.domain.people import Person, PersonId
from bot.domain.tickets import Ticket
from bot.texts import Texts

Directory = Mapping[PersonId, Person]


def why(
    ticket: Ticket,
    explanations: Sequence[Explanation],
    people: Directory,
    agreement: Agreement,
    say: Texts,
) -> Card:
    """Return the working of each deadline of *ticket*, which keeps *agreement*.

    It is shown to both sides: no words of anybody's but the reason for a target set by hand.
    """
    body: list[Block] = [b for e in explanations for b in _explained(e, people, agreement, say)]
    body += _member_closed(agreement.municipalities[ticket.municipality], explanations, say)
    return Card(
        title=say("why.title", number=ticket.number),
        body=tuple(body) or (Text(text=say("why.nothing")),),
    )


def _explained(
    explanation: Explanation, people: Directory, agreement: Agreement, say: Texts
) -> tuple[Block, ...]:
    figure = say(f"why.{explanation.figure}")
    promise = say(
        "why.promise",
        figure=figure,
        promise=_promise(explanation.promise, say),
        version=say.date(date.fromisoformat(explanation.version)),
        clause=_clause(explanation, say),
    )
    told = [
        promise,
        *_season(explanation, say),
        *_by_hand(explanation, people, say),
        *_ends(explanation, say),
    ]
    columns = tuple(say(f"why.{key}") for key in ("from", "to", "counts", "because"))
    rows = tuple(_row(line, people, agreement, say) for line in explanation.lines)
    return Text(text=" ".join(told)), Table(title=figure, columns=columns, rows=rows)


def _season(explanation: Explanation, say: Texts) -> list[str]:
    season = explanation.season
    if season is None:
        return []
    first, last = (
        say("why.day", day=day, month=say(f"month.{month}"))
        for month, day in (season.first, season.last)
    )
    return [say("why.season", first=first, last=last)]


def _by_hand(explanation: Explanation, people: Directory, say: Texts) -> list[str]:
    """Return who set the deadline by hand, when and why, if anybody did."""
    target = explanation.by_hand
    if target is None:
        return []
    who, when = _name(target.by, people, say), say.moment(target.at)
    return [say("why.by_hand", name=who, moment=when, reason=target.reason)]


def _member_closed(
    member: Municipality, explanations: Sequence[Explanation], say: Texts
) -> list[Text]:
    """Say which days the asker's own municipality kept closed meanwhile: they change nothing."""
    spans = [(line.start, line.end) for told in explanations for line in told.lines]
    days = {
        day
        for day in member.closing_days
        for start, end in spans
        if start.astimezone(say.zone).date() <= day <= end.astimezone(say.zone).date()
    }
    if not days:
        return []
    named = ", ".join(say.date(day) for day in sorted(days))
    return [Text(text=say("why.member_closed", municipality=member.name, days=named))]


def _ends(explanation: Explanation, say: Texts) -> list[str]:
    """Return by when it is due, how much counts, and when it was done or that the clock stands."""
    sentences = []
    if explanation.due:
        sentences.append(say("why.due", moment=say.moment(explanation.due)))
    if explanation.end:
        used = say.duration(explanation.counted)
        sentences.append(say("why.done", moment=say.moment(explanation.end), used=used))
    elif explanation.due is None and explanation.allowed is not None:
        used, allowed = say.duration(explanation.counted), say.duration(explanation.allowed)
        sentences.append(say("why.paused", used=used, allowed=allowed))
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
            return say("why.promise_by", time=say.clock(at), days=days)
        case _:
            assert_never(promise)


def _clause(explanation: Explanation, say: Texts) -> str:
    if not explanation.clauses:
        return say("clause.none")
    return "; ".join(
        say("clause.one", section=c.section, number=c.number) for c in explanation.clauses
    )


def _row(line: Line, people: Directory, agreement: Agreement, say: Texts) -> tuple[str, ...]:
    counts = say("why.yes", length=say.duration(line.end - line.start))
    return (
        say.moment(line.start),
        say.moment(line.end),
        counts if line.counted else say("why.no"),
        _reason(line, people, agreement, say),
    )


def _reason(line: Line, people: Directory, agreement: Agreement, say: Texts) -> str:
    name = line.name or ""
    if line.reason is Reason.HOLIDAY:
        key = f"holiday.{name}"
        return say(key) if say.knows(key) else name  # a closing day, in the host's own words
    known = agreement.third_parties.get(name)
    party = known.name if known else name  # one that is not in the agreement was written by hand
    return say(f"why.{line.reason}", name=_name(line.by, people, say), party=party)


def _name(who: PersonId | None, people: Directory, say: Texts) -> str:
    if who is None:
        return say("page.bot")
    person = people.get(who)
    return person.name if person else say("why.somebody")
