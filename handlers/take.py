"""Somebody in the host's team takes a ticket. Of two at once, exactly one gets it."""

from bot.cards import notes
from bot.case import Case, case_for_team, stamp
from bot.casework import TEAM_LANGUAGE, record, redrawn, tell_team
from bot.conversation import Context, Outgoing, Pressed
from bot.domain import Refusal
from bot.domain.events import Taken
from bot.domain.moves import AlreadyTaken
from bot.texts import texts


class TakenBy(Refusal):
    """Somebody was first; *name* says who."""

    key = "refusal.already_taken"


def take(pressed: Pressed, context: Context) -> list[Outgoing]:
    case = _taken(case_for_team(pressed.value, context), context)
    note = notes.did("note.taken", texts(TEAM_LANGUAGE), name=context.speaker.name)
    return [*tell_team(case, note), *redrawn(case)]


def _taken(case: Case, context: Context) -> Case:
    try:
        return record(case, Taken(**stamp(context)))
    except AlreadyTaken as taken:
        raise TakenBy(name=case.people[taken.who].name) from taken
