"""A question that came by phone is put down afterwards, with the time of the call itself."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.cards import notes
from bot.cards.forms import Fields
from bot.cards.team_forms import phone_form
from bot.case import Case, TeamOnly
from bot.casework import TEAM_LANGUAGE, record, route_to_contact, tell_asker, tell_team
from bot.conversation import (
    Commanded,
    Context,
    FormIncomplete,
    Outgoing,
    Pressed,
    Show,
    Submitted,
)
from bot.domain.events import Answered, Asked, NeedsHelp, Via
from bot.domain.moments import read_moment, written
from bot.domain.people import Person, Place
from bot.domain.tickets import Status
from bot.intake import open_case, receipt
from bot.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who called, for which municipality, and where they read the bot's messages."""

    who: Person
    municipality: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What was put down. *answer* is empty if none was given on the phone."""

    caller: _Caller
    at: datetime
    text: str
    answer: str


def open_form(event: Commanded | Pressed, context: Context) -> list[Outgoing]:
    if not context.speaker.is_host_team:
        raise TeamOnly
    now = {"when": written(context.now, context.agreement.calendar.zone)}
    form = phone_form(texts(context.speaker.language), now, {})
    return [Show(card=form, trigger=event.trigger)]


def send_form(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    """Open the ticket with the time of the call (SLA rule 1), and tell the caller in the chat."""
    if not context.speaker.is_host_team:
        raise TeamOnly
    call = _filled_in(sent.fields, context)
    case, given = _opened(call, sent.key, context), list[Outgoing]()
    if case.ticket.status is Status.OPEN:
        case, given = route_to_contact(case)
    told: list[Outgoing] = []
    if call.answer:
        case, told = _answered(case, call, sent.key, context)
    return [receipt(case, call.caller.place), *given, *told]


def _opened(call: _Call, key: str, context: Context) -> Case:
    agreement = context.agreements.current_at(call.at)
    understood = context.understand(call.text)
    asked = Asked(
        at=call.at,
        received_at=context.now,
        by=call.caller.who.id,
        message=key,
        text=call.text,
        via=Via.PHONE,
        task=understood.task,
        side=agreement.side_of(understood.task),
        marked_by=context.speaker.id,
        seems_urgent=understood.urgent and not call.answer,
        second=understood.second.text if understood.second else None,
    )
    case = open_case(asked, call.caller.municipality, call.caller.place, agreement, context)
    if call.answer and case.ticket.status is Status.REFERRED:  # helped all the same
        helped = NeedsHelp(at=call.at, received_at=context.now, by=call.caller.who.id)
        case = record(case, helped)
    return case


def _answered(case: Case, call: _Call, key: str, context: Context) -> tuple[Case, list[Outgoing]]:
    """Count the answer that was given in the call itself, and let both sides read it."""
    answered = Answered(
        at=call.at,
        received_at=context.now,
        by=context.speaker.id,
        message=f"{key}:answer",
        text=call.answer,
    )
    case = record(case, answered)
    name = context.speaker.name
    draw = partial(notes.wrote, "note.answered_on_phone", call.answer, name=name)
    return case, [*tell_asker(case, draw), *tell_team(case, draw(texts(TEAM_LANGUAGE)))]


def _filled_in(fields: Fields, context: Context) -> _Call:
    say = texts(context.speaker.language)
    at = read_moment(fields.get("when", ""), context.agreement.calendar.zone)
    text, errors = fields.get("text", "").strip(), dict[str, str]()
    if wrong := _wrong_moment(at, context, say):
        errors["when"] = wrong
    if not text:
        errors["text"] = say("form.missing")
    caller = _caller(fields.get("who", ""), at or context.now, context, say)
    if isinstance(caller, str):
        errors["who"] = caller
    if errors or at is None or isinstance(caller, str):
        raise FormIncomplete(errors, phone_form(say, fields, errors))
    answer = fields.get("answer", "").strip()
    return _Call(caller=caller, at=at, text=text, answer=answer)


def _wrong_moment(at: datetime | None, context: Context, say: Texts) -> str | None:
    """Say what is wrong with when the call was: still to come, or before there was a promise."""
    if at is None:
        return say("form.not_a_moment")
    agreement = context.agreements.current_at(at)
    has_begun = agreement.effective_from <= agreement.calendar.local_date(at)
    return None if has_begun and at <= context.now else say("form.not_yet")


def _caller(written: str, at: datetime, context: Context, say: Texts) -> _Caller | str:
    """Return who *written*, an e-mail address or a name, is; or else what is wrong with it."""
    wanted = written.strip().casefold()
    found = [who for who in context.store.people.everybody() if wanted in _names(who)]
    if len(found) != 1:
        return say("form.several" if found else "form.nobody")
    [who] = found
    agreement = context.agreements.current_at(at)
    member = agreement.municipalities.get(who.municipality or "")
    if member is None or (member.starts and member.starts > agreement.calendar.local_date(at)):
        return say("form.no_member", name=who.name)
    place = context.store.people.place_of(who.id)
    if place is None:
        return say("form.no_chat", name=who.name)
    return _Caller(who, member.id, place)


def _names(who: Person) -> set[str]:
    return {name for name in (who.email.casefold(), who.name.casefold()) if name}
