"""Somebody will be away, or is ill (`/fravær`): who answers meanwhile, and what it leaves open."""

from dataclasses import replace
from datetime import timedelta

from bot import standing_in
from bot.cards import absence as cards
from bot.cards.blocks import Card
from bot.case import case_for_team, stamp
from bot.casework import offered, record, redrawn, tell_both
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
from bot.domain.absence_words import (
    AbsenceUnclear,
    Weekly,
    Wish,
    is_back,
    read_absence,
    read_weekly,
)
from bot.domain.absences import CannotBeAway, WhoIsThat, away, back, named, noted, read_noted
from bot.domain.calendar_words import OFF, calendar_in
from bot.domain.events import HandedOver
from bot.domain.people import Absence, Person, PersonId, Place
from bot.own_calendar import stop_reading
from bot.standing_in import Leaving
from bot.texts import Texts, texts

LONGEST_DAY = timedelta(hours=25)  # in October


class Overlaps(Refusal):
    key = "refusal.absence_overlaps"


class NoSuchDeputy(Refusal):
    key = "refusal.absence_no_deputy"


class WrongDeputy(Refusal):
    key = "refusal.absence_wrong_deputy"


class DeputyAway(Refusal):
    key = "refusal.absence_deputy_away"


class NotAway(Refusal):
    key = "refusal.absence_not_away"


class NoCalendarRead(Refusal):
    key = "refusal.absence_no_calendar"


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Put down what the words say; without words, show the form."""
    words = commanded.text.strip()
    if not words:
        form = cards.form(texts(context.speaker.language), {}, {})
        return [Show(card=form, trigger=commanded.trigger)]
    return _wished(words, commanded.place, context)


def send_form(sent: Submitted | Pressed, context: Context) -> list[Outgoing]:
    try:
        return _wished(sent.fields.get("words", ""), _own(sent, context), context)
    except Refusal as refusal:
        say = texts(context.speaker.language)
        errors = {"words": say(refusal.key, **refusal.values)}
        raise FormIncomplete(errors, cards.form(say, sent.fields, errors)) from refusal


def anyway(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Be away although it leaves something with nobody: the lead knows."""
    if weekly := read_weekly(pressed.value, context.now, context.agreement.calendar.zone):
        return _weekly(weekly, pressed.value, _own(pressed, context), context, is_sure=True)
    try:
        meant = read_noted(pressed.value)
    except CannotBeAway as wrong:
        raise AbsenceUnclear from wrong
    absence = _checked(Wish(start=meant.start, end=meant.end), meant.deputy, context)
    return _put_down(absence, _own(pressed, context), context, is_sick=False)


