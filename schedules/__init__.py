"""The timetable. One file per job; this list is everything that happens by itself.

The clock that rings it remembers nothing. What has been done stands in our own tables, so any
number of replicas may run it, and a job that must come once a day is safe to ask every minute.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.conversation import Desk
from schedules.auditor import auditor
from schedules.deliver_outbox import deliver_outbox
from schedules.forget_seen import forget_seen
from schedules.morning_digest import morning_digest
from schedules.order_reminders import order_reminders
from schedules.relay_files import relay_files
from schedules.ticket_watch import ticket_watch

Job = Callable[[Desk], Awaitable[None] | None]

TIMETABLE: list[tuple[Job, timedelta]] = [
    (deliver_outbox, timedelta(seconds=2)),
    (relay_files, timedelta(seconds=2)),
    (ticket_watch, timedelta(seconds=10)),
    (auditor, timedelta(seconds=20)),
    (forget_seen, timedelta(minutes=1)),
    (order_reminders, timedelta(minutes=1)),
    (morning_digest, timedelta(minutes=1)),
]
