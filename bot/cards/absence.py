"""Cards about being away: the form, what has been put down, who is asked, and what is left open."""

from collections.abc import Mapping, Sequence

from bot.cards.blocks import Block, Button, Buttons, Card, Input, Table, Text
from bot.cards.forms import Fields, send
from bot.cover import Hole
from bot.domain.agreement import Agreement
from bot.domain.people import Absence, Person
from bot.domain.tickets import Ticket
from bot.texts import Texts

MOST_ROWS = 20
MOST_TASKS = 3


def form(say: Texts, fields: Fields, errors: Fields) -> Card:
    words = Input(
        name="words",
        label=say("absence.words"),
        value=fields.get("words", ""),
        error=errors.get("words"),
    )
    help_ = Text(text=say("absence.help"), subtle=True)
    return Card(title=say("absence.form"), body=(help_, words, send("absence.send", "", say)))


def put_down(absence: Absence, deputy: Person | None, say: Texts, *, is_sick: bool) -> Card:
    body: list[Block] = []
    if deputy:
        body.append(Text(text=say("absence.deputy", name=deputy.name)))
    if is_sick:
        body.append(Text(text=say("absence.get_well"), subtle=True))
    body.append(Text(text=say("absence.back_help"), subtle=True))
    return Card(title=say("absence.put_down", **_span(absence, say)), body=tuple(body))


def put_down_weekly(days: Sequence[Absence], say: Texts) -> Card:
    """Return what somebody reads who is away on the same days of every week: the first of them."""
    title = say("absence.put_down_weekly", number=say.number(len(days)), **_span(days[0], say))
    return Card(title=title, body=(Text(text=say("absence.weekly_help"), subtle=True),))


def confirm_weekly(words: str, gaps: Sequence[Hole], agreement: Agreement, say: Texts) -> Card:
    """Return what would be left with nobody on some of the days that *words* name."""
    anyway = Button(label=say("absence.anyway"), action="absence.anyway", value=words)
    body = (_table(gaps, agreement, say), Text(text=say("absence.lead_is_told"), subtle=True))
    title = say("absence.opens_gap_weekly")
    return Card(title=title, body=(*body, Buttons(buttons=(anyway,))))


def warning_weekly(
    who: Person, number: int, gaps: Sequence[Hole], agreement: Agreement, say: Texts
) -> Card:
    """Return the warning to the lead, before somebody's days off each week are confirmed."""
    title = say("absence.gap_would_be_weekly", name=who.name, number=say.number(number))
    return Card(title=title, body=(_table(gaps, agreement, say),))


def back(say: Texts) -> Card:
    return Card(title=say("absence.back"))


def calendar(say: Texts, *, is_read: bool) -> Card:
    """Return what somebody reads who has named their calendar, or wants it read no more."""
    return Card(title=say("absence.calendar_on" if is_read else "absence.calendar_off"))


def by_calendar(new: Sequence[Absence], say: Texts) -> Card:
    """Return what was found in somebody's calendar, the first of it, and how to say it is wrong."""
    key = "absence.calendar_read" if len(new) == 1 else "absence.calendar_read_many"
    title = say(key, number=say.number(len(new)), **_span(new[0], say))
    return Card(title=title, body=(Text(text=say("absence.calendar_help"), subtle=True),))


def warning_by_calendar(
    who: Person, gaps: Sequence[Hole], agreement: Agreement, say: Texts
) -> Card:
    title = say("absence.calendar_gaps", name=who.name)
    return Card(title=title, body=(_table(gaps, agreement, say),))


def unread(why: str, say: Texts) -> Card:
    """Return why somebody's calendar cannot be read: address, no_file, gone or silent."""
    body = (Text(text=say(f"absence.calendar_{why}")),)
    return Card(title=say("absence.calendar_unread"), body=body)


def confirm(
    absence: Absence, value: str, gaps: Sequence[Hole], agreement: Agreement, say: Texts
) -> Card:
    """Return what would be left with nobody, and a button for being away all the same."""
    anyway = Button(label=say("absence.anyway"), action="absence.anyway", value=value)
    body = (_table(gaps, agreement, say), Text(text=say("absence.lead_is_told"), subtle=True))
    title = say("absence.opens_gap", **_span(absence, say))
    return Card(title=title, body=(*body, Buttons(buttons=(anyway,))))


def warning(
    who: Person,
    absence: Absence,
    gaps: Sequence[Hole],
    agreement: Agreement,
    say: Texts,
    *,
    is_put_down: bool,
) -> Card:
    """Return the warning to the lead, before the absence is confirmed where that can wait."""
    key = "absence.gap_is_there" if is_put_down else "absence.gap_would_be"
    title = say(key, name=who.name, **_span(absence, say))
    return Card(title=title, body=(_table(gaps, agreement, say),))


def offer(who: Person, absence: Absence, ticket: Ticket, due: str, say: Texts) -> Card:
    take = Button(
        label=say("absence.take_over"),
        action="absence.take_over",
        value=str(ticket.id),
        style="primary",
    )
    help_ = Text(text=say("absence.offer_due", moment=due))
    title = say("absence.offer", name=who.name, number=ticket.number, **_span(absence, say))
    return Card(title=title, body=(help_, Buttons(buttons=(take,))))


def holes_table(holes: Sequence[Hole], title: str, agreement: Agreement, say: Texts) -> Table:
    """Return where and when cover is thin, the first of them."""
    columns = tuple(say(f"absence.{name}") for name in ("municipality", "tasks", "days"))
    rows = tuple(_row(hole, agreement, say) for hole in holes[:MOST_ROWS])
    return Table(title=title, columns=columns, rows=rows)


def _table(gaps: Sequence[Hole], agreement: Agreement, say: Texts) -> Table:
    return holes_table(gaps, say("absence.gaps"), agreement, say)


def _row(hole: Hole, agreement: Agreement, say: Texts) -> tuple[str, ...]:
    names = [agreement.tasks[task].name for task in hole.tasks[:MOST_TASKS]]
    more = len(hole.tasks) - len(names)
    tasks = "; ".join(names) + (f" (+{more})" if more else "")
    days = say.date(hole.first)
    if hole.last != hole.first:
        days = f"{days} – {say.date(hole.last)}"
    return agreement.municipalities[hole.municipality].name, tasks, days


def _span(absence: Absence, say: Texts) -> Mapping[str, str]:
    return {"start": say.moment(absence.start), "end": say.moment(absence.end)}
