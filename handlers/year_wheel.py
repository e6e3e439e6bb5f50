"""Somebody looks at the yearly wheel (`/årshjul`), or ticks off what has been done of it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.cards import year_wheel as cards
from bot.cards.year_wheel import Turn
from bot.conversation import Commanded, Context, Outgoing, Pressed, Say
from bot.domain.agreement import Municipality
from bot.domain.people import Place
from bot.domain.year_wheel import (
    NoSuchDeadline,
    Occurrence,
    Term,
    check_tick,
    may_tick,
    occurrence_of,
    occurrences,
    read_term,
)
from bot.intake import member_of
from bot.texts import texts
from storage.year import Kept

AHEAD = timedelta(days=365)


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Show the speaker's own municipality's deadlines; the host's team may name another."""
    member, agreement = _meant(commanded.text, context), context.agreement
    today = agreement.calendar.local_date(context.now)
    late = context.store.year.late(member.id, today, agreement.id)
    known = {kept.term: kept for kept in late}
    known |= context.store.year.known(agreement.id, today, member.id)
    coming = occurrences(agreement, today, today + AHEAD, member.id)
    turns = [_turn(one, known, today, context) for one in (*_still(late, context), *coming)]
    card = cards.wheel(turns, member.name, texts(context.speaker.language))
    return [Say(to=commanded.place, card=card)]


def tick(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Tick it off; who comes second is told who was first."""
    one = _in_hand(pressed.value, context)
    at = min(context.at, context.now)
    kept = context.store.year.meet(context.agreement.id, one, context.speaker.id, at)
    return _told(one, kept, pressed, context)


def untick(pressed: Pressed, context: Context) -> list[Outgoing]:
    one = _in_hand(pressed.value, context)
    return _told(one, context.store.year.take_back(context.agreement.id, one), pressed, context)


def _meant(text: str, context: Context) -> Municipality:
    members, wanted = context.agreement.municipalities.values(), text.strip().casefold()
    if context.speaker.is_host_team:
        for member in members:
            if wanted in {member.id.casefold(), member.name.casefold()}:
                return member
    return member_of(context.speaker, context)


def _still(late: Sequence[Kept], context: Context) -> list[Occurrence]:
    """Return what is late and still in the wheel: an owner may have taken it out."""
    found: list[Occurrence] = []
    for kept in late:
        try:
            found.append(occurrence_of(context.agreement, kept.term))
        except NoSuchDeadline:
            continue
    return found


def _in_hand(value: str, context: Context) -> Occurrence:
    """Return the occurrence that a button names, if the speaker may tick it off.

    :raises NoSuchDeadline: there is none, or it is another municipality's
    :raises NotYoursToTick: it is for others in the municipality, or for the host
    """
    term = read_term(value)
    one = occurrence_of(context.agreement, term)
    check_tick(context.speaker, one, context.agreement)
    return one


def _turn(one: Occurrence, known: Mapping[Term, Kept], today: date, context: Context) -> Turn:
    agreement, kept = context.agreement, known.get(one.term)
    by = context.store.people.get(kept.met_by) if kept and kept.met_by else None
    return Turn(
        one=one,
        municipality=agreement.municipalities[one.term.municipality].name,
        met_by=by.name if by else "",
        met_at=kept.met_at if kept else None,
        is_late=one.due < today,
        may_tick=may_tick(context.speaker, one, agreement),
    )


def _told(one: Occurrence, kept: Kept, pressed: Pressed, context: Context) -> list[Outgoing]:
    today = context.agreement.calendar.local_date(context.now)
    turn = _turn(one, {one.term: kept}, today, context)
    own = context.store.people.place_of(context.speaker.id, pressed.account.platform)
    to = own or Place(pressed.place.platform, pressed.account.user)
    return [Say(to=to, card=cards.ticked(turn, texts(context.speaker.language)))]
