"""Who comes to a meeting: what is coming (`/møte`), and answers to invitations."""

from bot.cards import meetings as cards
from bot.conversation import Commanded, Context, Outgoing, Pressed, Say
from bot.domain.meetings import Answer, Reply, StaleInvitation, to_answer
from bot.domain.people import Place
from bot.meetings.hall import coming_for, hall_for
from bot.meetings.telling import seat_of
from bot.texts import texts


def command(commanded: Commanded, context: Context) -> list[Outgoing]:
    """Show what is coming, with the answers one can give."""
    views = [hall.view() for hall in coming_for(context)]
    card = cards.coming(views, context.speaker.id, texts(context.speaker.language))
    return [Say(to=commanded.place, card=card)]


def comes(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _answered(Answer.COMES, pressed, context)


def cannot(pressed: Pressed, context: Context) -> list[Outgoing]:
    return _answered(Answer.CANNOT, pressed, context)


def feed(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Tell the speaker, in their own place, where their private calendar lies."""
    return _fed(context.store.calendar_feeds.token_of(context.speaker.id), pressed, context)


def new_feed(pressed: Pressed, context: Context) -> list[Outgoing]:
    """Give the speaker a new address; the old one opens nothing any more."""
    return _fed(context.store.calendar_feeds.renew(context.speaker.id), pressed, context)


def _fed(token: str, pressed: Pressed, context: Context) -> list[Outgoing]:
    say, speaker = texts(context.speaker.language), context.speaker
    own = context.store.people.place_of(speaker.id, pressed.account.platform)
    if own is None or context.address is None:
        return [Say(to=own or pressed.place, card=cards.told("meeting.feed_nowhere", say))]
    return [Say(to=own, card=cards.feed(f"{context.address}/calendar/{token}.ics", say))]


def _answered(answer: Answer, pressed: Pressed, context: Context) -> list[Outgoing]:
    """Keep the answer. One to a time that holds no more is answered with the time that does."""
    hall, known = hall_for(pressed.value, context)
    own, speaker = Place(pressed.place.platform, pressed.place.channel), context.speaker
    say = texts(speaker.language)
    try:
        meeting = to_answer(hall.meeting, known, context.now)
    except StaleInvitation:
        view = hall.view()
        card = cards.invitation(view, seat_of(view, speaker), "moved", say)
        stale = cards.told("meeting.stale", say)
        return [Say(to=own, card=stale), Say(to=own, card=card)]
    reply = Reply(person=speaker.id, answer=answer, sequence=meeting.sequence, at=context.now)
    hall.store.meetings.reply(meeting, reply)
    view = hall.view()
    told: list[Outgoing] = [Say(to=own, card=cards.answered(view, speaker, say))]
    caller = view.caller
    if answer is Answer.CANNOT and caller and caller.id != speaker.id:
        place = context.store.people.place_of(caller.id)
        card = cards.somebody_cannot(view, speaker, texts(caller.language))
        once = f"meeting:{meeting.id}:{meeting.sequence}:cannot:{speaker.id}"
        told += [Say(to=place, card=card, once=once)] if place else []
    return told
