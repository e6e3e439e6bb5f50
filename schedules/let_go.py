"""Every half minute: who began to answer and did not, no longer keeps others from it."""

from bot.case import case_at
from bot.casework import redrawn
from bot.conversation import Desk
from bot.post import post


def let_go(desk: Desk) -> None:
    now = desk.clock()
    with desk.database.transaction() as store:
        for ticket_id in store.answerings.over(now):
            ticket = store.tickets.get(ticket_id)  # held first, as by everybody who answers
            if store.answerings.of(ticket_id, now) is None:
                store.answerings.end(ticket_id)
                post(redrawn(case_at(desk, ticket, store, now)), store, now)
