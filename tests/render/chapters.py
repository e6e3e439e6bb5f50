"""Days at the desk in which every other card comes up: orders, reviews, absences, the year."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.agreements import HALD, AgreementBook, parse_agreement, read_source
from bot.agreements.ready_answers import read_answers
from bot.cards import absence, answers, forms
from bot.cards.blocks import Button
from bot.cards.meetings import feed
from bot.domain.files import FileRules
from bot.domain.people import Absence, Language, Platform
from bot.texts import texts
from schedules.deadline_reminders import deadline_reminders
from schedules.morning_digest import morning_digest
from schedules.order_reminders import order_reminders
from storage.database import Database
from tests.helpdesk import MONDAY_NINE, TEAM, VAT, Helpdesk
from tests.orders.ordering import NEW_USER, places
from tests.pretend_chat import Pair
from tests.render.meetings import MEETINGS
from tests.render.steps import Chapter, at, both, drawn, opened, rings
from tests.render.story import STORY, Day, Step, filled, pressed, pressed_more

DAY = timedelta(days=1)
AGAIN = "Når må momskompensasjonen for 1. termin være sendt?"
LIST = ("bilag.xlsx", b"1;2;3")
RULING = "Kompensasjonskrav er vertens, bilagene kommunens."


def orders(database: Database) -> Day:
    """Herøy has somebody who approves, and Dønna has nobody."""
    desk = opened(database)
    desk.has("Anita", of="heroy", roles={"asker", "approver"})
    return desk


def reviews(database: Database) -> Day:
    """The agreement as it comes, in which VAT needs two."""
    words = read_source(HALD)
    version = parse_agreement(words, HALD.name)
    desk = opened(database)
    with database.transaction() as store:
        store.agreements.keep(version, words, desk.now)
    ready = read_answers(HALD.with_suffix(""), version.tasks)
    desk.starts_again(AgreementBook([version], answers=ready))
    return desk


def away(words: str, who: str = "Kari") -> Step:
    return lambda day: day.commands(who, "fravær", words)


def alone(database: Database) -> Day:
    """Who would stand in for Kari is away on Thursday."""
    desk = Day(database)
    thursday = (datetime(2026, 3, 4, 23, tzinfo=UTC), datetime(2026, 3, 5, 23, tzinfo=UTC))
    desk.has("Kari", of="alstahaug", roles={"host-team", "contact-heroy"})
    desk.has("Randi", of="alstahaug", roles={"host-team", "lead"}, away=thursday)
    return desk


def year(database: Database) -> Day:
    """Turid has Herøy's own deadlines."""
    desk = opened(database)
    desk.has("Turid", of="heroy", roles={"asker", "own-contact"})
    return desk


def only_small_files(day: Helpdesk) -> None:
    day.desk = replace(day.desk, files=FileRules(largest=3))
    day.starts_again(day.desk.agreements)


def nobody(database: Database) -> Day:
    """Only the lead works here, and is away this week."""
    desk = Day(database)
    away_for = (MONDAY_NINE - DAY, MONDAY_NINE + 7 * DAY)
    desk.has("Randi", of="alstahaug", roles={"host-team", "lead"}, away=away_for)
    desk.has("Ola", of="heroy")
    return desk


def in_teams(database: Database) -> Day:
    desk = Day(database, Pair(Platform.SLACK, Platform.TEAMS))
    desk.opens()
    return desk


def unreachable(day: Helpdesk) -> None:
    day.chat_of("Kari").refuses["Kari"] = "account_inactive"
    day.passes(timedelta(hours=3))
    day.delivers()


def forgotten(day: Helpdesk) -> None:
    """Let what was to be looked at be lost: the auditor finds it."""
    day.asks("Nils", "Når kjøres utbetalingene denne uka?")
    with day.desk.database.transaction() as store:
        store.tickets.look_at(day.ticket().id, None)
    for _ in range(2):
        day.passes(DAY)


def shares_another(day: Helpdesk) -> None:
    day.replies("Ola", "Se", number="HALD-2026-0003", files=[LIST])
    day.carries_files()


