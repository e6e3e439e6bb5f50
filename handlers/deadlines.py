"""The host's team moves a ticket's deadlines: by its priority, or by hand and with a reason."""

from functools import partial

from bot.cards import notes
from bot.cards.blocks import Card
from bot.cards.forms import Fields
from bot.cards.team_forms import target_form
from bot.case import Case, case_for_team, stamp
from bot.casework import record, redrawn, tell_all, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.deadlines import prioritised
from bot.domain import Refusal
from bot.domain.agreement import Priority
from bot.domain.by_hand import can_be_set, will_do
from bot.domain.events import Figure, TargetSet
from bot.domain.moments import read_moment
from bot.texts import texts


class NothingRuns(Refusal):
    """No deadline runs, or those that do are broken: that stays."""

    key = "refusal.nothing_runs"


def urgent(pressed: Pressed, context: Context) -> list[Outgoing]:
    return prioritised(case_for_team(pressed.value, context), Priority.URGENT, context)


def not_urgent(pressed: Pressed, context: Context) -> list[Outgoing]:
    return prioritised(case_for_team(pressed.value, context), Priority.NORMAL, context)


def open_target(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    return [Show(card=_form(case, context, {}, {}), trigger=pressed.trigger)]


def send_target(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Set one deadline by hand. It holds whatever the priority and the task become."""
    case = case_for_team(sent.value, context)
    target = _filled_in(case, sent, context)
    case = record(case, target)
    note = partial(notes.target_set, target.figure, target.due, target.reason, context.speaker.name)
    return [*tell_all(case, note), *redrawn(case)]


def _filled_in(case: Case, sent: Submitted | Pressed, context: Context) -> TargetSet:
    say = texts(context.speaker.language)
    calendar = case.agreement.calendar
    which, reason = sent.fields.get("figure", ""), sent.fields.get("reason", "").strip()
    due = read_moment(sent.fields.get("due", ""), calendar.zone)
    errors = {}
    if which not in can_be_set(view_of(case).figures):
        errors["figure"] = say("form.unknown_choice")
    if due is None:
        errors["due"] = say("form.not_a_moment")
    elif not will_do(calendar, context.now, due):
        errors["due"] = say("form.not_ahead")
    if not reason:
        errors["reason"] = say("form.missing")
    if errors or due is None:
        raise FormIncomplete(errors, _form(case, context, sent.fields, errors))
    return TargetSet(**stamp(context), figure=Figure(which), due=due, reason=reason)


def _form(case: Case, context: Context, fields: Fields, errors: Fields) -> Card:
    view = view_of(case)
    figures = can_be_set(view.figures)
    if not figures:
        raise NothingRuns
    return target_form(view, figures, texts(context.speaker.language), fields, errors)
