"""Intake: a question comes in, is understood and numbered, and is given to somebody."""

from dataclasses import dataclass
from datetime import datetime

from bot.cards import notes
from bot.cards.asker import asker_card
from bot.case import Case, case_of, stamp
from bot.casework import TEAM_LANGUAGE, next_moment, route_to_contact, tell_team, view_of
from bot.conversation import Context, Outgoing, Say
from bot.domain import Refusal
from bot.domain.agreement import Agreement, Municipality
from bot.domain.events import Asked, Via
from bot.domain.people import Account, Person, PersonId, Place
from bot.domain.tickets import Slot, SlotRole, Status, TicketId
from bot.domain.understanding import Decision, Talk, Understanding
from bot.offering import offer_known_answer
from bot.texts import texts


class NoMunicipality(Refusal):
    key = "refusal.no_municipality"


class NotStarted(Refusal):
    """The asker's municipality is a member, and its service has not begun."""

    key = "refusal.not_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked. *place* is where the asker reads the answer, with the thread if there is one.

    *follows*: the number of the ticket that this one goes on from. *link* opens the message, if
    others than the asker read it where it stands.
    """

    message: str
    text: str
    via: Via
    asker: Person
    place: Place
    message_at: datetime | None = None
    marked_by: PersonId | None = None
    follows: str | None = None
    link: str | None = None


def take_in(question: Question, context: Context) -> list[Outgoing]:
    """Open a ticket for *question* and tell everybody; small talk opens none.

    :raises NoMunicipality: nobody knows where the asker belongs
    :raises NotStarted: the asker's municipality is not served yet
    """
    understood = context.understand(question.text)
    if understood.talk is not Talk.QUESTION:
        return [_small_talk(understood.talk, question)]
    municipality = member_of(question.asker, context)
    asked = _asked(question, understood, context.agreement, context)
    case = open_case(asked, municipality.id, question.place, context.agreement, context)
    case = offer_known_answer(case)
    said: list[Outgoing] = []
    if case.ticket.status is Status.OPEN:
        case, said = route_to_contact(case)
        said += _goes_on_from(question, case)
    return [receipt(case, question.place), *said]


def open_case(
    asked: Asked, municipality: str, place: Place, agreement: Agreement, context: Context
) -> Case:
    """Open the ticket that *asked* begins; its asker will read the answers at *place*.

    Nobody has it yet, and nobody has been told.
    """
    ticket = context.store.tickets.open(
        asked,
        ticket_id=TicketId(context.new_id()),
        prefix=agreement.prefix,
        year=agreement.calendar.local_date(asked.at).year,
        cooperation=agreement.id,
        municipality=municipality,
        agreement=agreement.digest,
    )
    context.store.slots.open(Slot(ticket.id, SlotRole.ASKER), place)
    case = case_of(ticket, context)
    context.store.figures.keep(ticket, context.store.tickets.log(ticket.id), case.agreement)
    context.store.tickets.look_at(ticket.id, next_moment(case))
    return case


def receipt(case: Case, place: Place) -> Say:
    """Return the asker's standing card, put at *place*."""
    card = asker_card(view_of(case), case.say_to(case.ticket.asker))
    slot = Slot(case.ticket.id, SlotRole.ASKER)
    return Say(to=place, card=card, once=f"{case.ticket.id}:asker", slot=slot)


def choices_of(understood: Understanding) -> tuple[str, ...]:
    """Return the tasks that the asker is to choose among; none when it is not for them to say."""
    is_choice = understood.decision is Decision.ASK
    return tuple(guess.task for guess in understood.guesses) if is_choice else ()


def private_place(place: Place, account: Account, asker: Person, context: Context) -> Place:
    """Return where the asker can read answers that no other municipality may read.

    That is *place* in the asker's own municipality's channel, else their own with the bot:
    people of several municipalities may share a channel, and nobody sees another's tickets.
    """
    if asker.municipality:
        own = context.agreement.municipalities[asker.municipality].channels
        if place.channel in own:
            return place
    known = context.store.people.place_of(asker.id, account.platform)
    return known or Place(account.platform, account.user)


def _goes_on_from(question: Question, case: Case) -> list[Outgoing]:
    """Tell the team which older ticket this one goes on from, if it does."""
    if question.follows is None:
        return []
    return tell_team(case, notes.did("note.follows", texts(TEAM_LANGUAGE), number=question.follows))


def _small_talk(talk: Talk, question: Question) -> Say:
    key = f"note.{talk}"
    return Say(to=question.place, card=notes.did(key, texts(question.asker.language)))


def member_of(asker: Person, context: Context) -> Municipality:
    """Return the asker's municipality.

    :raises NoMunicipality: nobody knows where the asker belongs
    :raises NotStarted: the asker's municipality is not served yet
    """
    members = context.agreement.municipalities
    if asker.municipality is None or asker.municipality not in members:
        raise NoMunicipality
    member = members[asker.municipality]
    today = context.agreement.calendar.local_date(context.now)
    if member.starts and member.starts > today:
        begins = texts(asker.language).date(member.starts)
        raise NotStarted(municipality=member.name, date=begins)
    return member


def _asked(
    question: Question, understood: Understanding, agreement: Agreement, context: Context
) -> Asked:
    return Asked(
        **stamp(context, by=question.asker.id),
        message=question.message,
        text=question.text,
        via=question.via,
        task=understood.task,
        side=agreement.side_of(understood.task),
        choices=choices_of(understood),
        follows=question.follows,
        message_at=question.message_at,
        marked_by=question.marked_by,
        seems_urgent=understood.urgent,
        second=understood.second.text if understood.second else None,
        link=question.link,
    )