def merges(day: Helpdesk) -> None:
    """Ask for the newest ticket's form."""
    merge = Button(label="", action="ticket.merge", value=str(day.ticket().id))
    day.press("Kari", merge, channel=TEAM)


def refused(day: Helpdesk) -> None:
    day.asks("Nils", "Når kjøres utbetalingene denne uka?")
    day.chat_of("Nils").refuses["Nils"] = "Slack answered is_archived"
    answer = Button(label="", action="ticket.answer", value=str(day.ticket().id))
    day.press("Kari", answer, channel=TEAM)
    day.fills_in("Kari", text="På fredag.")


def corrects(day: Helpdesk) -> None:
    message = day.replies("Ola", "Gjelder det kirken?")
    day.edits("Ola", message, "Gjelder det havna?")


LATE_MARCH = datetime(2026, 3, 24, 8, tzinfo=UTC)

FRIDAY = Absence(datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 3, 7, tzinfo=UTC))
CALENDARS = (
    ("a calendar is read", drawn(absence.calendar(texts(Language.NB), is_read=True))),
    ("no calendar is read", drawn(absence.calendar(texts(Language.NB), is_read=False))),
    ("what it said", drawn(absence.by_calendar([FRIDAY], texts(Language.NB)))),
    ("it is gone", drawn(absence.unread("gone", texts(Language.NB)))),
)

