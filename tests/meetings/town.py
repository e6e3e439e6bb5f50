"""A follow-up meeting with Herøy is to come, and people read and press what they get of it."""

from schedules.meeting_notices import meeting_notices
from tests.helpdesk import MONDAY_NINE, Helpdesk

FOLLOW_UP = "Oppfølgingsmøte med hver kommune: Herøy"


def people_meet(helpdesk: Helpdesk) -> Helpdesk:
    """It is Monday 2 March 2026, 09:00; the meeting with Herøy is on Tuesday the 10th."""
    helpdesk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
    helpdesk.has("Randi", of="alstahaug", roles={"host-team", "lead", "contact-alstahaug"})
    helpdesk.has("Ola", of="heroy", roles={"asker", "own-contact"})
    helpdesk.has("Nils", of="donna")
    rings(helpdesk)
    return helpdesk


def rings(helpdesk: Helpdesk) -> None:
    meeting_notices(helpdesk.desk)
    helpdesk.delivers()


def cards(helpdesk: Helpdesk, name: str) -> list:
    """Return what *name* has got since the last look."""
    return helpdesk.chat_of(name).unheard.pop(name, [])


def titles(helpdesk: Helpdesk, name: str) -> list[str]:
    return [card.title for card in cards(helpdesk, name)]


def button(card, action: str):
    return next(one for one in card.buttons() if one.action == action)


def press(helpdesk: Helpdesk, name: str, card, action: str) -> list[str]:
    helpdesk.press(name, button(card, action))
    return titles(helpdesk, name)


def invitation(helpdesk: Helpdesk, name: str):
    """Return the notice that *name* has of the meeting with Herøy; everybody else looks away."""
    found = {who: cards(helpdesk, who) for who in ("Kari", "Randi", "Ola", "Nils")}
    return next(card for card in found[name] if card.title.endswith(FOLLOW_UP))


def the_meeting(helpdesk: Helpdesk):
    with helpdesk.desk.database.reading() as store:
        return next(
            one
            for one in store.meetings.between("hald", MONDAY_NINE)
            if one.municipality == "heroy"
        )
