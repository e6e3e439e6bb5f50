"""The one page as a card: in the chat each month, and on paper."""

from collections.abc import Iterable

from bot.cards.blocks import Block, Card, Heading, Link, Picture, Text
from bot.domain.measures import By, Promise, Row
from bot.reports.one_page import NEARLY, OnePage, Waiting
from bot.reports.saying import moment, month_name
from bot.reports.wording import row_name, scope_name
from bot.texts import Texts

NAMED = 3  # tasks; more are counted
FELL = 5  # points from one month to the next: told of as a risk


def one_page_card(
    page: OnePage, say: Texts, *, picture: Picture | None = None, links: Iterable[Link] = ()
) -> Card:
    """Return the page. *picture* shows the months; *links* lead to the report and the figures."""
    report = page.report
    month = month_name(report.month.period.first, say)
    body: list[Block] = [
        *_part("met", _met(page, say), say),
        *_part("nearly", _nearly(page, say), say),
        *_part("on_host", _waits(page.on_host, say), say),
        *_part("on_municipality", _waits_for_municipality(page, say), say),
        *_part("risk", _risk(page, say), say),
        *_part("decide", _decide(page, say), say),
        *([picture] if picture else []),
        *links,
        Text(text=_rests_on(page, say), subtle=True),
    ]
    title = say("one_page.title", scope=scope_name(report, say), month=month)
    return Card(title=title, body=tuple(body))


def _part(name: str, said: Iterable[str], say: Texts) -> list[Block]:
    lines = tuple(said)
    text = "\n".join(lines) or say("one_page.nothing")
    return [Heading(text=say(f"one_page.{name}")), Text(text=text)]


def _met(page: OnePage, say: Texts) -> list[str]:
    total, before = page.report.of_month.total, page.before or Row()
    return [
        say("one_page.asked", asked=say.number(total.asked), open=say.number(total.open)),
        _kept("first_response", total.first_response, before.first_response, say),
        _kept("resolution", total.resolution, before.resolution, say),
    ]


def _kept(name: str, promise: Promise, before: Promise, say: Texts) -> str:
    what = say(f"report.promise.{name}")
    if promise.percent_in_time is None:
        return say("one_page.none_decided", what=what)
    then = before.percent_in_time
    kept = say(
        "one_page.kept",
        what=what,
        percent=promise.percent_in_time,
        number=say.number(promise.in_time),
        decided=say.number(promise.decided),
    )
    return kept if then is None else f"{kept} {say('one_page.before', percent=then)}"


def _nearly(page: OnePage, say: Texts) -> list[str]:
    if not page.nearly_answered + page.nearly_resolved:
        return []
    answered, resolved = say.number(page.nearly_answered), say.number(page.nearly_resolved)
    return [say("one_page.nearly_text", answered=answered, resolved=resolved, percent=NEARLY)]


def _waits(waiting: Waiting, say: Texts) -> list[str]:
    if waiting.oldest is None:
        return []
    number, oldest = say.number(waiting.number), say.date(waiting.oldest)
    return [say("one_page.waits", number=number, oldest=oldest)]


def _waits_for_municipality(page: OnePage, say: Texts) -> list[str]:
    said = _waits(page.on_municipality, say)
    median = page.report.of_month.total.waited_for_asker.median
    if median is not None:
        said.append(say("one_page.own_time", time=say.duration(median)))
    return said


def _risk(page: OnePage, say: Texts) -> list[str]:
    total = page.report.of_month.total
    overdue = total.resolution.overdue
    said = [say("one_page.overdue", number=say.number(overdue))] if overdue else []
    if page.on_third_party.number:
        said.append(say("one_page.third_party", number=say.number(page.on_third_party.number)))
    before = page.before.resolution.percent_in_time if page.before else None
    now = total.resolution.percent_in_time
    if before is not None and now is not None and before - now >= FELL:
        said.append(say("one_page.fell", points=before - now))
    return said + _tasks("one_page.red", page.red, page, say)


def _decide(page: OnePage, say: Texts) -> list[str]:
    said = []
    if page.disputes:
        said.append(say("one_page.disputes", number=say.number(page.disputes)))
    if page.changes:
        said.append(say("one_page.changes", number=say.number(page.changes)))
    return said + _tasks("one_page.proposed", page.proposed, page, say)


def _tasks(key: str, tasks: tuple[str, ...], page: OnePage, say: Texts) -> list[str]:
    """Return one line that names a few of *tasks*."""
    if not tasks:
        return []
    agreement = page.report.agreement
    names = [row_name(By.TASK, task, agreement, say) for task in tasks[:NAMED]]
    more = len(tasks) - len(names)
    named = "; ".join([*names, *([f"+{more}"] if more else [])])
    return [say(key, number=say.number(len(tasks)), tasks=named)]


def _rests_on(page: OnePage, say: Texts) -> str:
    report = page.report
    local = report.as_of.astimezone(report.agreement.calendar.zone)
    fingerprint = report.seal(say.language).fingerprint
    return say("one_page.rests_on", moment=moment(local, say), fingerprint=fingerprint)
