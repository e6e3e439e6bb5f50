"""The card with the figures of a period: how the promises were kept, and how that was counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards.aftermath import aftermath_blocks
from bot.cards.blocks import Block, Card, Fact, Facts, Link, Picture, Quote, Table, Text
from bot.domain.aftermath import aftermath
from bot.domain.agreement import Agreement, Side
from bot.domain.measures import By, Measures, Promise, Row
from bot.domain.statistics import SMALLEST_GROUP
from bot.texts import Texts

Named = tuple[str, Row]
QUOTED = 200  # characters: enough to see what one wrote oneself


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What was counted, and when (*now*, UTC)."""

    measures: Measures
    agreement: Agreement  # the version of today, for names
    now: datetime

    @property
    def municipality(self) -> str | None:
        """Return the one whose figures they are; None: all together."""
        towns = self.measures.scope.municipalities
        return next(iter(towns)) if towns else None


def figures(
    counted: Counted, say: Texts, *, picture: Picture | None = None, link: Link | None = None
) -> Card:
    """Return the figures as facts and tables, with a note on how each is counted.

    *picture* shows the months; *link* leads to the page on which more is to be seen.
    """
    first, *rest = _body(counted, say)
    shown = [block for block in (link, picture) if block]
    whole = link.address if link else None
    return Card(title=_title(counted, say), body=(first, *shown, *rest), whole=whole)


def unclear(text: str, say: Texts) -> Card:
    """Return what somebody reads whose *text* named no period and no municipality."""
    body = (Quote(text=text[:QUOTED]), Text(text=say("stats.how_to_ask")))
    return Card(title=say("stats.unclear"), body=body)


def _title(counted: Counted, say: Texts) -> str:
    period = counted.measures.scope.period
    first, last = period.first, period.last
    days = say.date(first)
    if last > first:
        days = say("stats.span", first=days, last=say.date(last))
    return say("stats.title", scope=_whose(counted, say), period=days)


def _whose(counted: Counted, say: Texts) -> str:
    if counted.measures.scope.asker:
        return say("stats.own")
    if counted.municipality is None:
        return say("stats.everybody")
    return _name(counted.agreement, counted.municipality)


def _body(counted: Counted, say: Texts) -> list[Block]:
    about = Text(text=say("stats.counted", moment=say.moment(counted.now)), subtle=True)
    measures = counted.measures
    head = [about, Text(text=say("stats.own_alone"))] if measures.scope.asker else [about]
    if not measures.total.asked:
        return [*head, Text(text=say("stats.none"))]
    body: list[Block] = [*head, _outcomes(measures.total, say), _apart(measures.total, say)]
    if counted.municipality is None:
        body += _by_municipality(measures, counted.agreement, say)
    return [
        *body,
        *_by_side(measures, say),
        _waits(measures, counted.agreement, say),
        Text(text=say("stats.how_shares"), subtle=True),
        Text(text=say("stats.how_times", smallest=SMALLEST_GROUP), subtle=True),
        Text(text=say("stats.how_waits"), subtle=True),
        *_aftermath(counted, say),
    ]


def _aftermath(counted: Counted, say: Texts) -> list[Block]:
    agreement, found = counted.agreement, aftermath(counted.measures)
    towns = counted.measures.cuts[By.MUNICIPALITY]
    names = {town: _name(agreement, town) for town in towns}
    return aftermath_blocks(found, names, _side_names(say), say)


def _outcomes(total: Row, say: Texts) -> Facts:
    answers, resolutions = total.first_response, total.resolution
    return _facts(
        (say("stats.asked"), say.number(total.asked)),
        (say("stats.answered"), say.number(answers.reached)),
        (say("stats.answered_in_time"), _share_of(answers, say)),
        (say("stats.overdue"), say.number(answers.overdue)),
        (say("stats.not_yet_due"), say.number(answers.not_yet_due)),
        (say("stats.resolved"), say.number(resolutions.reached)),
        (say("stats.resolved_in_time"), _share_of(resolutions, say)),
    )


def _apart(total: Row, say: Texts) -> Facts:
    return _facts(
        (say("stats.own_task"), say.number(total.own_task)),
        (say("stats.third_party"), say.number(total.third_party)),
        (say("stats.out_of_scope"), say.number(total.out_of_scope)),
        (say("stats.withdrawn"), say.number(total.withdrawn)),
        (say("stats.merged"), say.number(total.merged)),
        (say("stats.deflected"), say.number(total.deflected)),
        (say("stats.left_late"), say.number(total.left_late)),
    )


