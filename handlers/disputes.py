"""Somebody holds that a task is not theirs: that waits for a meeting, which then decides."""

from functools import partial
from uuid import UUID

from bot.anonymity import wrong_with
from bot.cards import disputes as cards
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.case import Case, case_for_asker, case_for_team, case_of, stamp
from bot.casework import (
    TEAM_LANGUAGE,
    record,
    redrawn,
    route_to_contact,
    tell_asker,
    tell_team,
    view_of,
)
from bot.conversation import (
    Commanded,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Say,
    Show,
    Submitted,
)
from bot.domain import Refusal
from bot.domain.agreement import Clause, Side, Task
from bot.domain.disputes import Dispute, DisputeId, Verdict, settled
from bot.domain.events import NeedsHelp, TaskChanged
from bot.domain.moves import AlreadyRouted, NotRouted
from bot.domain.tickets import Status
from bot.texts import texts
from storage.disputes import NoSuchDispute


class NoClause(Refusal):
    key = "dispute.no_clause"


def open_by_team(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = _with_host(case_for_team(pressed.value, context))
    return _show("ticket.dispute", case, pressed, context)


def open_by_asker(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = _referred(case_for_asker(pressed.value, context))
    return _show("asker.dispute", case, pressed, context)


def send_by_team(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Keep the dispute; meanwhile the host helps, or the municipality's own people have it."""
    case = _with_host(case_for_team(sent.value, context))
    dispute = _filled_in("ticket.dispute", case, sent, context)
    context.store.disputes.open_one(dispute)
    told = _told(case, context)
    if sent.fields.get("meanwhile") == "refer":
        changed = TaskChanged(**stamp(context), task=case.ticket.task, side=Side.PARTNER)
        case = record(case, changed)
    return [*told, *redrawn(case)]


def send_by_asker(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Keep the dispute; meanwhile the host helps, and the work is counted as unspecified."""
    case = _referred(case_for_asker(sent.value, context))
    dispute = _filled_in("asker.dispute", case, sent, context)
    context.store.disputes.open_one(dispute)
    case, given = route_to_contact(record(case, NeedsHelp(**stamp(context))))
    return [*given, *_told(case, context, "dispute.raised_host_helps"), *redrawn(case)]


def overview(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Show every precedent, and what waits for a meeting: all of it to the host's team alone."""
    speaker, store = context.speaker, context.store
    own = None if speaker.is_host_team else speaker.municipality or ""
    card = cards.overview(
        store.disputes.precedents(context.agreement.id),
        store.disputes.open(own),
        context.agreement,
        store.people.directory(),
        texts(speaker.language),
        may_settle=speaker.is_host_team,
    )
    return [Say(to=commanded.place, card=card)]


def open_settle(pressed: Pressed, context: Context) -> list[Outgoing]:
    dispute = _to_settle(pressed.value, context)
    return [Show(card=_settle_form(dispute, {}, {}, context), trigger=pressed.trigger)]


def send_settle(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Put down what the meeting decided; from now on it is shown wherever the clause is used."""
    dispute, say = _to_settle(sent.value, context), texts(context.speaker.language)
    verdict, wording = sent.fields.get("verdict", ""), sent.fields.get("wording", "").strip()
    errors = {} if verdict in set(Verdict) else {"verdict": say("form.unknown_choice")}
    if telling := _wrong_with(wording, dispute, context):
        errors["wording"] = telling
    if errors:
        raise FormIncomplete(errors, _settle_form(dispute, sent.fields, errors, context))
    at = min(context.at, context.now)
    dispute = settled(dispute, Verdict(verdict), wording, context.speaker.id, at)
    context.store.disputes.settle(dispute)
    return _told_decision(dispute, context)


def _with_host(case: Case) -> Case:
    if not case.ticket.is_with_host:
        raise NotRouted
    _task(case)
    return case


def _referred(case: Case) -> Case:
    if case.ticket.status is not Status.REFERRED:
        raise AlreadyRouted
    _task(case)
    return case


def _task(case: Case) -> Task:
    """Return the task that the ticket is about.

    :raises NoClause: nobody has said which it is
    """
    if case.ticket.task is None:
        raise NoClause
    return case.agreement.tasks[case.ticket.task]


def _show(action: str, case: Case, pressed: Pressed, context: Context) -> list[Outgoing]:
    return [Show(card=_form(action, case, {}, {}, context), trigger=pressed.trigger)]


def _form(action: str, case: Case, fields: Fields, errors: Fields, context: Context) -> Card:
    say = texts(context.speaker.language)
    return cards.dispute_form(view_of(case), action, say, fields, errors)


def _filled_in(action: str, case: Case, sent: Submitted | Pressed, context: Context) -> Dispute:
    reason, task = sent.fields.get("reason", "").strip(), _task(case)
    if not reason:
        errors = {"reason": texts(context.speaker.language)("form.missing")}
        raise FormIncomplete(errors, _form(action, case, sent.fields, errors, context))
    return Dispute(
        id=DisputeId(context.new_id()),
        cooperation=case.ticket.cooperation,
        municipality=case.ticket.municipality,
        ticket=case.ticket.id,
        number=case.ticket.number,
        task=task.id,
        clause=_clause(task, sent.fields.get("clause", "")),
        side=task.side,
        by=context.speaker.id,
        by_host=action == "ticket.dispute",
        reason=reason,
        at=min(context.at, context.now),
    )


def _clause(task: Task, chosen: str) -> Clause | None:
    """Return the clause that was chosen by its place, or else the task's first."""
    by_place = {str(number): clause for number, clause in enumerate(task.clauses)}
    return by_place.get(chosen) or next(iter(task.clauses), None)


def _told(case: Case, context: Context, helps: str | None = None) -> list[Outgoing]:
    draw = partial(cards.raised, context.speaker.name, helps)
    return [*tell_asker(case, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]


def _to_settle(value: str, context: Context) -> Dispute:
    """Return the dispute, for the host's team, which keeps the meetings' minutes.

    :raises NoSuchDispute: there is none, or the speaker is not of the team
    """
    if not context.speaker.is_host_team:
        raise NoSuchDispute
    try:
        return context.store.disputes.get(DisputeId(UUID(value)))
    except ValueError as error:
        raise NoSuchDispute from error


def _settle_form(dispute: Dispute, fields: Fields, errors: Fields, context: Context) -> Card:
    return cards.settle_form(dispute, texts(context.speaker.language), fields, errors)


def _wrong_with(wording: str, dispute: Dispute, context: Context) -> str | None:
    """Return what is wrong with what every municipality is to read of a decision, if anything."""
    case = case_of(context.store.tickets.get(dispute.ticket), context)
    return wrong_with(wording, case, texts(context.speaker.language))


def _told_decision(dispute: Dispute, context: Context) -> list[Outgoing]:
    """Tell both sides of the ticket that was disputed; its cards show the precedent as well."""
    precedent = dispute.precedent()
    if precedent is None:
        return []
    case = case_of(context.store.tickets.get(dispute.ticket), context)
    task = case.agreement.tasks.get(dispute.task)
    name = task.name if task else dispute.task
    draw = partial(cards.decided, precedent, name, context.speaker.name)
    told = [*tell_asker(case, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]
    return [*told, *redrawn(case)]