def take_over(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Have the ticket of somebody who will be away."""
    case = record(
        case_for_team(pressed.value, context), HandedOver(**stamp(context), to=context.speaker.id)
    )
    name = context.speaker.name
    told = tell_both(case, "note.handed_over", name=name, to=name)
    return [*offered(case), *told, *redrawn(case)]


def _wished(words: str, at: Place, context: Context) -> list[Outgoing]:
    if is_back(words):
        return _back(at, context)
    if address := calendar_in(words):
        return _calendar(address, at, context)
    zone = context.agreement.calendar.zone
    if weekly := read_weekly(words, context.now, zone):
        return _weekly(weekly, words, at, context, is_sure=False)
    wish = read_absence(words, context.now, zone)
    absence = _checked(wish, _deputy(wish, context), context)
    leaving, me = _leaving((absence,), context), context.speaker
    gaps = standing_in.gaps(leaving)

    def warning(say: Texts) -> Card:
        return cards.warning(me, absence, gaps, context.agreement, say, is_put_down=wish.is_sick)

    warned = standing_in.warnings(leaving, gaps, warning)
    if gaps and not wish.is_sick:  # who is ill is ill: nobody has to confirm that
        say = texts(me.language)
        card = cards.confirm(absence, noted(absence), gaps, context.agreement, say)
        return [Say(to=at, card=card), *warned]
    return [*_put_down(absence, at, context, is_sick=wish.is_sick), *warned]


def _weekly(
    weekly: Weekly, words: str, at: Place, context: Context, *, is_sure: bool
) -> list[Outgoing]:
    """Be away on the same days of every week, where one is not away already; or no more."""
    me, say = context.speaker, texts(context.speaker.language)
    if weekly.is_over:
        return _week_as_others(weekly, at, context)
    days = _days_off(weekly, context)
    leaving = _leaving(days, context)
    gaps = standing_in.gaps(leaving)

    def warning(say: Texts) -> Card:
        return cards.warning_weekly(me, len(days), gaps, context.agreement, say)

    warned = standing_in.warnings(leaving, gaps, warning)
    if gaps and not is_sure:
        return [Say(to=at, card=cards.confirm_weekly(words, gaps, context.agreement, say)), *warned]
    context.store.people.introduce(replace(me, absences=_in_order((*me.absences, *days))))
    return [Say(to=at, card=cards.put_down_weekly(days, say)), *standing_in.offers(leaving)]


def _days_off(weekly: Weekly, context: Context) -> tuple[Absence, ...]:
    """Return the days of *weekly* on which the speaker is here otherwise.

    On those on which the deputy is away too, routing finds somebody.

    :raises Refusal: there is none, or the deputy cannot step in
    """
    me, deputy = context.speaker, _deputy(_first_of(weekly), context)
    free = [
        Wish(start=start, end=end)
        for start, end in weekly.spans
        if not any(start < one.end and one.start < end for one in me.absences)
    ]
    days: list[Absence] = []
    for wish in free or [_first_of(weekly)]:
        try:
            days.append(_checked(wish, deputy, context))
        except DeputyAway:
            days.append(_checked(wish, None, context))
    return tuple(days)


def _first_of(weekly: Weekly) -> Wish:
    start, end = weekly.spans[0]
    return Wish(start=start, end=end, deputy=weekly.deputy)


def _week_as_others(weekly: Weekly, at: Place, context: Context) -> list[Outgoing]:
    """Take away the speaker's days off to come that are such days of the week."""
    me, zone = context.speaker, context.agreement.calendar.zone
    kept = tuple(
        one
        for one in me.absences
        if one.start <= context.now
        or one.end - one.start > LONGEST_DAY
        or one.start.astimezone(zone).weekday() not in weekly.weekdays
    )
    if kept == me.absences:
        raise NotAway
    context.store.people.introduce(replace(me, absences=kept))
    return [Say(to=at, card=cards.back(texts(me.language)))]


def _in_order(absences: tuple[Absence, ...]) -> tuple[Absence, ...]:
    return tuple(sorted(absences, key=lambda one: one.start))


def _calendar(address: str, at: Place, context: Context) -> list[Outgoing]:
    """Read the speaker's own calendar from now on, or no more."""
    me, store = context.speaker, context.store
    if address != OFF:
        store.away_calendars.keep(me.id, address, context.now)
    elif not stop_reading(me, store, context.now):
        raise NoCalendarRead
    return [Say(to=at, card=cards.calendar(texts(me.language), is_read=address != OFF))]


def _back(at: Place, context: Context) -> list[Outgoing]:
    try:
        context.store.people.introduce(back(context.speaker, context.now))
    except CannotBeAway as here:
        raise NotAway from here
    return [Say(to=at, card=cards.back(texts(context.speaker.language)))]


def _deputy(wish: Wish, context: Context) -> PersonId | None:
    """Return whom *wish* names, among those who can step in: others are nobody's business."""
    if not wish.deputy:
        return None
    me = context.speaker
    unit = [p for p in context.store.people.everybody() if _same_unit(p, me)]
    try:
        return named(wish.deputy, unit).id
    except WhoIsThat as unknown:
        raise NoSuchDeputy(name=wish.deputy) from unknown


def _same_unit(person: Person, me: Person) -> bool:
    if me.is_host_team:
        return person.is_host_team
    return person.municipality == me.municipality and not person.is_host_team


def _checked(wish: Wish, deputy_id: PersonId | None, context: Context) -> Absence:
    """Return the absence.

    :raises Refusal: it overlaps another, or the deputy cannot step in or is away then too
    """
    me, zone = context.speaker, context.agreement.calendar.zone
    say = texts(me.language)
    for other in me.absences:
        if wish.start < other.end and other.start < wish.end:
            raise Overlaps(start=say.moment(other.start), end=say.moment(other.end))
    deputy = context.store.people.get(deputy_id) if deputy_id else None
    for other in deputy.absences if deputy else ():
        if deputy and wish.start < other.end and other.start < wish.end:
            span = {"start": say.moment(other.start), "end": say.moment(other.end)}
            raise DeputyAway(name=deputy.name, **span)
    try:
        return away(me, (wish.start, wish.end), deputy, zone)
    except CannotBeAway as wrong:
        raise (WrongDeputy(name=deputy.name) if deputy else AbsenceUnclear()) from wrong


def _put_down(absence: Absence, at: Place, context: Context, *, is_sick: bool) -> list[Outgoing]:
    store, me = context.store, context.speaker
    store.people.add_absence(me.id, absence)
    deputy = store.people.get(absence.deputy) if absence.deputy else None
    card = cards.put_down(absence, deputy, texts(me.language), is_sick=is_sick)
    return [Say(to=at, card=card), *standing_in.offers(_leaving((absence,), context))]


def _leaving(absences: tuple[Absence, ...], context: Context) -> Leaving:
    return Leaving(
        who=context.speaker,
        absences=absences,
        store=context.store,
        book=context.agreements,
        now=context.now,
        team=context.team,
    )


def _own(event: Submitted | Pressed, context: Context) -> Place:
    own = context.store.people.place_of(context.speaker.id, event.account.platform)
    return own or Place(event.place.platform, event.account.user)