def _facts(*named: tuple[str, str]) -> Facts:
    return Facts(facts=tuple(Fact(name=name, value=value) for name, value in named))


def _by_municipality(measures: Measures, agreement: Agreement, say: Texts) -> list[Block]:
    groups = measures.cuts[By.MUNICIPALITY].items()
    rows = [(_name(agreement, municipality), group) for municipality, group in groups]
    rows.append((say("stats.total"), measures.total))
    return [
        _responses(say("stats.response_by_municipality"), say("stats.municipality"), rows, say),
        _resolutions(say("stats.resolution_by_municipality"), say("stats.municipality"), rows, say),
    ]


def _by_side(measures: Measures, say: Texts) -> list[Block]:
    rows = [(name, measures.cuts[By.SIDE][side]) for side, name in _side_names(say).items()]
    rows.append((say("stats.total"), measures.total))
    return [
        _responses(say("stats.response_by_side"), say("stats.side"), rows, say),
        _resolutions(say("stats.resolution_by_side"), say("stats.side"), rows, say),
    ]


def _side_names(say: Texts) -> Mapping[Side, str]:
    return {
        Side.HOST: say("stats.of_host"),
        Side.UNSPECIFIED: say("stats.of_unspecified"),
        Side.PARTNER: say("stats.of_partner"),
        Side.EXTERNAL: say("stats.of_external"),
        Side.NONE: say("stats.of_none"),
    }


def _responses(title: str, of: str, rows: Sequence[Named], say: Texts) -> Table:
    def row(group: Row) -> tuple[str, ...]:
        return say.number(group.asked), say.number(group.apart), *_kept(group.first_response, say)

    columns = (say("stats.asked"), say("stats.apart"), say("stats.answered"))
    return _table(title, (of, *columns, *_measures(say)), rows, row)


def _resolutions(title: str, of: str, rows: Sequence[Named], say: Texts) -> Table:
    def row(group: Row) -> tuple[str, ...]:
        return _kept(group.resolution, say)

    return _table(title, (of, say("stats.resolved"), *_measures(say)), rows, row)


def _waits(measures: Measures, agreement: Agreement, say: Texts) -> Table:
    """Return how long the host waited: for each municipality's own answers, and for others."""

    def row(group: Row) -> tuple[str, ...]:
        own, others = group.waited_for_asker, group.waited_for_third_party
        return (
            say.number(own.number),
            _time(own.median, say),
            say.duration(own.total),
            say.number(others.number),
            say.duration(others.total),
        )

    groups = measures.cuts[By.MUNICIPALITY].items()
    rows = [(_name(agreement, municipality), group) for municipality, group in groups]
    rows.append((say("stats.total"), measures.total))
    columns = (
        say("stats.asked_back"),
        say("stats.median"),
        say("stats.in_all"),
        say("stats.on_third_party"),
        say("stats.in_all"),
    )
    return _table(say("stats.waits"), (say("stats.municipality"), *columns), rows, row)


def _table(
    title: str,
    columns: tuple[str, ...],
    groups: Sequence[Named],
    row: Callable[[Row], tuple[str, ...]],
) -> Table:
    rows = tuple((name, *row(group)) for name, group in groups)
    return Table(title=title, columns=columns, rows=rows)


def _measures(say: Texts) -> tuple[str, ...]:
    return (
        say("stats.in_time"),
        say("stats.over"),
        say("stats.waiting"),
        say("stats.median"),
        say("stats.slow"),
    )


def _kept(kept: Promise, say: Texts) -> tuple[str, ...]:
    return (
        say.number(kept.reached),
        _share(kept, say),
        say.number(kept.overdue),
        say.number(kept.not_yet_due),
        _time(kept.spread.median, say),
        _time(kept.spread.p90, say),
    )


def _share(kept: Promise, say: Texts) -> str:
    if kept.percent_in_time is None:
        return say("stats.no_figure")
    return say("stats.share", number=say.number(kept.in_time), percent=kept.percent_in_time)


def _share_of(kept: Promise, say: Texts) -> str:
    percent, decided = kept.percent_in_time, kept.decided
    if percent is None:
        return say("stats.no_figure")
    shares = {"number": say.number(kept.in_time), "decided": say.number(decided)}
    return say("stats.share_of", percent=percent, **shares)


def _time(length: timedelta | None, say: Texts) -> str:
    return say("stats.no_figure") if length is None else say.duration(length)


def _name(agreement: Agreement, municipality: str) -> str:
    member = agreement.municipalities.get(municipality)
    return member.name if member else municipality
