"""Meetings that are called, moved, held, written down, and cancelled."""

from datetime import UTC, datetime, timedelta

from schedules.meeting_notices import meeting_notices
from storage.database import Database
from tests.helpdesk import Helpdesk
from tests.render.steps import Chapter, at, both, rings
from tests.render.story import Day, filled, pressed

DAY = timedelta(days=1)
IN_MEETING = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)


def meeting(database: Database) -> Day:
    """The follow-up meeting with Herøy is in a week: Kari calls it, Ola comes to it."""
    desk = Day(database)
    desk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
    desk.has("Randi", of="alstahaug", roles={"host-team", "lead", "contact-alstahaug"})
    desk.has("Ola", of="heroy", roles={"asker", "own-contact"})
    return desk


def orders_agenda(day: Helpdesk) -> None:
    day.presses("Kari", "agenda.order")


MEETINGS: dict[str, Chapter] = {
    "a meeting": (
        meeting,
        (
            ("called", rings(meeting_notices)),
            ("comes", pressed("Ola", "meeting.comes")),
            ("cannot", pressed("Ola", "meeting.cannot")),
            ("what is coming", lambda day: day.commands("Kari", "møte")),
            ("another time, the form", pressed("Ola", "meeting.propose")),
            ("proposed", filled("Ola", when="2026-03-11 10:00", until="11:00")),
            ("asked about it", rings(meeting_notices)),
            ("voted", pressed("Ola", "meeting.vote_yes")),
            ("kept", pressed("Kari", "meeting.keep")),
            ("moved, the form", pressed("Kari", "meeting.move")),
            (
                "moved",
                filled("Kari", when="2026-03-10 09:00", until="10:00", far="one", reason="Kurs"),
            ),
            ("told of", rings(meeting_notices)),
            ("the calendar", pressed("Kari", "meeting.feed")),
            ("the agenda", pressed("Kari", "meeting.agenda")),
            ("a point, the form", pressed("Kari", "agenda.add")),
            ("a point", filled("Kari", text="Kortere svarfrist")),
            ("the agenda by command", lambda day: day.commands("Kari", "agenda")),
            ("its order, the form", both(pressed("Kari", "meeting.agenda"), orders_agenda)),
            ("sent", pressed("Kari", "agenda.send")),
            ("decided, the form", at(IN_MEETING, pressed("Kari", "minutes.decide"))),
            ("decided", filled("Kari", text="Svarfristen er tre timer.")),
            ("an action, the form", pressed("Kari", "minutes.act")),
            ("an action", filled("Kari", text="Ny momskode", owner="Ola", due="2026-03-12")),
            ("lifted, the form", pressed("Kari", "minutes.lift")),
            ("lifted", filled("Kari", text="Kortere svarfrist", to="cooperation")),
            ("the minutes", pressed("Kari", "minutes.show")),
            ("reminded", rings(meeting_notices, 2 * DAY)),
            ("done", pressed("Ola", "minutes.done")),
            ("cancelled, the form", pressed("Kari", "meeting.cancel")),
        ),
    ),
    "a meeting that is not": (
        meeting,
        (
            ("called", rings(meeting_notices)),
            (
                "cancelled",
                both(pressed("Kari", "meeting.cancel"), filled("Kari", far="one", reason="Sykdom")),
            ),
            ("told of", rings(meeting_notices)),
        ),
    ),
    "a series that is not": (
        meeting,
        (
            ("called", rings(meeting_notices)),
            (
                "cancelled",
                both(
                    pressed("Kari", "meeting.cancel"), filled("Kari", far="rest", reason="Sammen")
                ),
            ),
            ("told of", both(*[rings(meeting_notices)] * 2)),
        ),
    ),
}
