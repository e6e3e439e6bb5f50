"""Once a day: forget events that came in more than thirty days ago, and visits that are over."""

from datetime import timedelta

from bot.conversation import Desk

KEPT_FOR = timedelta(days=30)  # no platform repeats itself so late


def forget_seen(desk: Desk) -> None:
    now = desk.clock()
    today = desk.agreements.newest.calendar.local_date(now)
    with desk.database.transaction() as store:
        if store.jobs.first_on(today, "forget_seen"):
            store.seen.forget_before(now - KEPT_FOR)
            store.visits.forget_ended(now)
