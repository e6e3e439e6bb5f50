"""Cards of disputes: whose is this task, what waits for a meeting, and what meetings decided."""

from collections.abc import Mapping, Sequence

from bot.cards.blocks import (
    Block,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Heading,
    Option,
    Quote,
    Select,
    Text,
)
from bot.cards.forms import Fields, long_input, send
from bot.cards.view import TicketView, ruling
from bot.domain.agreement import Agreement, Clause
from bot.domain.disputes import Dispute, Precedent, Verdict
from bot.domain.people import Person, PersonId
from bot.texts import Texts

MOST = 15  # of a kind; a message in Slack holds 50 blocks
MEANWHILE = ("keep", "refer")

Directory = Mapping[PersonId, Person]


def dispute_form(view: TicketView, action: str, say: Texts, fields: Fields, errors: Fields) -> Card:
    """Return *action*'s form: the team's also asks what happens with the ticket meanwhile."""
    body: list[Block] = [*_clause(view, say, fields, errors)]
    body.append(long_input("reason", say("dispute.reason"), fields, errors))
    if action == "ticket.dispute":
        options = tuple(Option(label=say(f"dispute.{way}"), value=way) for way in MEANWHILE)
        body.append(_select("meanwhile", say("dispute.meanwhile"), options, fields, errors))
    sends = send(f"{action}.send", str(view.ticket.id), say)
    return Card(title=say("dispute.title", number=view.ticket.number), body=(*body, sends))


def settle_form(dispute: Dispute, say: Texts, fields: Fields, errors: Fields) -> Card:
    options = tuple(
        Option(label=say(f"dispute.verdict.{verdict}"), value=verdict.value) for verdict in Verdict
    )
    verdict = _select("verdict", say("dispute.settle_verdict"), options, fields, errors)
    wording = long_input("wording", say("dispute.settle_wording"), fields, errors)
    sends = send("dispute.settle.send", str(dispute.id), say)
    return Card(title=say("dispute.settle", number=dispute.number), body=(verdict, wording, sends))


def raised(name: str, helps: str | None, say: Texts) -> Card:
    """Return what both sides read; *helps* is a text that says what happens meanwhile."""
    body = (Text(text=say(helps)),) if helps else ()
    return Card(title=say("dispute.raised", name=name), body=body)


def decided(precedent: Precedent, task: str, name: str, say: Texts) -> Card:
    words = Text(text=ruling(precedent, name, say))
    return Card(title=say("dispute.decided", name=name, task=task), body=(words,))


def overview(
    precedents: Sequence[Precedent],
    waiting: Sequence[Dispute],
    agreement: Agreement,
    people: Directory,
    say: Texts,
    *,
    may_settle: bool,
) -> Card:
    """Return what has been decided, and the disputes that wait for a meeting."""
    body: list[Block] = []
    if precedents:
        body.append(
            Facts(facts=tuple(_ruled(p, agreement, people, say) for p in precedents[:MOST]))
        )
    else:
        body.append(Text(text=say("dispute.precedents_none")))
    body.append(Heading(text=say("dispute.open")))
    for dispute in waiting[:MOST]:
        body += _waiting(dispute, agreement, people, say)
        if may_settle:
            label = say("dispute.settle", number=dispute.number)
            button = Button(label=label, action="dispute.settle", value=str(dispute.id))
            body.append(Buttons(buttons=(button,)))
    if not waiting:
        body.append(Text(text=say("dispute.open_none")))
    return Card(title=say("dispute.precedents"), body=tuple(body))


def _clause(view: TicketView, say: Texts, fields: Fields, errors: Fields) -> tuple[Select, ...]:
    """Ask which clause, where the task stands in several."""
    clauses = view.task.clauses if view.task else ()
    if len(clauses) <= 1:
        return ()
    options = tuple(Option(label=_named(c, say), value=str(n)) for n, c in enumerate(clauses))
    return (_select("clause", say("dispute.clause"), options, fields, errors),)


def _select(
    name: str, label: str, options: tuple[Option, ...], fields: Fields, errors: Fields
) -> Select:
    value = fields.get(name) or options[0].value
    return Select(name=name, label=label, options=options, value=value, error=errors.get(name))


def _ruled(one: Precedent, agreement: Agreement, people: Directory, say: Texts) -> Fact:
    where = [_named(one.clause, say)] if one.clause else []
    known, person = agreement.tasks.get(one.task), people.get(one.by)
    name = " · ".join([*where, known.name if known else one.task])
    return Fact(name=name, value=ruling(one, person.name if person else one.by, say))


def _waiting(
    dispute: Dispute, agreement: Agreement, people: Directory, say: Texts
) -> tuple[Block, ...]:
    known, person = agreement.tasks.get(dispute.task), people.get(dispute.by)
    municipality = agreement.municipalities[dispute.municipality].name
    task = known.name if known else dispute.task
    line = say("dispute.line", number=dispute.number, municipality=municipality, task=task)
    who = say(
        "dispute.by_host" if dispute.by_host else "dispute.by_partner",
        name=person.name if person else dispute.by,
        municipality=municipality,
        moment=say.moment(dispute.at),
    )
    return Text(text=line), Text(text=who, subtle=True), Quote(text=dispute.reason)


def _named(clause: Clause, say: Texts) -> str:
    return say("clause.one", section=clause.section, number=clause.number)
