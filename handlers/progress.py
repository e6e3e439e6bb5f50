"""The host's team moves a ticket along: it waits for a third party, goes on, or is opened again."""

from bot.cards import forms
from bot.case import case_for_team, stamp
from bot.casework import record, redrawn, tell_both, view_of
from bot.conversation import Context, FormIncomplete, Outgoing, Pressed, Show, Submitted
from bot.domain.events import Reopened, WaitsForThirdParty, WentOn
from bot.texts import texts


def open_third_party(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = case_for_team(pressed.value, context)
    form = forms.text_form(view_of(case), "third_party", texts(context.speaker.language), {}, {})
    return [Show(card=form, trigger=pressed.trigger)]


def send_third_party(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Pause resolution while somebody outside has to act; both sides see whom we wait for."""
    case, party = case_for_team(sent.value, context), sent.fields.get("text", "").strip()
    if not party:
        say = texts(context.speaker.language)
        errors = {"text": say("form.missing")}
        form = forms.text_form(view_of(case), "third_party", say, sent.fields, errors)
        raise FormIncomplete(errors, form)
    case = record(case, WaitsForThirdParty(**stamp(context), party=party))
    return [*tell_both(case, "note.third_party", party=party), *redrawn(case)]


def go_on(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = record(case_for_team(pressed.value, context), WentOn(**stamp(context)))
    return [*tell_both(case, "note.went_on", name=context.speaker.name), *redrawn(case)]


def reopen(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = record(case_for_team(pressed.value, context), Reopened(**stamp(context)))
    return [*tell_both(case, "note.reopened", name=context.speaker.name), *redrawn(case)]
