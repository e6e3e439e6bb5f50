"""The timetable. One file per job; this list is everything that happens by itself.

The clock that rings it remembers nothing. What has been done stands in our own tables, so any
number of replicas may run it, and a job that must come once a day is safe to ask every minute.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.conversation import Desk
from schedules.auditor import auditor
from schedules.deadline_reminders import deadline_reminders
from schedules.deliver_mail import deliver_mail
from schedules.deliver_outbox import deliver_outbox
from schedules.forget_seen import forget_seen
from schedules.learn_from_team import learn_from_team
from schedules.let_go import let_go
from schedules.meeting_notices import meeting_notices
from schedules.monthly_report import monthly_report
from schedules.morning_digest import morning_digest
from schedules.order_reminders import order_reminders
from schedules.read_calendars import read_calendars
from schedules.relay_files import relay_files
from schedules.swap_reader import swap_reader
from schedules.ticket_watch import ticket_watch

Job = Callable[[Desk], Awaitable[None] | None]

EVERYWHERE: list[tuple[Job, timedelta]] = [  # what every process does for itself
    (swap_reader, timedelta(seconds=10)),
]
TIMETABLE: list[tuple[Job, timedelta]] = [
    *EVERYWHERE,
    (deliver_outbox, timedelta(seconds=2)),
    (relay_files, timedelta(seconds=2)),
    (ticket_watch, timedelta(seconds=10)),
    (auditor, timedelta(seconds=20)),
    (deliver_mail, timedelta(seconds=10)),
    (meeting_notices, timedelta(minutes=1)),
    (deadline_reminders, timedelta(minutes=1)),
    (forget_seen, timedelta(minutes=1)),
    (learn_from_team, timedelta(minutes=1)),
    (morning_digest, timedelta(minutes=1)),
    (monthly_report, timedelta(minutes=1)),
    (order_reminders, timedelta(minutes=1)),
    (let_go, timedelta(seconds=30)),
    (read_calendars, timedelta(minutes=1)),
]