CHAPTERS: dict[str, Chapter] = {
    "a day": (opened, STORY),
    "orders": (
        orders,
        (
            ("the form", lambda day: day.commands("Ola", "bestill", "system-users")),
            ("placed", filled("Ola", **NEW_USER)),
            ("reminded of", rings(order_reminders, DAY)),
            ("still not decided", both(*[rings(order_reminders, DAY)] * 2)),
            ("declined, the form", pressed("Anita", "order.decline")),
            ("declined", filled("Anita", reason="Hun begynner ikke likevel.")),
            ("approved", both(lambda day: places(day, "Ola"), pressed("Anita", "order.approve"))),
            ("shown", both(lambda d: d.commands("Ola", "bestill"), pressed("Ola", "order.show"))),
            (
                "done",
                both(
                    *[
                        lambda day, step=step: day.presses("Kari", "order.tick", on=TEAM, task=step)
                        for step in ("registered", "roles-set", "told")
                    ]
                ),
            ),
            ("nobody can approve", lambda day: places(day, "Nils")),
        ),
    ),
    "disputes": (
        opened,
        (
            ("asked", lambda day: day.asks("Ola", VAT)),
            ("the form", pressed_more("Kari", "ticket.dispute")),
            ("raised", filled("Kari", reason="Kommunen fører dette selv.", meanwhile="keep")),
            ("what waits", lambda day: day.commands("Randi", "presedens")),
            ("settled, the form", pressed("Randi", "dispute.settle")),
            ("settled", filled("Randi", verdict="host", wording=RULING)),
            ("used again", lambda day: day.asks("Nils", VAT)),
        ),
    ),
    "two look at it": (
        reviews,
        (
            ("asked", lambda day: day.asks("Ola", VAT)),
            ("answered", lambda day: day.answers("Kari", "Innen 10. april.")),
            ("sent back, the form", pressed("Per", "ticket.draft.back")),
            ("sent back", filled("Per", text="Skriv hvorfor.")),
            ("the draft", pressed("Kari", "ticket.draft", on=TEAM)),
            ("written anew, the form", pressed("Kari", "ticket.draft.edit")),
            ("written anew", filled("Kari", text="Innen 10. april, etter forskriften.")),
            ("approved", pressed("Per", "ticket.draft.approve")),
        ),
    ),
    "words that follow": (
        opened,
        (
            ("asked", lambda day: day.asks("Ola", VAT)),
            ("the asker corrects", corrects),
            ("the morning", at(datetime(2026, 3, 3, 7, tzinfo=UTC), rings(morning_digest))),
            ("a file from the asker", lambda d: d.replies("Ola", "Se", files=[LIST])),
            ("carried", lambda day: day.carries_files()),
            ("a file of the team's", lambda d: d.replies("Kari", "–", below="team", files=[LIST])),
            ("sent", both(pressed("Kari", "file.send", on=TEAM), lambda d: d.carries_files())),
            ("answered", lambda day: day.answers("Kari", "Innen 10. april.")),
            ("corrected, the form", pressed("Kari", "answer.correct", on=TEAM)),
            ("corrected", filled("Kari", text="Innen 11. april.")),
            ("asked back", pressed("Kari", "ticket.ask_back", on=TEAM)),
            ("a reply beside", both(filled("Kari", text="Når?"), lambda d: d.says("Ola", "Nå."))),
            ("set by hand, the form", pressed_more("Kari", "ticket.set_target")),
            (
                "set by hand",
                filled("Kari", figure="resolution", due="2026-03-12 14:00", reason="Revisor."),
            ),
            ("which stands", pressed("Ola", "asker.urgent")),
            ("resolved", pressed("Kari", "ticket.resolve", on=TEAM)),
            ("content", pressed("Ola", "asker.content")),
            ("reused, the form", pressed("Kari", "ticket.share", on=TEAM)),
            ("reused", filled("Kari", question=VAT, answer="Innen 11. april.")),
            ("asked before", lambda day: day.asks("Nils", AGAIN)),
            ("solved it", pressed("Nils", "asker.solved")),
            ("a number of somebody's", lambda day: day.asks("Ola", "Utbetaling til 13097248022?")),
            ("merged, the form", both(lambda d: d.asks("Ola", VAT), merges)),
            ("merged", lambda day: day.fills_in("Kari", number="HALD-2026-0003")),
            ("a language", lambda day: day.commands("Ola", "språk", "nynorsk")),
            ("a file too large", both(only_small_files, shares_another)),
            ("an answer that is refused", refused),
        ),
    ),
    "a file in Teams": (
        in_teams,
        (
            ("asked", lambda day: day.asks("Ola", VAT)),
            ("the file", lambda day: day.replies("Ola", "Se", files=[LIST])),
            ("not taken", lambda day: day.carries_files()),
        ),
    ),
    "warnings": (
        opened,
        (
            ("asked", lambda day: day.asks("Ola", VAT)),
            ("which is refused", unreachable),
            ("which was missed", forgotten),
        ),
    ),
    "nobody": (
        nobody,
        (
            ("is here", lambda day: day.asks("Ola", VAT)),
            ("to be warned", lambda day: day.passes(timedelta(hours=5))),
        ),
    ),
    "away": (
        opened,
        (
            ("the form", lambda day: day.commands("Kari", "fravær")),
            ("put down", filled("Kari", words="borte 1.–21. juli, Per svarer")),
            ("ill, with a ticket", both(lambda d: d.asks("Ola", VAT), away("syk, Per svarer"))),
            ("taken over", pressed("Per", "absence.take_over")),
            ("back", away("tilbake")),
            ("each Friday", away("borte hver fredag til 1. mai, Per svarer")),
            ("a gap", away("borte 5. mars, Liv svarer", who="Randi")),
        ),
    ),
    "a gap": (
        alone,
        (
            ("each Thursday", away("borte hver torsdag til 12. mars")),
            ("seen before", away("borte 5. mars")),
            ("all the same", pressed("Kari", "absence.anyway")),
        ),
    ),
    "the year": (
        year,
        (
            ("the wheel", lambda day: day.commands("Ola", "årshjul")),
            ("the team's wheel", lambda day: day.commands("Kari", "årshjul")),
            ("reminded", at(LATE_MARCH, rings(deadline_reminders))),
            ("ticked off", pressed("Kari", "year.tick")),
            ("opened again", pressed("Kari", "year.untick")),
            ("late", both(*[rings(deadline_reminders, 7 * DAY)] * 3)),
        ),
    ),
    **MEETINGS,
    "by themselves": (
        opened,
        (
            ("a fault of ours", drawn(answers.apology("000123", texts(Language.NB)))),
            ("a message in Teams", drawn(forms.ask_about(VAT, texts(Language.NB)))),
            *CALENDARS,
            (
                "a private calendar",
                drawn(feed("https://desk.example/calendar/a.ics", texts(Language.NB))),
            ),
        ),
    ),
}
